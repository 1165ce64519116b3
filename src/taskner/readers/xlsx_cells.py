"""The cells of one sheet with the text it shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from taskner.readers.config import ReaderConfig
from taskner.readers.sheets import Cell
from taskner.readers.xlsx_grid import Grid
from taskner.readers.xlsx_package import Package, Sheet

_MOST_STEPS = 50_000_000


def sheet_cells(package: Package, sheet: Sheet, *, config: ReaderConfig) -> list[Cell]:
    """Give the cells of a sheet that show text, row by row.

    Hidden rows are read: what a filter hides is still a task. Hidden columns are not: they
    hold what the sheet computes with; where nothing else is there, they are read.

    Raises:
        UnreadableFileError: The sheet is damaged or over a limit, or a formula that may
            give text was saved without its result.
    """
    grid = Grid(package=package, sheet=sheet, config=config)
    grid.read()
    spans = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}
    covered = _covered(grid)
    shown: list[Cell] = []
    hidden: list[Cell] = []
    for (row, column), text in sorted(grid.texts.items()):
        if (row, column) in covered:
            continue
        bottom, right = spans.get((row, column), (row, column))
        # A merged cell is seen in what is left of its columns.
        first = grid.hidden.find(0, column, right + 1)
        left = column if first < 0 else first
        cell = Cell(
            row=row,
            column=left,
            text=text,
            row_span=bottom - row + 1,
            col_span=right - left + 1,
        )
        (hidden if first < 0 else shown).append(cell)
    for row, column in grid.missing:
        if not (shown and grid.hidden[column]):
            package.refuse(
                f"the formula in row {row}, column {column} of sheet {sheet.name!r} was saved "
                "without its result; open the file in Excel or WPS, save it and try again"
            )
    return shown or hidden


def _covered(grid: Grid) -> frozenset[tuple[int, int]]:
    """Give the cells under merged ones: what they hold is not shown.

    A merged cell whose corner is empty or covered shows nothing of its own and covers none.
    """
    columns: dict[int, list[int]] = {}
    for row, column in grid.texts:
        columns.setdefault(row, []).append(column)
    rows = sorted(columns)
    covered: set[tuple[int, int]] = set()
    n_steps = 0
    for top, left, bottom, right in sorted(grid.merged):
        if (top, left) not in grid.texts or (top, left) in covered:
            continue
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            n_steps += len(columns[row])
            if n_steps > _MOST_STEPS:
                grid.package.refuse(f"the merged cells of sheet {grid.sheet.name!r} overlap")
            covered.update((row, column) for column in columns[row] if left <= column <= right)
        covered.discard((top, left))
    return frozenset(covered)
