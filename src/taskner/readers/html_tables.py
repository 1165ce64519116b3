"""Tables of an HTML tree: which hold data, and where their cells stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from taskner.readers.html_flow import Line, collapse_blanks, flow
from taskner.readers.html_sizes import Size, sizes
from taskner.readers.layout import CellPlace

_CELLS = ("td", "th")
_GROUPS = ("thead", "tbody", "tfoot")
_ORDER = {"thead": 0, "tfoot": 2}
_COUNT = re.compile(r"\s*\+?([0-9]{1,9})")
_MOST_COLUMNS = 1_000  # as in the HTML standard
_MOST_ROWS = 65_534
_MOST_STEPS = 3_000_000
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
    counted = sizes(body)
    found: set[HtmlElement] = set()
    for table in body.iter("table"):
        inside = any(parent in found for parent in table.iterancestors("table"))
        if not inside and _is_data(table, counted):
            found.add(table)
    return frozenset(found)


def lines_above(table: HtmlElement) -> list[str]:
    """Give the caption of a table, and what stands in it outside its cells."""
    lines: list[str] = []
    walk = etree.iterwalk(table, events=("start",))
    for _, element in walk:
        if element.tag in _CELLS:
            walk.skip_subtree()
        elif next(element.iter(*_CELLS), None) is None:
            lines += [line.text for line in flow(element) if isinstance(line, Line)]
            walk.skip_subtree()
        else:
            lines.append(collapse_blanks(element.text or ""))
        if element is not table:
            lines.append(collapse_blanks(element.tail or ""))
    return [line for line in lines if line]


def cells(table: HtmlElement, number: int) -> Iterator[Cell]:
    """Give a table's cells that hold text, row by row.

    Args:
        table: The element.
        number: Which table of the document it is, from 1.

    Source: the table model of the HTML standard: a cell takes the first columns that
    no cell from above spans, and spans no row beyond its group.
    """
    row = n_steps = 0
    for group in _groups(table):
        last = row + len(group)
        taken: dict[int, int] = {}  # column -> last row that a cell from above covers
        for elements in group:
            row += 1
            column = 1
            for cell in elements:
                first = column
                while taken.get(column, 0) >= row:
                    column += 1
                col_span = max(1, min(_span(cell, "colspan"), _MOST_COLUMNS))
                # A span of 0 rows is all that are left.
                row_span = min(_span(cell, "rowspan") or _MOST_ROWS, last - row + 1)
                n_steps += column - first + col_span
                if n_steps > _MOST_STEPS:
                    taken = {}  # spans like these are made to take time
                elif row_span > 1 and column <= _MOST_COLUMNS:
                    taken |= dict.fromkeys(range(column, column + col_span), row + row_span - 1)
                if text := _text(cell):
                    place = CellPlace(
                        table=number, row=row, column=column, row_span=row_span, col_span=col_span
                    )
                    yield Cell(text=text, place=place)
                column += col_span


def _groups(table: HtmlElement) -> list[list[list[HtmlElement]]]:
    """Give the cells of each row by group, in the order of printing: head, bodies, foot.

    Forms and fonts between the elements of a table, which HTML does not allow, do not count.
    """
    rows: dict[HtmlElement, list[HtmlElement]] = {}
    walk = etree.iterwalk(table, events=("start",))
    for _, element in walk:
        if element.tag == "tr":
            rows[element] = []
        elif element.tag in _CELLS or (element.tag == "table" and element is not table):
            row = next(element.iterancestors("tr", "table"))
            if element.tag in _CELLS:
                rows.setdefault(row, []).append(element)
            walk.skip_subtree()
    groups: dict[HtmlElement, list[list[HtmlElement]]] = {}
    for row, elements in rows.items():
        group = row if row is table else next(row.iterancestors(*_GROUPS, "table"))
        groups.setdefault(group, []).append(elements)
    return [groups[group] for group in sorted(groups, key=lambda one: _ORDER.get(one.tag, 1))]


def _is_data(table: HtmlElement, counted: dict[HtmlElement, Size]) -> bool:
    rows = [row for group in _groups(table) for row in group]
    if max(map(len, rows), default=0) <= 1:
        return False
    lengths = [(cell, counted[cell].length) for row in rows for cell in row]
    if len(rows) == 1:
        return all(length <= _LONGEST_CELL_OF_ONE_ROW for _, length in lengths)
    total = sum(length for _, length in lengths)
    return not any(
        length > _LARGEST_CELL_SHARE * total and _holds_an_article(cell) for cell, length in lengths
    )


def _holds_an_article(cell: HtmlElement) -> bool:
    blocks = cell.iterdescendants("p", "div", "table", "h1", "h2")
    is_long = sum(1 for _ in islice(blocks, _LEAST_BLOCKS_OF_ARTICLE)) == _LEAST_BLOCKS_OF_ARTICLE
    return is_long or next(cell.iterdescendants("table"), None) is not None


def _text(cell: HtmlElement) -> str:
    lines = (line for line in flow(cell) if isinstance(line, Line))
    return "\n".join(line.text for line in lines)


def _span(cell: HtmlElement, name: str) -> int:
    match = _COUNT.match(cell.get(name, "1"))
    return int(match[1]) if match else 1
