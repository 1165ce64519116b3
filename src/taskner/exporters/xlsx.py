"""The ledger as a workbook: a row per target, a row per task, files without, a legend."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from taskner.exporters.failures import missing_rows
from taskner.exporters.glosses import YES
from taskner.exporters.legend import TITLES, legend_rows
from taskner.exporters.options import Batch, Language
from taskner.exporters.safe_text import is_formula, printable
from taskner.exporters.table import DATED_COLUMNS, Column, Row, to_rows, to_task_rows
from taskner.records import decimal_to_text

Value = str | Decimal | float | date | None

_TASK_KEYS = frozenset(
    {"number", "section", "leader", "task", "deadline", "due", "due_assumed", "lead", "support"}
    | {"unassigned", "score", "review", "flags", "file", "place"}
)
_LONGEST_CELL = 32_767  # Excel's limit
_MOST_DIGITS = 15  # what a spreadsheet's number holds exactly
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel's days are not those of the calendar
_HEAD_FONT = Font(name="微软雅黑", bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="2F5D62")
_BODY_FONT = Font(name="微软雅黑", size=10)
_REVIEW_FILL = PatternFill("solid", fgColor="FFF4D6")
_HEAD_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
_BODY_ALIGNMENT = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    title: str
    width: int


def render_xlsx(batch: Batch) -> bytes:
    """Give the workbook; what begins like a formula is stored and marked as text."""
    is_chinese = batch.language == "zh"
    workbook = Workbook()
    ledger = workbook.active
    ledger.title = "台账" if is_chinese else "Ledger"
    rows = [row for notice in batch.notices for row in to_rows(notice, language=batch.language)]
    _fill(
        ledger,
        _headings(DATED_COLUMNS, batch.language),
        [_cells(row, DATED_COLUMNS, batch.language) for row in rows],
        marked=[bool(row.review) for row in rows],
    )
    tasks = [row for n in batch.notices for row in to_task_rows(n, language=batch.language)]
    columns = {key: item for key, item in DATED_COLUMNS.items() if key in _TASK_KEYS}
    _fill(
        workbook.create_sheet("任务" if is_chinese else "Tasks"),
        _headings(columns, batch.language),
        [_cells(row, columns, batch.language) for row in tasks],
        marked=[bool(row.review) for row in tasks],
    )
    missing = list(missing_rows(batch))
    if missing:
        titles = ("文件", "错误", "说明") if is_chinese else ("File", "Error", "Message")
        _fill(
            workbook.create_sheet("错误" if is_chinese else "Errors"),
            [
                _Heading(title=title, width=width)
                for title, width in zip(titles, (36, 44, 80), strict=True)
            ],
            missing,
            marked=[False] * len(missing),
        )
    legend = list(legend_rows(batch.language))
    _fill(
        workbook.create_sheet("说明" if is_chinese else "Legend"),
        [
            _Heading(title=title, width=width)
            for title, width in zip(TITLES[batch.language], (18, 8, 90), strict=True)
        ],
        legend,
        marked=[bool(asks) for _, asks, _ in legend],
    )
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _headings(columns: Mapping[str, Column], language: Language) -> list[_Heading]:
    return [_Heading(title=item.title(language), width=item.width) for item in columns.values()]


def _cells(row: Row, keys: Iterable[str], language: Language) -> tuple[Value, ...]:
    """Give a row's values; the due date is a date, so that the sheet can filter and sort by it."""
    dated = {"due": row.due_day, "due_assumed": YES[language] if row.due_assumed else ""}
    return tuple(dated[key] if key in dated else getattr(row, key) for key in keys)


def _fill(
    sheet: Worksheet,
    headings: Sequence[_Heading],
    rows: Sequence[Iterable[Value]],
    *,
    marked: Sequence[bool],
) -> None:
    """Write a header and rows; marked rows are tinted."""
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, column, heading.title)
        cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_ALIGNMENT
        sheet.column_dimensions[get_column_letter(column)].width = heading.width
    for number, (row, is_marked) in enumerate(zip(rows, marked, strict=True), start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _set(cell, value)
            cell.font, cell.alignment = _BODY_FONT, _BODY_ALIGNMENT
            if is_marked:
                cell.fill = _REVIEW_FILL
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _set(cell: Cell, value: Value) -> None:
    if isinstance(value, Decimal):
        value = _number(value)
        if isinstance(value, int):
            # Excel's own choice shows 120000000000 as 1.2E+11.
            cell.number_format = "#,##0"
    if isinstance(value, date):
        if value < _FIRST_DAY:
            value = value.isoformat()
        else:
            cell.value, cell.number_format = value, "yyyy-mm-dd"
            return
    if not isinstance(value, str):
        cell.value = value
        return
    text = printable(value)
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - 1] + "…"
    cell.value = text or None
    if text:
        # openpyxl takes "=…" for a formula and "#N/A" for an error; both are text here.
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)


def _number(value: Decimal) -> int | float | str:
    """Give a number where the sheet can hold it exactly, else its digits as text."""
    text = decimal_to_text(value)
    if len(text.lstrip("-").replace(".", "").strip("0")) > _MOST_DIGITS:
        return text
    return float(text) if "." in text else int(text)
