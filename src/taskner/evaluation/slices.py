"""Scores of parts of the evidence: by kind of document, of task and of span.

A slice is chosen by what gold and prediction share, so that its counts stay counts: a
document's layout, the gold task a span stands in, a span's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from taskner.evaluation.counts import Count, Scores, merge
from taskner.evaluation.gold import Gold
from taskner.evaluation.links import links_of, score_links
from taskner.evaluation.rows import rows_of
from taskner.evaluation.spans import notice_spans, score_spans
from taskner.folding import fold
from taskner.types import Notice, Span

Layout = Literal["pipe table", "cell per line", "one paragraph", "outline", "prose"]

_T = TypeVar("_T")
_BRACKETED = re.compile(r"[(\[〔](?:牵头|责任|主办|配合|[^()\[\]〔〕]{1,60}(?:牵头|负责|按职责))")
_UNIT_LINE = re.compile(r"^\s*(?:牵头|责任|主办|配合|协办|主要责任)[^:\n]{0,8}:", re.MULTILINE)
_LONG_LINE = 1_500
_SHORT_LINE = 16
_LENGTHS = ((4, "1–4"), (8, "5–8"), (16, "9–16"))
_NUMBERS = ((0, "0"), (1, "1"), (3, "2–3"), (7, "4–7"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A gold document beside its prediction.

    ``seen`` holds the span texts, by label, of what the model learned from, folded; None
    where that is not known.
    """

    gold: Gold
    predicted: Notice
    seen: Mapping[str, frozenset[str]] | None = None


def slices(judged: Iterable[Judged]) -> dict[str, dict[str, Scores]]:
    """Score every family of slices.

    Args:
        judged: Documents; those without a ledger have no tasks to slice by.

    Returns:
        Scores by family and slice, families and slices in the order reports show them:
        ``layout``, ``metrics per task``, ``length of span``, ``seen in training`` (only
        where that is known).
    """
    found: dict[str, defaultdict[str, list[Scores]]] = {
        "layout": defaultdict(list),
        "metrics per task": defaultdict(list),
        "length of span": defaultdict(list),
        "seen in training": defaultdict(list),
    }
    for one in judged:
        layout = layout_of(one.gold.document.text)
        found["layout"][layout].append(_whole(one))
        for name, scores in _by_task(one).items():
            found["metrics per task"][name].append(scores)
        for name, scores in _by_span(one, lambda span: _bucket(len(fold(span.text)), _LENGTHS)):
            found["length of span"][name].append(scores)
        if one.seen is not None:
            for name, scores in _by_span(one, partial(_is_seen, seen=one.seen)):
                found["seen in training"][name].append(scores)
    return {
        family: {name: merge(parts[name]) for name in sorted(parts, key=_order)}
        for family, parts in found.items()
        if parts
    }


def layout_of(text: str) -> Layout:
    """Tell a text's layout from its lines."""
    folded = fold(text)
    lines = [line.strip() for line in folded.splitlines() if line.strip()]
    if not lines:
        return "prose"
    if sum(line.count("|") >= 2 for line in lines) > len(lines) / 4:  # noqa: PLR2004 - two borders make a cell
        return "pipe table"
    longest = max(map(len, lines))
    if longest > _LONG_LINE and longest > len(folded) / 3:
        return "one paragraph"
    if sum(len(line) <= _SHORT_LINE for line in lines) > len(lines) / 2:
        return "cell per line"
    has_units = _UNIT_LINE.search(folded) or _BRACKETED.search(folded)
    return "outline" if has_units else "prose"


def surfaces(spans: Iterable[Span]) -> dict[str, frozenset[str]]:
    """Collect folded span texts by label, for :class:`Judged`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for span in spans:
        found[span.label].add(fold(span.text))
    return {label: frozenset(texts) for label, texts in found.items()}


def _whole(one: Judged) -> Scores:
    spans = score_spans(one.gold.spans, notice_spans(one.predicted))
    rows = rows_of(one.predicted)
    links = score_links(one.gold.links, links_of(rows))
    return merge((spans, links, Scores.of({"rows": _rows(one)})))


def _rows(one: Judged) -> Count:
    if one.gold.notice is None:
        return Count()
    golds, guesses = set(rows_of(one.gold.notice)), set(rows_of(one.predicted))
    return Count(gold=len(golds), predicted=len(guesses), true=len(golds & guesses))


def _by_task(one: Judged) -> dict[str, Scores]:
    """Score what stands in gold tasks, by the number of metrics a task has."""
    if one.gold.notice is None:
        return {}
    tasks = sorted(one.gold.notice.tasks, key=lambda task: task.start)
    starts = [task.start for task in tasks]
    names = [
        _bucket(len({m for target in task.targets for m in target.metrics}), _NUMBERS)
        for task in tasks
    ]

    def name_at(place: int) -> str:
        return names[max(0, bisect_right(starts, place) - 1)] if names else ""

    parts = []
    golds = _group(one.gold.spans, lambda span: name_at(span.start))
    guesses = _group(notice_spans(one.predicted), lambda span: name_at(span.start))
    rows = _group(rows_of(one.gold.notice), lambda row: name_at(row.task[0]))
    found = _group(rows_of(one.predicted), lambda row: name_at(row.task[0]))
    for name in set(names):
        truth, guess = set(rows.get(name, ())), set(found.get(name, ()))
        count = Count(gold=len(truth), predicted=len(guess), true=len(truth & guess))
        spans = score_spans(golds.get(name, ()), guesses.get(name, ()))
        parts.append((name, merge((spans, Scores.of({"rows": count})))))
    return dict(parts)


def _by_span(one: Judged, name_of: Callable[[Span], str]) -> Iterable[tuple[str, Scores]]:
    golds = _group(one.gold.spans, name_of)
    guesses = _group(notice_spans(one.predicted), name_of)
    for name in golds.keys() | guesses.keys():
        yield name, score_spans(golds.get(name, ()), guesses.get(name, ()))


def _is_seen(span: Span, *, seen: Mapping[str, frozenset[str]]) -> str:
    return "seen" if fold(span.text) in seen.get(span.label, frozenset()) else "unseen"


def _group(items: Iterable[_T], name_of: Callable[[_T], str]) -> dict[str, list[_T]]:
    groups: defaultdict[str, list[_T]] = defaultdict(list)
    for item in items:
        groups[name_of(item)].append(item)
    return groups


def _bucket(number: int, buckets: Sequence[tuple[int, str]]) -> str:
    for most, name in buckets:
        if number <= most:
            return name
    return f"{buckets[-1][0] + 1}+"


def _order(name: str) -> tuple[int, str]:
    digits = re.match(r"\d+", name)
    return (int(digits[0]) if digits else 0, name)
