"""Quantities: what the text of a target means."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from taskner.folding import fold
from taskner.types import Comparator, Quantity
from taskner.values.comparators import BEFORE_PATTERN, combine, strip_after, strip_before
from taskner.values.lexicon import any_of, read_list
from taskner.values.measures import read_measure
from taskner.values.numerals import parse_numeral
from taskner.values.readings import (
    DIGIT_CLASS,
    MULTIPLIER_CLASS,
    NUMBER_PATTERN,
    Reading,
    read_bare,
    read_neighbours,
    read_number,
    read_range,
    share_multiplier,
)

_WORDS = read_list("quantities")
_ROMAN: dict[str, int] = _WORDS["roman"]
_HALVES = frozenset(_WORDS["words"]["half"])
_OUT_OF: dict[str, str] = _WORDS["out_of"]
_MAX_LENGTH = 48


_NOISE = re.compile(r"[\s“”\"'‘’]|\(含(?:本数)?\)")
_EDGE = ",;:。、的"
_LEAD = re.compile(any_of(_WORDS["lead"]))
_PER = re.compile(
    rf"每((?:[0-9]*[十百千万亿]{{1,2}})?[^\W0-9每{DIGIT_CLASS}{MULTIPLIER_CLASS}]{{1,4}}?)"
    rf"(?=每|{BEFORE_PATTERN}|[0-9{DIGIT_CLASS}{MULTIPLIER_CLASS}半])"
)
_OUT_OF_FORM = re.compile(f"({any_of(_OUT_OF)})({NUMBER_PATTERN})")
_FRACTION = re.compile(rf"({NUMBER_PATTERN})分之({NUMBER_PATTERN})|([0-9]{{1,2}})/([0-9]{{1,2}})")
_DOUBLING = re.compile(f"翻(?:([{DIGIT_CLASS}0-9])?番|一?倍)")
_RANK = re.compile(rf"([第前])({NUMBER_PATTERN})([名位强]?)")
_KEEP = re.compile("保([^争]+)争([^争]+)")
_FIRST = re.compile("首(.{1,3})")
_GRADE = re.compile(f"({any_of(_ROMAN)})类")
_TENTHS = re.compile(rf"([{DIGIT_CLASS}0-9])成([半{DIGIT_CLASS}0-9])")
_HALF_MEASURE = re.compile(rf"(?:({NUMBER_PATTERN})个)?半(.+)")
_CURRENCY = "¥￥"
_LARGE = re.compile("([0-9]+)大")


def parse_quantity(text: str) -> Quantity | None:
    """Read the number, its measure and how it binds.

    Args:
        text: The text of a target span, full-width or not, with or without spaces.

    Returns:
        The quantity with aim ``plain`` and basis ``level`` (``rise`` for 翻番 and its
        like), or None when the text is no quantity that can be read for sure.

    Source:
        values.tsv; DESIGN section 5.
    """
    if len(text) > _MAX_LENGTH:
        return None
    folded = fold(text).replace("﹪", "%")
    rest, before, per = _strip_head(_NOISE.sub("", folded).strip(_EDGE).lstrip(_CURRENCY))
    rest, after = strip_after(rest)
    reading = _read(rest, bound=bool(before or after))
    if reading is None or (per and not reading.measure):
        return None
    comparator = combine((*before, *after, *reading.comparators))
    if comparator is None:
        return None
    measure = _as_printed(reading.measure, text, folded)
    return Quantity(
        value=_plain(reading.value),
        upper=None if reading.upper is None else _plain(reading.upper),
        measure="/".join((measure, *per)),
        comparator=comparator if reading.upper is None else "range",
        basis=reading.basis,
    )


def _strip_head(text: str) -> tuple[str, tuple[Comparator, ...], tuple[str, ...]]:
    """Take verbs, comparators and rate units (每人每年) off the front."""
    before: tuple[Comparator, ...] = ()
    per: tuple[str, ...] = ()
    while True:
        text, found = strip_before(text)
        before += found
        if (match := _PER.match(text)) is not None:
            per += (match.group(1),)
        elif (match := _LEAD.match(text)) is None:
            return text, before, per
        text = text[match.end() :]


def _read(text: str, *, bound: bool) -> Reading | None:
    """Try the fixed forms, then a range, then a plain number."""
    if text in _HALVES and (bound or len(text) > 1):
        return Reading(value=Decimal("0.5"), measure="1")
    text = text.replace("百分百", "100%")
    text = _OUT_OF_FORM.sub(lambda match: match.group(2) + _OUT_OF[match.group(1)], text)
    for pattern, read in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return read(match)
    return read_neighbours(text) or read_range(text) or read_number(text)


def _read_doubling(match: re.Match[str]) -> Reading | None:
    times = parse_numeral(match.group(1) or "一")
    if not times:
        return None
    return Reading(value=(2**times - 1) * 100, measure="%", basis="rise")


def _read_fraction(match: re.Match[str]) -> Reading | None:
    below = parse_numeral(match.group(1) or match.group(4))
    above = parse_numeral(match.group(2) or match.group(3))
    if not below or above is None or above >= below:
        return None
    return Reading(value=round(above / below, 4), measure="1")


def _read_rank(match: re.Match[str]) -> Reading | None:
    value = parse_numeral(match.group(2))
    if not value:
        return None
    comparator: Comparator = "<=" if match.group(1) == "前" else "="
    return Reading(value=value, measure=match.group(3) or "名", comparators=(comparator,))


def _read_share_rank(match: re.Match[str]) -> Reading | None:
    reading = _read(match.group(1), bound=False)
    if reading is None or reading.upper is not None or reading.measure not in {"%", "1"}:
        return None
    return Reading(value=reading.value, measure=reading.measure, comparators=("<=",))


def _read_keep(match: re.Match[str]) -> Reading | None:
    """Read 保7争6: the floor is the value; without a measure it is a rank."""
    floor, goal = (read_number(side) or read_bare(side) for side in match.groups())
    if floor is None or goal is None:
        return None
    measure = floor.measure or goal.measure
    if not measure:
        return Reading(value=floor.value, measure="名", comparators=("<=",))
    value = floor.value
    if not floor.measure:
        value = share_multiplier(match.group(1), match.group(2), value)
    return Reading(value=value, measure=measure, comparators=(">=",))


def _read_first(match: re.Match[str]) -> Reading | None:
    measure = match.group(1)
    known = read_measure(measure, spelled=True) == len(measure)
    return Reading(value=Decimal(1), measure=measure) if known else None


def _read_grade(match: re.Match[str]) -> Reading:
    return Reading(value=Decimal(_ROMAN[match.group(1)]), measure="类")


def _read_tenths(match: re.Match[str]) -> Reading | None:
    """Read 六成五 and 一成半."""
    tens = parse_numeral(match.group(1))
    ones = Decimal(5) if match.group(2) == "半" else parse_numeral(match.group(2))
    if tens is None or ones is None:
        return None
    return Reading(value=tens * 10 + ones, measure="%")


def _read_half_measure(match: re.Match[str]) -> Reading | None:
    whole = parse_numeral(match.group(1)) if match.group(1) else Decimal(0)
    measure = match.group(2)
    if whole is None or read_measure(measure, spelled=True) != len(measure):
        return None
    return Reading(value=whole + Decimal("0.5"), measure=measure)


def _read_large(match: re.Match[str]) -> Reading:
    return Reading(value=Decimal(match.group(1)))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...] = (
    (_DOUBLING, _read_doubling),
    (_FRACTION, _read_fraction),
    (_RANK, _read_rank),
    (re.compile("前(.+)"), _read_share_rank),
    (_KEEP, _read_keep),
    (_FIRST, _read_first),
    (_GRADE, _read_grade),
    (_TENTHS, _read_tenths),
    (_HALF_MEASURE, _read_half_measure),
    (_LARGE, _read_large),
)


def _as_printed(measure: str, text: str, folded: str) -> str:
    """Give the measure with the brackets the document prints: 台（套）."""
    position = folded.find(measure) if "(" in measure else -1
    return measure if position < 0 else text[position : position + len(measure)]


def _plain(value: Decimal) -> Decimal:
    """Drop trailing zeros without an exponent, so that 1.50 prints as 1.5."""
    return Decimal(f"{value.normalize():f}")
