"""The flat ledger as CSV for spreadsheets: UTF-8 with a byte order mark."""

from __future__ import annotations

import codecs
import csv
import io
from decimal import Decimal

from taskner.exporters.options import Batch
from taskner.exporters.safe_text import is_formula, printable
from taskner.exporters.table import COLUMNS, to_rows
from taskner.records import decimal_to_text


def render_csv(batch: Batch) -> bytes:
    """Give the rows of all notices under one header."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.title(batch.language) for column in COLUMNS.values()])
    for notice in batch.notices:
        for row in to_rows(notice, language=batch.language):
            writer.writerow([csv_cell(value) for value in row.cells()])
    return codecs.BOM_UTF8 + buffer.getvalue().encode("utf-8")


def csv_cell(value: str | Decimal | float | None) -> str:
    """Give a value as a cell that no program takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = printable(value)
        return f"'{text}" if is_formula(text) or is_formula(value) else text
    return decimal_to_text(value) if isinstance(value, Decimal) else str(value)
