"""Cutting a whole notice that was printed as one line back into lines."""

from __future__ import annotations

import re

from taskner.notices.labels import label_spans
from taskner.notices.numbering import parse_numbering
from taskner.notices.organisations import is_complete

_MIN_LENGTH = 200
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(
    r"\d{1,3}[.、]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)"
)
_AFTER = frozenset("。;!?)]】〕\n局委办部院会室厅处团司心府道镇乡县区市队")
_DIGIT = re.compile(r"\d")
_HEADED = re.compile(  # a heading that runs into the number below it: 二、改善民生4.新建…
    r"[一二三四五六七八九十]{1,3}、[^。;:!?\d]{2,40}(?P<item>\d{1,3}(?:、|\.(?!\d))|\([一1]\))"
)
_TITLE = re.compile(r"[^。;:!?]{0,40}?关于[^。;:!?]{4,80}?通知(?![》”,、])")
_DOCUMENT_NUMBER = re.compile(
    r"\s*[\u4e00-\u9fff]{1,14}\s*[〔\[(【]\s*20\d\d\s*[〕\])】]\s*第?\s*\d+\s*号"
)
_ADDRESSEE = re.compile(r"\s*[^。;:!?]{2,300}:")
_SIGNATURE = re.compile(
    r"(?<=[。:)])\s*(?P<signer>[\u4e00-\u9fff]{4,40}\s*)20\d\d年\d{1,2}月\d{1,2}日"
)
_WORD = re.compile(r"[0-9A-Za-z.%]")


def cut_points(text: str) -> list[tuple[int, int]]:
    """Cut one printed line where the lost line breaks were.

    Plain lines stay whole: only a long one, or one in which a heading runs into the number
    below it, is taken for a flattened text, and only when it holds three labels or numbers.

    Args:
        text: Folded text of one line.

    Returns:
        Stretches that cover the line, in order.
    """
    if len(text) < _MIN_LENGTH and not _HEADED.search(text):
        return [(0, len(text))]
    labels = [start for start, _end, _label in label_spans(text)]
    numbers = _numbers(text, labelled=len(labels) > 1)
    if len(labels) + len(numbers) < 3:  # noqa: PLR2004
        return [(0, len(text))]
    cuts = {0, *labels, *numbers, *_letter(text, min([*numbers, *labels]))}
    for match in _SPACE.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        inside = _WORD.match(before) and after and not _NUMBER.match(text, match.end())
        if not inside:  # a blank after a figure (5 亿元) is no lost line break
            cuts.add(match.end())
    points = sorted(cut for cut in cuts if cut < len(text))
    return list(zip(points, [*points[1:], len(text)], strict=True))


def _numbers(text: str, *, labelled: bool) -> list[int]:
    """Item numbers in sequence that stand after a blank, a stop or a unit's name.

    Glued to the words above them (…改善民生4.新建…) stand the number below a heading, the
    number of a heading above such a one, and the first number of a labelled list.
    """
    last: dict[float, int] = {}
    running: dict[float, int] = {}  # counted on across sections
    found: list[int] = []
    below: int | None = None  # where the number below the heading last read stands
    for match in _NUMBER.finditer(text):
        start = match.start()
        numbering = parse_numbering(text[start : start + 12])
        if numbering is None:
            continue
        before = text[start - 1 : start]
        rank, value = numbering.rank, numbering.value
        counted = value in {last.get(rank, 0) + 1, running.get(rank, -1) + 1}
        headed = _HEADED.match(text, start)
        first = value == 1 and rank not in running
        if start == below:
            expected = value == 1 or rank not in running or counted
        elif start and not before.isspace() and before not in _AFTER:
            opens = labelled and first and _goes_on(text, start, rank)
            expected = not _DIGIT.match(before) and (opens or (counted and headed is not None))
        else:
            expected = counted or before.isspace() or (start == 0 and headed is not None)
        if not expected:
            continue
        below = headed.start("item") if headed else None
        last[rank] = running[rank] = value
        for other in [key for key in last if key > rank]:
            del last[other]
        found.append(start)
    return found


def _goes_on(text: str, start: int, rank: float) -> bool:
    """Whether the next number that reads 1 or 2 stands in its place and is 2."""
    for match in _NUMBER.finditer(text, start + 1):
        numbering = parse_numbering(text[match.start() : match.start() + 12])
        if numbering and numbering.rank == rank and numbering.value in {1, 2}:
            return numbering.value > 1 and text[match.start() - 1] in _AFTER
    return False


def _letter(text: str, end: int) -> set[int]:
    """Where the lines of a letter above the first number broke: title, addressee, signature."""
    cuts: set[int] = set()
    position = 0
    for line in (_TITLE, _DOCUMENT_NUMBER, _ADDRESSEE):
        match = line.match(text, position, end)
        if match:
            position = match.end()
            cuts.add(position)
    for match in _SIGNATURE.finditer(text, position, end):
        if is_complete(match["signer"].strip()):
            cuts.update(match.span())
    return cuts
