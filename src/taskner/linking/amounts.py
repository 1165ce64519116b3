"""Quantities: a target's number with the words before it that say how it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from taskner.linking.sheet import spans_between
from taskner.linking.words import words_pattern
from taskner.types import Quantity, Span
from taskner.values import parse_aim, parse_basis, parse_quantity

_BEFORE = 120
"""Characters before a number that are read for verbs and hedges."""

_AFTER = 12
"""Characters after a number that may change what it means."""


def read_quantities(text: str, spans: Sequence[Span]) -> dict[Span, Quantity | None]:
    """Read what each target means.

    A hedge at the head of a clause (力争甲增长6%，乙增长7%) holds on; one behind a metric or a
    number (甲增长6%、力争7%，乙增长8%) holds for the next number only.

    Args:
        text: Folded text.
        spans: All spans in text order.

    Returns:
        A quantity per target, None where the number cannot be read.
    """
    quantities: dict[Span, Quantity | None] = {}
    floor = 0
    for target in spans:
        if target.label != "TARGET":
            continue
        start = max(0, target.start - _BEFORE)
        quantity = parse_quantity(target.text)
        quantities[target] = quantity and replace(
            quantity,
            basis=parse_basis(
                text[start : target.start],
                target.text,
                text[target.end : target.end + _AFTER],
            ),
            aim=parse_aim(text[max(start, floor) : target.start]),
        )
        if _has_inner_hedge(text, target, spans):
            floor = target.end
    return quantities


def _has_inner_hedge(text: str, target: Span, spans: Sequence[Span]) -> bool:
    """Whether a metric or number stands before the hedge in the target's clause."""
    first = max(0, target.start - _BEFORE)
    start = max(first, *(text.rfind(mark, first, target.start) + 1 for mark in ",;:。\n"))
    hedges = list(words_pattern("aims").finditer(text, start, target.start))
    if not hedges:
        return False
    named = spans_between(spans, start, hedges[-1].start())
    return any(span.label in {"METRIC", "TARGET"} for span in named)
