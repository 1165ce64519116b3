"""Checks a PDF's bytes before they are parsed: its kind, its end, what it unpacks to.

The parser itself cannot be stopped once it unpacks or draws; what would fill the memory
or the day is looked for first.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from taskner.errors import OverLimitError, UnreadableFileError, WrongFormatError
from taskner.readers.config import ReaderConfig
from taskner.readers.pdf_forms import Stream, draws_without_end
from taskner.readers.signatures import kind_of

_HEAD = 1_024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_SMALL = re.compile(rb"/Subtype\s*/Form|/Type\s*/ObjStm")
_DICTIONARY = 4_096
_FIRST_PIECE, _PIECE = 1 << 12, 1 << 20
_MOST_FILTERS = 8
_SHOWN = re.compile(rb"T[jJ]")
_MOST_SHOWN = 100_000
"""Pieces of text that one stream prints; a page of small type has some thousands."""


def check_pdf(data: bytes, *, path: str, config: ReaderConfig) -> None:
    """Refuse what is no PDF, was cut off, or unpacks or draws more than the limits.

    Pictures are not counted: they are never unpacked.

    Raises:
        WrongFormatError: It is no PDF.
        UnreadableFileError: It was cut off, or draws without end.
        OverLimitError: It unpacks to more than the limit.
    """
    if b"%PDF-" not in data[:_HEAD]:
        raise WrongFormatError(path=path, found=kind_of(data), wanted="a PDF")
    if max(data.rfind(b"%%EOF"), data.rfind(b"startxref")) < data.rfind(b"endobj"):
        raise UnreadableFileError(path=path, detail="its end is missing")
    if draws_without_end(data, _streams(data, path=path, most=config.max_expanded_bytes)):
        detail = "its drawings call each other without end"
        raise UnreadableFileError(path=path, detail=detail)


def _streams(data: bytes, *, path: str, most: int) -> Iterator[Stream]:
    """Unpack every stream but pictures, keep those that hold drawings and small objects."""
    total = 0
    for match in _STREAM.finditer(data):
        start = data.rfind(b" obj", max(0, match.start() - _DICTIONARY), match.start())
        dictionary = data[start : match.start()] if start >= 0 else b""
        n_filters = len(_FLATE.findall(dictionary))
        if not dictionary or _PICTURE.search(dictionary):
            continue
        pieces: Iterable[bytes] = _pieces(data, match.end())
        if not n_filters:
            end = data.find(b"endstream", match.end())
            pieces = [data[match.end() : end if end >= 0 else len(data)]]
        is_kept = _SMALL.search(dictionary) is not None
        kept: list[bytes] = []
        n_shown = 0
        for piece in _inflated(pieces, min(n_filters, _MOST_FILTERS)):
            total += len(piece) if n_filters else 0
            if total > most:
                found, limit = f"more than {most:,} bytes when unpacked", "max_expanded_bytes"
                raise OverLimitError(path=path, found=found, limit=limit, value=most)
            n_shown += len(_SHOWN.findall(piece))
            if n_shown > _MOST_SHOWN:
                detail = f"one of its pages prints more than {_MOST_SHOWN:,} pieces of text"
                raise UnreadableFileError(path=path, detail=detail)
            if is_kept:
                kept.append(piece)
        if is_kept:
            yield Stream(start=start, dictionary=dictionary, content=b"".join(kept))


def _pieces(data: bytes, start: int) -> Iterator[bytes]:
    """Give the rest of a file in growing pieces: most streams are short."""
    size = _FIRST_PIECE
    while start < len(data):
        yield data[start : start + size]
        start, size = start + size, min(2 * size, _PIECE)


def _inflated(pieces: Iterable[bytes], n_filters: int) -> Iterable[bytes]:
    """Unpack as often as the filters say, in pieces that stay small."""
    for _ in range(n_filters):
        pieces = _unpacked(pieces)
    return pieces


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give what a packed stream holds; an encrypted or damaged one ends early."""
    unpacker = zlib.decompressobj()
    try:
        for piece in pieces:
            packed = piece
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return
