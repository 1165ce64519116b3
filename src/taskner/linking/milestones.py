"""Milestones that name no metric: they count what the task counts in that measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from taskner.types import Target

_RATIOS = {"%", "‰", "个百分点", ""}
"""Measures that many metrics of one task share, so that they point to none."""


def lend_to_milestones(targets: Sequence[Target]) -> Iterator[Target]:
    """Give each bare milestone the metric that the task counts in the same measure.

    改造小区16个，加装电梯24部；6月底前完成5个: the 5 are 小区. A milestone has a deadline of its
    own, printed behind the target before it, and no metric of its own.

    Args:
        targets: Targets of a task in text order.

    Yields:
        The targets. One that was changed is flagged link_tied: the words do not say it.
    """
    done: list[Target] = []
    for target in targets:
        lenders = {
            other.metrics
            for other in done
            if other.metrics and _measure(other) == _measure(target) not in _RATIOS
        }
        if done and len(lenders) == 1 and _is_bare_milestone(target, done):
            metrics = lenders.pop()
            target = replace(  # noqa: PLW2901
                target, metrics=metrics, link_score=0.5, flags=(*target.flags, "link_tied")
            )
        done.append(target)
        yield target


def _is_bare_milestone(target: Target, done: Sequence[Target]) -> bool:
    own_date = any(each.span.start >= done[-1].span.end for each in target.deadlines)
    carried = [other for other in done if other.metrics == target.metrics]
    bare = not target.metrics or any(_measure(other) != _measure(target) for other in carried)
    return own_date and target.quantity is not None and bare


def _measure(target: Target) -> str:
    return target.quantity.measure if target.quantity else ""
