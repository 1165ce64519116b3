"""Scores of spans: character offsets and labels, never tags."""

from __future__ import annotations

from collections.abc import Iterable

from taskner.evaluation.counts import Count, Scores
from taskner.evaluation.matching import Offsets, pair_offsets
from taskner.types import LABELS, Notice, Span


def offsets_of(span: Span) -> Offsets:
    """Give the span's place in the text."""
    return span.start, span.end


def notice_spans(notice: Notice) -> tuple[Span, ...]:
    """Collect the spans of a notice, each once, in text order.

    A unit broken over lines is one span from its first piece to its last; a unit that
    several tasks inherit and a metric that several targets share count once.
    """
    found: dict[tuple[int, int, str], Span] = {}
    for task in notice.tasks:
        for span in (
            *(unit.span for unit in task.units),
            *(deadline.span for deadline in task.deadlines),
            *(target.span for target in task.targets),
            *(metric for target in task.targets for metric in target.metrics),
            *(deadline.span for target in task.targets for deadline in target.deadlines),
        ):
            found.setdefault((span.start, span.end, span.label), span)
    return tuple(found[key] for key in sorted(found))


def score_spans(gold: Iterable[Span], predicted: Iterable[Span]) -> Scores:
    """Score spans by label, strictly and with relaxed borders.

    Args:
        gold: Spans of one document, in any order; repeats count once.
        predicted: Spans of the same document, likewise.

    Returns:
        Scores with the measures ``spans.*``; the others are absent.
    """
    gold_sets, predicted_sets = _by_label(gold), _by_label(predicted)
    strict, relaxed = {}, {}
    for label in LABELS:
        golds, guesses = gold_sets[label], predicted_sets[label]
        sizes = {"gold": len(golds), "predicted": len(guesses)}
        strict[label] = Count(**sizes, true=len(golds & guesses))
        relaxed[label] = Count(**sizes, true=len(pair_offsets(tuple(golds), tuple(guesses))))
    return Scores.of(
        {
            "spans": sum(strict.values(), Count()),
            "spans.relaxed": sum(relaxed.values(), Count()),
            **{f"spans.{label}": count for label, count in strict.items()},
            **{f"spans.{label}.relaxed": count for label, count in relaxed.items()},
        }
    )


def _by_label(spans: Iterable[Span]) -> dict[str, set[Offsets]]:
    places: dict[str, set[Offsets]] = {label: set() for label in LABELS}
    for span in spans:
        places[span.label].add(offsets_of(span))
    return places
