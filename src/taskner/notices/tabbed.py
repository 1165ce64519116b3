"""Tables pasted as text: a tab between cells, a line for each row, as browsers copy them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from taskner.notices.grids import reads_as_header
from taskner.notices.lines import Cell, Line, make_line

_TAB = "\t"
_QUOTE = '"'


@dataclass(slots=True)
class _Printed:
    """A printed line with its tabs, blank cells at its ends too, and the lines cut out of it."""

    start: int
    end: int
    n_tabs: int
    lines: list[Line] = field(default_factory=list)


def lay_out_tabs(lines: Sequence[Line], text: str) -> list[Line]:
    """Make cells of lines whose tabs part the columns of a table.

    Only a line that reads as a header begins a table, so tabs that indent text or set off a
    date stay blanks.

    Args:
        lines: Lines of the document, in order.
        text: Its folded text.

    Returns:
        The lines; rows of pasted tables are cells that know their place.
    """
    if _TAB not in text:
        return list(lines)
    printed = _printed_lines(lines, text)
    out: list[Line] = []
    index = 0
    while index < len(printed):
        head = printed[index]
        if not head.n_tabs or not reads_as_header(_titles(head, text)):
            out.extend(head.lines)
            index += 1
            continue
        rows = list(_rows(printed, index, text))
        table = -len(text) - head.start - 3  # below the numbers of piped tables
        for number, row in enumerate(rows):
            out.extend(_cells(row, text, table=table, number=number))
        index += sum(len(row) for row in rows)
    return out


def _printed_lines(lines: Sequence[Line], text: str) -> list[_Printed]:
    printed: list[_Printed] = []
    for line in lines:
        start = text.rfind("\n", 0, line.start) + 1
        end = text.find("\n", line.end)
        end = len(text) if end < 0 else end
        if line.cell is None and printed and printed[-1].start == start:
            printed[-1].lines.append(line)
            continue
        n_tabs = text.count(_TAB, start, end) if line.cell is None else 0
        printed.append(_Printed(start, end, n_tabs, [line]))
    return printed


def _titles(line: _Printed, text: str) -> list[str]:
    return [title.strip() for title in text[line.start : line.end].split(_TAB) if title.strip()]


def _rows(printed: Sequence[_Printed], start: int, text: str) -> Iterator[list[_Printed]]:
    """The rows of a table from its header to the last line with tabs, or to another header.

    A row may be printed on several lines where a cell holds line breaks: its lines have as
    many tabs together as the header.
    """
    width = printed[start].n_tabs
    header = _titles(printed[start], text)
    yield [printed[start]]
    index = start + 1
    while index < len(printed):
        rest = printed[index:]
        tabbed = next((i for i, line in enumerate(rest) if line.n_tabs), None)
        if tabbed is None or tabbed > _MOST_BETWEEN:
            return
        titles = _titles(rest[tabbed], text)
        if titles != header and reads_as_header(titles):
            return
        length = _row_length(rest, width) if rest[0].n_tabs else 1
        yield list(rest[:length])
        index += length


_MOST_BETWEEN = 3
"""Lines without a tab (headings of groups, notes) that may stand between two rows."""


def _row_length(lines: Sequence[_Printed], width: int) -> int:
    n_tabs = 0
    for count, line in enumerate(lines, start=1):
        n_tabs += line.n_tabs
        if n_tabs == width:
            return count
        if n_tabs > width or line.lines[0].cell is not None:
            break
    return 1


def _cells(row: Sequence[_Printed], text: str, *, table: int, number: int) -> Iterator[Line]:
    start, end = row[0].start, row[-1].end
    width = text.count(_TAB, start, end) + 1
    column = 0
    while start <= end:
        stop = text.find(_TAB, start, end)
        stop = end if stop < 0 else stop
        first, last = _unquoted(text, start, stop)
        line = make_line(text, first, last, Cell(table, number, column, width=width))
        if line:
            yield line
        column += 1
        start = stop + 1


def _unquoted(text: str, start: int, stop: int) -> tuple[int, int]:
    """A cell without the quotes that spreadsheets put around line breaks."""
    quoted = stop - start > 1 and text[start] == text[stop - 1] == _QUOTE
    return (start + 1, stop - 1) if quoted and "\n" in text[start:stop] else (start, stop)
