"""Checks a PDF's bytes before they are parsed: its kind, its end, what it unpacks to."""

from __future__ import annotations

import re
import zlib

from taskner.errors import OverLimitError, UnreadableFileError
from taskner.readers.config import ReaderConfig

_HEAD = 1_024
_KINDS = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"BM", "a picture"),
)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|body)", re.IGNORECASE)
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 2_048
_PIECE = 1 << 20


def check_pdf(data: bytes, *, path: str, config: ReaderConfig) -> None:
    """Refuse what is no PDF, was cut off, or unpacks to more than the limit.

    Pictures are not counted: they are never unpacked.

    Raises:
        UnreadableFileError: It is no PDF, or was cut off.
        OverLimitError: It unpacks to more than the limit.
    """
    if b"%PDF-" not in data[:_HEAD]:
        kind = next((kind for mark, kind in _KINDS if data.startswith(mark)), None)
        if kind is None and _MARKUP.match(data):
            kind = "an HTML page"
        detail = f"it is no PDF but {kind}" if kind else "it is no PDF"
        raise UnreadableFileError(path=path, detail=detail)
    if max(data.rfind(b"%%EOF"), data.rfind(b"startxref")) < data.rfind(b"endobj"):
        raise UnreadableFileError(path=path, detail="its end is missing")
    _check_unpacked(data, path=path, config=config)


def _check_unpacked(data: bytes, *, path: str, config: ReaderConfig) -> None:
    total = 0
    for match in _STREAM.finditer(data):
        dictionary = data[max(0, match.start() - _DICTIONARY) : match.start()]
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        if b"Flate" not in dictionary and b"/Fl" not in dictionary:
            continue
        if not _PICTURE.search(dictionary):
            total += _unpacked(data, match.end(), config.max_expanded_bytes - total)
        if total > config.max_expanded_bytes:
            limit = config.max_expanded_bytes
            found = f"more than {limit:,} bytes when unpacked"
            raise OverLimitError(path=path, found=found, limit="max_expanded_bytes", value=limit)


def _unpacked(data: bytes, start: int, most: int) -> int:
    """Count the bytes of a stream that was packed once; an encrypted one counts as none."""
    unpacker = zlib.decompressobj()
    total, packed = 0, data[start : start + _PIECE]
    start += _PIECE
    try:
        while total <= most and not unpacker.eof and packed:
            total += len(unpacker.decompress(packed, _PIECE))
            packed = unpacker.unconsumed_tail
            if not packed:
                packed, start = data[start : start + _PIECE], start + _PIECE
    except zlib.error:
        return total
    return total
