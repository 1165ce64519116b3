"""The table of formats, and which of them a file has: what it is goes before what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import Literal, NoReturn

from taskner.errors import (
    NeedsConversionError,
    UnknownFormatError,
    UnreadableFileError,
    WrongFormatError,
)
from taskner.readers.layout import Layout
from taskner.readers.signatures import Kind, kind_by_start, kind_of

STDIN = "-"
"""The name of standard input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file type: what it is called and what adds its content to a layout."""

    name: str
    media_type: str
    read: Callable[[bytes, Layout], None]


def _reader(module: str, function: str) -> Callable[[bytes, Layout], None]:
    """Give a reader whose module is imported by its first file: a text needs no reader of PDFs."""

    def read(data: bytes, layout: Layout) -> None:
        getattr(import_module(f"taskner.readers.{module}"), function)(data, layout)

    return read


_read_docx = _reader("docx", "read_docx")
_read_xlsx = _reader("xlsx", "read_xlsx")
_read_delimited = _reader("delimited", "read_delimited")


def _read_as_word(data: bytes, layout: Layout, *, suffix: str) -> None:
    _read_docx(_converted(data, layout, suffix=suffix, to="docx"), layout)


def _read_as_excel(data: bytes, layout: Layout, *, suffix: str) -> None:
    _read_xlsx(_converted(data, layout, suffix=suffix, to="xlsx"), layout)


def _converted(data: bytes, layout: Layout, *, suffix: str, to: Literal["docx", "xlsx"]) -> bytes:
    from taskner.readers.office import convert  # noqa: PLC0415 - only old files need it

    return convert(data, suffix=suffix, to=to, path=layout.path, config=layout.config)


def _refuse_ofd(data: bytes, layout: Layout) -> NoReturn:
    advice = "open it in an OFD reader or WPS and save or print it as PDF, or ask for the .docx."
    raise NeedsConversionError(path=layout.path, found=kind_of(data), advice=advice)


def _word(name: str, media_type: str) -> Format:
    return Format(name=name, media_type=media_type, read=partial(_read_as_word, suffix=name))


def _excel(name: str, media_type: str) -> Format:
    return Format(name=name, media_type=media_type, read=partial(_read_as_excel, suffix=name))


_OOXML = "application/vnd.openxmlformats-officedocument"
_PLAIN = Format(name="plain", media_type="text/plain", read=_reader("plain", "read_plain"))
_HTML = Format(name="html", media_type="text/html", read=_reader("html", "read_html"))
_CSV = Format(name="csv", media_type="text/csv", read=_read_delimited)
_TSV = Format(name="tsv", media_type="text/tab-separated-values", read=_read_delimited)
_MHTML = Format(name="mhtml", media_type="multipart/related", read=_reader("mhtml", "read_mhtml"))
_PDF = Format(name="pdf", media_type="application/pdf", read=_reader("pdf", "read_pdf"))
_DOCX = Format(name="docx", media_type=f"{_OOXML}.wordprocessingml.document", read=_read_docx)
_XLSX = Format(name="xlsx", media_type=f"{_OOXML}.spreadsheetml.sheet", read=_read_xlsx)
_DOC = _word("doc", "application/msword")
_XLS = _excel("xls", "application/vnd.ms-excel")
_RTF = _word("rtf", "application/rtf")
_ODT = _word("odt", "application/vnd.oasis.opendocument.text")
_ODS = _excel("ods", "application/vnd.oasis.opendocument.spreadsheet")
_OFD = Format(name="ofd", media_type="application/ofd", read=_refuse_ofd)

_BY_SUFFIX: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": _PLAIN,
        ".md": _PLAIN,
        ".text": _PLAIN,
        ".html": _HTML,
        ".htm": _HTML,
        ".xhtml": _HTML,
        ".mht": _MHTML,
        ".mhtml": _MHTML,
        ".docx": _DOCX,
        ".docm": _DOCX,
        ".pdf": _PDF,
        ".xlsx": _XLSX,
        ".xlsm": _XLSX,
        ".csv": _CSV,
        ".tsv": _TSV,
        ".doc": _DOC,
        ".wps": _DOC,
        ".rtf": _RTF,
        ".odt": _ODT,
        ".xls": _XLS,
        ".et": _XLS,
        ".ods": _ODS,
        ".ofd": _OFD,
    }
)
_BY_KIND: Mapping[Kind, Format] = MappingProxyType(
    {
        Kind.PDF: _PDF,
        Kind.WORD: _DOCX,
        Kind.EXCEL: _XLSX,
        Kind.OLD_WORD: _DOC,
        Kind.OLD_EXCEL: _XLS,
        Kind.RTF: _RTF,
        Kind.ODT: _ODT,
        Kind.ODS: _ODS,
        Kind.OFD: _OFD,
        Kind.WORD_XML: _word("xml", "application/msword"),
        Kind.EXCEL_XML: _excel("xml", "application/vnd.ms-excel"),
        Kind.MHTML: _MHTML,
        Kind.HTML: _HTML,
        Kind.TEXT: _PLAIN,
    }
)
_TEXTS = (_PLAIN, _HTML, _CSV, _TSV)
_OWN_ERRORS = (Kind.ZIP, Kind.DAMAGED_ZIP, Kind.UNKNOWN)
"""Kinds of which the reader that the suffix names tells best what is wrong."""
_BY_READERS = (_DOCX, _XLSX, _PDF, _MHTML)

SUFFIXES: tuple[str, ...] = tuple(_BY_SUFFIX)
"""Suffixes of files that can be read, in lower case."""


def choose_format(data: bytes, *, name: str) -> Format:
    """Give the format of a file.

    A page saved as .doc, a PDF called .docx are read as what they are. A text may speak of
    any format: what is called a text is something else only where it begins like it.

    Args:
        data: The whole file.
        name: Its name, or ``-`` for standard input.

    Raises:
        UnknownFormatError: Neither content nor suffix is known.
        WrongFormatError: The content is nothing that is read, and not what the suffix says.
        UnreadableFileError: It is protected by a password.
    """
    suffix = PurePath(name).suffix.lower()
    claimed = _PLAIN if name == STDIN else _BY_SUFFIX.get(suffix)
    kind = kind_by_start(data)
    if kind is Kind.ENCRYPTED:
        detail = "it is protected by a password; open it in WPS or Office and save it without one"
        raise UnreadableFileError(path=name, detail=detail)
    if claimed is None or claimed in _TEXTS:
        if claimed is _HTML and kind_of(data) is Kind.MHTML:
            return _MHTML
        found = _BY_KIND.get(kind, claimed)
        if found is None:
            known = ", ".join(sorted(set(SUFFIXES) - {".ofd"}))
            raise UnknownFormatError(path=name, suffix=suffix, known=known)
        return found
    kind = kind_of(data)
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    is_old = kind is Kind.OLD_OFFICE and claimed in {_DOC, _XLS}
    if is_old or (kind in _OWN_ERRORS and claimed in _BY_READERS):
        return claimed
    raise WrongFormatError(path=name, found=kind, wanted=f"a file of type {suffix}")
