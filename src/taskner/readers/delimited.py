"""Comma- and tab-separated text: the rows of one sheet."""

from __future__ import annotations

import csv
from io import StringIO

from taskner.errors import UnreadableFileError
from taskner.readers.encoding import decode
from taskner.readers.layout import Layout
from taskner.readers.repair import repair
from taskner.readers.sheets import Cell, add_sheet

_SAMPLE = 65_536


def read_delimited(data: bytes, layout: Layout) -> None:
    """Add the rows of a table that is written as text, like those of a sheet.

    Fields are divided by tabs where most lines have one, else by commas, or by semicolons
    where there are no commas.

    Raises:
        EmptyFileError: The file holds no text.
        EncodingError: No encoding gives plausible text.
        UnreadableFileError: A quotation mark is not closed, or the file is over a limit.
    """
    text, layout.repairs = repair(decode(data, path=layout.path).replace("\0", ""))
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    cells: list[Cell] = []
    try:
        for row, fields in enumerate(rows, start=1):
            filled = [(n, field) for n, field in enumerate(fields, start=1) if field.strip()]
            cells.extend(Cell(row=row, column=column, text=field) for column, field in filled)
    except csv.Error as error:
        detail = f"the field that ends in line {rows.line_num} is wrongly quoted: {error}"
        raise UnreadableFileError(path=layout.path, detail=detail) from error
    add_sheet(layout, cells)


def _delimiter(text: str) -> str:
    sample = text[:_SAMPLE]
    lines = [line for line in sample.split("\n") if line.strip()]
    if sum("\t" in line for line in lines) * 2 > len(lines):
        return "\t"
    return "," if "," in sample or ";" not in sample else ";"
