"""Text to lines and cells: the uniform input of everything after it.

A line is a stretch of the document without blanks at its ends. Table cells of
HTML, Word and spreadsheet files and cells between pipes are lines that know
their place in a grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taskner.notices.inline import cut_points
from taskner.notices.unit_heads import read_unit_head
from taskner.types import Block, Document

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_RULE = re.compile(r"[\s|:+=_─━│┃┆┊-]*")
_BLANK = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u200b\u2028\u2029\ufeff\u2002\u2003"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a line stands in a grid: table, row and column, with its spans.

    ``width`` is the number of cells its row prints, empty ones too, where that is known.
    ``closed`` tells that the row was printed to its end.
    """

    table: int
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1
    width: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the document: offsets, folded text, and its cell when it has one."""

    start: int
    end: int
    text: str
    cell: Cell | None = None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends inwards over blanks.

    Args:
        text: Folded text of the document.
        start: First offset.
        end: Offset after the last.

    Returns:
        The narrower stretch; empty at ``end`` when all is blank.
    """
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def make_line(text: str, start: int, end: int, cell: Cell | None = None) -> Line | None:
    """Cut a trimmed line out of the text, or None when nothing is left."""
    start, end = trim(text, start, end)
    return Line(start, end, text[start:end], cell) if start < end else None


def split_lines(document: Document, text: str) -> list[Line]:
    """Cut a document into lines and cells, in reading order.

    Args:
        document: The document; its cell blocks are kept as cells.
        text: Its folded text.

    Returns:
        Lines without blanks at the ends, none empty, in order, none overlapping.
    """
    lines: list[Line] = []
    position = 0
    for block in _cells(document):
        if block.start < position:
            continue
        lines.extend(_plain_lines(text, position, block.start, table=-block.start - 2))
        cell = Cell(
            block.table or 0, block.row or 0, block.column or 0, block.row_span, block.col_span
        )
        line = make_line(text, block.start, block.end, cell)
        if line:
            lines.append(line)
        position = block.end
    lines.extend(_plain_lines(text, position, len(text), table=-1))
    return lines


def _cells(document: Document) -> list[Block]:
    length = len(document.text)
    cells = [
        block
        for block in document.blocks
        if block.kind == "cell" and 0 <= block.start <= block.end <= length
    ]
    return sorted(cells, key=lambda block: (block.start, block.end))


def _plain_lines(text: str, start: int, end: int, *, table: int) -> Iterator[Line]:
    """Lines of a stretch without blocks. Runs of piped lines are tables below zero."""
    row = 0
    for match in _LINE.finditer(text, start, end):
        first, last = match.span()
        if "|" in match[0] and not read_unit_head(match[0].strip(_BLANK)):
            if not _RULE.fullmatch(match[0]):
                row += 1
                yield from _pipe_cells(text, first, last, table=table, row=row)
            continue
        for cut_start, cut_end in cut_points(match[0]):
            line = make_line(text, first + cut_start, first + cut_end)
            if line:
                row += 1
                yield line


def _pipe_cells(text: str, start: int, end: int, *, table: int, row: int) -> Iterator[Line]:
    start, end = trim(text, start, end)
    closed = end - start > 1 and text[end - 1] == "|"
    end -= closed
    start += closed and text[start] == "|"
    column = 0
    width = text.count("|", start, end) + 1
    alone = width == 1 and not closed
    while start <= end:
        stop = text.find("|", start, end)
        stop = end if stop < 0 else stop
        if alone or stop - start > _LONG_CELL:
            for cut_start, cut_end in cut_points(text[start:stop]):
                line = make_line(text, start + cut_start, start + cut_end)
                if line:
                    yield line
        else:
            line = make_line(
                text, start, stop, Cell(table, row, column, width=width, closed=closed)
            )
            if line:
                yield line
        column += 1
        start = stop + 1


_LONG_CELL = 3000  # a whole notice between two pipes is page debris, no cell
