"""Sheets of cells: the lines above and below their tables, and the tables.

Rows and columns keep the numbers that the sheet shows, so that a place can be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from taskner.readers.layout import CellPlace, Layout
from taskner.types import BlockKind

_NOTE = re.compile(
    r"[（(\[【]?\s*(?:注|备注|说明|附注|填表|填报|制表|审核|联系|带[★*＊▲]|标[★*＊▲]|[★*＊▲※])"
)
# Who filled the table in signs below it, in several cells of one row.
_SIGNED = re.compile(r"\s*(?:填表|填报|制表|审核|审签|签发|联系|经办)[^：:\s]{0,8}\s*[：:]")
_BETWEEN = "　"
_LONGEST_TITLE = 16
_DIGIT = re.compile(r"\d")
_LEAST_TITLES = 3
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell that shows text; rows and columns count from 1 as in the sheet."""

    row: int
    column: int
    text: str
    row_span: int = 1
    col_span: int = 1


Row = list[Cell]


def add_sheet(
    layout: Layout,
    cells: Sequence[Cell],
    *,
    n_tables: int = 0,
    name: str | None = None,
    heading: BlockKind = "title",
) -> int:
    """Add the lines and tables of one sheet.

    A row with one cell is a line above a table; below it, where it stands across the table,
    reads like a note or says who filled the table in. Two blank rows divide tables; so does
    one before a row of titles.

    Args:
        layout: What to add to.
        cells: Cells row by row.
        n_tables: How many tables the document has already.
        name: The sheet's name.
        heading: What the first line across a table is.

    Returns:
        How many tables the document has now.

    Raises:
        UnreadableFileError: The document grows over a limit.
    """
    kinds: list[BlockKind] = [heading]
    for band in _bands(_rows(cells)):
        first, last = _table(band)
        for index, row in enumerate(band):
            if first <= index < last:
                n_tables += index == first
                _add_row(layout, row, table=n_tables, name=name)
            elif kinds and index < first and row[0].col_span > 1:
                layout.add(row[0].text, kind=kinds.pop())
            else:
                layout.add(_BETWEEN.join(cell.text for cell in row))
    return n_tables


def begins_with_line(cells: Sequence[Cell]) -> bool:
    """Say whether a line stands above the first table of a sheet."""
    return any(_table(band)[0] > 0 for band in islice(_bands(_rows(cells)), 1))


def _add_row(layout: Layout, row: Row, *, table: int, name: str | None) -> None:
    for cell in row:
        place = CellPlace(
            table=table,
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            col_span=cell.col_span,
            sheet=name,
        )
        layout.add(cell.text, kind="cell", place=place)


def _rows(cells: Sequence[Cell]) -> list[Row]:
    rows: list[Row] = []
    for cell in cells:
        if not rows or rows[-1][0].row != cell.row:
            rows.append([])
        rows[-1].append(cell)
    return rows


def _bands(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut the rows where blank rows divide them; merged cells bridge blank rows."""
    band: list[Row] = []
    reach = 0
    for row in rows:
        n_blank = row[0].row - reach - 1
        if band and (n_blank > 1 or (n_blank == 1 and _looks_like_titles(row))):
            yield band
            band = []
        band.append(row)
        reach = max(reach, *(cell.row + cell.row_span - 1 for cell in row))
    if band:
        yield band


def _looks_like_titles(row: Row) -> bool:
    return len(row) >= _LEAST_TITLES and all(
        len(cell.text) <= _LONGEST_TITLE and not _DIGIT.search(cell.text) for cell in row
    )


def _table(band: Sequence[Row]) -> tuple[int, int]:
    """Give the first row of a band that belongs to its table, and the first after it."""
    wide = [cell for row in band if len(row) > 1 for cell in row]
    left = min((cell.column for cell in wide), default=0)
    right = max((cell.column + cell.col_span for cell in wide), default=0)
    first, last = 0, len(band)
    while first < last and _is_alone(band, first):
        first += 1
    while last > first and (
        _SIGNED.match(band[last - 1][0].text)
        or (_is_alone(band, last - 1) and _is_line(band[last - 1][0], left, right))
    ):
        last -= 1
    return first, last


def _is_alone(band: Sequence[Row], index: int) -> bool:
    """Say whether a row shows one cell, beside none that is merged over several rows."""
    row = band[index]
    cell = row[0]
    end = cell.row + cell.row_span
    return (
        len(row) == 1
        and all(above.row + above.row_span <= cell.row for row in band[:index] for above in row)
        and (index + 1 == len(band) or band[index + 1][0].row >= end)
    )


def _is_line(cell: Cell, left: int, right: int) -> bool:
    return (
        cell.col_span >= _HALF * (right - left)
        or _NOTE.match(cell.text) is not None
        or (cell.column <= left and len(cell.text) > _LONGEST_TITLE)
    )
