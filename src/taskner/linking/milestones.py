"""Milestones that name no metric: they count what the task counts in that measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from taskner.types import Deadline, Span, Target

Metrics = tuple[Span, ...]

_LENT_SCORE = 0.5
"""link_score of a metric that only the measure points to: as likely as not."""

_RATIOS = {"%", "‰", "个百分点", ""}
"""Measures that many metrics of one task share, so that they point to none."""


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
        lenders = by_measure[measure] if measure not in _RATIOS else ()
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
