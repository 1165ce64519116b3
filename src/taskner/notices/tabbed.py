"""Tables pasted as text: tabs, or columns set off by blanks, between the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from taskner.notices.columns import UNIT_COLUMNS, classify
from taskner.notices.grids import reads_as_header
from taskner.notices.lines import Cell, Line, make_line
from taskner.notices.numbering import parse_numbering
from taskner.notices.organisations import unit_likeness

_TAB = re.compile(r"\t")
_BLANKS = re.compile(r"[ \u3000\xa0]{2,}")
_QUOTE = '"'


@dataclass(slots=True)
class _Printed:
    """A printed line, blank cells at its ends too, and the lines cut out of it."""

    start: int
    end: int
    lines: list[Line] = field(default_factory=list)

    def count(self, border: re.Pattern[str], text: str) -> int:
        """How many borders of cells it prints."""
        if self.lines[0].cell is not None:
            return 0
        if border is _TAB:
            return text.count("\t", self.start, self.end)
        return len(border.findall(text, self.lines[0].start, self.lines[-1].end))

    def cells(self, border: re.Pattern[str], text: str) -> list[str]:
        """What stands between its borders, without blank cells."""
        pieces = border.split(text[self.start : self.end])
        return [piece.strip() for piece in pieces if piece.strip()]


def lay_out_tabs(lines: Sequence[Line], text: str) -> list[Line]:
    """Make cells of lines whose tabs or blanks part the columns of a table.

    Only a line that reads as a header begins a table, so tabs that indent text or set off a
    date stay blanks. Blanks part columns only where each row has as many as the header:
    empty cells leave no trace there, and a table read in part would lose its other rows.

    Args:
        lines: Lines of the document, in order.
        text: Its folded text.

    Returns:
        The lines; rows of pasted tables are cells that know their place.
    """
    if not (_TAB.search(text) or _BLANKS.search(text)):
        return list(lines)
    printed = list(_quoted_together(_printed_lines(lines, text), text))
    out: list[Line] = []
    index = 0
    while index < len(printed):
        head = printed[index]
        border = _TAB if head.count(_TAB, text) else _BLANKS
        rows: list[list[_Printed]] = []
        if head.count(border, text) and reads_as_header(head.cells(border, text)):
            rows = list(_rows(printed, index, text, border))
        after = index + sum(len(row) for row in rows)
        breaks_off = border is _BLANKS and any(
            line.count(_BLANKS, text) > 1 for line in printed[after : after + _MOST_BETWEEN + 1]
        )
        if len(rows) < _FEWEST or breaks_off:
            out.extend(head.lines)
            index += 1
            continue
        table = -len(text) - head.start - 3  # below the numbers of piped tables
        for number, row in enumerate(rows):
            out.extend(_cells(row, text, border, Cell(table, number, 0)))
        index = after
    return out


_FEWEST = 2
"""Rows of a table, its header among them."""


def _printed_lines(lines: Sequence[Line], text: str) -> list[_Printed]:
    printed: list[_Printed] = []
    for line in lines:
        start = text.rfind("\n", 0, line.start) + 1
        end = text.find("\n", line.end)
        end = len(text) if end < 0 else end
        if line.cell is None and printed and printed[-1].start == start:
            printed[-1].lines.append(line)
        else:
            printed.append(_Printed(start, end, [line]))
    return printed


def _quoted_together(printed: Sequence[_Printed], text: str) -> Iterator[_Printed]:
    """Printed lines, those joined that a spreadsheet's quotes hold together: "县甲局⏎县乙局"."""
    index = 0
    while index < len(printed):
        length = _quoted_length(printed[index : index + _MOST_QUOTED], text)
        rows = printed[index : index + length]
        yield (
            _Printed(rows[0].start, rows[-1].end, [line for row in rows for line in row.lines])
            if length > 1
            else rows[0]
        )
        index += length


_MOST_QUOTED = 40
"""Lines of a row whose cells hold line breaks."""


def _quoted_length(lines: Sequence[_Printed], text: str) -> int:
    """How many lines a row takes whose quotes open in one line and close in another."""
    is_open, n_tabs = False, 0
    for count, line in enumerate(lines, start=1):
        if line.lines[0].cell is not None:
            return 1
        n_tabs += line.count(_TAB, text)
        cells = [cell.strip(" ") for cell in text[line.start : line.end].split("\t")]
        for number, cell in enumerate(cells):
            if is_open and number:
                return 1  # a tab inside quotes: no spreadsheet printed them
            odd = cell.count(_QUOTE) % 2 == 1
            if is_open and odd and cell.endswith(_QUOTE):
                is_open = False
            elif odd and not is_open:
                is_open = cell.startswith(_QUOTE)
        if not is_open:
            return count if n_tabs else 1
    return 1


def _rows(
    printed: Sequence[_Printed], start: int, text: str, border: re.Pattern[str]
) -> Iterator[list[_Printed]]:
    """The rows of a table from its header to the last line with borders, or to another header.

    Between tabs a row may be printed on several lines where a cell holds line breaks: its
    lines have as many tabs together as the header.
    """
    width = printed[start].count(border, text)
    header = printed[start].cells(border, text)
    above = header
    yield [printed[start]]
    index = start + 1
    while index < len(printed):
        rest = printed[index : index + _MOST_BETWEEN + 1]
        following = next((line for line in rest if line.count(border, text)), None)
        if following is None:
            return
        titles = following.cells(border, text)
        is_second = border is _TAB and text[following.start] == "\t" and above == header
        if titles != header and reads_as_header(titles) and not is_second:
            return
        above = titles
        if border is _BLANKS and following.count(border, text) != width:
            return
        length = _row_length(printed[index:], width, text) if rest[0] is following else 1
        if border is _TAB and rest[0] is following:
            below = printed[index + length - 1 : index + length + _MOST_BETWEEN + 1]
            length += _n_going_on(below, text, units=classify(header[-1]) in UNIT_COLUMNS)
        yield list(printed[index : index + length])
        index += length


_MOST_BETWEEN = 3
"""Lines without a tab (headings of groups, notes) that may stand between two rows."""


def _row_length(lines: Sequence[_Printed], width: int, text: str) -> int:
    n_tabs = 0
    for count, line in enumerate(lines, start=1):
        n_tabs += line.count(_TAB, text)
        if n_tabs == width:
            return count
        if n_tabs > width or line.lines[0].cell is not None:
            break
    return 1


def _n_going_on(lines: Sequence[_Printed], text: str, *, units: bool) -> int:
    """How many lines go on with the last cell of a row.

    Args:
        lines: The last line of the row and those below it.
        text: Folded text of the document.
        units: Whether the last column holds units.
    """
    amid = any(line.count(_TAB, text) for line in lines[1:])
    count = 0
    for above, line in pairwise(lines):
        if line.lines[0].cell is not None or line.count(_TAB, text):
            break
        cell = text[above.start : above.end].rpartition("\t")[2].strip()
        if not _goes_on(cell, line.lines[0].text, units=units, amid=amid):
            break
        count += 1
    return count


def _goes_on(cell: str, below: str, *, units: bool, amid: bool) -> bool:
    """Whether a line without tabs goes on with a cell; below the last row it may sign."""
    if parse_numbering(below) or (units and unit_likeness(below) < 1):
        return False
    return cell.endswith(("、", ",")) or cell.count("(") > cell.count(")") or (units and amid)


def _cells(
    row: Sequence[_Printed], text: str, border: re.Pattern[str], first: Cell
) -> Iterator[Line]:
    whole = border is _TAB  # blanks before the first cell are no cell
    start = row[0].start if whole else row[0].lines[0].start
    end = row[-1].end if whole else row[-1].lines[-1].end
    borders = list(border.finditer(text, start, end))
    starts = [start, *(match.end() for match in borders)]
    stops = [*(match.start() for match in borders), end]
    for column, (begin, stop) in enumerate(zip(starts, stops, strict=True)):
        cell = Cell(first.table, first.row, column, width=len(starts))
        line = make_line(text, *_unquoted(text, begin, stop), cell)
        if line:
            yield line


def _unquoted(text: str, start: int, stop: int) -> tuple[int, int]:
    """A cell without the quotes that spreadsheets put around line breaks."""
    quoted = stop - start > 1 and text[start] == text[stop - 1] == _QUOTE
    return (start + 1, stop - 1) if quoted and "\n" in text[start:stop] else (start, stop)
