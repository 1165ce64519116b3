"""Milestones count what the task counts: in the same measure, or said again in short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from taskner.types import Deadline, Segment, Span, Target

Metrics = tuple[Span, ...]

_LENT_SCORE = 0.5
"""link_score of a metric that only the measure points to: as likely as not."""

_RATIOS = {"%", "‰", "个百分点", ""}
"""Measures that many metrics of one task share, so that they point to none."""


def join_said_again(targets: Sequence[Target], cells: Collection[Segment]) -> Iterator[Target]:
    """Link milestones to the metric of the task that their cell says again (路基3公里).

    Args:
        targets: Targets of a task in text order.
        cells: The task's segments that are cells of milestones.

    Yields:
        The targets; one whose metric is part of exactly one metric of the task's text, or the
        other way round, has that one.
    """

    def is_in_cell(span: Span) -> bool:
        return any(cell.start <= span.start < cell.end for cell in cells)

    named = {metric for target in targets for metric in target.metrics if not is_in_cell(metric)}
    for target in targets:
        said = [metric for metric in target.metrics if is_in_cell(metric)]
        meant = [
            metric for metric in named if len(said) == 1 and _says_again(said[0].text, metric.text)
        ]
        yield replace(target, metrics=(meant[0],)) if len(meant) == 1 else target


def _says_again(short: str, long: str) -> bool:
    return short in long or long in short or sorted(short) == sorted(long)


def lend_to_milestones(
    targets: Iterable[Target], columns: AbstractSet[Deadline] = frozenset()
) -> Iterator[Target]:
    """Give each bare milestone the metric that the task counts in the same measure.

    改造小区16个，加装电梯24部；6月底前完成5个: the 5 are 小区. A milestone has a deadline of its
    own, printed behind the target before it, and no metric of its own.

    Args:
        targets: Targets of a task in text order.
        columns: Deadlines that titles of columns give; they are milestones wherever they stand.

    Yields:
        The targets. One that was changed is flagged link_tied: the words do not say it.
    """
    by_measure: dict[str, set[Metrics]] = defaultdict(set)
    by_metrics: dict[Metrics, set[str]] = defaultdict(set)
    previous_end: int | None = None
    for target in targets:
        measure = target.quantity.measure if target.quantity else ""
        own_date = previous_end is not None and any(
            each.span.start >= previous_end or each in columns for each in target.deadlines
        )
        bare = not target.metrics or bool(by_metrics[target.metrics] - {measure})
        lenders = by_measure[measure] if measure not in _RATIOS else set()
        if measure in _RATIOS and columns & {*target.deadlines}:
            lenders = set(by_metrics)  # one, where the row is about nothing else
        lent = target
        if own_date and bare and len(lenders) == 1:
            (metrics,) = lenders
            flags = (*target.flags, "link_tied")
            lent = replace(target, metrics=metrics, link_score=_LENT_SCORE, flags=flags)
        yield lent
        if lent.metrics:
            by_measure[measure].add(lent.metrics)
            by_metrics[lent.metrics].add(measure)
        previous_end = target.span.end
