"""The lines and tables of all pages, as paragraphs and cells in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from taskner.readers.layout import CellPlace, Layout
from taskner.readers.pdf_continued import append, continues, remove_echoes
from taskner.readers.pdf_furniture import Sheet
from taskner.readers.pdf_joining import (
    cell_text,
    has_open_bracket,
    is_alike,
    is_ended,
    is_full,
    is_tight,
    joined,
    starts_item,
    starts_label,
)
from taskner.readers.pdf_lines import Line
from taskner.readers.pdf_style import INDENT, Style
from taskner.readers.pdf_tables import Table
from taskner.types import BlockKind

_DEEP = 4.0
"""Ems from the left edge where no running text begins: a signature, a line in the middle."""
_WIDER = 1.4
_SMALLER = 0.87
_SAME_EDGE = 4.0
_NOTE = re.compile(r"[①-⑳*＊※⁰¹²³⁴-⁹\[［【〔\d]|注")
_NO_TITLE = re.compile(r"[（(—－-]")


def join_tables(sheets: Sequence[Sheet]) -> None:
    """Move the parts of tables that go on over pages to where each begins."""
    last: Table | None = None
    printed = [sheet for sheet in sheets if sheet.items]
    for sheet, following in pairwise(printed):
        remove_echoes(sheet.items, following.items)
    for sheet in printed:
        first = sheet.items[0]
        if last is not None and isinstance(first, Table) and continues(last, first):
            append(last, first)
            del sheet.items[0]
        if sheet.items:
            end = sheet.items[-1]
            last = end if isinstance(end, Table) else None


def write(sheets: Sequence[Sheet], layout: Layout) -> None:
    """Add all pages to a layout: paragraphs joined over lines and pages, cells with places.

    Raises:
        UnreadableFileError: The document grows over a limit.
    """
    flow = _Flow(layout, Style.of(sheets))
    for sheet in sheets:
        text, notes = _split_notes(sheet.items, flow.style.size)
        for item in text:
            if isinstance(item, Table):
                flow.add_table(item)
            else:
                flow.add_line(item)
        flow.notes += [*notes, *sheet.asides]
        flow.is_new_page = True
    flow.close()


@dataclass(slots=True)
class _Flow:
    """Joins lines to paragraphs and numbers tables."""

    layout: Layout
    style: Style
    notes: list[Line] = field(default_factory=list)
    is_new_page: bool = False
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    n_tables: int = 0

    def add_line(self, line: Line) -> None:
        """Put a line to the paragraph above it, or begin one."""
        if self.lines and self._goes_on(line):
            right = self.style.column(self.lines[-1])[1]
            above = self.lines[-1]
            self.text = joined(self.text, above, line.text, tight=is_tight(above, right=right))
        else:
            self.close()
            self.text = line.text
        self.lines.append(line)
        self.is_new_page = False

    def add_table(self, table: Table) -> None:
        """Add a table's cells that hold text."""
        self.close()
        self.n_tables += 1
        edges = _column_edges(table)
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.x0)):
            width = cell.text_width or cell.x1 - cell.x0 - 2 * table.padding
            place = CellPlace(
                table=self.n_tables,
                row=cell.row + 1,
                column=_index(edges, cell.x0) + 1,
                row_span=cell.row_end - cell.row,
                col_span=max(1, _index(edges, cell.x1) - _index(edges, cell.x0)),
            )
            text = cell_text(cell.lines, width=width)
            self.layout.add(text, kind="cell", page=cell.page, place=place)
        self.is_new_page = False

    def close(self) -> None:
        """End the paragraph, and print the notes that stood below it."""
        if self.lines:
            first = self.lines[0]
            kind: BlockKind = "title" if self.style.is_title(first) else "paragraph"
            self.layout.add(self.text, kind=kind, page=first.page)
        self.lines = []
        self.text = ""
        notes, self.notes = self.notes, []
        for note in notes:
            self.add_line(note)
        if notes:
            self.close()

    def _goes_on(self, line: Line) -> bool:
        """Say whether a line goes on with the paragraph above it."""
        above = self.lines[-1]
        is_break = self.is_new_page or line.column != above.column or line.y0 <= above.y0
        step = line.y0 - above.y0
        is_far = not is_break and step > _WIDER * self.style.steps.get(line.size, step)
        if is_far or not is_alike(above, line):
            return False
        if self.style.is_title(above) and self.style.is_title(line):
            return not (is_break or _NO_TITLE.match(line.text) or is_ended(self.text))
        is_deep = self.style.indent(line) > _DEEP
        if is_deep or not is_full(above, line, right=self.style.column(above)[1]):
            return False
        return has_open_bracket(self.text) or not self._begins(line)

    def _begins(self, line: Line) -> bool:
        """Say whether a line below a full one begins a paragraph all the same."""
        is_indented = self.style.indent(line) > INDENT
        if self.style.has_indents and not is_indented:
            return starts_item(line) and is_ended(self.text)
        is_named = starts_item(line) or starts_label(line)
        return is_named or (is_indented and is_ended(self.text))


def _split_notes(
    items: Sequence[Line | Table], size: float
) -> tuple[Sequence[Line | Table], list[Line]]:
    """Take the footnotes off the end of a page; they follow the paragraph that runs over it."""
    notes: list[Line] = []
    for item in reversed(items):
        if not isinstance(item, Line) or item.size > _SMALLER * size:
            break
        notes.insert(0, item)
    if not notes or len(notes) == len(items) or not _NOTE.match(notes[0].text):
        return items, []
    return items[: len(items) - len(notes)], notes


def _column_edges(table: Table) -> list[float]:
    edges: list[float] = []
    for value in sorted({edge for cell in table.cells for edge in (cell.x0, cell.x1)}):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
