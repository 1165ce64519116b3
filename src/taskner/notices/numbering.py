"""Item numbers at the start of a line: 一、 (一) 1. 1、 (1) 1) ① and their ranks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

PLAIN_HEADING_RANK = 2.5
PART_HEADING_RANK = 0.5  # above 一、
INNER_PART_RANK = 1.5  # the same heading inside a section 一、
PARAGRAPH_RANK = 9.0

_HAN = "零〇一二三四五六七八九十百"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_DIGITS |= {char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRACKETED = "".join(map(chr, range(0x2474, 0x2488)))  # ⑴
_STOPPED = "".join(map(chr, range(0x2488, 0x249C)))  # ⒈
_HAN_BRACKETED = "".join(map(chr, range(0x3220, 0x322A)))  # ㈠
_CIRCLED = "".join(  # ①, ㉑, ⓫, ⓵, ❶, ➀, ➊
    chr(code)
    for first, last in ((0x2460, 0x2474), (0x3251, 0x3260), (0x24EB, 0x24FF), (0x2776, 0x2794))
    for code in range(first, last)
)
_ONE_SIGN = _BRACKETED + _STOPPED + _HAN_BRACKETED + _CIRCLED
_KEYCAP = "\ufe0f?\u20e3"  # what makes an emoji of a digit

# A decimal (2.9亿, 3.0版) is no number; a date after the dot (2.2025年, 3.10月) is text.
_NOT_DECIMAL = r"(?!\d)|(?=(?:19|20)\d\d[年—\-~至]|\d{1,2}[月号])"
_PATTERNS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.0, re.compile(rf"第([{_HAN}]{{1,4}})(?:部分|章|篇)\s*[、:.]?\s*")),
    # 第一条 and 第二件 count items where a blank or stop follows; 第一条生产线 is text.
    (3.0, re.compile(rf"第([{_HAN}]{{1,4}}|\d{{1,3}})[条件项单桩号](?:\s+|\s*[、:.]\s*|$)")),
    # 甲 and 壹 are numbers before a blank or stop; 丁 晓明 is a person.
    (1.0, re.compile(rf"([{_STEMS}])(?:[、.]\s*|\s+(?=\S{{3}}))")),
    (1.0, re.compile(r"([壹贰叁肆伍陆柒捌玖拾]{1,2})(?:[、.]\s*|\s+(?=\S{2}))")),
    (1.0, re.compile(rf"([{_HAN}]{{1,4}})\s*(?:、|\.(?!\d)|,)\s*")),
    (2.0, re.compile(rf"\(\s*([{_HAN}]{{1,4}})\s*\)\s*[、.]?\s*")),
    (3.0, re.compile(rf"(\d{{1,3}})\s*(?:、|\*\s*[、.]?|\.(?:{_NOT_DECIMAL}))\s*")),
    (3.5, re.compile(r"([A-Z])\s*(?:、(?![A-Z])|[.)](?!\d))\s*")),
    # 1.1 and 1.2.3 stand below 1. and above (1); 2.9亿元 and 3.0版 are text.
    (3.4, re.compile(r"(\d{1,2}(?:\.\d{1,2}){2,3})(?![\d.年月日])\s*[、.]?\s*")),
    (
        3.2,
        re.compile(
            r"(\d{1,2}\.[1-9]\d?)(?:\s*、\s*|\s+(?!(?:[百千万亿]{0,2}(?:元|个(?![体人性])|家(?![庭政电居])"
            r"|版(?!权)|倍|米|公[里顷斤]|吨)|[万亿][。,;])))(?=[\u4e00-\u9fff“])"
        ),
    ),
    (3.0, re.compile(r"(?:任务|目标|项目|事项)(\d{1,3})\s*[:、.]\s*")),
    (4.0, re.compile(r"\(\s*(\d{1,3})\s*\)\s*[、.]?\s*")),
    (5.0, re.compile(r"(\d{1,3})\)\s*[、.]?\s*")),
    (5.0, re.compile(rf"([{_CIRCLED}])\s*[、.]?\s*")),
    (5.0, re.compile(rf"(\d){_KEYCAP}\s*[、.]?\s*")),
    (4.0, re.compile(rf"([{_BRACKETED}])\s*[、.]?\s*")),
    (3.0, re.compile(rf"([{_STOPPED}])\s*")),
    (2.0, re.compile(rf"([{_HAN_BRACKETED}])\s*[、.]?\s*")),
    (1.0, re.compile(r"(?:PART|Part|CHAPTER|Chapter)\s*[.·]?\s*(\d{1,2})\s*[|丨:.、]?\s*(?!\d)")),
)
_BARE = re.compile(rf"(?:第)?[(\[]?\s*(\d{{1,4}}|[{_HAN}]{{1,4}}|[{_CIRCLED}])\s*[)\]]?\s*[.、*]?")
BULLETS = "▲△▼▽●○◎◉◆◇❖■□▪▫★☆⭐✦✧✨•·-—►▶▸➢➣➤☞👉✔✓✅☑🔹🔸🔷🔶🔺🔻📌📍🚩🎯💡※\ufe0f"


@dataclass(frozen=True, slots=True)
class Numbering:
    """An item number: its rank (1 is 一、, 3 is 1.), printed token, value and length."""

    rank: float
    token: str
    value: int
    length: int


def parse_count(token: str) -> int | None:
    """Read 12, 十二, ⑫ or B as a whole number.

    Args:
        token: Digits, Chinese numerals up to 百 (also 壹), a circled digit, 甲 or a capital letter.

    Returns:
        The number, or None when the token is not one.
    """
    if token.isdecimal() and token.isascii():
        return int(token)
    if len(token) == 1 and token in _ONE_SIGN:
        return int(unicodedata.numeric(token))
    if len(token) == 1 and token in _STEMS:
        return _STEMS.index(token) + 1
    total, digit = 0, 0
    for char in token:
        if char.isascii() and char.isupper():
            return ord(char) - ord("A") + 1 if len(token) == 1 else None
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十拾百":
            total += (digit or 1) * (100 if char == "百" else 10)
            digit = 0
        else:
            return None
    return total + digit if token else None


def parse_numbering(text: str) -> Numbering | None:
    """Find the item number a folded line starts with.

    Args:
        text: Folded text of the line, without leading blanks.

    Returns:
        The number, or None for a line that starts with none.
    """
    for rank, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        value = parse_count(match[1].rpartition(".")[2])
        if value is not None:
            return Numbering(rank, match[1], value, match.end())
    return None


def marked_number(text: str) -> Numbering | None:
    """Find the item number behind a mark: ★1.新建公园3个.

    Args:
        text: Folded text of the line.

    Returns:
        The number with its mark, or None for a line without both.
    """
    bare = text.lstrip(BULLETS + " ")
    numbering = parse_numbering(bare) if bare != text else None
    if numbering is None:
        return None
    return replace(numbering, length=numbering.length + len(text) - len(bare))


def bare_number(text: str) -> tuple[str, int] | None:
    """Read a cell that holds nothing but an item number.

    Args:
        text: Folded, stripped text of a cell.

    Returns:
        The token and its value, or None.
    """
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    value = parse_count(match[1])
    return None if value is None else (match[1], value)
