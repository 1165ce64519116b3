"""How likely spans, links and whole ledger rows are right.

The scores of spans and links become probabilities by a logistic curve each. For rows it is
a logistic model over what is known of a row without its truth: the weakest scores behind
it, what it is made of, and what its text holds that no span covers. All are learned from
documents that the model was not trained on (``taskner.studies.calibrate``) and stored in
the model's manifest.

Source: Platt, Probabilistic outputs for support vector machines (1999).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from taskner.types import Deadline, Document, Notice, Span, Target, Task

SCHEMA = "taskner-calibration/1"
FLAGS = (
    "link_tied",
    "role_assumed",
    "role_unknown",
    "unit_disputed",
    "unit_inherited",
    "value_unparsed",
)
"""Flags that tell on a row; each is a feature of its name."""

FEATURES: tuple[str, ...] = (
    "target",
    "metric",
    "deadline",
    "link",
    "has_target",
    "has_metric",
    "has_deadline",
    "more_metrics",
    "metric_length",
    "metric_coordinated",
    "metric_after_list_mark",
    "metric_shared",
    "targets_in_task",
    "open_numbers",
    *FLAGS,
)
"""Features of a row, in order.

``target``, ``metric``, ``deadline``, ``link``: log odds of the lowest score of the kind, 0
where there is none. ``open_numbers``: numbers of the task that stand in no span.
"""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COORDINATION = re.compile(r"[、和及与或]")
_CLIP = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of the curve: of rows at least this sure, which share is right.

    ``kept`` is the share of all rows that are as sure.
    """

    confidence: float
    precision: float
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """Turns a score into a probability: a logistic curve over its log odds."""

    bias: float = 0.0
    weight: float = 1.0

    def probability(self, score: float) -> float:
        """Give the probability that what has this score is right, in (0, 1)."""
        return _logistic(self.bias + self.weight * log_odds(score))


LINKS = "links"
"""The name of links to metrics among what scores are stated of; the others are labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Turns features into the probability that a row is right, and scores into others.

    ``weights`` are in the order of :data:`FEATURES`; ``curve`` rises in confidence and
    holds precision on documents that neither the model nor this calibration learned from.
    ``scores`` holds a scaling by label of span, and one of :data:`LINKS`; what has none
    keeps its score.
    """

    bias: float
    weights: tuple[float, ...]
    curve: tuple[Point, ...] = ()
    scores: Mapping[str, Scaling] = field(default_factory=dict)

    def probability(self, features: Sequence[float]) -> float:
        """Give the probability that a row with these features is right, in (0, 1)."""
        pairs = zip(self.weights, features, strict=True)
        return _logistic(self.bias + sum(weight * value for weight, value in pairs))

    def floor(self, precision: float) -> float:
        """Give the confidence from which on rows are right as often as asked.

        Args:
            precision: Share of rows that must be right, in [0, 1].

        Returns:
            The lowest such confidence; above 1, so that no row reaches it, where none is.
        """
        reached = (point.confidence for point in self.curve if point.precision >= precision)
        return min(reached, default=math.inf)

    def to_json(self) -> dict[str, Any]:
        """Give the form a manifest holds."""
        return {
            "schema": SCHEMA,
            "bias": round(self.bias, 4),
            "weights": {
                name: round(weight, 4) for name, weight in zip(FEATURES, self.weights, strict=True)
            },
            "curve": [
                [round(point.confidence, 4), round(point.precision, 4), round(point.kept, 4)]
                for point in self.curve
            ],
            "scores": {
                name: [round(scaling.bias, 4), round(scaling.weight, 4)]
                for name, scaling in self.scores.items()
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration | None:
        """Read what :meth:`to_json` gave; None where it is of another kind."""
        weights = data.get("weights", {})
        if data.get("schema") != SCHEMA or set(weights) != set(FEATURES):
            return None
        return cls(
            bias=float(data["bias"]),
            weights=tuple(float(weights[name]) for name in FEATURES),
            curve=tuple(
                Point(confidence=confidence, precision=precision, kept=kept)
                for confidence, precision, kept in data.get("curve", ())
            ),
            scores={
                name: Scaling(bias=bias, weight=weight)
                for name, (bias, weight) in data.get("scores", {}).items()
            },
        )


def with_confidence(
    notice: Notice, calibration: Calibration, *, min_precision: float | None = None
) -> Notice:
    """Give every row its confidence.

    Args:
        notice: A linked notice.
        calibration: Of the model that tagged it.
        min_precision: Rows less sure than this asks for get the flag ``low_score``.
    """
    floor = calibration.floor(min_precision) if min_precision is not None else -math.inf

    def is_low(confidence: float) -> bool:
        return confidence < floor

    tasks = []
    for task in notice.tasks:
        sure = [
            calibration.probability(row_features(notice.document, task, target))
            for target in rows_of(task)
        ]
        targets = tuple(
            replace(
                _scaled_target(target, calibration.scores),
                confidence=confidence,
                flags=_marked(target.flags, is_low=is_low(confidence)),
            )
            for target, confidence in zip(task.targets, sure, strict=False)
        )
        deadlines = _scaled_deadlines(task.deadlines, calibration.scores)
        units = tuple(
            replace(unit, span=_scaled(unit.span, calibration.scores)) for unit in task.units
        )
        changed = replace(task, targets=targets, deadlines=deadlines, units=units)
        if not targets:
            flags = _marked(task.flags, is_low=is_low(sure[0]))
            changed = replace(changed, confidence=sure[0], flags=flags)
        tasks.append(changed)
    return replace(notice, tasks=tuple(tasks))


def rows_of(task: Task) -> tuple[Target | None, ...]:
    """Give the ledger rows of a task: its targets, or None for the row without one."""
    return task.targets or (None,)


def row_features(document: Document, task: Task, target: Target | None) -> tuple[float, ...]:
    """Describe a row by what is known without its truth.

    Args:
        document: The text.
        task: The row's task, linked.
        target: The row's target; None for the row of a task without targets.

    Returns:
        Values in the order of :data:`FEATURES`.
    """
    metrics = target.metrics if target else ()
    deadlines = [item.span for item in (target.deadlines if target else task.deadlines)]
    text = "".join(metric.text for metric in metrics)
    before = [document.text[metric.start - 1 : metric.start] for metric in metrics]
    shared = sum(other.metrics == metrics for other in task.targets) - 1 if metrics else 0
    flags = {*task.flags, *(target.flags if target else ())}
    values = {
        "target": _odds([target.span] if target else []),
        "metric": _odds(metrics),
        "deadline": _odds(deadlines),
        "link": log_odds(target.link_score) if target and target.link_score is not None else 0.0,
        "has_target": float(target is not None),
        "has_metric": float(bool(metrics)),
        "has_deadline": float(bool(deadlines)),
        "more_metrics": float(max(0, len(metrics) - 1)),
        "metric_length": math.log1p(len(text)),
        "metric_coordinated": float(bool(_COORDINATION.search(text))),
        "metric_after_list_mark": float(any(_COORDINATION.match(mark) for mark in before)),
        "metric_shared": math.log1p(max(0, shared)),
        "targets_in_task": math.log1p(len(task.targets)),
        "open_numbers": math.log1p(_n_open_numbers(document, task)),
        **{flag: float(flag in flags) for flag in FLAGS},
    }
    return tuple(values[name] for name in FEATURES)


def _scaled_target(target: Target, scores: Mapping[str, Scaling]) -> Target:
    link = target.link_score
    if link is not None and LINKS in scores:
        link = scores[LINKS].probability(link)
    return replace(
        target,
        span=_scaled(target.span, scores),
        metrics=tuple(_scaled(metric, scores) for metric in target.metrics),
        deadlines=_scaled_deadlines(target.deadlines, scores),
        link_score=link,
    )


def _scaled_deadlines(
    deadlines: tuple[Deadline, ...], scores: Mapping[str, Scaling]
) -> tuple[Deadline, ...]:
    return tuple(replace(one, span=_scaled(one.span, scores)) for one in deadlines)


def _scaled(span: Span, scores: Mapping[str, Scaling]) -> Span:
    if span.score is None or span.label not in scores:
        return span
    return replace(span, score=scores[span.label].probability(span.score))


def log_odds(score: float) -> float:
    """Give the log odds of a score, which is kept off 0 and 1."""
    clipped = min(1 - _CLIP, max(_CLIP, score))
    return math.log(clipped / (1 - clipped))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _odds(spans: Iterable[Span]) -> float:
    scores = [span.score for span in spans if span.score is not None]
    return log_odds(min(scores)) if scores else 0.0


def _n_open_numbers(document: Document, task: Task) -> int:
    """Count numbers in the task's content that no span covers."""
    spans: list[Span] = [
        *(target.span for target in task.targets),
        *(metric for target in task.targets for metric in target.metrics),
        *(deadline.span for deadline in task.deadlines),
        *(item.span for target in task.targets for item in target.deadlines),
    ]
    covered = {place for span in spans for place in range(span.start, span.end)}
    return sum(
        segment.start + number.start() not in covered
        for segment in task.segments
        if segment.field == "content"
        for number in _NUMBER.finditer(document.text[segment.start : segment.end])
    )


def _marked(flags: tuple[str, ...], *, is_low: bool) -> tuple[str, ...]:
    return (*flags, "low_score") if is_low and "low_score" not in flags else flags
