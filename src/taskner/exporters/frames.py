"""The ledger as a data frame: a row per target, typed columns, empty cells as nulls.

The columns are those of the ledger, but 完成日期 is a date, so that a column beside it says
where the date is only assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from taskner.errors import MissingExtraError
from taskner.exporters.options import Language
from taskner.exporters.safe_text import printable
from taskner.exporters.table import DATED_COLUMNS, Row, to_rows
from taskner.types import Notice

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Kind = Literal["text", "number", "score", "date", "flag"]

_KINDS: Mapping[str, Kind] = {
    "value": "number",
    "upper": "number",
    "due": "date",
    "due_assumed": "flag",
    "score": "score",
    "review": "flag",
}
_PRECISION, _SCALE = 38, 10
"""Digits of an exact number in Arrow and polars, and those behind the point."""


def to_pandas(notices: Notice | Iterable[Notice], *, language: Language = "zh") -> pd.DataFrame:
    """Give the ledger as a pandas DataFrame.

    Numbers are float64 (exact to 15 digits), dates datetime64, 需复核 is a bool.

    Args:
        notices: One notice or several.
        language: Of column titles and glosses.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    pandas = _library("pandas")
    kinds = {"text": "string", "number": "float64", "score": "float64", "flag": "bool"}
    kinds["date"] = "datetime64[s]"
    series = {
        title: pandas.Series(
            [float(cell) if isinstance(cell, Decimal) else cell for cell in cells],
            dtype=kinds[kind],
        )
        for title, (kind, cells) in _columns(notices, language).items()
    }
    return pandas.DataFrame(series)


def to_polars(notices: Notice | Iterable[Notice], *, language: Language = "zh") -> pl.DataFrame:
    """Give the ledger as a polars DataFrame.

    Numbers are decimals with ten digits behind the point.

    Args:
        notices: One notice or several.
        language: Of column titles and glosses.

    Raises:
        MissingExtraError: polars is not installed.
    """
    polars = _library("polars")
    kinds = {
        "text": polars.String,
        "number": polars.Decimal(_PRECISION, _SCALE),
        "score": polars.Float64,
        "date": polars.Date,
        "flag": polars.Boolean,
    }
    return polars.DataFrame(
        [
            polars.Series(title, cells, dtype=kinds[kind])
            for title, (kind, cells) in _columns(notices, language).items()
        ]
    )


def to_arrow(notices: Notice | Iterable[Notice], *, language: Language = "zh") -> pa.Table:
    """Give the ledger as an Arrow table.

    Numbers are decimals with ten digits behind the point.

    Args:
        notices: One notice or several.
        language: Of column titles and glosses.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    arrow = _library("pyarrow")
    kinds = {
        "text": arrow.string(),
        "number": arrow.decimal128(_PRECISION, _SCALE),
        "score": arrow.float64(),
        "date": arrow.date32(),
        "flag": arrow.bool_(),
    }
    return arrow.table(
        {
            title: arrow.array(cells, type=kinds[kind])
            for title, (kind, cells) in _columns(notices, language).items()
        }
    )


def _columns(
    notices: Notice | Iterable[Notice], language: Language
) -> dict[str, tuple[Kind, list[Any]]]:
    """Give kind and cells of every column by its title."""
    several = (notices,) if isinstance(notices, Notice) else notices
    rows = [row for notice in several for row in to_rows(notice, language=language)]
    columns: dict[str, tuple[Kind, list[Any]]] = {}
    for key, column in DATED_COLUMNS.items():
        kind = _KINDS.get(key, "text")
        columns[column.title(language)] = (kind, [_cell(row, key, kind) for row in rows])
    return columns


def _cell(row: Row, key: str, kind: Kind) -> str | Decimal | float | date | bool | None:
    if kind == "date":
        return row.due_day
    value = getattr(row, key)
    if kind == "flag":
        return bool(value)
    if kind == "number":
        return None if value is None else _fitted(value)
    # Half a surrogate pair cannot be stored.
    return (printable(value) or None) if isinstance(value, str) else value


def _fitted(value: Decimal) -> Decimal | None:
    """Round to the digits a column holds; None where the number is too large for it."""
    with localcontext(prec=4 * _PRECISION):
        if abs(value) >= Decimal(10) ** (_PRECISION - _SCALE):
            return None
        return value.quantize(Decimal(1).scaleb(-_SCALE))


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        purpose = "a data frame"
        raise MissingExtraError(package=name, extra="frames", purpose=purpose) from error
