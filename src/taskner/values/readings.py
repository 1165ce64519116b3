"""Readings: one number, or the two of a range, with the measure after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from taskner.types import Basis, Comparator
from taskner.values.comparators import INSIDE
from taskner.values.measures import ATOMIC_PATTERN, read_measure
from taskner.values.numerals import DIGITS, MULTIPLIERS, parse_numeral

DIGIT_CLASS = "".join(DIGITS)
MULTIPLIER_CLASS = "".join(MULTIPLIERS)
NUMBER_PATTERN = (
    rf"(?:(?!{ATOMIC_PATTERN})[0-9.,{DIGIT_CLASS}{MULTIPLIER_CLASS}]|点(?=[{DIGIT_CLASS}]))+"
)
_NUMBER_FORM = re.compile(
    f"(?P<vague>[几数](?=[{MULTIPLIER_CLASS}]))?(?P<number>{NUMBER_PATTERN})"
    f"(?P<inside>[{''.join(INSIDE)}几])?(?P<multiplier>(?:(?!{ATOMIC_PATTERN})[{MULTIPLIER_CLASS}])*)"
)
_ARABIC_DIGIT = re.compile("[0-9]")
_BETWEEN = re.compile("[-—–―─~至到]+")
_NEIGHBOURS = re.compile(
    rf"((?:[{DIGIT_CLASS}]?[{MULTIPLIER_CLASS}])*)([{DIGIT_CLASS}])([{DIGIT_CLASS}])"
    rf"([{MULTIPLIER_CLASS}]*)(?![{DIGIT_CLASS}])"
)
_PADDED = re.compile(r"0[0-9]")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number with its measure, before the comparators around it are taken in."""

    value: Decimal
    upper: Decimal | None = None
    measure: str = ""
    comparators: tuple[Comparator, ...] = ()
    basis: Basis = "level"


def read_number(text: str) -> Reading | None:
    """Read one number with its measure."""
    match = _NUMBER_FORM.match(text)
    if match is None or _PADDED.match(text):
        return None
    numeral = match["number"] + match["multiplier"]
    value = parse_numeral(numeral)
    spelled = _ARABIC_DIGIT.search(numeral) is None
    rest = text[match.end() :]
    length = read_measure(rest, spelled=spelled)
    if value is None or length is None or (spelled and not rest and numeral[-1] in DIGITS):
        return None
    measure = rest[:length]
    if measure == "年" and _FIRST_YEAR <= value <= _LAST_YEAR:
        return None
    if measure == "成":
        value, measure = value * 10, "%"
    vague: tuple[Comparator, ...] = ("~",) if match["vague"] or match["inside"] else ()
    return Reading(value=value, measure=measure, comparators=vague)


def read_range(text: str) -> Reading | None:
    """Read two numbers with a dash, 至 or 到 between them."""
    parts = _BETWEEN.split(text)
    if len(parts) != 2:  # noqa: PLR2004 - a range has two ends
        return None
    low, high = (read_number(part) or read_bare(part) for part in parts)
    if low is None or high is None:
        return None
    measure = high.measure or low.measure
    value = low.value
    if not low.measure:
        value = share_multiplier(parts[0], parts[1], value)
        if high.measure == "%" and "成" in parts[1]:
            value *= 10
    elif low.measure != measure:
        return None
    years = not measure and _FIRST_YEAR <= value <= high.value <= _LAST_YEAR
    if value > high.value or years:
        return None
    return Reading(value=value, upper=high.value, measure=measure)


def read_bare(text: str) -> Reading | None:
    """Read a numeral that takes its measure from the other end (三至五个)."""
    value = None if _PADDED.match(text) else parse_numeral(text)
    return None if value is None else Reading(value=value)


def share_multiplier(low: str, high: str, value: Decimal) -> Decimal:
    """Let 1.2 in 1.2—1.5万人 take the 万; 8000 in 8000—1万人 is above 1 and keeps."""
    match = _NUMBER_FORM.match(high)
    if match is None or any(char in MULTIPLIERS for char in low):
        return value
    numeral = match["number"] + match["multiplier"]
    bare = parse_numeral(numeral.rstrip(MULTIPLIER_CLASS))
    whole = parse_numeral(numeral)
    if not bare or whole is None or value >= bare:
        return value
    return value * whole / bare


def read_neighbours(text: str) -> Reading | None:
    """Read 两三家 or 二三十家: two neighbouring digits; 三五 is the one idiom apart."""
    match = _NEIGHBOURS.match(text)
    if match is None:
        return None
    head, first, second, tail = match.groups()
    step = DIGITS[second] - DIGITS[first]
    if step != 1 and (first, second) != ("三", "五"):
        return None
    rest = text[match.end() :]
    low = read_number(head + first + tail + rest)
    high = read_number(head + second + tail + rest)
    if low is None or high is None or not low.measure:
        return None
    return Reading(value=low.value, upper=high.value, measure=low.measure)
