"""Dates and times of spreadsheet cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from taskner.readers.xlsx_digits import han_digits, han_number

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP_BUG = 60  # Excel counts a 29 February 1900 that never was
_MOST_DAYS = 2_958_466
_SECONDS = 86_400
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August"]
_MONTHS += ["September", "October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_HAN_DAYS = "一二三四五六日"
_HAN_MONTHS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
_CHINESE = ("804", "404", "C04", "1004", "zh")
_NUMBER, _LONG = 2, 4
"""Longest codes that print a number, and length of those that print a full name."""
_FIRST_YEAR = 1900

Moment = tuple[datetime, Decimal]
"""A point in time, and the number of days it was stored as."""


def date_of(value: Decimal, *, starts_1904: bool) -> Moment | None:
    """Give the moment that a number of days means, or None for one that no date has."""
    if not 0 <= value < _MOST_DAYS:
        return None
    days = value + 1 if not starts_1904 and 0 < value < _LEAP_BUG else value
    epoch = _EPOCH_1904 if starts_1904 else _EPOCH
    try:
        return epoch + timedelta(seconds=round(days * _SECONDS)), value
    except OverflowError:
        return None


def show_date(
    moment: Moment, tokens: Sequence[tuple[str, str]], *, han: str = "", locale: str = ""
) -> str:
    """Give a moment by the tokens of its format; nothing for a date of day zero."""
    when, days = moment
    parts = _with_minutes(tokens)
    is_date = any(kind == "date" and text[0] in "ymdea" for kind, text in parts)
    if is_date and when.year < _FIRST_YEAR:
        return ""
    is_half = any(kind == "noon" for kind, _ in parts)
    is_chinese = locale.upper().endswith(_CHINESE)
    shown = ""
    for index, (kind, text) in enumerate(parts):
        if kind == "elapsed":
            shown += str(int(days * {"h": 24, "m": 1_440}.get(text[0], _SECONDS)))
        elif kind == "noon":
            shown += _noon(when, text)
        elif kind in {"date", "minutes"}:
            part = _part(when, kind, text, is_half=is_half, is_chinese=is_chinese)
            is_count = part.isdigit() and text[0] not in "ye"
            shown += han_number(Decimal(part), han) if han and is_count else han_digits(part, han)
        elif kind in {"literal", "comma", "percent"} or (
            kind == "point" and parts[index + 1 : index + 2] != [("digit", "0")]
        ):
            shown += text
    return shown.strip()


def _with_minutes(tokens: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Mark each m that follows hours or comes before seconds: it is minutes."""
    parts = list(tokens)
    times = [i for i, (kind, _) in enumerate(parts) if kind in {"date", "elapsed"}]
    for before, index, after in zip([None, *times], times, [*times[1:], None], strict=False):
        kind, text = parts[index]
        is_time = (before is not None and parts[before][1][0] == "h") or (
            after is not None and parts[after][1][0] == "s"
        )
        if kind == "date" and text in {"m", "mm"} and is_time:
            parts[index] = ("minutes", text)
    return parts


def _part(when: datetime, kind: str, text: str, *, is_half: bool, is_chinese: bool) -> str:
    letter = "minutes" if kind == "minutes" else text[0]
    if letter in "md" and len(text) > _NUMBER:
        return (_month if letter == "m" else _day)(when, text, is_chinese=is_chinese)
    if letter == "a":
        return _day(when, "dddd" if len(text) == _LONG else "ddd", is_chinese=True)
    number = {
        "y": when.year,
        "e": when.year,
        "m": when.month,
        "d": when.day,
        "h": (when.hour + 11) % 12 + 1 if is_half else when.hour,
        "minutes": when.minute,
        "s": when.second,
    }.get(letter)
    width = _LONG if letter in "ye" else min(len(text), _NUMBER)
    return "" if number is None else f"{number:0{width}}"


def _month(when: datetime, text: str, *, is_chinese: bool) -> str:
    if len(text) <= _NUMBER:
        return f"{when.month:0{len(text)}}"
    if is_chinese:
        return f"{_HAN_MONTHS[when.month - 1]}月"
    name = _MONTHS[when.month - 1]
    return name if len(text) == _LONG else name[: 1 if len(text) > _LONG else 3]


def _day(when: datetime, text: str, *, is_chinese: bool) -> str:
    if is_chinese:
        return ("星期" if len(text) == _LONG else "") + _HAN_DAYS[when.weekday()]
    name = _DAYS[when.weekday()]
    return name if len(text) == _LONG else name[:3]


def _noon(when: datetime, text: str) -> str:
    morning, _, afternoon = text.partition("/")
    return afternoon if when.hour >= 12 else morning  # noqa: PLR2004
