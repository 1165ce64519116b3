"""Deadlines: the dates that a deadline's text means."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from taskner.folding import fold
from taskner.types import Period
from taskner.values.lexicon import any_of, read_list
from taskner.values.moments import Clock, Moment, find_moments
from taskner.values.numerals import DIGITS, parse_numeral

_RECURRING = any_of(read_list("deadlines")["words"]["recurring"])
_MAX_LENGTH = 200
_DASH = "[-—–―─~至到]{1,3}"
_NUMERAL = f"[{''.join(DIGITS)}十]{{1,5}}"
_AFTER_NUMERAL = "(?:个?月|日|号|个?季度|年)"

_CLOCK_TIME = re.compile(r"\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_NOISE = re.compile(r"[\s“”\"'‘’《》]")
_REPEATED = re.compile(f"(?:{_RECURRING})[^,;、。(]*")
_PLAN = re.compile(
    "第?十([一二三四五六七八九])(?:个五年(?:规划|计划)?|五(?!月|日|号|个|年(?!规划|计划)))"
)
_SPELLED = re.compile(
    f"{_NUMERAL}(?=(?:[、,]|{_DASH})?(?:[0-9]{{1,2}}|{_NUMERAL})?{_AFTER_NUMERAL})"
)
_YEARS = re.compile(f"((?:19|20)[0-9]{{2}}){_DASH}((?:19|20)[0-9]{{2}})年")
_MONTHS = re.compile(f"(?<![0-9.])([0-9]{{1,2}}){_DASH}([0-9]{{1,2}})月")
_DAYS = re.compile(f"([0-9]{{1,2}}月)([0-9]{{1,2}})[日号]?{_DASH}([0-9]{{1,2}})[日号]")
_QUARTERS = re.compile(f"第?([1-4])(?:、|{_DASH})?第?([1-4])季度")
_JOINING = re.compile(f"(?:起|开始)?{_DASH}")


def parse_period(text: str, *, year: int | None, issued: date | None = None) -> Period:
    """Read the dates that a deadline means.

    Args:
        text: The text of a deadline span or of a deadline cell.
        year: The year the notice is about; expressions without a year take it.
        issued: The notice's date: a feast without a year is the next one after it, and
            its year serves where ``year`` is None.

    Returns:
        The period; ``first`` is None where the text says by when. Of two dates the later.
        Both are None for a standing duty (长期坚持, 每月), for a season without a date, and
        where no year can be known.

    Source:
        deadlines.tsv; DESIGN section 5 (Dates).
    """
    if year is None and issued is not None:
        year = issued.year
    clock = Clock(year=year, issued=issued)
    latest: Moment | None = None
    for moment in _read_moments(_normalise(text[:_MAX_LENGTH]), clock):
        if not moment.opens and (latest is None or moment.last >= latest.last):
            latest = moment
    if latest is None:
        return Period()
    return Period(first=None if latest.by else latest.first, last=latest.last)


def _read_moments(text: str, clock: Clock) -> list[Moment]:
    """Read all expressions, the two ends of a stretch of time as one."""
    moments: list[Moment] = []
    end = 0
    for match, read in find_moments(text):
        moment = read(match, clock)
        if moment is None:
            continue
        gap = text[end : match.start()]
        end = match.end()
        if moments and _JOINING.fullmatch(gap):
            moment = _join(moments.pop(), moment)
        moments.append(moment)
        if moment.printed:
            clock = replace(clock, carried=moment.last.year)
    return moments


def _join(first: Moment, last: Moment) -> Moment:
    """Make one stretch of two moments; 10月至3月 runs into the next year."""
    end = last.last
    if end < first.first and not last.printed:
        end = _a_year_later(end)
    if end < first.first:
        return last
    return Moment(first=first.first, last=end, printed=first.printed or last.printed)


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def _normalise(text: str) -> str:
    """Write all forms in one way: Arabic digits, both ends of a range in full."""
    text = _NOISE.sub("", _CLOCK_TIME.sub("", fold(text)))
    text = _REPEATED.sub("", text)
    text = _PLAN.sub(lambda match: f"P1{DIGITS[match.group(1)]}", text)
    text = _SPELLED.sub(_to_arabic, text)
    text = _YEARS.sub(r"\1年至\2年", text)
    text = _MONTHS.sub(r"\1月至\2月", text)
    text = _DAYS.sub(r"\1\2日至\1\3日", text)
    return _QUARTERS.sub(r"\1季度至\2季度", text)


def _to_arabic(match: re.Match[str]) -> str:
    value = parse_numeral(match.group())
    if value is not None:
        return str(value)
    if match.string.startswith("季度", match.end()):  # 二三季度 are the second and the third
        return "".join(str(DIGITS.get(char, char)) for char in match.group())
    return match.group()
