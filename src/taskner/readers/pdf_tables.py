"""Tables of a page: cells with their lines, and the text outside them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from taskner.readers.pdf_frame import turned
from taskner.readers.pdf_grid import Area, Grid, find_grids
from taskner.readers.pdf_lines import Line, to_line, to_rows
from taskner.readers.pdf_page import Glyph, Page

_LARGEST_PADDING = 8.0
_STUB = 0.5


def plain_text(lines: Iterable[Line]) -> str:
    """Give the text of lines without blanks and breaks."""
    return "".join("".join(line.text.split()) for line in lines)


@dataclass(slots=True, kw_only=True)
class Cell:
    """A cell: its edges, its rows and its printed lines.

    Attributes:
        x0: Left edge, in points.
        x1: Right edge.
        row: First row, from 0; rows are those of its table.
        row_end: Row after its last.
        lines: From top to bottom; cells of later pages add theirs.
        page: Page of its first row.
        text_width: Width that its lines can take, where the edges do not say it.
    """

    x0: float
    x1: float
    row: int
    row_end: int
    page: int
    lines: list[Line] = field(default_factory=list)
    text_width: float | None = None

    @property
    def plain(self) -> str:
        """Its text without blanks and breaks, for comparing."""
        return plain_text(self.lines)


@dataclass(slots=True, kw_only=True)
class Table:
    """A table of one page, or of several once they are joined.

    Attributes:
        cells: Row by row; empty ones too.
        n_rows: Rows.
        y0: Top edge on its first page.
        y1: Bottom edge on its last page.
        is_closed: Whether a border is drawn under the last row.
        padding: Free width between a cell's edge and its text.
    """

    cells: list[Cell]
    n_rows: int
    x0: float
    y0: float
    x1: float
    y1: float
    page: int
    is_closed: bool = True
    padding: float = 0.0

    def row(self, number: int) -> list[Cell]:
        """Give the cells that begin in a row, from left to right."""
        return [cell for cell in self.cells if cell.row == number]


def split_tables(page: Page) -> tuple[list[Table], list[Glyph]]:
    """Take the drawn tables out of a page.

    Returns:
        The tables from top to bottom, and the glyphs that stand in none.
    """
    grids = find_grids(page.strokes)
    inside: dict[int, list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        places = (index for index, grid in enumerate(grids) if grid.find(glyph.x, glyph.y))
        index = next(places, None)
        if index is None:
            outside.append(glyph)
        else:
            inside[index].append(glyph)
    tables: list[Table] = []
    for index, grid in enumerate(grids):
        table = _table(grid, inside[index], page)
        if table is None:
            outside += inside[index]
        else:
            tables.append(table)
    return tables, outside


def _table(grid: Grid, glyphs: Sequence[Glyph], page: Page) -> Table | None:
    """Fill a grid; a frame around text, or one without any, is no table."""
    owners = {
        (row, column): area
        for area in grid.areas
        for row in range(area.row, area.row_end)
        for column in range(area.column, area.column_end)
    }
    content: dict[Area, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        place = grid.find(glyph.x, glyph.y)
        if place:
            content[owners[place]].append(glyph)
    columns = {area.column for area in grid.areas}
    if len(columns) == 1 or not _holds_rows(content):
        return None
    cells = [
        Cell(
            x0=grid.xs[area.column],
            x1=grid.xs[area.column_end],
            row=area.row,
            row_end=area.row_end,
            page=page.number,
            lines=to_cell_lines(content[area], page=page.number) if area in content else [],
        )
        for area in grid.areas
    ]
    cells = _without_stubs(cells, grid)
    return Table(
        cells=cells,
        n_rows=max(cell.row_end for cell in cells),
        x0=grid.xs[0],
        y0=grid.ys[0],
        x1=grid.xs[-1],
        y1=grid.ys[-1],
        page=page.number,
        is_closed=grid.is_closed,
        padding=_padding(cells),
    )


def _without_stubs(cells: list[Cell], grid: Grid) -> list[Cell]:
    """Drop the outermost rows that a page break leaves open and empty, and number the rest.

    A row in which no cell begins is none either.
    """
    n_rows = len(grid.ys) - 1
    for row in {0, n_rows - 1}:
        own = [cell for cell in cells if cell.row == row]
        is_wide = any(cell.x1 - cell.x0 > _STUB * (grid.xs[-1] - grid.xs[0]) for cell in own)
        if own and is_wide and not any(cell.lines for cell in own):
            cells = [cell for cell in cells if cell.row != row]
    starts = sorted({cell.row for cell in cells})
    for cell in cells:
        cell.row, cell.row_end = bisect_left(starts, cell.row), bisect_left(starts, cell.row_end)
    return cells


def _holds_rows(content: dict[Area, list[Glyph]]) -> bool:
    filled = [
        area
        for area, glyphs in content.items()
        if any(not glyph.text.isspace() for glyph in glyphs)
    ]
    return len(filled) > 1


def to_cell_lines(glyphs: Sequence[Glyph], *, page: int) -> list[Line]:
    """Give the lines of a cell; text that is turned in it is read along its direction."""
    turns = [glyph.turn for glyph in glyphs if not glyph.text.isspace()]
    turn = -max(set(turns), key=turns.count) % 4 if turns else 0
    if turn:
        width = max(glyph.x1 for glyph in glyphs)
        height = max(glyph.y1 for glyph in glyphs)
        boxes = [
            turned((glyph.x0, glyph.y0, glyph.x1, glyph.y1), turn, width=width, height=height)
            for glyph in glyphs
        ]
        glyphs = [
            Glyph(glyph.text, *box, glyph.size) for glyph, box in zip(glyphs, boxes, strict=True)
        ]
    return [to_line(row, page=page) for row in to_rows(glyphs)]


def _padding(cells: Sequence[Cell]) -> float:
    """Estimate the padding by the cells in which text comes closest to an edge."""
    free = [
        min(line.x0 - cell.x0, cell.x1 - line.x1)
        for cell in cells
        for line in cell.lines
        if len(cell.lines) > 1
    ]
    return min(max(sorted(free)[len(free) // 10], 0.0), _LARGEST_PADDING) if free else 0.0
