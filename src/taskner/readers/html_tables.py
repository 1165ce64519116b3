"""Tables of an HTML tree: which hold data, and where their cells stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from taskner.readers.html_flow import Line, flow
from taskner.readers.layout import CellPlace

_COUNT = re.compile(r"[0-9]{1,9}")
_MOST_COLUMNS = 1_000  # as in the HTML standard
_MOST_ROWS = 65_534
_LARGEST_CELL_SHARE = 0.5
_LEAST_BLOCKS_OF_ARTICLE = 3
_LONGEST_CELL_OF_ONE_ROW = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The text of one cell, its lines divided by line breaks, and its place."""

    text: str
    place: CellPlace


def data_tables(body: HtmlElement) -> frozenset[HtmlElement]:
    """Give the tables that hold rows of data, not the layout of the page.

    A table inside a data table is part of its cell.
    """
    found: set[HtmlElement] = set()
    for table in body.iter("table"):
        if not any(parent in found for parent in table.iterancestors("table")) and _is_data(table):
            found.add(table)
    return frozenset(found)


def cells(table: HtmlElement, number: int) -> Iterator[Cell]:
    """Give a table's cells that hold text, row by row.

    Args:
        table: The element.
        number: Which table of the document it is, from 1.

    Source: the table model of the HTML standard: a cell takes the first columns that
    no cell from above spans.
    """
    taken: dict[int, int] = {}  # column -> last row that a cell from above covers
    for row, element in enumerate(_rows(table), start=1):
        column = 1
        for cell in element.iterchildren("td", "th"):
            while taken.get(column, 0) >= row:
                column += 1
            if column > _MOST_COLUMNS:
                break
            col_span = min(_span(cell, "colspan"), _MOST_COLUMNS)
            row_span = min(_span(cell, "rowspan"), _MOST_ROWS)
            if row_span > 1:
                taken |= dict.fromkeys(range(column, column + col_span), row + row_span - 1)
            if text := _text(cell):
                place = CellPlace(
                    table=number, row=row, column=column, row_span=row_span, col_span=col_span
                )
                yield Cell(text=text, place=place)
            column += col_span


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _is_data(table: HtmlElement) -> bool:
    rows = [list(row.iterchildren("td", "th")) for row in _rows(table)]
    if max(map(len, rows), default=0) <= 1:
        return False
    sizes = [(cell, len("".join(cell.itertext()).strip())) for row in rows for cell in row]
    if len(rows) == 1:
        return all(size <= _LONGEST_CELL_OF_ONE_ROW for _, size in sizes)
    total = sum(size for _, size in sizes)
    return not any(
        size > _LARGEST_CELL_SHARE * total and _holds_an_article(cell) for cell, size in sizes
    )


def _holds_an_article(cell: HtmlElement) -> bool:
    blocks = cell.iterdescendants("p", "div", "table", "h1", "h2")
    return sum(1 for _ in blocks) >= _LEAST_BLOCKS_OF_ARTICLE or cell.find(".//table") is not None


def _text(cell: HtmlElement) -> str:
    lines = (line for line in flow(cell) if isinstance(line, Line))
    return "\n".join(line.text for line in lines)


def _span(cell: HtmlElement, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, int(text)) if _COUNT.fullmatch(text) else 1
