"""Elements of a workbook's parts, one at a time: what is read is forgotten at once.

Many sheets hold a few hundred cells of text and a million that only have borders; those
are taken out of the stream before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO, NoReturn

from lxml import etree

from taskner.errors import UnreadableFileError

_PIECE = 1 << 20
_MOST_PENDING = 16_000_000
"""Bytes between two elements that are read; a row of a real sheet is far smaller."""
_EMPTY_CELL = re.compile(rb'<c r="[^"<>]*"[^<>]*(?:/>|></c>)')
_EMPTY_ROW = re.compile(rb'<row r="[^"<>]*"[^<>]*(?:/>|></row>)\s*')


def elements(
    stream: IO[bytes], tags: Sequence[str], *, stop: Sequence[str], path: str, part: str
) -> Iterator[etree._Element]:
    """Give the elements that have one of the local names, once complete.

    Args:
        stream: A part of the workbook.
        tags: Local names.
        stop: Local names at whose start reading ends.
        path: The file as the user named it.
        part: Name of the part.

    Raises:
        UnreadableFileError: The part is no sound XML, declares entities, or a single element
            is too large.
    """
    sparse = _Sparse(stream, path=path, part=part)
    context = etree.iterparse(
        sparse,
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in (*tags, *stop)],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    stops = frozenset(stop)
    is_checked = False
    try:
        for event, element in context:
            if not is_checked and element.getroottree().docinfo.internalDTD is not None:
                sparse.refuse("declares entities, which no workbook does")
            is_checked = True
            if event == "end":
                yield element
                _forget(element)
                sparse.n_pending = 0
            elif local_name(element) in stops:
                return
    except etree.XMLSyntaxError as error:
        sparse.refuse(f"is damaged: {error}", cause=error)


def local_name(element: etree._Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Sparse:
    """A stream without the cells and rows that hold nothing, and with a limit to what is left."""

    def __init__(self, stream: IO[bytes], *, path: str, part: str) -> None:
        self.n_pending = 0
        self._stream = stream
        self._path = path
        self._part = part
        self._tail = b""

    def read(self, _size: int = -1) -> bytes:
        """Give some of what is left; nothing at the end only."""
        data = b""
        while not data:
            piece = self._stream.read(_PIECE)
            data = self._tail + piece
            # What is cut may be empty: it waits for the rest, from the start of its row.
            end = max(data.rfind(b"<row"), data.rfind(b"</row>")) if piece else len(data)
            end = end if end > 0 else len(data)
            data, self._tail = data[:end], data[end:]
            data = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", data))
            if not piece:
                break
        self.n_pending += len(data)
        if self.n_pending > _MOST_PENDING:
            self.refuse(f"has a row or string of more than {_MOST_PENDING:,} bytes")
        return data

    def refuse(self, detail: str, *, cause: Exception | None = None) -> NoReturn:
        detail = f"its part {self._part} {detail}"
        raise UnreadableFileError(path=self._path, detail=detail) from cause
