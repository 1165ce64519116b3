"""Units printed above or before their tasks, with an arrow or bar behind them (甲局、乙局 →)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskner.notices.numbering import BULLETS, parse_numbering
from taskner.notices.organisations import unit_likeness

LABEL = "→"
"""What stands for the label of such a field, however its arrow is printed."""

_HEAD = re.compile(
    r"(?P<units>[^→➔➜➝➞⟶⇒➤▶►▸»☞👉👇↓丨❘>。!?]{2,120}?)"
    r"\s*(?:[→➔➜➝➞⟶⇒➤▶►▸»☞👉👇↓丨❘]+|[-=—–]*>+)\ufe0f?\s*(?P<rest>.*)$"
)
_REST = 4  # characters of the shortest task behind an arrow


@dataclass(frozen=True, slots=True)
class UnitHead:
    """Offsets in a line: the units, and where the words behind the arrow begin."""

    start: int
    end: int
    rest: int


def read_unit_head(text: str) -> UnitHead | None:
    """Read a line that begins with the units of the task behind it or below it.

    Args:
        text: Folded text of a line.

    Returns:
        Where its units stand; None for any other line.
    """
    numbering = parse_numbering(text)
    opened = numbering.length if numbering else len(text) - len(text.lstrip(BULLETS + " "))
    match = _HEAD.match(text, opened)
    if match is None or unit_likeness(match["units"].replace("|", "、").strip()) < 1:
        return None
    if 0 < len(match["rest"]) < _REST or unit_likeness(match["rest"]) == 1:
        return None
    if match["rest"] and match["units"].endswith(")"):
        return None  # what the bracket means the notice's habit says: leading_units.py
    return UnitHead(*match.span("units"), match.start("rest"))
