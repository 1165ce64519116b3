"""Spreadsheets: the cells of each sheet as it shows them, with the rows and columns it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskner.errors import UnreadableFileError, WrongFormatError
from taskner.readers.archive import check_archive
from taskner.readers.layout import Layout
from taskner.readers.sheets import Cell, add_sheet, begins_with_line
from taskner.readers.signatures import kind_of
from taskner.readers.xlsx_cells import sheet_cells
from taskner.readers.xlsx_package import Sheet, open_package

_EXCEL_FILE = "an Excel file (.xlsx)"
_NO_NAME = re.compile(r"(?:sheet|table|工作表|表格?|book)?[0-9()（）]*", re.IGNORECASE)
_ANNEX = re.compile(r"附[件表][0-9一二三四五六七八九十]*")
_BLANKS = re.compile(r"\s+")


def read_xlsx(data: bytes, layout: Layout) -> None:
    """Add the sheets of a workbook: lines above and below its tables, and their cells.

    Hidden sheets are left out unless all others are empty.

    Raises:
        WrongFormatError: The content is something else than its suffix says.
        UnreadableFileError: The file is damaged, protected or over a limit, or a formula that
            may give text was saved without its result.
    """
    _check_kind(data, path=layout.path)
    check_archive(data, path=layout.path, config=layout.config)
    package = open_package(data, path=layout.path)
    n_tables = n_sheets = 0
    for is_hidden in (False, True):
        for sheet in package.sheets:
            if sheet.is_hidden is not is_hidden:
                continue
            cells = sheet_cells(package, sheet, config=layout.config)
            if cells:
                if _tells(sheet, cells):
                    layout.add(sheet.name, kind="heading")
                n_tables = add_sheet(
                    layout,
                    cells,
                    n_tables=n_tables,
                    name=sheet.name,
                    heading="heading" if n_sheets else "title",
                )
                n_sheets += 1
        if n_sheets:
            return


def _tells(sheet: Sheet, cells: Sequence[Cell]) -> bool:
    """Say whether a sheet's name tells what its first line does not."""
    name = _BLANKS.sub("", sheet.name)
    if _NO_NAME.fullmatch(name):
        return False
    if not begins_with_line(cells):
        return True
    return _ANNEX.fullmatch(name) is not None and name not in _BLANKS.sub("", cells[0].text)


def _check_kind(data: bytes, *, path: str) -> None:
    """Refuse what is another file under the suffix of a workbook.

    Raises:
        WrongFormatError: The content is something else.
        UnreadableFileError: It is protected by a password.
    """
    found = kind_of(data)
    if "password" in found:
        detail = "it is protected by a password; open it in Excel or WPS and save it without one"
        raise UnreadableFileError(path=path, detail=detail)
    if "zip" not in found and found != _EXCEL_FILE:
        raise WrongFormatError(path=path, found=found, wanted=_EXCEL_FILE)
