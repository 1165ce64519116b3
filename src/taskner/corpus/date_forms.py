"""How deadlines are worded: how fine the date is, and which word bounds it."""

from __future__ import annotations

import re
from typing import Literal, get_args

from taskner.folding import fold

Grain = Literal[
    "day",
    "third of a month",
    "month",
    "quarter",
    "half-year",
    "year",
    "several years, a plan's period",
    "a time from now",
    "season, feast, term, farming",
    "from–to",
    "from a day on",
    "several dates in one",
    "a date and a duty",
    "recurring",
    "standing duty",
    "stages, without date",
    "other",
]
GRAINS: tuple[Grain, ...] = get_args(Grain)

Bound = Literal["前", "底前, 末前", "底, 末, 终", "内", "期间, 时期", "起", "后", "bare"]
BOUNDS: tuple[Bound, ...] = get_args(Bound)

_NUMERAL = r"[\d一二两三四五六七八九十]"
_RECURRING = re.compile(r"[每逐]|随到随办|按[月季年]")
_STANDING = re.compile(r"长期|持续|常态|贯穿|常年|立行|立即")
_YEAR = re.compile(
    r"(?:(?:20\d\d|二[〇○]..)年度?|[今当本明次]年度?|年度|全年|年)"
    r"(?:全?年|年度)?[底末终初]?[内前]?(?:之前)?"
)
# Tried in order: what holds a finer date than its frame is caught by the frame first.
_GRAINS: tuple[tuple[Grain, re.Pattern[str]], ...] = (
    ("a date and a duty", re.compile(r"并长期|前\(长期")),
    ("recurring", re.compile(rf"(?:{_RECURRING.pattern})")),
    ("standing duty", _STANDING),
    ("stages, without date", re.compile(r"节点|分阶段|批次|见任务")),
    (
        "several years, a plan's period",
        re.compile(r"\d{4}年?[—–~-]\d{4}年|十[一二三四五六]五|未来.年|今后.年|今明两年"),
    ),
    (
        "a time from now",
        re.compile(rf"(?<!\d{{3}}){_NUMERAL}(?:个(?:工作)?[月日]|[年天日])内$|半年内$"),
    ),
    ("from–to", re.compile(r"起至|[\d日月年](?:至|[—–~])(?:次年|\d)")),
    ("from a day on", re.compile(r"起$")),
    ("season, feast, term, farming", re.compile(r"^(?:\d{4}年)?“")),
    (
        "day",
        re.compile(rf"{_NUMERAL}日|\d{{4}}([-./])\d{{1,2}}\1\d{{1,2}}|(?<!\d)\d{{1,2}}\.\d\d?前"),
    ),
    ("third of a month", re.compile(r"旬")),
    ("month", re.compile(rf"{_NUMERAL}个?月|\d{{4}}[-./]\d{{1,2}}$")),
    ("quarter", re.compile(r"季度")),
    ("half-year", re.compile(r"半年|年中")),
    ("year", re.compile(rf"^(?:截?[到至])?{_YEAR.pattern}$")),
    (
        "season, feast, term, farming",
        re.compile(
            r"[节汛冬春夏秋暑雪水播种季捕收雨]|开[学赛]|学期|[供采]暖|供热|封冻|元旦|重阳|端午"
            r"|国庆|[一十五七八][一四]前|十五前|双11|两会|花期|验收前|小满|清明|栽插|高考"
        ),
    ),
)
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("底前, 末前", re.compile(r"[底末终]之?前")),
    ("前", re.compile(r"前$")),
    ("底, 末, 终", re.compile(r"[底末终]$")),
    ("内", re.compile(r"内$")),
    ("期间, 时期", re.compile(r"期间$|时期$")),
    ("起", re.compile(r"起$")),
    ("后", re.compile(r"后$")),
)


def grain_of(text: str) -> Grain:
    """Say how fine a deadline is; of a cell with several dates, that it has several.

    Args:
        text: A deadline as it was marked.
    """
    plain = fold(text).replace(" ", "")
    parts = [part for part in re.split(r"[,;、]", plain) if part]
    if len(parts) > 1:
        duties = [part for part in parts if _RECURRING.match(part) or _STANDING.search(part)]
        return "a date and a duty" if duties else "several dates in one"
    return next((grain for grain, pattern in _GRAINS if pattern.search(plain)), "other")


def bound_of(text: str) -> Bound:
    """Say which word at its end bounds a deadline.

    Args:
        text: A deadline as it was marked.
    """
    plain = fold(text)
    return next((bound for bound, pattern in _BOUNDS if pattern.search(plain)), "bare")
