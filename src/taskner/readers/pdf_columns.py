"""Text beside text: pages in two columns, and tables whose columns are only aligned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from taskner.readers.pdf_joining import is_ended, is_full
from taskner.readers.pdf_lines import Line, to_line
from taskner.readers.pdf_page import Glyph
from taskner.readers.pdf_tables import Cell, Table

Row = list[Glyph]
Span = tuple[float, float]

_GUTTER = 1.5
"""Free width, in ems, between two columns."""
_LEAST_GUTTER = 1.0
_LEAST_ROWS = 3
_LEAST_PROSE = 4
_RUNNING_SHARE = 0.3
_ALIKE_WIDTHS = 0.6
_ROW_GAP = 1.3
_FAR = 1.8
_N_ROWS_BACK = 12
_SHORT = 6
"""Characters of a cell that is not taken for a line of running text."""
_NUMBER = re.compile(r"\d{1,3}[.、]?")


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows from start to end that leave the same gutters free."""

    start: int
    end: int
    gutters: tuple[Span, ...]


def to_items(rows: Sequence[Row], *, page: int) -> list[Line | Table]:
    """Give the lines of a stretch of a page in reading order, and its aligned tables.

    Args:
        rows: Printed rows from top to bottom.
        page: Number of the page.
    """
    items: list[Line | Table] = []
    index = 0
    while index < len(rows):
        run = _run(rows, index)
        if run is None or _begins_below(rows, run):
            items.append(to_line(rows[index], page=page))
            index += 1
            continue
        stretch = rows[run.start : run.end]
        items += (
            _prose(stretch, run, page)
            or _aligned(stretch, run, page)
            or [to_line(row, page=page) for row in stretch]
        )
        index = run.end
    return items


def _begins_below(rows: Sequence[Row], run: _Run) -> bool:
    """Say whether the first row of a run is a line above the columns."""
    n_parts, n_below = (
        sum(map(bool, _parts(rows[index], run.gutters))) for index in (run.start, run.start + 1)
    )
    below = _run(rows, run.start + 1)
    has_more = below is not None and len(below.gutters) > len(run.gutters)
    return has_more or (n_parts == 1 and n_below > 1)


def _run(rows: Sequence[Row], start: int) -> _Run | None:
    """Follow the gutters that begin at a row down the page."""
    if start + 1 >= len(rows):
        return None
    gutters = _gutters([*rows[start], *rows[start + 1]])
    end = start + 1
    while gutters and end < len(rows):
        left = _narrowed(gutters, rows[end])
        is_less = len(left) < len(gutters) or _is_far(rows[start : end + 1])
        if is_less and _is_long(rows[start:end], gutters):
            break
        gutters = left
        end += 1
    if not gutters or not _is_long(rows[start:end], gutters):
        return None
    return _Run(start, end, tuple(gutters))


def _is_far(rows: Sequence[Row]) -> bool:
    """Say whether the last row stands further below than the rows before it do."""
    middles = [median(glyph.y for glyph in row) for row in rows[-_N_ROWS_BACK:]]
    steps = [after - before for before, after in pairwise(middles)]
    return len(steps) > _LEAST_ROWS and steps[-1] > _FAR * median(steps[:-1])


def _is_long(rows: Sequence[Row], gutters: Sequence[Span]) -> bool:
    """Say whether enough rows stand on both sides of each gutter."""
    return all(
        sum(any(glyph.x < start for glyph in row) for row in rows) >= _LEAST_ROWS
        and sum(any(glyph.x > end for glyph in row) for row in rows) >= _LEAST_ROWS
        for start, end in gutters
    )


def _gutters(glyphs: Sequence[Glyph]) -> list[Span]:
    visible = sorted(_visible(glyphs), key=lambda glyph: glyph.x0)
    gutters: list[Span] = []
    reach = visible[0].x1
    for one, other in pairwise(visible):
        reach = max(reach, one.x1)
        if other.x0 - reach >= _GUTTER * max(one.size, other.size):
            gutters.append((reach, other.x0))
    return gutters


def _narrowed(gutters: Sequence[Span], row: Row) -> list[Span]:
    """Give what a row leaves free of each gutter."""
    left: list[Span] = []
    visible = _visible(row)
    size = median(glyph.size for glyph in visible)
    for start, end in gutters:
        middle = (start + end) / 2
        first = max([start, *(glyph.x1 for glyph in visible if glyph.x <= middle)])
        last = min([end, *(glyph.x0 for glyph in visible if glyph.x > middle)])
        if last - first >= _LEAST_GUTTER * size:
            left.append((first, last))
    return left


def _visible(glyphs: Sequence[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if not glyph.text.isspace()]


def _parts(row: Row, gutters: Sequence[Span]) -> list[Row]:
    """Cut a row at the gutters; a part may be empty."""
    parts: list[Row] = [[] for _ in range(len(gutters) + 1)]
    for glyph in row:
        parts[sum(glyph.x > (start + end) / 2 for start, end in gutters)].append(glyph)
    return [part if _visible(part) else [] for part in parts]


def _prose(rows: Sequence[Row], run: _Run, page: int) -> list[Line | Table]:
    """Read two columns of running text, the left one first; empty when it is none."""
    if len(run.gutters) != 1:
        return []
    sides: tuple[list[Line], list[Line]] = ([], [])
    for row in rows:
        for side, part in zip(sides, _parts(row, run.gutters), strict=True):
            if part:
                side.append(to_line(part, page=page))
    widths = [max(line.x1 for line in side) - min(line.x0 for line in side) for side in sides]
    is_prose = min(widths) >= _ALIKE_WIDTHS * max(widths) and all(
        len(side) >= _LEAST_PROSE and _n_running(side) >= _RUNNING_SHARE * len(side)
        for side in sides
    )
    if not is_prose:
        return []
    return [
        replace(line, column=(min(one.x0 for one in side), max(one.x1 for one in side)))
        for side in sides
        for line in side
    ]


def _n_running(side: Sequence[Line]) -> int:
    """Count the lines whose sentence goes on below."""
    right = max(line.reach for line in side)
    return sum(_runs_on(above, line, right) for above, line in pairwise(side))


def _aligned(rows: Sequence[Row], run: _Run, page: int) -> list[Line | Table]:
    """Read columns as cells where it is clear which rows begin anew; else give nothing."""
    lines = [
        [to_line(part, page=page) if part else None for part in _parts(row, run.gutters)]
        for row in rows
    ]
    starts = _starts(lines)
    if starts is None:
        return []
    edges = [
        min(glyph.x0 for row in rows for glyph in _visible(row)),
        *((start + end) / 2 for start, end in run.gutters),
        max(glyph.x1 for row in rows for glyph in _visible(row)),
    ]
    columns = [[line for line in column if line] for column in zip(*lines, strict=True)]
    widths = [
        max(line.x1 for line in column) - min(line.x0 for line in column) for column in columns
    ]
    cells: list[Cell] = []
    for number, (first, last) in enumerate(pairwise([*starts, len(lines)])):
        for column, (x0, x1) in enumerate(pairwise(edges)):
            found = [line for row in lines[first:last] if (line := row[column])]
            cell = Cell(x0=x0, x1=x1, row=number, row_end=number + 1, page=page, lines=found)
            cell.text_width = widths[column]
            cells.append(cell)
    found = [line for row in lines for line in row if line]
    table = Table(
        cells=cells,
        n_rows=len(starts),
        x0=edges[0],
        y0=min(line.y0 for line in found),
        x1=edges[-1],
        y1=max(line.y1 for line in found),
        page=page,
    )
    return [table]


def _starts(lines: Sequence[Sequence[Line | None]]) -> list[int] | None:
    """Say at which printed rows the rows of an aligned table begin; None if it is not clear.

    At each printed row where all are filled and nothing seems to run on below; else where
    the free space above is larger than between the lines of a cell; else at the numbers of
    the first column.
    """
    numbers = [bool(row[0] and _NUMBER.fullmatch(row[0].text)) for row in lines]
    every = list(range(len(lines)))
    if all(all(row) for row in lines) and (all(numbers[1:]) or _is_apart(lines, every)):
        return every
    middles = [median((line.y0 + line.y1) / 2 for line in row if line) for row in lines]
    steps = [after - before for before, after in pairwise(middles)]
    spaced = [0, *(i for i, step in enumerate(steps, start=1) if step > _ROW_GAP * min(steps))]
    n_numbers = [sum(numbers[first:last]) for first, last in pairwise([*spaced, len(lines)])]
    if len(spaced) >= _LEAST_ROWS and max(n_numbers) <= 1 and _is_apart(lines, spaced):
        return spaced
    numbered = [index for index, row in enumerate(lines) if row[0]]
    is_clear = numbered and numbered[0] == 0 and all(numbers[index] for index in numbered[1:])
    return numbered if is_clear and len(numbered) > 1 and _is_apart(lines, numbered) else None


def _is_apart(lines: Sequence[Sequence[Line | None]], starts: Sequence[int]) -> bool:
    """Say whether no text seems to run from the row above into one of the rows."""
    rights = [max(line.x1 for line in column if line) for column in zip(*lines, strict=True)]
    for start in starts[1:]:
        pairs = zip(lines[start - 1], lines[start], rights, strict=True)
        if any(above and line and _runs_on(above, line, right) for above, line, right in pairs):
            return False
    return True


def _runs_on(above: Line, line: Line, right: float) -> bool:
    is_running = len(above.text) > _SHORT and not is_ended(above.text)
    return is_running and is_full(above, line, right=right)
