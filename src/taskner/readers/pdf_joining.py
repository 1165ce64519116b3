"""Printed lines to paragraphs: which line breaks are the page's and which the writer's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from taskner.readers.pdf_lines import Line

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
_ENDING = re.compile(r"[。！？；：!?;:.]\W?$")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "〔": "〕", "【": "】", "“": "”"}
_CLOSING_OF = {closing: opening for opening, closing in _BRACKETS.items()}
_COUNT = "一二三四五六七八九十百"
_ITEM = re.compile(
    rf"(?:第[{_COUNT}]{{1,4}}(?:部分|章|篇|条)"
    rf"|[{_COUNT}]{{1,4}}\s?[、.．]|[（(]\s?(?:[{_COUNT}]{{1,4}}|\d{{1,3}})\s?[）)]"
    r"|\d{1,3}\s?(?:、|[.．](?!\d)|[.．](?=(?:19|20)\d\d年)|[）)])"
    r"|[①-⑳▲△●○◆◇■□★☆•·➢※])"
)
_LABEL = re.compile(r"[【\[（(]?[\u4e00-\u9fff]{2,8}[】\]]?\s?[：:]")
_SLACK = 0.3
"""Width, in ems, by which the end of a full line may be misjudged."""
_ROOM = 0.5
"""Width, in ems, of the narrowest glyph: a digit."""
_LONGEST_NAME = 14
_SHORTEST_NAME = 3
_NAME_ENDING = re.compile(r"(?:[局委办室院部处所站府厅庭镇）)]|中心|公司|集团|街道|银行|学校)$")
_RUNNING = re.compile(r"[、，。；,;:：\d]")
_OTHER_SIZE = 1.12
_INDENT = 1.5
_GOES_ON = re.compile(r"[、，,第见和及与至到—~-]$")


def is_full(line: Line, following: Line, *, right: float) -> bool:
    """Say whether the next line's first word had no room at the end of this one."""
    return right - line.x1 < following.head + _SLACK * line.size


def is_tight(line: Line, *, right: float) -> bool:
    """Say whether no glyph more had room, so that even a number may be cut there."""
    return right - line.x1 < _ROOM * line.size


def is_alike(line: Line, following: Line) -> bool:
    """Say whether two lines are of one size, as those of a paragraph."""
    sizes = sorted((line.size, following.size))
    return sizes[1] <= _OTHER_SIZE * sizes[0]


def starts_item(line: Line) -> bool:
    """Say whether a line starts with an item number or a list mark."""
    return _ITEM.match(line.text) is not None


def starts_label(line: Line) -> bool:
    """Say whether a line starts like 责任单位：, a field of its own."""
    return _LABEL.match(line.text) is not None


def is_ended(text: str) -> bool:
    """Say whether a text ends like a sentence."""
    return _ENDING.search(text) is not None


def has_open_bracket(text: str) -> bool:
    """Say whether a bracket waits for its end."""
    waiting: list[str] = []
    for character in text:
        if character in _BRACKETS:
            waiting.append(character)
        elif waiting and _CLOSING_OF.get(character) == waiting[-1]:
            waiting.pop()
    return bool(waiting)


def joined(text: str, line: Line, following: str, *, tight: bool) -> str:
    """Put the next line's text after a text that the page broke.

    Han needs no blank. Latin words do. Digits that meet are one number only when the
    line had no room for one more; else the line break stays, for no number may be made
    of two.

    Args:
        text: What was read, ending with ``line``.
        line: The line above the break.
        following: Text of the line below it.
        tight: Whether the line above was filled to its last glyph.
    """
    before, after = text[-1], following[0]
    if _HAN.match(before) or _HAN.match(after):
        return text + following
    if before.isdigit() and after.isdigit():
        return text + following if tight and not line.ends_blank else f"{text}\n{following}"
    if _LATIN.match(before) and after.isalnum():
        is_word = line.ends_blank or after.isalpha() or not _HAN.search(line.text)
        return f"{text} {following}" if is_word else text + following
    if before in ",;:!?" and not after.isdigit():
        return f"{text} {following}"
    return f"{text} {following}" if line.ends_blank else text + following


def cell_text(lines: Sequence[Line], *, width: float) -> str:
    """Give the text of a cell; a line break stays where the writer made it.

    Args:
        lines: Lines of the cell, from top to bottom.
        width: Width that its lines can take.
    """
    text = lines[0].text if lines else ""
    left = min((line.x0 for line in lines), default=0.0)
    for above, line in pairwise(lines):
        right = above.x0 + width
        is_indented = line.x0 - left > _INDENT * line.size
        is_broken = is_full(above, line, right=right) and not (
            _starts_anew(text, line) or (is_indented and is_ended(text))
        )
        if is_broken:
            text = joined(text, above, line.text, tight=is_tight(above, right=right))
        else:
            text = f"{text}\n{line.text}"
    return text


def _starts_anew(text: str, line: Line) -> bool:
    """Say whether a line after a full one begins a name, an item or a field all the same."""
    if _starts_name(text, line.text):
        return True
    if has_open_bracket(text) or _GOES_ON.search(text):
        return False
    return starts_item(line) or (starts_label(line) and is_ended(text))


def _starts_name(text: str, following: str) -> bool:
    """Say whether a line of a narrow cell begins a name below one that fills its line.

    Two bodies, one a line, must not become one name. Source: cells of responsible units;
    without separators their names begin alike (县…, 市…), or end like one another or like
    the name of a body.
    """
    above = text.rpartition("\n")[2]
    is_list = len(above) <= _LONGEST_NAME and not _RUNNING.search(text + following)
    if not is_list or len(following) < _SHORTEST_NAME or has_open_bracket(text):
        return False
    is_like = following[0] == text[0] or following[-1] == above[-1]
    return is_like or _NAME_ENDING.search(above) is not None
