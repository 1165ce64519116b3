"""The table of suffixes, and reading a path or bytes by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from types import MappingProxyType

from taskner.errors import EmptyFileError, UnknownFormatError
from taskner.readers.config import ReaderConfig
from taskner.readers.delimited import read_delimited
from taskner.readers.docx import read_docx
from taskner.readers.html import read_html
from taskner.readers.layout import Layout
from taskner.readers.loading import check_size, load_file
from taskner.readers.mhtml import read_mhtml
from taskner.readers.pdf import read_pdf
from taskner.readers.plain import read_plain
from taskner.readers.xlsx import read_xlsx
from taskner.types import Document, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """A file type: what it is called and what adds its content to a layout."""

    name: str
    media_type: str
    read: Callable[[bytes, Layout], None]


_PLAIN = _Format(name="plain", media_type="text/plain", read=read_plain)
_HTML = _Format(name="html", media_type="text/html", read=read_html)
_DOCX = _Format(
    name="docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    read=read_docx,
)
_PDF = _Format(name="pdf", media_type="application/pdf", read=read_pdf)
_XLSX = _Format(
    name="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    read=read_xlsx,
)
_MHTML = _Format(name="mhtml", media_type="multipart/related", read=read_mhtml)
_CSV = _Format(name="csv", media_type="text/csv", read=read_delimited)
_TSV = _Format(name="tsv", media_type="text/tab-separated-values", read=read_delimited)
_FORMATS: Mapping[str, _Format] = MappingProxyType(
    {
        ".txt": _PLAIN,
        ".md": _PLAIN,
        ".text": _PLAIN,
        ".html": _HTML,
        ".htm": _HTML,
        ".xhtml": _HTML,
        ".docx": _DOCX,
        ".docm": _DOCX,
        ".pdf": _PDF,
        ".xlsx": _XLSX,
        ".xlsm": _XLSX,
        ".mht": _MHTML,
        ".mhtml": _MHTML,
        ".csv": _CSV,
        ".tsv": _TSV,
    }
)
SUFFIXES: tuple[str, ...] = tuple(_FORMATS)
"""Suffixes of files that can be read, in lower case."""

_STDIN = "-"
_LOOKS_LIKE_HTML = re.compile(rb"\s*<(?:!doctype html|html|\?xml|head|body)\b", re.IGNORECASE)


def read(path: str | Path, *, config: ReaderConfig | None = None) -> Document:
    """Read a file by its suffix.

    Args:
        path: The file; the document's id is its name without the suffix.
        config: Limits.

    Raises:
        UnknownFormatError: No reader for the suffix.
        UnreadableFileError: The path is no file or cannot be opened.
        OverLimitError: The file is over a limit.
        EmptyFileError: The file holds no text.
        EncodingError: The file is not text in a known encoding.
        WrongFormatError: The content is something else than its suffix says.
    """
    config = config or ReaderConfig()
    return read_bytes(load_file(path, config=config), name=str(path), config=config)


def read_bytes(data: bytes, *, name: str, config: ReaderConfig | None = None) -> Document:
    """Read a file's content that is already in memory.

    Args:
        data: The content.
        name: The file's name; its suffix says the format. ``-`` is standard input:
            the content says whether it is HTML or plain text.
        config: Limits.

    Raises:
        UnknownFormatError: No reader for the suffix.
        UnreadableFileError: The content cannot be parsed.
        OverLimitError: The content is over a limit.
        EmptyFileError: The content holds no text.
        EncodingError: The content is not text in a known encoding.
        WrongFormatError: The content is something else than its suffix says.
    """
    config = config or ReaderConfig()
    form = _stdin_format(data) if name == _STDIN else _format_of(name)
    check_size(len(data), path=name, config=config)
    if not data:
        raise EmptyFileError(path=name)
    layout = Layout(path=name, config=config)
    form.read(data, layout)
    source = Source(
        path=name,
        media_type=form.media_type,
        sha256=sha256(data).hexdigest(),
        reader=form.name,
        repairs=layout.repairs,
    )
    return layout.document(name="stdin" if name == _STDIN else PurePath(name).stem, source=source)


def document_from_text(
    text: str,
    *,
    name: str = "text",
    config: ReaderConfig | None = None,
) -> Document:
    """Make a document of a string as it is, so that offsets point into the string.

    Args:
        text: The notice.
        name: The document's id.
        config: Limits.

    Raises:
        EmptyFileError: The string is blank.
        OverLimitError: The string is over a limit.
    """
    layout = Layout(path=name, config=config or ReaderConfig())
    layout.add_verbatim(text)
    return layout.document(name=name, source=Source())


def _format_of(name: str) -> _Format:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _FORMATS:
        known = ", ".join(sorted(SUFFIXES))
        raise UnknownFormatError(path=name, suffix=suffix, known=known)
    return _FORMATS[suffix]


def _stdin_format(data: bytes) -> _Format:
    return _HTML if _LOOKS_LIKE_HTML.match(data) else _PLAIN
