"""Quantities: a target's number with the words before it that say how it counts."""

from __future__ import annotations

from dataclasses import replace

from taskner.types import Quantity, Span
from taskner.values import parse_aim, parse_basis, parse_quantity

_BEFORE = 120
"""Characters before a number that are read for verbs and hedges."""

_AFTER = 12
"""Characters after a number that may change what it means."""


def read_quantity(text: str, target: Span) -> Quantity | None:
    """Read what a target means.

    Args:
        text: Folded text.
        target: A target in it.

    Returns:
        The quantity, None where the number cannot be read.
    """
    quantity = parse_quantity(target.text)
    if quantity is None:
        return None
    before = text[max(0, target.start - _BEFORE) : target.start]
    after = text[target.end : target.end + _AFTER]
    return replace(quantity, basis=parse_basis(before, target.text, after), aim=parse_aim(before))
