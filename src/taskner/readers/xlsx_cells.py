"""The cells of one sheet with the text it shows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from lxml import etree

from taskner.errors import UnreadableFileError
from taskner.readers.config import ReaderConfig
from taskner.readers.sheets import Cell
from taskner.readers.xlsx_formats import GENERAL, show_iso_date, show_number, show_text
from taskner.readers.xlsx_package import Package, Sheet, local_name, plain_text, string_of

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


_MOST_STEPS = 50_000_000


@dataclass(slots=True, kw_only=True)
class _Grid:
    """A sheet as it is read: merged cells are known only after all cells."""

    package: Package
    sheet: Sheet
    config: ReaderConfig
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[range] = field(default_factory=list)
    missing: list[tuple[int, int]] = field(default_factory=list)
    shared: dict[str, bool] = field(default_factory=dict)
    n_characters: int = 0

    def read(self) -> None:
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
                self.hidden.append(range(first, last + 1))

    def _read_row(self, element: etree._Element, row: int) -> None:
        column = 0
        for cell in element:
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
        text = self._text(kind, value, children.get("is"), element.get("s", "0"))
        if not text.strip():
            return
        self.texts[row, column] = text
        self.n_characters += len(text)
        self._check("max_characters", self.n_characters, self.config.max_characters)
        self._check("max_blocks", len(self.texts), self.config.max_blocks)

    def _text(self, kind: str, value: str, inline: etree._Element | None, style: str) -> str:
        number = _number(style, len(self.package.formats))
        code = self.package.formats[number] if number < len(self.package.formats) else GENERAL
        match kind:
            case "s" | "str" | "inlineStr":
                return show_text(self._string(kind, value, inline), code)
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(value.strip(), "")
            case "d":
                return show_iso_date(value, code)
            case "e":
                return ""
        return show_number(value, code, starts_1904=self.package.starts_1904)

    def _string(self, kind: str, value: str, inline: etree._Element | None) -> str:
        if kind == "str":
            return plain_text(value)
        if kind == "inlineStr":
            return "" if inline is None else string_of(inline)
        strings = self.package.strings
        index = int(value) if _INDEX.fullmatch(value) else len(strings)
        return strings[index] if index < len(strings) else ""

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

    def _check(self, limit: str, found: int, value: int) -> None:
        if found > value:
            detail = f"sheet {self.sheet.name!r} has more than {value:,}, the limit {limit}"
            raise UnreadableFileError(path=self.package.path, detail=detail)


def sheet_cells(package: Package, sheet: Sheet, *, config: ReaderConfig) -> list[Cell]:
    """Give the cells of a sheet that show text, row by row.

    Hidden rows are read: what a filter hides is still a task. Hidden columns are not: they
    hold what the sheet computes with; where nothing else is there, they are read.

    Raises:
        UnreadableFileError: The sheet is damaged or over a limit, or a formula that may
            give text was saved without its result.
    """
    grid = _Grid(package=package, sheet=sheet, config=config)
    grid.read()
    hidden = frozenset(column for columns in grid.hidden for column in columns)
    if all(column in hidden for _, column in grid.texts):
        hidden = frozenset()
    for row, column in grid.missing:
        if column not in hidden:
            detail = (
                f"the formula in row {row}, column {column} of sheet {sheet.name!r} was saved "
                "without its result; open the file in Excel or WPS, save it and try again"
            )
            raise UnreadableFileError(path=package.path, detail=detail)
    spans = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}
    covered = _covered(grid, package.path)
    cells = []
    for (row, column), text in sorted(grid.texts.items()):
        if column in hidden or (row, column) in covered:
            continue
        bottom, right = spans.get((row, column), (row, column))
        cells.append(
            Cell(
                row=row,
                column=column,
                text=text,
                row_span=bottom - row + 1,
                col_span=right - column + 1,
            )
        )
    return cells


def _covered(grid: _Grid, path: str) -> frozenset[tuple[int, int]]:
    """Give the cells under merged ones: what they hold is not shown.

    A merged cell whose corner is empty or covered shows nothing of its own and covers none.
    """
    columns: dict[int, list[int]] = {}
    for row, column in grid.texts:
        columns.setdefault(row, []).append(column)
    rows = sorted(columns)
    covered: set[tuple[int, int]] = set()
    n_steps = 0
    for top, left, bottom, right in sorted(grid.merged):
        if (top, left) not in grid.texts or (top, left) in covered:
            continue
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            n_steps += len(columns[row])
            if n_steps > _MOST_STEPS:
                detail = f"the merged cells of sheet {grid.sheet.name!r} cover each other"
                raise UnreadableFileError(path=path, detail=detail)
            covered.update((row, column) for column in columns[row] if left <= column <= right)
        covered.discard((top, left))
    return frozenset(covered)


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
