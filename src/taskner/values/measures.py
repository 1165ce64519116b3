"""Measures: what may stand after a number, and how it is written in the ledger."""

from __future__ import annotations

import re

from taskner.values.lexicon import any_of, read_list
from taskner.values.numerals import DIGITS, MULTIPLIERS

_WORDS = read_list("measures")
_COUNT = frozenset(_WORDS["count"])
_AMOUNT = frozenset(_WORDS["amount"])
_REFUSED = frozenset(_WORDS["refused"])
SETS = frozenset(_WORDS["sets"])
ATOMIC_PATTERN = any_of(_WORDS["atomic"])

_LISTED = re.compile(any_of(_COUNT | _AMOUNT))
_BRACKET = re.compile(r"\([一-鿿]{1,4}\)")
_BELOW = re.compile(r"(?:/[一-鿿]{1,6}|/[A-Za-z]{1,4}[23³²]?|·[一-鿿]{1,2})+")
_TIMES = re.compile(r"次(?![生干级高要新中日月年时品]|区域)")
"""次 behind a measure counts events: 240个次, and not 3条次干道."""
_UNLISTED = re.compile(r"[一-鿿]{1,3}")
_NOUN = re.compile(r"[一-鿿A-Za-z“”\"()、·]+")
_NUMERAL = re.compile(f"[0-9{''.join(DIGITS)}{''.join(MULTIPLIERS)}]")
_COMPARING = re.compile("以上|以下|以内|左右|级")


def read_measure(text: str, *, spelled: bool) -> int | None:
    """Find how much of the text after a number is its measure.

    Args:
        text: All that follows the number, folded, without spaces and comparators.
        spelled: The number is in Chinese characters, so that 三年行动 and 四个一批
            are likely names: only a listed measure and nothing after it will do.

    Returns:
        Length of the measure (0 when none is printed), or None when the text makes the
        number something else: a name, a date, a version.
    """
    if not text:
        return 0
    match = _LISTED.match(text)
    if match is None:
        unlisted = not spelled and _UNLISTED.fullmatch(text) and not _is_refused(text)
        return len(text) if unlisted else None
    end = match.end()
    if match.group() in _COUNT and (times := _TIMES.match(text, end)):
        end = times.end()
    for pattern in (_BRACKET, _BELOW):
        found = pattern.match(text, end)
        end = found.end() if found else end
    rest = text[end:]
    if not rest:
        return end
    if spelled or match.group() not in _COUNT or not _is_noun(rest):
        return len(text) if not spelled and _is_longer_measure(text) else None
    return end


def _is_longer_measure(text: str) -> bool:
    """An unlisted measure may begin with a listed one (箱次, 吨位)."""
    return _UNLISTED.fullmatch(text) is not None and not _is_refused(text)


def _is_refused(text: str) -> bool:
    return text[0] in _REFUSED or text[-1] in _REFUSED or text in _REFUSED or _has_numeral(text)


def _has_numeral(text: str) -> bool:
    return _NUMERAL.search(text) is not None


def _is_noun(text: str) -> bool:
    """The thing counted, such as 平台 in 10个平台; a threshold inside makes it a name."""
    return (
        _NOUN.fullmatch(text) is not None
        and not _has_numeral(text)
        and _COMPARING.search(text) is None
    )
