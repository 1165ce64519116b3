"""Units behind a dash that closes a task (新建公园3个——市城管局；市财政局)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from taskner.notices.clauses import says_duties
from taskner.notices.organisations import is_complete, unit_likeness

LABEL = "——"
"""What stands for the label of such a field, however its dash is printed."""

_DASH = "—–―─━⸺⸻-"
_MARK = re.compile(rf"[{_DASH}]+>?|[→➔➜➝➞⟶⇒]+")
_WEAK = re.compile(r"[—–―─━-]")  # a single one also joins two places: 甲县—乙县
_STOP = re.compile(r"[。!?]")
_PLACES = (*"省市县区州旗盟镇乡村场站港园", "街道")
_CLAUSE = re.compile(r"[。!?;]")
_AMOUNT = re.compile(r"\d|[一二两三四五六七八九十百][个家项条户所座成]|[全清]覆盖|清零|全部")
# 中国—东盟…中心, 广西—越南…基地 are names.
_REGION = re.compile(
    r"(?:中国|东盟|[亚欧非]洲|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    r"|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)$"
)
_NAME_END = re.compile(r"[、,;|\s]+")
_HAND_OUT = re.compile(r"\s*(?:要|应|须|负责|承担|做好|抓好|按照?|根据)")
_FIGURE = re.compile(r"[\u4e00-\u9fff]\d")
_BRACKETS = re.compile(r"\([^()]*\)")
_STUMP = re.compile(r"[省市州县区旗镇各国中][\u4e00-\u9fff]{0,7}")
_LEAST_LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class Dashed:
    """A list of units: where its dash begins, and the list itself."""

    cut: int
    start: int
    end: int
    verbs: bool = False  # the list says by verbs who does what


def dashed_lists(text: str) -> list[Dashed]:
    """Find the lists of units that stand behind a dash or an arrow.

    What stands there is nothing but a list of bodies, up to a stop, a semicolon before other
    words, the next dash, or the end. A dash inside a sentence, in a range or between two
    places is none.

    Args:
        text: Folded text of a line, or of the part of it outside labels and brackets.

    Returns:
        The lists in order.
    """
    marks = [match.span() for match in _MARK.finditer(text)]
    if not marks:
        return []
    marks = [(start, end) for start, end in marks if end < len(text.rstrip())]
    found: list[Dashed] = []
    for (cut, start), (following, _end) in pairwise([*marks, (len(text), len(text))]):
        if found and cut < found[-1].end:
            continue
        one = _read_list(text, cut, start, following) or _read_list(text, cut, start, len(text))
        if one and (not _WEAK.fullmatch(text[cut:start]) or _may_be_weak(text, one)):
            found.append(one)
    return list(_without_addressees(text, found))


def _read_list(text: str, cut: int, start: int, border: int) -> Dashed | None:
    stop = _STOP.search(text, start, border)
    end = stop.end() if stop else border
    ends = [end, *(at + 1 for at in range(end - 2, start, -1) if text[at] == ";")]
    for last in ends:
        names = text[start:last].strip()
        if says_duties(names.rstrip("。;")):
            return Dashed(cut, start, last, verbs=True)
        if _is_list(names):
            return Dashed(cut, start, last)
    return None


def _is_list(names: str) -> bool:
    if _FIGURE.search(names) or _MARK.search(names) or unit_likeness(names) < _LEAST_LIKENESS:
        return False
    joined = "".join(names.split()).rstrip("。;、,")
    ends = _NAME_END.split(_BRACKETS.sub("", joined))
    # The last name may break off at the end of a line.
    return is_complete(ends[0]) and (is_complete(ends[-1]) or bool(_STUMP.fullmatch(ends[-1])))


def _may_be_weak(text: str, one: Dashed) -> bool:
    """Whether a single short dash opens a list: an amount stands before it, and no place around."""
    names = [name for name in _NAME_END.split(text[one.start : one.end].strip(" 。;")) if name]
    said = _CLAUSE.split(text[: one.cut].rstrip())[-1]
    joins = _REGION.search(said) is not None or all(name.endswith(_PLACES) for name in names)
    return _AMOUNT.search(said) is not None and not joins


def _without_addressees(text: str, found: list[Dashed]) -> Iterator[Dashed]:
    """Leave out a dash that opens a line and says what bodies are to do: ——各镇街。负责…."""
    for one in found:
        if text[: one.cut].strip() or not _HAND_OUT.match(text, one.end):
            yield replace(one, end=len(text[: one.end].rstrip()))
