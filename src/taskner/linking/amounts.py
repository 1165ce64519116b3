"""Quantities: a target's number with the words before it that say how it counts."""

from __future__ import annotations

import re
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
    targets = [span for span in spans if span.label == "TARGET"]
    neighbours = zip([None, *targets], targets, [*targets, None][1:], strict=False)
    for previous, target, following in neighbours:
        start = max(0, target.start - _BEFORE)
        printed = _shared_bound(text, previous, target) + _in_full(text, target, following)
        quantity = parse_quantity(printed)
        quantities[target] = quantity and replace(
            quantity,
            basis=parse_basis(
                text[start : target.start],
                printed,
                text[target.end : target.end + _AFTER],
            ),
            aim=parse_aim(text[max(start, floor) : target.start]),
        )
        if _has_inner_hedge(text, target, spans):
            floor = target.end
    return quantities


_JOINT = re.compile(r"\s*(?:、|和|与|及|以及|到|至)\s*")
_POINTS = re.compile(r"\d(?P<rest>百分点|个百分点)")


def _in_full(text: str, target: Span, following: Span | None) -> str:
    """A number with the measure that stands with the next one only: 提高2个和4个百分点."""
    if following is None or not _JOINT.fullmatch(text[target.end : following.start]):
        return target.text
    points = _POINTS.search(following.text)
    cut = re.fullmatch(r"(?P<number>\D*\d[\d.]*)(?:个|个百分)?", target.text)
    return cut["number"] + points["rest"] if points and cut else target.text


_BOUND = re.compile(
    r"(?:不(?:得)?(?:少于|低于|超过|高于|小于|大于|突破)|超过|突破|高于|低于|至少|至多|最多|[≥≤])(?=\s*\d)"
)
_EACH = re.compile(r"(?:分别|依次)[\u4e00-\u9fff]{0,4}$")


def _shared_bound(text: str, previous: Span | None, target: Span) -> str:
    """The words of comparison that a number shares with the one before: 分别不低于8%和9%."""
    if previous is None or not target.text[0].isdecimal():
        return ""
    bound = _BOUND.match(previous.text)
    said = text[max(0, previous.start - _AFTER) : previous.start]
    shares = _JOINT.fullmatch(text[previous.end : target.start]) and _EACH.search(said)
    ends = target.text.endswith(("以上", "以下", "以内", "左右"))
    return bound[0] if bound and shares and not ends else ""


def _has_inner_hedge(text: str, target: Span, spans: Sequence[Span]) -> bool:
    """Whether a metric or number stands before the hedge in the target's clause."""
    first = max(0, target.start - _BEFORE)
    start = max(first, *(text.rfind(mark, first, target.start) + 1 for mark in ",;:。\n"))
    hedges = list(words_pattern("aims").finditer(text, start, target.start))
    if not hedges:
        return False
    named = spans_between(spans, start, hedges[-1].start())
    return any(span.label in {"METRIC", "TARGET"} for span in named)
