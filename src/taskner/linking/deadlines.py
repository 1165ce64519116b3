"""Which deadline governs which target."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from taskner.linking.words import read_words, words_pattern
from taskner.types import Span

_SENTENCE_END = re.compile(r"[。!?]|\n\s*\n|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,;。!?\n]|\.(?=\s|$)")
_OPENING = re.compile(r"[\s\"“(\[]*")
_HEAD_REACH = 40
"""Characters between a deadline at the head of a list and the colon that opens it."""


def govern(text: str, spans: Sequence[Span]) -> dict[Span, tuple[Span, ...]]:
    """Find the deadline that governs each target.

    A deadline governs the targets after it until its sentence or another deadline ends
    its reach; in the middle of a sentence a semicolon ends it too. One that stands after a
    number in the same clause (新增80个，3月底前完成) governs that number instead.

    Args:
        text: Folded text.
        spans: All spans of the task in text order.

    Returns:
        The deadlines of each governed target.
    """
    deadlines = [span for span in spans if span.label == "DEADLINE"]
    targets = [span for span in spans if span.label == "TARGET"]
    governed: dict[Span, tuple[Span, ...]] = {}
    for index, deadline in enumerate(deadlines):
        floor = deadlines[index - 1].end if index else 0
        ceiling = deadlines[index + 1].start if index + 1 < len(deadlines) else len(text)
        back = _targets_behind(text, deadline, targets, floor)
        for target in back:
            governed[target] = (deadline,)
        if back:
            continue
        end = min(ceiling, _reach(text, deadline, spans))
        for target in targets:
            if deadline.end <= target.start < end:
                governed[target] = (deadline,)
    return governed


def _targets_behind(text: str, deadline: Span, targets: Sequence[Span], floor: int) -> list[Span]:
    """Targets before a deadline that closes their clause."""
    end = _next_match(_CLAUSE_END, text, deadline.end)
    if any(deadline.end <= target.start < end for target in targets):
        return []
    start = _clause_start(text, deadline.start)
    if start and text[start - 1] == "," and _only_completes(text, start, deadline, end):
        start = _clause_start(text, start - 1)
    return [target for target in targets if max(start, floor) <= target.start < deadline.start]


def _only_completes(text: str, start: int, deadline: Span, end: int) -> bool:
    """Whether a clause says no more than when the thing before it is done."""
    before = words_pattern("hedges").sub("", text[start : deadline.start])
    after = words_pattern("hedges").sub("", text[deadline.end : end]).strip(" )")
    return not before.strip() and after in read_words("completions")


def _reach(text: str, deadline: Span, spans: Sequence[Span]) -> int:
    """Where a deadline stops governing the targets after it."""
    sentence = _next_match(_SENTENCE_END, text, deadline.end)
    colon = text.find(":", deadline.end, deadline.end + _HEAD_REACH)
    if colon >= 0 and _announces_goals(text[deadline.end : colon]):
        while (after := _goal_follows(text, sentence, spans)) is not None:
            sentence = _next_match(_SENTENCE_END, text, after)
        return sentence
    if _opens_sentence(text, deadline):
        return sentence
    semicolon = text.find(";", deadline.end, sentence)
    return semicolon if semicolon >= 0 else sentence


def _opens_sentence(text: str, deadline: Span) -> bool:
    """Whether at most a hedge stands between the sentence's start and the deadline."""
    start = deadline.start
    while start > 0 and deadline.start - start < _HEAD_REACH:
        if text[start - 1] in "。!?\n;:":
            break
        start -= 1
    lead = words_pattern("hedges").sub("", text[start : deadline.start])
    return not _OPENING.sub("", lead) or text[start - 1 : start] == ":"


def _announces_goals(text: str) -> bool:
    return any(word in text for word in read_words("goal_heads"))


def _goal_follows(text: str, end: int, spans: Sequence[Span]) -> int | None:
    """Start of the first goal of the next sentence, if it goes on with the list."""
    if end >= len(text) or text[end] == "\n":
        return None
    first = bisect_left(spans, end, key=lambda span: span.start)
    goals = (span for span in spans[first:] if span.label in {"METRIC", "TARGET"})
    goal = next(goals, None)
    return goal.start if goal and not text[end : goal.start].strip("。!? ") else None


def _next_match(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)


def _clause_start(text: str, end: int) -> int:
    start = end
    while start > 0 and text[start - 1] not in ",;。!?\n":
        start -= 1
    return start
