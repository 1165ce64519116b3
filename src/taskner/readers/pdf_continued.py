"""Tables that run over several pages become one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskner.readers.pdf_joining import is_ended, is_full, starts_item
from taskner.readers.pdf_lines import Line
from taskner.readers.pdf_tables import Cell, Table, plain_text

_SAME = 4.0
_HEADER_ROWS = 4
_NUMBER = re.compile(r"[（(]?\s?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s?[）)]?\s?[.、]?")


def continues(table: Table, following: Table) -> bool:
    """Say whether a table at the top of a page goes on with the one that ended above it.

    Args:
        table: The last thing on a page.
        following: The first thing on the next page.
    """
    if abs(table.x0 - following.x0) > _SAME or abs(table.x1 - following.x1) > _SAME:
        return False
    edges, more = _edges(table), _edges(following)
    fewer, others = sorted((edges, more), key=len)
    return all(any(abs(one - other) <= _SAME for other in others) for one in fewer)


def remove_echoes(items: list[Line | Table], following: list[Line | Table]) -> None:
    """Drop what is printed twice of a cell that is merged over a page break.

    Source: spreadsheets print the text of such a cell on each page, in the middle of the
    whole cell: on one page that is outside the table, or in its header.

    Args:
        items: Items of a page; a table that ends it may be followed by such text.
        following: Items of the next page.
    """
    table = next((item for item in reversed(items) if isinstance(item, Table)), None)
    other = next((item for item in following if isinstance(item, Table)), None)
    if table is None or other is None:
        return
    below = items[items.index(table) + 1 :]
    above = following[: following.index(other)]
    for cell in other.cells:
        one = _above(table, cell)
        if one is None or bool(one.lines) == bool(cell.lines):
            continue
        filled, page, lines = (one, following, above) if one.lines else (cell, items, below)
        for line in lines:
            if isinstance(line, Line) and line in page and _is_echo(line, filled):
                page.remove(line)
                one.lines, cell.lines = filled.lines, []
        _clear_header(table, other, cell)


def _is_echo(line: Line, cell: Cell) -> bool:
    return cell.x0 <= line.x <= cell.x1 and plain_text([line]) == cell.plain


def _clear_header(table: Table, other: Table, cell: Cell) -> None:
    """Take the text of a merged cell out of the repeated header above its second part."""
    one = _above(table, cell)
    if one is None or not one.lines or cell.lines:
        return
    titles = {title.plain for title in table.cells if title.row < _HEADER_ROWS and title.lines}
    for title in other.cells:
        is_over = title.row < cell.row and abs(title.x0 - cell.x0) <= _SAME
        rest = title.lines[len(one.lines) :]
        is_mixed = plain_text(title.lines[: len(one.lines)]) == one.plain
        if is_over and is_mixed and plain_text(rest) in titles:
            title.lines = rest


def append(table: Table, following: Table) -> None:
    """Put the rows of a table's next page under it.

    Rows that repeat the header are dropped. A row that the page break cut is joined.
    Cells merged over the break become one.
    """
    first = _n_repeated(table, following)
    rows = [cell for cell in following.cells if cell.row_end > first]
    if rows and _is_cut(table, following, first):
        _join_row(table, following, first)
        shift, first = table.n_rows - 1 - first, first + 1
    else:
        shift = table.n_rows - first
        _extend_merged(table, following, first)
    for cell in following.cells:
        if cell.row_end > first and cell.row >= first:
            cell.row, cell.row_end = cell.row + shift, cell.row_end + shift
            table.cells.append(cell)
    table.n_rows = following.n_rows + shift
    known = [part.padding for part in (table, following) if part.padding > 0]
    table.padding = min(known, default=0.0)
    table.is_closed, table.y1 = following.is_closed, following.y1


def _edges(table: Table) -> list[float]:
    edges: list[float] = []
    for value in sorted({cell.x0 for cell in table.cells} | {table.x1}):
        if not edges or value - edges[-1] > _SAME:
            edges.append(value)
    return edges


def _n_repeated(table: Table, following: Table) -> int:
    """Count the rows at the top of the next page that repeat those of the header.

    A header is one row, with those that its merged cells reach or stand over; a title
    across the whole table may stand above it.
    """
    n_columns = len(_edges(table)) - 1
    for start in range(min(_HEADER_ROWS, table.n_rows)):
        n_rows = 0
        while (
            n_rows < min(_HEADER_ROWS, following.n_rows - 1)
            and start + n_rows < table.n_rows
            and _is_same_row(table.row(start + n_rows), following.row(n_rows), -start)
        ):
            row = following.row(n_rows)
            n_rows += 1
            if len(row) == n_columns and all(cell.row_end <= n_rows for cell in row):
                break
        if n_rows or len(table.row(start)) > 1:
            return n_rows
    return 0


def _is_same_row(row: Sequence[Cell], other: Sequence[Cell], shift: int) -> bool:
    return (
        len(row) == len(other)
        and any(cell.plain for cell in row)
        and all(
            abs(one.x0 - two.x0) <= _SAME
            and one.row_end + shift == two.row_end
            and one.plain == two.plain
            for one, two in zip(row, other, strict=True)
        )
    )


def _above(table: Table, cell: Cell) -> Cell | None:
    """Give the cell in the table's last row that has the same edges."""
    for one in table.cells:
        if (
            one.row_end == table.n_rows
            and abs(one.x0 - cell.x0) <= _SAME
            and abs(one.x1 - cell.x1) <= _SAME
        ):
            return one
    return None


def _is_cut(table: Table, following: Table, first: int) -> bool:
    """Say whether a row on the next page goes on with the table's last row.

    Two numbers are two rows; one number on either page, where every other row has one, is
    a row that was cut. Else the first cell that is not merged tells: with a text on both
    pages, a new row begins unless the texts break off in the middle, all of them or the
    first where another is printed once that no other row leaves empty; with a text on one
    page only, the row is cut where a border is missing, a text breaks off, or little is
    printed below a cell that no other row leaves empty.
    """
    row = following.row(first)
    found = [(_above(table, cell), cell) for cell in row]
    pairs = [(above, cell) for above, cell in found if above is not None]
    own = [pair for pair in pairs if pair[0].row == table.n_rows - 1 or pair[1].lines]
    if not own or len(pairs) < len(row):
        return False
    if any(_NUMBER.fullmatch(cell.plain) and above.plain for above, cell in own):
        return False
    both = [(above, cell) for above, cell in own if above.lines and cell.lines]
    breaks_off = [_goes_on(above, cell, table) for above, cell in both]
    if any(
        not (above.lines and cell.lines) and _numbers_every_row(table, above) for above, cell in own
    ):
        return True
    leading, below = own[0]
    if (leading.lines and below.lines) or leading.row < table.n_rows - 1:
        lacks = any(
            not (above.lines and cell.lines) and _fills_every_row(table, above)
            for above, cell in own
        )
        return bool(both) and (all(breaks_off) or (breaks_off[0] and lacks))
    n_filled = sum(bool(cell.lines) for cell in row)
    is_rest = leading.lines and 2 * n_filled < len(row) and _fills_every_row(table, leading)
    return not table.is_closed or any(breaks_off) or bool(is_rest)


def _goes_on(above: Cell, cell: Cell, table: Table) -> bool:
    """Say whether a cell's text breaks off in the middle at the end of the page."""
    if not above.lines or not cell.lines:
        return False
    last, line = above.lines[-1], cell.lines[0]
    right = last.x0 + above.x1 - above.x0 - 2 * table.padding
    return is_full(last, line, right=right) and not (is_ended(last.text) or starts_item(line))


def _numbers_every_row(table: Table, last: Cell) -> bool:
    """Say whether each row under the header, but for the last, begins with a number."""
    column = _column(table, last)
    numbered = [bool(_NUMBER.fullmatch(cell.plain)) for cell in column]
    first = numbered.index(True) if True in numbered else len(numbered)
    return first < len(numbered) and all(numbered[first:]) and _is_single(column[first:])


def _fills_every_row(table: Table, last: Cell) -> bool:
    """Say whether each row, but for the last, has a text of its own in a column."""
    column = _column(table, last)
    return len(column) > 1 and all(cell.lines for cell in column) and _is_single(column)


def _column(table: Table, last: Cell) -> list[Cell]:
    return [cell for cell in table.cells if abs(cell.x0 - last.x0) <= _SAME and cell is not last]


def _is_single(column: Sequence[Cell]) -> bool:
    return all(cell.row_end == cell.row + 1 for cell in column)


def _join_row(table: Table, following: Table, first: int) -> None:
    for cell in following.row(first):
        above = _above(table, cell)
        if above is not None:
            above.lines += cell.lines
            above.row_end += cell.row_end - cell.row - 1


def _extend_merged(table: Table, following: Table, first: int) -> None:
    """Let a cell merged over the break go on: only one of its parts holds the text."""
    for cell in following.row(first):
        above = _above(table, cell)
        is_merged = above is not None and (
            above.row_end - above.row > 1 or cell.row_end - cell.row > 1
        )
        if above is None or not is_merged or bool(cell.lines) == bool(above.lines):
            continue
        if cell.lines and above.row_end - above.row == 1:
            continue
        above.lines += cell.lines
        above.row_end += cell.row_end - cell.row
        following.cells.remove(cell)
