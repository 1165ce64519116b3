"""Items that stand in the line of another: 3.护生态。①…——甲局。②…——乙局."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskner.notices.fields import Chunk
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.numbering import parse_numbering

_INNER_RANK = 4.0
_FIRST = {"2": "1", "二": "一"}


def part_first_item(chunks: Sequence[Chunk], text: str) -> list[Chunk]:
    """Cut the first of several items off the words above it, where each names its units.

    Args:
        chunks: Chunks of one line.
        text: Folded text of the document.

    Returns:
        The chunks; what stands before ① is one of its own if ② opens a later one.
    """
    out = list(chunks)
    for index in range(2, len(out)):
        above, field, chunk = out[index - 2 : index + 1]
        first = _first_mark(text[chunk.start : chunk.end]) if chunk.kind == "text" else None
        if first is None or above.kind != "text" or field.kind not in UNIT_KINDS:
            continue
        match = re.search(rf"(?<=[。:;.、]){re.escape(first)}", text[above.start : above.end])
        if match is None:
            return out
        cut = above.start + match.start()
        out[index - 2 : index - 1] = [replace(above, end=cut), replace(above, start=cut)]
        return out
    return out


def _first_mark(part: str) -> str | None:
    """The mark of the item before a second one: ① for ②, (1) for (2)."""
    numbering = parse_numbering(part)
    if numbering is None or numbering.rank < _INNER_RANK or numbering.value != 2:  # noqa: PLR2004
        return None
    printed = part[: numbering.length].rstrip()
    token = numbering.token
    return printed.replace(token, _FIRST.get(token) or chr(ord(token[0]) - 1), 1)
