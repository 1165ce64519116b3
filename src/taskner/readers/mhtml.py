"""Web pages saved as one file (MHTML): the page itself, not its pictures and styles.

Source: RFC 2557.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote

from taskner.errors import EmptyFileError, UnreadableFileError, WrongFormatError
from taskner.readers.html import add_page
from taskner.readers.layout import Layout
from taskner.readers.signatures import kind_of

_MHTML = "a web page (MHTML)"
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_MOST_BOUNDARIES = 100
_FRAME = re.compile(rb"""<frame\b[^<>]*?\ssrc\s*=\s*["']?([^"'\s<>]{1,1000})""", re.IGNORECASE)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read_mhtml(data: bytes, layout: Layout) -> None:
    """Add the article of a page saved with its pictures; of a page of frames, all of them.

    Raises:
        EmptyFileError: There is no page, or it shows no text.
        EncodingError: No encoding gives plausible text.
        WrongFormatError: The content is something else than its suffix says.
        UnreadableFileError: The parts are nested too deeply, or the page is.
    """
    found = kind_of(data)
    if found != _MHTML:
        raise WrongFormatError(path=layout.path, found=found, wanted=_MHTML)
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        # Each boundary is looked for in every line.
        detail = f"it has more than {_MOST_BOUNDARIES} parts inside parts"
        raise UnreadableFileError(path=layout.path, detail=detail)
    pages = _pages(message_from_bytes(data))
    n_tables = 0
    for page in pages:
        content = page.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            charset = page.get_content_charset()
            n_tables = add_page(content, layout, charset=charset, n_tables=n_tables)
    if not pages:
        raise EmptyFileError(path=layout.path)


def _pages(message: Message) -> list[Message]:
    """Give the parts to read: the first page, or the frames it names."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    if not pages:
        return []
    start = message.get_param("start")
    first = next((page for page in pages if page.get("Content-ID") == start), pages[0])
    content = first.get_payload(decode=True)
    sources = _FRAME.findall(content) if isinstance(content, bytes) else []
    names = [_name(source.decode("ascii", "replace")) for source in sources]
    frames = [page for page in pages if page is not first and _location(page) in names]
    return frames or [first]


def _location(page: Message) -> str:
    return _name(page.get("Content-Location", "") or "")


def _name(address: str) -> str:
    return PurePosixPath(unquote(address.replace("\\", "/")).partition("?")[0]).name
