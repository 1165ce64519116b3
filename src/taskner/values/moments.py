"""Moments: the days that one expression of time means (6月底前, 二季度, 国庆节前)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from taskner.values.feasts import FEAST_PATTERN, NEW_YEAR, feast_day
from taskner.values.lexicon import any_of, read_list

_WORDS = read_list("deadlines")
_RELATIVE: dict[str, int] = _WORDS["relative_years"]
_FOLLOWING = frozenset(_WORDS["words"]["following"])
_MONTH_PARTS: dict[str, tuple[int, int]] = _WORDS["month_parts"]
_UNDATED = tuple(_WORDS["words"]["undated"])
_BEFORE = frozenset(_WORDS["words"]["before"])
_FROM = frozenset(_WORDS["words"]["from"])
_WITHIN = frozenset(_WORDS["words"]["within"])
_DAY = timedelta(days=1)
_YEARS = range(1900, 2101)
_MAX_SPAN = 15

_YEAR = (
    r"(?:(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年(?:度(?!内))?"
    r"|(?<![0-9])(?P<short>[23][0-9])年(?=年?[底末]|[0-9]{1,2}月)"
    f"|(?P<relative>{any_of(_RELATIVE)}))"
)
_EDGE = f"(?P<edge>{any_of(_BEFORE | _FROM | _WITHIN)})?"
_END = "(?P<end>月?[底末])?"
_MONTH_FORM = re.compile(
    rf"{_YEAR}?(?<![0-9])(?P<month>[0-9]{{1,2}})月份?(?:(?P<part>{any_of(_MONTH_PARTS)})"
    rf"|(?P<early>初)|(?P<middle>中))?{_END}{_EDGE}"
)
_DAY_FORM = re.compile(
    rf"{_YEAR}?(?<![0-9])(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})(?:[日号]|(?![0-9个]))"
    rf"(?:[0-9]{{1,2}}[时点])?{_EDGE}"
)
_NUMERIC_FORM = re.compile(
    r"(?<![0-9.])(?P<year>(?:19|20)[0-9]{2})(?P<dash>[-/.]?)(?P<month>[0-9]{1,2}(?=[^0-9]|$)|[01][0-9])"
    rf"(?:(?P=dash)(?P<day>[0-9]{{2}}|(?<=[-/.])[0-9]))?(?![0-9年])[日月]?{_END}{_EDGE}"
)
_MONTH_DAY_FORM = re.compile(
    rf"(?<![0-9./])(?P<month>[0-9]{{1,2}})[./](?P<day>[0-9]{{1,2}})日?(?![0-9./年个万亿%倍]){_EDGE}"
)
_QUARTER_FORM = re.compile(
    rf"{_YEAR}?(?:(?<![0-9])第?(?P<quarter>[1-4])|前(?P<quarters>[1-4])个?)季度{_END}{_EDGE}"
)
_HALF_FORM = re.compile(rf"{_YEAR}?(?P<half>[上下])半年{_END}{_EDGE}")
_MONTHS_FORM = re.compile(rf"{_YEAR}?前(?P<months>[0-9]{{1,2}})个月{_END}{_EDGE}")
_YEAR_PART_FORM = re.compile(
    rf"(?:{_YEAR}年?|(?<![0-9半])年)(?P<part>[底末终初]|中(?![旬叶考])){_EDGE}"
)
_WHOLE_FORM = re.compile(
    rf"{_YEAR}?(?:全年|(?<!半)年内|(?<![分逐跨各按])年度(?:内|(?=[,;、(]|$))){_END}{_EDGE}"
)
_YEAR_FORM = re.compile(rf"{_YEAR}(?!{any_of(_UNDATED)}){_EDGE}")
_PLAN_FORM = re.compile(rf"P(?P<plan>1[0-9])(?:规划)?(?:期间|时期|期)?{_END}{_EDGE}")
_SPAN_FORM = re.compile(
    r"(?:未来|今后)(?P<ahead>[0-9]{1,2})年|(?<![0-9])(?P<within>[0-9]{1,2})年(?:[之以]?内|时间)"
    "|今明[两2]年"
)
_CENTURY_FORM = re.compile("本世纪中叶")
_FEAST_FORM = re.compile(rf"{_YEAR}?(?P<feast>{FEAST_PATTERN})节?(?:假期|长假)?{_EDGE}")
_UP_TO = ("到", "至", "截止")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The days of one expression, inclusive.

    ``by`` says that only the last day binds (6月底), ``opens`` that the expression starts
    a stretch of time and has no last day of its own (2025年起), ``printed`` that the text
    gives its year.
    """

    first: date
    last: date
    by: bool = False
    opens: bool = False
    printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What an expression is counted from: the notice's year, the year last printed, the issue."""

    year: int | None
    carried: int | None = None
    issued: date | None = None

    def year_of(self, match: re.Match[str]) -> int | None:
        """Give the year that an expression prints or implies, None when there is none."""
        groups = match.groupdict()
        year = self.year if self.carried is None else self.carried
        if groups.get("year"):
            year = int(groups["year"])
        elif groups.get("short"):
            year = 2000 + int(groups["short"])
        elif groups.get("relative"):
            word = groups["relative"]
            base = year if word in _FOLLOWING else self.year
            year = None if base is None else base + _RELATIVE[word]
        return year if year in _YEARS else None


Reader = Callable[[re.Match[str], Clock], Moment | None]


def find_moments(text: str) -> list[tuple[re.Match[str], Reader]]:
    """Find the expressions of time in text order; where two overlap the longer one stands.

    Args:
        text: Folded text without blanks and quotes, numerals in Arabic digits, plans
            written P14.

    Returns:
        Each match with the function that reads it.
    """
    found = [(match, read) for pattern, read in _FORMS.items() for match in pattern.finditer(text)]
    found.sort(key=lambda item: (item[0].start(), -item[0].end()))
    kept: list[tuple[re.Match[str], Reader]] = []
    for match, read in found:
        if not kept or match.start() >= kept[-1][0].end():
            kept.append((match, read))
    return kept


def _shape(
    match: re.Match[str], first: date, last: date, *, by: bool = False, exclusive: bool = False
) -> Moment:
    """Apply 底, 前, 起 and a 到 before the expression to its days.

    ``exclusive``: 前 alone means before it begins (6月前); elsewhere up to its end.
    """
    groups = match.groupdict()
    edge = groups.get("edge")
    ends = by or bool(groups.get("end"))
    if edge in _BEFORE and exclusive and not ends:
        last = first - _DAY
        first = last
    up_to = match.string[: match.start()].endswith(_UP_TO)
    return Moment(
        first=first,
        last=last,
        by=ends or up_to or edge in _BEFORE,
        opens=edge in _FROM,
        printed=bool(groups.get("year") or groups.get("short") or groups.get("relative")),
    )


def _month_days(year: int, month: int, first: int = 1, last: int = 31) -> tuple[date, date]:
    """Give days of a month; a last day past its end is its end."""
    end = calendar.monthrange(year, month)[1]
    return date(year, month, first), date(year, month, min(last, end))


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), _month_days(year, last)[1]


def _read_month(match: re.Match[str], clock: Clock) -> Moment | None:
    year, month = clock.year_of(match), int(match["month"])
    if year is None or not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return None
    if match["part"]:
        return _shape(match, *_month_days(year, month, *_MONTH_PARTS[match["part"]]))
    if match["early"]:
        return _shape(match, *_month_days(year, month, 1, 10), by=True)
    if match["middle"]:
        return _shape(match, *_month_days(year, month, 1, 15), by=True)
    return _shape(match, *_month_days(year, month), exclusive=True)


def _read_day(match: re.Match[str], clock: Clock) -> Moment | None:
    year, month, day = clock.year_of(match), int(match["month"]), int(match["day"])
    try:
        moment = None if year is None else date(year, month, day)
    except ValueError:  # 6月31日: the printed day does not exist
        return None
    return None if moment is None else _shape(match, moment, moment, by=True)


def _read_numeric(match: re.Match[str], clock: Clock) -> Moment | None:
    return _read_day(match, clock) if match["day"] else _read_numeric_month(match, clock)


def _read_numeric_month(match: re.Match[str], clock: Clock) -> Moment | None:
    year, month = clock.year_of(match), int(match["month"])
    if year is None or not 1 <= month <= 12 or not match["dash"]:  # noqa: PLR2004
        return None
    return _shape(match, *_month_days(year, month), exclusive=True)


def _read_quarter(match: re.Match[str], clock: Clock) -> Moment | None:
    year = clock.year_of(match)
    if year is None:
        return None
    last = int(match["quarter"] or match["quarters"]) * 3
    return _shape(match, *_months(year, last - 2 if match["quarter"] else 1, last))


def _read_half(match: re.Match[str], clock: Clock) -> Moment | None:
    year = clock.year_of(match)
    if year is None:
        return None
    return _shape(match, *(_months(year, 1, 6) if match["half"] == "上" else _months(year, 7, 12)))


def _read_months(match: re.Match[str], clock: Clock) -> Moment | None:
    year, months = clock.year_of(match), int(match["months"])
    if year is None or not 1 <= months <= 12:  # noqa: PLR2004 - months of a year
        return None
    return _shape(match, *_months(year, 1, months))


def _read_year_part(match: re.Match[str], clock: Clock) -> Moment | None:
    year = clock.year_of(match)
    if year is None:
        return None
    last_month = {"初": 1, "中": 6}.get(match["part"], 12)
    return _shape(match, *_months(year, 1, last_month), by=True)


def _read_year(match: re.Match[str], clock: Clock) -> Moment | None:
    year = clock.year_of(match)
    return None if year is None else _shape(match, *_months(year, 1, 12), exclusive=True)


def _read_plan(match: re.Match[str], _clock: Clock) -> Moment:
    last = 2025 + 5 * (int(match["plan"]) - 14)
    return _shape(match, date(last - 4, 1, 1), date(last, 12, 31))


def _read_span(match: re.Match[str], clock: Clock) -> Moment | None:
    years = int(match["ahead"] or match["within"] or 2)
    first = clock.year
    if first is None or first not in _YEARS or not 1 <= years <= _MAX_SPAN:
        return None
    return Moment(first=date(first, 1, 1), last=date(first + years - 1, 12, 31))


def _read_century(match: re.Match[str], _clock: Clock) -> Moment:
    return _shape(match, date(2050, 12, 31), date(2050, 12, 31), by=True)


def _read_feast(match: re.Match[str], clock: Clock) -> Moment | None:
    """Read a feast; without a printed year it is the next one after the notice."""
    year, name = clock.year_of(match), match["feast"]
    if year is None or match["edge"] in _WITHIN:
        return None
    printed = match["year"] or match["short"] or match["relative"]
    if not printed and name == NEW_YEAR:
        year += 1
    day = feast_day(name, year)
    if day is not None and not printed and clock.issued is not None and day <= clock.issued:
        day = feast_day(name, year + 1)
    return None if day is None else _shape(match, day, day, by=False, exclusive=True)


_FORMS: dict[re.Pattern[str], Reader] = {
    _MONTH_FORM: _read_month,
    _DAY_FORM: _read_day,
    _NUMERIC_FORM: _read_numeric,
    _MONTH_DAY_FORM: _read_day,
    _QUARTER_FORM: _read_quarter,
    _HALF_FORM: _read_half,
    _MONTHS_FORM: _read_months,
    _YEAR_PART_FORM: _read_year_part,
    _WHOLE_FORM: _read_year,
    _YEAR_FORM: _read_year,
    _PLAN_FORM: _read_plan,
    _SPAN_FORM: _read_span,
    _CENTURY_FORM: _read_century,
    _FEAST_FORM: _read_feast,
}
