"""What reads as a figure where a cell holds nothing else: 186, ≥27, 30家以上, 3—4, 前12."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskner.values import parse_quantity

LONGEST = 24
"""Characters of a cell of figures."""

_FIGURE = re.compile(
    r"(?:[≥≤><]|不低于|不少于|不小于|不高于|不超过|不突破|低于|高于|超过?|约|近)?\s*\d[\d,]*(?:\.\d+)?\s*"
    r"(?:[-—~至]+\d[\d,]*(?:\.\d+)?)?"
    r"(?:[百千万亿]*(?!年|月|日|季|期|时|号|版)[\u4e00-\u9fff%‰/·²³A-Za-z]{1,8})??"
    r"(?:\(含\))?(?:及)?(?:以上|以下|以内|左右|上下)?"
    r"|[前第](?:\d{1,3}|[一二三四五六七八九十]{1,3})[名位]?"
)
_TIME = re.compile(r"\d\s*(?:年|月|日|季度|时)")
_DATED = re.compile(
    r"(?P<when>(?:\d{4}年)?[^\d,;、/]{0,6}\d{0,4}[^\d,;、/]{0,2}(?:\d{1,2}[月日])?"
    r"(?:[前底末内旬年月日]|半年|季度))?"
    r"(?P<verb>累计|力争|确保|达到?|完成|完工|竣工|开工|建成|实现|同?比?(?:增长|下降|降低|提高|提升|减少)|[增降减])?"
    r"(?P<figure>.*)"
)
_BETWEEN = re.compile(r"\s*[/、;,|]\s*")


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a figure stands, and the time before it (6月底前120), if there is one."""

    start: int
    end: int
    when: tuple[int, int] | None = None


def read_figures(text: str, offset: int) -> list[Figure]:
    """Read a cell of figures.

    Args:
        text: Folded text of the cell.
        offset: Its offset in the document.

    Returns:
        Its figures; none when there is anything else in it but times.
    """
    borders = [0, *(edge for match in _BETWEEN.finditer(text) for edge in match.span()), len(text)]
    whole = [(0, len(text))]
    parts = list(zip(borders[::2], borders[1::2], strict=True))
    for stretches in (whole, parts):
        read = [_read_figure(text[start:end], offset + start) for start, end in stretches]
        if all(read):
            return [one for one in read if one]
    return []


def _read_figure(text: str, at: int) -> Figure | None:
    if _is_figure(text):
        return Figure(at, at + len(text))
    match = _DATED.fullmatch(text)
    if match is None or not _is_figure(match["figure"]):
        return None
    when = (at + match.start("when"), at + match.end("when")) if match["when"] else None
    return Figure(at + match.start("figure"), at + len(text), when)


def _is_figure(text: str) -> bool:
    joined = "".join(text.split())
    return (
        bool(_FIGURE.fullmatch(joined))
        and not _TIME.search(joined)
        and bool(parse_quantity(joined))
    )
