"""Which deadline governs which target."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from taskner.linking.sheet import spans_between
from taskner.linking.words import read_words, words_pattern
from taskner.types import Span
from taskner.values import parse_period

_SENTENCE_END = re.compile(r"[。!?]|\n\s*\n|\.(?=\s|$)")
_GROUP_END = re.compile(r"[;。!?]|\n\s*\n|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,;。!?\n]|\.(?=\s|$)")
_OPENING = re.compile(r"[\s\"“(\[]*")
_HEAD_REACH = 40
"""Characters between a deadline at the head of a list and the colon that opens it."""

_LONGEST = 2000
"""Characters of a sentence that are searched for its end."""

_YEAR_END = (12, 31)
_ANY_YEAR = 2000
"""Stands in for the year where only the part of the year matters."""


def govern(text: str, spans: Sequence[Span]) -> dict[Span, tuple[Span, ...]]:
    """Find the deadline that governs each target.

    A deadline governs the targets after it until its reach or another deadline ends. One
    that stands after a number in the same clause (新增80个，3月底前完成) governs that number
    instead.

    Args:
        text: Folded text.
        spans: All spans of the task in text order.

    Returns:
        The deadlines of each governed target.
    """
    deadlines = [span for span in spans if span.label == "DEADLINE"]
    targets = [span for span in spans if span.label == "TARGET"]
    starts = [target.start for target in targets]
    governed: dict[Span, tuple[Span, ...]] = {}
    floor = 0
    for index, deadline in enumerate(deadlines):
        ceiling = deadlines[index + 1].start if index + 1 < len(deadlines) else len(text)
        here = bisect_left(starts, deadline.start)
        behind = _start_behind(text, deadline, targets[here - 1] if here else None, spans)
        if behind is not None:
            first, last = bisect_left(starts, max(behind, floor)), here
        else:
            end = min(ceiling, _reach(text, deadline, spans))
            first, last = here, bisect_left(starts, end)
        if first < last or not _all_done(text, ceiling):
            floor = deadline.end
        for target in targets[first:last]:
            # One that closes a whole group leaves a target its own, nearer deadline.
            if behind is None or target not in governed or target.start >= _clause(text, deadline):
                governed[target] = (deadline,)
    return governed | _dealt(text, deadlines, targets)


_RESPECTIVELY = re.compile(r"\s*(?:力争|确保|要|须|应)?(?:分别|依次)")
_LISTED = re.compile(r"\s*(?:、|和|与|及|以及)\s*")


def _dealt(
    text: str, deadlines: Sequence[Span], targets: Sequence[Span]
) -> dict[Span, tuple[Span, ...]]:
    """Dates that a clause deals out in order: 5月、9月底前分别建成3座和8座."""
    dealt: dict[Span, tuple[Span, ...]] = {}
    run: list[Span] = []
    for deadline in deadlines:
        listed = run and _LISTED.fullmatch(text, run[-1].end, deadline.start)
        run = [*run, deadline] if listed else [deadline]
        if len(run) == 1 or not _RESPECTIVELY.match(text, deadline.end):
            continue
        end = _next_match(_CLAUSE_END, text, deadline.end)
        inside = spans_between(targets, deadline.end, end)
        if len(inside) == len(run):
            dealt |= {target: (each,) for target, each in zip(inside, run, strict=True)}
    return dealt


def _clause(text: str, deadline: Span) -> int:
    return _last_break(text, deadline.start, ",;。!?\n")


def _start_behind(
    text: str, deadline: Span, target: Span | None, spans: Sequence[Span]
) -> int | None:
    """Where the targets behind a deadline start that it closes, None if it looks ahead."""
    end = _next_match(_CLAUSE_END, text, deadline.end)
    ahead = any(span.label == "TARGET" for span in spans_between(spans, deadline.end, end))
    if target is None or ahead:
        return None
    if _begins_work(text, target, deadline):
        return None
    start = _last_break(text, deadline.start, ",;。!?\n")
    if start <= target.start and "、" not in text[target.end : deadline.start]:
        return start
    group = _last_break(text, deadline.start, ";。!?\n")
    closes = group <= target.start and _only_completes(text, start, deadline, end)
    return group if closes else None


def _begins_work(text: str, target: Span, deadline: Span) -> bool:
    """Whether a bracket behind a sum says when work begins: 投资3000万元(6月底前开工)."""
    between = text[target.end : deadline.start].strip()
    of_money = text[: target.end].endswith("元")
    return between == "(" and of_money and _BEGINS.match(text, deadline.end) is not None


_BEGINS = re.compile(r"(?:前|正式|全[部面])*(?:开工|动工|启动|进场|开建)")


def _only_completes(text: str, start: int, deadline: Span, end: int) -> bool:
    """Whether a clause says no more than when the things before it are done."""
    said = text[start : deadline.start] + text[deadline.end : end]
    return not words_pattern("hedges", "completions").sub("", said).strip(" )")


def _reach(text: str, deadline: Span, spans: Sequence[Span]) -> int:
    """Where a deadline stops governing the targets after it.

    Before a list of goals it holds for the list. A whole year at the head of a sentence, or
    any deadline set off there by a comma, holds for the sentence; a year elsewhere up to a
    semicolon. A shorter or open time (上半年, 8月底前) holds only until a clause opens with
    a metric, because that clause speaks of something else. One between a noun and its verb
    (准点率年末提到88%) holds for their clause. None leaves its brackets.
    """
    sentence = _next_match(_SENTENCE_END, text, deadline.end)
    colon = text.find(":", deadline.end, deadline.end + _HEAD_REACH)
    if colon >= 0 and _announces_goals(text[deadline.end : colon]):
        while (after := _goal_follows(text, sentence, spans)) is not None:
            sentence = _next_match(_SENTENCE_END, text, after)
        return sentence
    if _follows_noun(text, deadline):
        return _own_clauses(text, deadline, spans)
    whole_year = _is_whole_years(deadline)
    set_off = text[deadline.end : deadline.end + 1] in {",", ":"}
    if (whole_year or set_off) and _opens_sentence(text, deadline):
        return sentence
    group = _bracket_end(text, deadline.end, _next_match(_GROUP_END, text, deadline.end))
    return group if whole_year or set_off else _next_subject(text, deadline.end, group, spans)


def _follows_noun(text: str, deadline: Span) -> bool:
    """Whether a time stands between a noun and its verb: it governs their clause alone."""
    lead = text[_last_break(text, deadline.start, ",;。!?\n:、()") : deadline.start]
    noun = words_pattern("hedges", "fillers").sub("", lead)
    return bool(_NOUN.search(noun)) and not noun.endswith(read_words("place_parts"))


_NOUN = re.compile(r"[\u4e00-\u9fff]{2}")
_GOES_ON = ("其中", "同步", "并")


def _own_clauses(text: str, deadline: Span, spans: Sequence[Span]) -> int:
    """The end of a deadline's clause and of those that name nothing else, or go on (其中)."""
    group = _bracket_end(text, deadline.end, _next_match(_GROUP_END, text, deadline.end))
    end = _next_match(_CLAUSE_END, text, deadline.end)
    while end < group:
        following = _next_match(_CLAUSE_END, text, end + 1)
        named = any(one.label == "METRIC" for one in spans_between(spans, end, following))
        if named and not text.startswith(_GOES_ON, end + 1):
            return end
        end = following
    return group


def _all_done(text: str, start: int) -> bool:
    """Whether the time that begins here closes all before it: 11月底前全部建成."""
    said = text[start : _next_match(_CLAUSE_END, text, start)]
    return "全部" in said or "全面" in said


def _is_whole_years(deadline: Span) -> bool:
    """Whether the time is a year or years or their end: 全年, 年底前, 到2030年, not 下半年."""
    period = parse_period(deadline.text, year=_ANY_YEAR)
    if period.last is None or (period.last.month, period.last.day) != _YEAR_END:
        return False
    return period.first is None or (period.first.month, period.first.day) == (1, 1)


def _bracket_end(text: str, start: int, end: int) -> int:
    """The bracket that closes around ``start`` before ``end``, or else ``end``."""
    depth = 0
    for position in range(start, end):
        depth += (text[position] == "(") - (text[position] == ")")
        if depth < 0:
            return position
    return end


def _next_subject(text: str, start: int, end: int, spans: Sequence[Span]) -> int:
    """The first clause before ``end`` that opens with a metric."""
    for span in spans_between(spans, start, end):
        if span.label == "METRIC" and text[start : span.start].rstrip().endswith(","):
            return span.start
    return end


def _opens_sentence(text: str, deadline: Span) -> bool:
    """Whether at most a hedge stands between the sentence's start and the deadline."""
    start = _last_break(text, deadline.start, "。!?\n;:")
    lead = words_pattern("hedges").sub("", text[start : deadline.start])
    return not _OPENING.sub("", lead)


def _announces_goals(text: str) -> bool:
    return any(word in text for word in read_words("goal_heads"))


def _goal_follows(text: str, end: int, spans: Sequence[Span]) -> int | None:
    """Start of the first goal of the next sentence, if it goes on with the list."""
    if end >= len(text) or text[end] == "\n":
        return None
    following = spans_between(spans, end, end + _HEAD_REACH)
    goal = next((span for span in following if span.label in {"METRIC", "TARGET"}), None)
    return goal.start if goal and not text[end : goal.start].strip("。!? ") else None


def _next_match(pattern: re.Pattern[str], text: str, start: int) -> int:
    end = min(len(text), start + _LONGEST)
    found = pattern.search(text, start, end)
    return found.start() if found else end


def _last_break(text: str, end: int, marks: str) -> int:
    """The position behind the last of the marks before ``end``."""
    first = max(0, end - _LONGEST)
    return max(first, *(text.rfind(mark, first, end) + 1 for mark in marks))
