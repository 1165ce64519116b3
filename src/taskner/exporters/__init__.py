"""Notices become files people use.

Takes: one notice or several, and failures. Gives: a file, bytes, or a printed table.
May import: records, types, errors.
Does not: decide anything about a ledger's content; the columns are defined in ``table``.
Whatever a notice holds stays text: no formula, no markup, no control character gets out.
"""

from taskner.exporters.frames import to_arrow, to_pandas, to_polars
from taskner.exporters.html_notebook import notebook_html
from taskner.exporters.options import Failure
from taskner.exporters.rich_table import print_table
from taskner.exporters.table import Row, to_rows
from taskner.exporters.writing import FORMATS, render, write

__all__ = [
    "FORMATS",
    "Failure",
    "Row",
    "notebook_html",
    "print_table",
    "render",
    "to_arrow",
    "to_pandas",
    "to_polars",
    "to_rows",
    "write",
]
