"""Plain text: the decoded content itself is the document's text.

Only damage that can be undone (see ``repair.py``) changes it; the source says so.
"""

from __future__ import annotations

from taskner.readers.encoding import decode
from taskner.readers.layout import Layout
from taskner.readers.repair import repair


def read_plain(data: bytes, layout: Layout) -> None:
    """Add the decoded file, one paragraph a line.

    Raises:
        EmptyFileError: The file holds no text.
        EncodingError: No encoding gives plausible text.
    """
    text, layout.repairs = repair(decode(data, path=layout.path))
    layout.add_verbatim(text)
