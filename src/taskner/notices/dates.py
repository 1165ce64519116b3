"""Dates and years as notices print them, in digits or Chinese numerals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from taskner.folding import fold
from taskner.notices.numbering import parse_count
from taskner.notices.prose import is_mixed

_HAN_DIGITS = "〇零○Ο0一二三四五六七八九"
_DATE = re.compile(r"(\d{4})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")
_HAN_DATE = re.compile(
    rf"([{_HAN_DIGITS}]{{4}})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日"
)
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?\s*[—\-~至]+\s*(?:19|20)\d\d")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年|(?=[^\d年\-—~]{0,4}$))")
_HAN_YEAR = re.compile(rf"([{_HAN_DIGITS}]{{4}})年")


def find_date(text: str) -> re.Match[str] | None:
    """Find the first full date of a folded text."""
    return _DATE.search(text) or _HAN_DATE.search(text)


def parse_date(text: str) -> date | None:
    """Find the first full date of a text.

    Args:
        text: Folded text.

    Returns:
        The date, or None when there is none or it does not exist.
    """
    match = _DATE.search(text)
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        match = _HAN_DATE.search(text)
        if match is None:
            return None
        year = _han_year(match[1])
        month, day = parse_count(match[2]) or 0, parse_count(match[3]) or 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _han_year(digits: str) -> int:
    return int("".join(str(max(0, "一二三四五六七八九".find(char) + 1)) for char in digits))


def parse_year(text: str | None) -> int | None:
    """Find the year a title names; of a review and a plan, the year of the plan."""
    if not text:
        return None
    text = fold(text)
    if is_mixed(text):
        # 2024年工作总结和2025年工作计划: what is to be done is of the later year.
        return max((int(year) for year in _YEAR.findall(text)), default=None)
    match = _SPAN.search(text) or _YEAR.search(text)
    if match:
        return int(match[1])
    match = _HAN_YEAR.search(text)
    return _han_year(match[1]) if match else None


def notice_year(
    title: str | None, annexes: Sequence[str | None], issued: date | None
) -> int | None:
    """The year a notice is about.

    Args:
        title: Its title.
        annexes: Titles of its annexes.
        issued: Date of signing.

    Returns:
        The year of the title, else the most frequent one of the annexes, else that of signing.
    """
    year = parse_year(title)
    if year:
        return year
    years = Counter(year for year in map(parse_year, annexes) if year)
    if years:
        return years.most_common(1)[0][0]
    return issued.year if issued else None
