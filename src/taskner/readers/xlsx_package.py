"""The parts of a spreadsheet file that its cells need: sheets, strings, number formats.

Parts are streamed, and elements forgotten once read: what a sheet only formats costs
time, not memory. openpyxl is not asked for this: it makes an object of every formatted
cell, and refuses whole files over styles that say nothing about the text.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import NoReturn

from lxml import etree

from taskner.errors import UnreadableFileError
from taskner.readers.xlsx_formats import BUILT_IN, GENERAL
from taskner.readers.xlsx_stream import elements, local_name

_MAIN = "xl/workbook.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of cells: its name and the part that holds it."""

    name: str
    part: str
    is_hidden: bool


@dataclass(slots=True, kw_only=True)
class Package:
    """An open spreadsheet file.

    Attributes:
        sheets: Sheets of cells in their order; charts are none.
        strings: Texts that cells refer to by number.
        formats: Number format of each cell style, by number.
        starts_1904: Whether days are counted from 1904.
    """

    path: str
    _archive: zipfile.ZipFile
    sheets: list[Sheet] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    starts_1904: bool = False

    def elements(
        self, part: str, tags: Sequence[str], *, stop: Sequence[str] = ()
    ) -> Iterator[etree._Element]:
        """Give the elements of a part that have one of the local names, once complete.

        Args:
            part: Name of the part.
            tags: Local names.
            stop: Local names at whose start reading ends.

        Raises:
            UnreadableFileError: The part is missing, no sound XML, declares entities, or a
                single element is too large.
        """
        name = self.parts().get(part.lower())
        if name is None:
            self.refuse(f"its part {part} is missing")
        with self._archive.open(name) as stream:
            yield from elements(stream, tags, stop=stop, path=self.path, part=part)

    def refuse(self, detail: str) -> NoReturn:
        """Say why the file cannot be read.

        Raises:
            UnreadableFileError: Always.
        """
        raise UnreadableFileError(path=self.path, detail=detail)

    def parts(self) -> dict[str, str]:
        """Give the names of all parts by their lower case, in which they are looked up."""
        return {name.lower(): name for name in self._archive.namelist()}


def open_package(data: bytes, *, path: str) -> Package:
    """Read what all sheets share.

    Args:
        data: A sound archive within the limits.
        path: The file as the user named it.

    Raises:
        UnreadableFileError: The archive is no spreadsheet, or a part is damaged.
    """
    package = Package(path=path, _archive=zipfile.ZipFile(BytesIO(data)))
    main = _main_part(package)
    related = _relations(package, main)
    listed: set[tuple[str, bool]] = set()
    for element in package.elements(main, ("workbookPr", "sheet")):
        if local_name(element) == "workbookPr":
            package.starts_1904 = element.get("date1904") in {"1", "true"}
            continue
        kind, part = related.get(_relation_id(element), ("worksheet", "of a sheet"))
        is_hidden = element.get("state", "visible") != "visible"
        # Damaged files list one part thousands of times.
        if kind == "worksheet" and (part, is_hidden) not in listed:
            listed.add((part, is_hidden))
            name = plain_text(element.get("name", "")).strip()
            package.sheets.append(Sheet(name=name, part=part, is_hidden=is_hidden))
    for kind, part in related.values():
        if kind == "sharedStrings":
            package.strings = [string_of(si) for si in package.elements(part, ("si",))]
        elif kind == "styles":
            package.formats = _formats(package, part)
    return package


def string_of(element: etree._Element) -> str:
    """Give the text of a string with its rich runs, without phonetic guides."""
    texts = []
    for child in element:
        if local_name(child) == "t":
            texts.append(child.text or "")
        elif local_name(child) == "r":
            texts.extend(run.text or "" for run in child if local_name(run) == "t")
    return plain_text("".join(texts))


def plain_text(text: str) -> str:
    """Undo the escapes of characters that XML cannot hold; line ends become LF.

    Source: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring).
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _main_part(package: Package) -> str:
    for kind, part in _relations(package, "").values():
        if kind == "officeDocument":
            if part.lower().endswith(".bin"):
                package.refuse("it is a binary workbook (.xlsb); save it as .xlsx")
            return part
    return _MAIN


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Give kind and part of each relation by its id."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    if rels.lower() not in package.parts():
        return {}
    found = {}
    for element in package.elements(rels, ("Relationship",)):
        if element.get("TargetMode") != "External":
            target = element.get("Target", "").replace("\\", "/")
            joined = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], joined)
    return found


def _relation_id(element: etree._Element) -> str:
    values = (value for name, value in element.items() if str(name).endswith("}id"))
    return str(next(values, ""))


def _formats(package: Package, part: str) -> list[str]:
    codes = dict(BUILT_IN)
    formats = []
    for element in package.elements(part, ("numFmt", "xf"), stop=("cellStyles", "dxfs")):
        number = element.get("numFmtId", "0")
        if local_name(element) == "numFmt":
            codes[number] = plain_text(element.get("formatCode", GENERAL))
        elif (parent := element.getparent()) is not None and local_name(parent) == "cellXfs":
            formats.append(codes.get(number, GENERAL))
    return formats
