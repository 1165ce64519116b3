"""One sheet as its part stores it: texts by place, merged and hidden cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

from lxml import etree

from taskner.errors import OverLimitError
from taskner.readers.config import ReaderConfig
from taskner.readers.xlsx_formats import GENERAL, show_iso_date, show_number, show_text
from taskner.readers.xlsx_package import Package, Sheet, plain_text, string_of
from taskner.readers.xlsx_stream import local_name

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_INDEX = re.compile(r"[0-9]{1,9}")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_PARTS_BELOW_CELLS = [
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "drawing", "legacyDrawing", "tableParts", "extLst"),
]
# Formulas that give numbers only: to miss one leaves a cell empty, but loses no task.
_COUNTS = re.compile(
    r"\s*[-+(]*(?:(?:ROW|COLUMN|SUM|SUMIFS?|SUMPRODUCT|SUBTOTAL|COUNT[A-Z]*|AVERAGE[A-Z]*|MAX|MIN|"
    r"ROUND[A-Z]*|INT|ABS|RANK|MOD|TODAY|NOW|DATE|EDATE|EOMONTH|YEAR|MONTH|DAY)\s*\(|"
    r"\$?[A-Z]{1,3}\$?\d+\s*[-+*/]|[\d.]+\s*[-+*/])[^&]*",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class Grid:
    """A sheet as it is read: merged cells are known only after all cells.

    Attributes:
        texts: Texts by row and column.
        merged: First row and column, last row and column.
        hidden: A flag for each column.
        missing: Places of formulas that may give text and were saved without their result.
    """

    package: Package
    sheet: Sheet
    config: ReaderConfig
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bytearray = field(default_factory=lambda: bytearray(_LAST_COLUMN + 1))
    missing: list[tuple[int, int]] = field(default_factory=list)
    shared: dict[str, bool] = field(default_factory=dict)
    n_characters: int = 0

    def read(self) -> None:
        """Read the sheet's part.

        Raises:
            UnreadableFileError: It is damaged.
            OverLimitError: It holds too much.
        """
        row = 0
        tags = ("col", "row", "mergeCell")
        for element in self.package.elements(self.sheet.part, tags, stop=_PARTS_BELOW_CELLS):
            name = local_name(element)
            if name == "row":
                row = _number(element.get("r"), _LAST_ROW) or row + 1
                self._read_row(element, row)
            elif name == "mergeCell":
                self._read_merged(element.get("ref", ""))
            elif _is_hidden(element):
                first = _number(element.get("min"), _LAST_COLUMN)
                last = _number(element.get("max"), _LAST_COLUMN)
                self.hidden[first : last + 1] = bytes([1]) * (last + 1 - first)

    def _read_row(self, element: etree._Element, row: int) -> None:
        column = 0
        for cell in element.iterchildren("{*}c"):
            match = _REFERENCE.fullmatch(cell.get("r", ""))
            column = (match and _column(match[1])) or column + 1
            if len(cell):
                self._read_cell(cell, row, column)

    def _read_cell(self, element: etree._Element, row: int, column: int) -> None:
        kind = element.get("t", "n")
        children = {local_name(child): child for child in element}
        value = children["v"].text or "" if "v" in children else ""
        if "f" in children and not value and kind != "str":
            if not self._only_counts(children["f"]):
                self.missing.append((row, column))
            return
        style = _number(element.get("s"), _LAST_ROW)
        if style and style >= len(self.package.formats):
            self._refuse(row, column, "has a style that the file does not hold")
        code = self.package.formats[style] if style else GENERAL
        if kind == "s":
            value = self._shared_string(value, row, column)
        elif kind == "inlineStr":
            value = string_of(children["is"]) if "is" in children else ""
        text = self._text(kind, value, code)
        if not text.strip():
            return
        if (row, column) in self.texts:
            self._refuse(row, column, "stands there twice; the file is damaged")
        self.texts[row, column] = text
        self.n_characters += len(text)
        self._check("max_characters", self.n_characters, self.config.max_characters)
        self._check("max_blocks", len(self.texts), self.config.max_blocks)

    def _text(self, kind: str, value: str, code: str) -> str:
        match kind:
            case "s" | "inlineStr":
                return show_text(value, code)
            case "str":
                return show_text(plain_text(value), code)
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(value.strip(), "")
            case "d":
                return show_iso_date(value, code)
            case "e":
                return ""
        return show_number(value, code, starts_1904=self.package.starts_1904)

    def _shared_string(self, value: str, row: int, column: int) -> str:
        strings = self.package.strings
        index = int(value) if _INDEX.fullmatch(value) else len(strings)
        if index >= len(strings):
            self._refuse(row, column, "has a text that the file does not hold")
        return strings[index]

    def _only_counts(self, formula: etree._Element) -> bool:
        number = formula.get("si", "")
        if formula.text:
            self.shared[number] = _COUNTS.fullmatch(formula.text) is not None
        return self.shared.get(number, False)

    def _read_merged(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        ends = [_REFERENCE.fullmatch(one) for one in (first, last or first)]
        if ends[0] and ends[1]:
            top, bottom = sorted(int(end[2]) for end in ends if end)
            left, right = sorted(_column(end[1]) for end in ends if end)
            if left:
                self.merged.append((top, left, bottom, right))

    def _check(self, limit: str, count: int, value: int) -> None:
        if count > value:
            what = limit.removeprefix("max_")
            found = f"more than {value:,} {what} in the sheet {self.sheet.name!r}"
            raise OverLimitError(path=self.package.path, found=found, limit=limit, value=value)

    def _refuse(self, row: int, column: int, detail: str) -> NoReturn:
        place = f"row {row}, column {column} of sheet {self.sheet.name!r}"
        self.package.refuse(f"the cell in {place} {detail}")


def _column(letters: str) -> int:
    """Give the number of a column by its letters, 0 for one outside a sheet."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= _LAST_COLUMN else 0


def _number(text: str | None, most: int) -> int:
    """Give a whole number in [0, most]; 0 for anything else."""
    number = int(text) if text and _INDEX.fullmatch(text) else 0
    return number if number <= most else 0


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") in {"1", "true"} or element.get("width") == "0"
