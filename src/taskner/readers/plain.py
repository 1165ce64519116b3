"""Plain text: the decoded content itself is the document's text."""

from __future__ import annotations

from taskner.readers.encoding import decode
from taskner.readers.layout import Layout


def read_plain(data: bytes, layout: Layout) -> None:
    """Add the decoded file, one paragraph a line.

    Raises:
        EmptyFileError: The file holds no text.
        EncodingError: No encoding gives plausible text.
    """
    layout.add_verbatim(decode(data, path=layout.path))
