"""What a task shows: the words as printed, without what only the page put between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from taskner.folding import BREAK, fold
from taskner.notices.copies import Copy
from taskner.notices.fields import Chunk
from taskner.notices.numbering import BULLETS, parse_numbering
from taskner.types import Document

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_STOPS = "。;!?:"
_NUMBER = 12  # characters in which an item number is found
_OPEN_ENDS = tuple("、,，(（[〔【《“—")


def print_pieces(pieces: Iterable[tuple[int, int]], document: Document, copy: Copy) -> str:
    """Join the pieces of a name or heading.

    Args:
        pieces: Their offsets.
        document: The document.
        copy: The copy of it that was read.

    Returns:
        The words without page furniture and line ends.
    """
    return "".join(
        document.text[start:end] for piece in pieces for start, end in copy.pieces(*piece)
    )


def print_content(content: Sequence[Chunk], document: Document, copy: Copy) -> str:
    """Join the content of a task; cells, and texts around a field, by a line break.

    Args:
        content: Its pieces in text order.
        document: The document.
        copy: The copy of it that was read.

    Returns:
        The content as printed. A line end inside a sentence is left out.
    """
    out = [_print_one(content[0], document, copy)]
    for above, chunk in pairwise(content):
        between = document.text[above.end : chunk.start]
        if between.strip() or chunk.label:
            between = "\n"
        elif "\n" in between:
            between = "" if out[-1].endswith(_OPEN_ENDS) else "\n"
        out += [between, _print_one(chunk, document, copy)]
    return "".join(out)


def _print_one(chunk: Chunk, document: Document, copy: Copy) -> str:
    pieces = copy.pieces(chunk.start, chunk.end)
    text, position = "", chunk.start
    for start, end in pieces:
        text += "\n" if BREAK.search(document.text, position, start) else ""
        text += document.text[start:end]
        position = end
    return _BREAK.sub(_print_break, text) if "\n" in text else text


def _print_break(match: re.Match[str]) -> str:
    above = match.string[max(0, match.start() - 1) : match.start()]
    below = match.string[match.end() : match.end() + _NUMBER]
    if not above or not below or fold(above) in _STOPS or below[0] in BULLETS:
        return "\n"
    if parse_numbering(fold(below)):
        return "\n"
    latin = above.isascii() and below[0].isascii() and above.isalpha() and below[0].isalpha()
    return " " if latin else ""
