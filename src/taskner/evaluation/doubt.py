"""What stated scores are worth: each score beside whether it was right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np

from taskner.evaluation.links import links_of
from taskner.evaluation.report.evidence import Kept, Reliability, reliability
from taskner.evaluation.rows import Row, rows_of
from taskner.evaluation.slices import Judged
from taskner.evaluation.spans import notice_spans, offsets_of
from taskner.types import LABELS, Notice, Target, Task

_FLOORS = np.round(np.arange(0.0, 1.0, 0.005), 3)
_FEWEST = 20
"""Fewer judged than this say nothing of a share."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A stated score, in [0, 1], and whether what it was stated of is right."""

    score: float
    right: bool


def span_verdicts(one: Judged, label: str) -> list[Verdict]:
    """Judge predicted spans of a label that carry a score."""
    truth = {(s.start, s.end) for s in one.gold.spans if s.label == label}
    return [
        Verdict(span.score, offsets_of(span) in truth)
        for span in notice_spans(one.predicted)
        if span.label == label and span.score is not None
    ]


def link_verdicts(one: Judged) -> list[Verdict]:
    """Judge the links to metrics of targets whose span is right."""
    truth = one.gold.links["metric"]
    targets = {offsets_of(span) for span in one.gold.spans if span.label == "TARGET"}
    verdicts = []
    for (_, target), row in _rows(one.predicted):
        if target is None or target.link_score is None or row.target not in targets:
            continue
        own = links_of([row])["metric"]
        right = own == {link for link in truth if link[0] == row.target}
        verdicts.append(Verdict(target.link_score, right))
    return verdicts


def row_verdicts(one: Judged) -> list[Verdict]:
    """Judge the rows that carry a confidence."""
    is_right = RowJudge(one)
    found = (
        ((target or task).confidence, is_right(row)) for (task, target), row in _rows(one.predicted)
    )
    return [
        Verdict(confidence, right)
        for confidence, right in found
        if confidence is not None and right is not None
    ]


class RowJudge:
    """Tells whether predicted rows of a document are right; None where gold cannot tell.

    Where a text has a ledger, a row is right if the ledger has the same. Where it has
    marks only, a target's row is right if target, metrics and deadlines are marked so;
    rows without a target are not judged there.
    """

    def __init__(self, one: Judged) -> None:
        """Look up what is true of one document."""
        notice = one.gold.notice
        self._rows = None if notice is None else frozenset(rows_of(notice))
        self._links = one.gold.links
        self._targets = {offsets_of(span) for span in one.gold.spans if span.label == "TARGET"}

    def __call__(self, row: Row) -> bool | None:
        """Judge one row."""
        if self._rows is not None:
            return row in self._rows
        if row.target is None:
            return None
        found = links_of([row])
        return row.target in self._targets and all(
            found[kind] == {link for link in self._links[kind] if link[0] == row.target}
            for kind in ("metric", "deadline")
        )


def reliabilities(judged: Iterable[Judged]) -> tuple[Reliability, ...]:
    """Compare all stated scores with the truth: spans by label, links, rows."""
    listed = list(judged)
    kinds: dict[str, list[list[Verdict]]] = {
        **{label: [span_verdicts(one, label) for one in listed] for label in LABELS},
        "links": [link_verdicts(one) for one in listed],
        "rows": [row_verdicts(one) for one in listed],
    }
    return tuple(
        reliability(name, [v.score for v in verdicts], [v.right for v in verdicts])
        for name, parts in kinds.items()
        if len(verdicts := list(chain.from_iterable(parts))) >= _FEWEST
    )


def precision_curve(verdicts: Iterable[Verdict]) -> tuple[Kept, ...]:
    """Give the share right among rows of at least some confidence, confidence rising."""
    listed = list(verdicts)
    scores = np.array([verdict.score for verdict in listed])
    right = np.array([verdict.right for verdict in listed], dtype=np.bool_)
    points: list[Kept] = []
    for floor in _FLOORS:
        kept = scores >= floor
        if kept.sum() < _FEWEST:
            break
        share = float(kept.mean())
        if not points or share != points[-1].kept:
            precision = float(right[kept].mean())
            points.append(Kept(confidence=float(floor), precision=precision, kept=share))
    return tuple(points)


def _rows(notice: Notice) -> Iterable[tuple[tuple[Task, Target | None], Row]]:
    """Put each ledger row beside the task and target it shows."""
    shown = ((task, target) for task in notice.tasks for target in task.targets or (None,))
    return zip(shown, rows_of(notice), strict=True)
