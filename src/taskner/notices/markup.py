r"""Markup that a converter left in a text: Markdown signs, and HTML inside its tables.

It says how words looked on the page and is none of them: 周&nbsp;敏 is a name, **工业** a
heading, 3\. a number, and what stands around a <br> are two lines of one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taskner.folding import BREAK

_UNSEEN = re.compile(
    r"<!--.*?-->|!\[[^\]\n]*\]\([^()\n]*\)"
    r"|&(?:nbsp|ensp|emsp|thinsp|zwnj|#160|#8203|#12288|#[xX](?:[aA]0|200[bB]|3000));"
    r"|</?(?:b|i|u|em|strong|sup|sub|span|font)(?: [^<>\n]*)?>"
    r"|^[ \t]*#{1,6}(?= )",
    re.DOTALL | re.MULTILINE,
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)[^\n*|]{1,200}?(?<=\S)(\1)(?!\*)")
_ESCAPED = re.compile(r"\\([.*_#+\-~>()\[\]])")
_HINTS = ("<", "&", "**", "__", "\\", "#", "![")


def without_markup(
    text: str, cells: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    r"""Blank the markup of a text.

    Args:
        text: Folded text of the document.
        cells: Offsets of cells that a reader made; there nothing is markup any more.

    Returns:
        A text of the same length, and where markup stood. Of an escaped sign (``3\.``) the
        sign takes the place of the stroke before it; a break outside piped rows ends a line.
    """
    if cells or not any(hint in text for hint in _HINTS):
        return text, []
    gaps = sorted({*_gaps(text)})
    out = list(text)
    for start, end in gaps:
        out[start:end] = " " * (end - start)
    for match in BREAK.finditer(text):
        out[match.start() : match.end()] = " " * len(match[0])
        if not _in_pipes(text, match.start()):
            out[match.start()] = "\n"
    for match in _ESCAPED.finditer(text):
        out[match.start() : match.end()] = [match[1], " "]
    return "".join(out), gaps


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_UNSEEN, BREAK):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _BOLD.finditer(text):
        yield match.span(1)
        yield match.span(2)
    for match in _ESCAPED.finditer(text):
        yield match.start(), match.start() + 1


def _in_pipes(text: str, position: int) -> bool:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return "|" in text[start : end if end >= 0 else len(text)]
