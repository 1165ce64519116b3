"""Cutting a whole notice that was printed as one line back into lines."""

from __future__ import annotations

import re

from taskner.notices.labels import label_spans
from taskner.notices.numbering import parse_numbering

_MIN_LENGTH = 200
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(
    r"\d{1,3}[.、]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)"
)
_AFTER = frozenset("。;!?)]】〕\n局委办部院会室厅处团司心府道镇乡县区市队")
_WORD = re.compile(r"[0-9A-Za-z.%]")


def cut_points(text: str) -> list[tuple[int, int]]:
    """Cut one printed line where the lost line breaks were.

    Short lines and plain long paragraphs stay whole: only a line that holds two
    labels or three numbers after a blank or stop is taken for a flattened text.

    Args:
        text: Folded text of one line.

    Returns:
        Stretches that cover the line, in order.
    """
    if len(text) < _MIN_LENGTH:
        return [(0, len(text))]
    labels = [start for start, _end, _label in label_spans(text)]
    numbers = _numbers(text)
    if len(labels) + len(numbers) < 3:  # noqa: PLR2004
        return [(0, len(text))]
    cuts = {0, *labels, *numbers}
    for match in _SPACE.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        inside = _WORD.match(before) and after and not _NUMBER.match(text, match.end())
        if not inside:  # a blank after a figure (5 亿元) is no lost line break
            cuts.add(match.end())
    points = sorted(cut for cut in cuts if cut < len(text))
    return list(zip(points, [*points[1:], len(text)], strict=True))


def _numbers(text: str) -> list[int]:
    """Item numbers in sequence that stand after a blank, a stop or a unit's name."""
    last: dict[float, int] = {}
    found = []
    for match in _NUMBER.finditer(text):
        start = match.start()
        before = text[start - 1 : start]
        if before and not before.isspace() and before not in _AFTER:
            continue
        numbering = parse_numbering(text[start : start + 12])
        if numbering is None:
            continue
        rank, value = numbering.rank, numbering.value
        expected = value == last.get(rank, 0) + 1 or (value == 1 and before.isspace())
        if not (expected or before.isspace()):
            continue
        last[rank] = value
        for other in [key for key in last if key > rank]:
            del last[other]
        found.append(start)
    return found
