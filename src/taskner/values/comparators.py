"""Comparators: how a number binds, from the words that touch it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taskner.types import Comparator
from taskner.values.lexicon import any_of, read_list

_WORDS = read_list("comparators")


def _reverse(table: dict[Comparator, list[str]]) -> dict[str, Comparator]:
    return {word: comparator for comparator, words in table.items() for word in words}


_BEFORE = _reverse(_WORDS["before"])
_BEFORE_ROUND = _reverse(_WORDS["before_round"])
_AFTER = _reverse(_WORDS["after"])
INSIDE = _reverse(_WORDS["inside"])
BEFORE_PATTERN = any_of(_BEFORE)

_HEAD = re.compile(f"(?:{any_of(_BEFORE)})|(?:{any_of(_BEFORE_ROUND)})(?=[百千万亿])")
_TAIL = re.compile(rf"(?:{any_of(_AFTER)})(?=$)")
_TAIL_WIDTH = max(map(len, _AFTER))
_STRENGTH: tuple[Comparator, ...] = (">", "<", ">=", "<=", "~", "=")


def strip_before(text: str) -> tuple[str, tuple[Comparator, ...]]:
    """Take the comparators off the front.

    Args:
        text: Folded text without spaces.

    Returns:
        The rest and the comparators taken, in order.
    """
    found: list[Comparator] = []
    while (match := _HEAD.match(text)) is not None:
        word = match.group()
        found.append(_BEFORE.get(word) or _BEFORE_ROUND[word])
        text = text[match.end() :]
    return text, tuple(found)


def strip_after(text: str) -> tuple[str, tuple[Comparator, ...]]:
    """Take the comparators off the end.

    Args:
        text: Folded text without spaces.

    Returns:
        The rest and the comparators taken, the last first.
    """
    found: list[Comparator] = []
    while (match := _TAIL.search(text, max(0, len(text) - _TAIL_WIDTH))) is not None:
        found.append(_AFTER[match.group()])
        text = text[: match.start()]
    return text, tuple(found)


def combine(comparators: Iterable[Comparator]) -> Comparator | None:
    """Give the one comparator that several amount to.

    The stricter of two bounds wins (超100家以上 is ``>``), a bound wins over an
    approximation (不低于15%左右 is ``>=``).

    Args:
        comparators: All comparators around one number.

    Returns:
        The comparator, ``=`` when there is none, None when they contradict each other.
    """
    found = set(comparators)
    if any(c.startswith(">") for c in found) and any(c.startswith("<") for c in found):
        return None
    return next((c for c in _STRENGTH if c in found), "=")
