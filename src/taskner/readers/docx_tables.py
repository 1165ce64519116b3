"""Where the cells of a Word table stand, with cells merged across columns and down rows.

Source: ISO/IEC 29500-1 section 17.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from taskner.readers.docx_columns import Edges
from taskner.readers.docx_xml import (
    ALTERNATE,
    REMOVED,
    W,
    chosen,
    elements,
    number_value,
    text_value,
)

_ROW, _CELL = W + "tr", W + "tc"
_ROW_PROPERTIES, _CELL_PROPERTIES = W + "trPr", W + "tcPr"
_MOST_COLUMNS = 1_000
_CONTINUED = frozenset({None, "continue", "cont"})


@dataclass(slots=True, kw_only=True)
class TableCell:
    """A cell that is seen: its element, and its place from 1 with its spans."""

    element: etree._Element
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1


@dataclass(slots=True, kw_only=True)
class Table:
    """The cells of each row that begin in it, and the number of columns."""

    rows: list[list[TableCell]]
    n_columns: int


@dataclass(slots=True)
class _Raw:
    """A cell as stored: its first edge in the grid and the edge after its last column.

    ``merged`` says whether it is part of a cell that covers several rows, ``continues``
    whether that cell begins above.
    """

    element: etree._Element
    start: int
    end: int
    merged: bool
    continues: bool


def lay_out(table: etree._Element) -> Table:
    """Give the cells of a table in reading order.

    Columns are counted as they are seen: edges of the grid that no cell uses do not
    count. A cell that continues the one above is no cell; its text is not printed.
    Rows and cells that a tracked change deleted are left out.
    """
    rows = [_raw_cells(row) for row in _parts(table, _ROW) if not _is_deleted(row)]
    edges = Edges(_widths(table), [(cell.start, cell.end) for row in rows for cell in row])
    placed: list[list[TableCell]] = []
    above: dict[int, TableCell] = {}  # by column, the merged cells that may go on
    for number, row in enumerate(rows, start=1):
        cells: list[TableCell] = []
        open_: dict[int, TableCell] = {}
        for raw in row:
            column = edges.column(raw.start)
            if raw.continues and column in above:
                above[column].row_span += 1
                open_[column] = above[column]
                continue
            span = max(1, edges.column(raw.end) - column)
            cell = TableCell(element=raw.element, row=number, column=column, col_span=span)
            cells.append(cell)
            if raw.merged:
                open_[column] = cell
        placed.append(cells)
        above = open_
    return Table(rows=placed, n_columns=edges.n_columns)


def _raw_cells(row: etree._Element) -> list[_Raw]:
    properties = row.find(_ROW_PROPERTIES)
    position = _count(number_value(properties, "gridBefore"), least=0)
    cells: list[_Raw] = []
    for element in _parts(row, _CELL):
        own = element.find(_CELL_PROPERTIES)
        end = position + _count(number_value(own, "gridSpan"), least=1)
        if own is not None and own.find(W + "cellDel") is not None:
            position = end
            continue
        if cells and _merges(own, "hMerge"):
            cells[-1].end = end  # the way of old Word files to span columns
        else:
            merged = own is not None and own.find(W + "vMerge") is not None
            cells.append(
                _Raw(element, position, end, merged=merged, continues=_merges(own, "vMerge"))
            )
        position = end
    return cells


def _merges(properties: etree._Element | None, name: str) -> bool:
    """Say whether a cell continues the one before it; ``w:val`` may be left out."""
    if properties is None or properties.find(W + name) is None:
        return False
    return text_value(properties, name) in _CONTINUED


def _count(number: int | None, *, least: int) -> int:
    return least if number is None else min(max(number, least), _MOST_COLUMNS)


def _widths(table: etree._Element) -> list[int]:
    grid = table.find(W + "tblGrid")
    columns = [] if grid is None else grid.findall(W + "gridCol")
    return [_count_width(column.get(W + "w")) for column in columns]


def _count_width(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0  # noqa: PLR2004


def _is_deleted(row: etree._Element) -> bool:
    properties = row.find(_ROW_PROPERTIES)
    return properties is not None and properties.find(W + "del") is not None


def _parts(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Give rows or cells, also those that controls or tracked insertions wrap."""
    for child in elements(parent):
        if child.tag == tag:
            yield child
        elif child.tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from _parts(branch, tag)
        elif child.tag not in REMOVED and child.tag not in _NO_WRAPPERS:
            yield from _parts(child, tag)


_NO_WRAPPERS = frozenset(
    W + name for name in ("tblPr", "tblGrid", "tblPrEx", "trPr", "sdtPr", "sdtEndPr", "tc", "tr")
)
