"""Cells: runs of neighbouring metrics and targets that may belong together.

A text is read as a row of cells, each in one of a few patterns (M metric, T target):

    M T          the norm: 规上企业 3家
    T M          3家 社区食堂
    M … T        coordinated metrics share one number: 书房、驿站各 5家
    T M …        one number before coordinated metrics
    M T …        one metric with several numbers: 建成 10个、启动 10个
    T M T …      the same, the first number before the metric
    T … M        several numbers before their metric
    M … T …      as many numbers as metrics, in order: 分别增长 6%和7%
    M            a metric without a target: dropped
    T            a target whose metric the text does not name
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from taskner.linking.evidence import (
    Gap,
    after_cost,
    before_cost,
    border_cost,
    carried_cost,
    shared_cost,
)
from taskner.linking.weights import Weights

_LONGEST = 12
"""Spans a cell may hold: six metrics and six numbers. Real lists have up to five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A run of spans read in one pattern.

    ``links`` pairs each target in the run with its metrics, all as indices of spans.
    """

    start: int
    end: int
    cost: float
    links: tuple[tuple[int, tuple[int, ...]], ...]


def list_cells(kinds: str, gaps: Sequence[Gap], weights: Weights) -> Iterator[Cell]:
    """List every cell of a row of spans.

    Args:
        kinds: One letter per span in text order, M or T.
        gaps: ``gaps[i]`` lies before span ``i``; ``gaps[0]`` is not read.
        weights: The costs.

    Yields:
        Cells. The border on the left of a cell is part of its cost.
    """
    for start in range(len(kinds)):
        border = border_cost(gaps[start], weights) if start else 0.0
        for end in range(start + 1, min(start + _LONGEST, len(kinds)) + 1):
            for cost, links in _readings(kinds[start:end], gaps[start:end], weights):
                shifted = tuple(
                    (target + start, tuple(metric + start for metric in metrics))
                    for target, metrics in links
                )
                yield Cell(start=start, end=end, cost=border + cost, links=shifted)


_Reading = tuple[float, tuple[tuple[int, tuple[int, ...]], ...]]


def _readings(kinds: str, gaps: Sequence[Gap], weights: Weights) -> Iterator[_Reading]:
    """Every pattern that fits a run; indices count from the run's first span."""
    size = len(kinds)
    if kinds == "M":
        yield weights.metric_dropped, ()
        return
    if kinds == "T":
        yield weights.target_empty, ((0, ()),)
        return
    everyone = tuple(range(size))
    shape = _shape(kinds)
    if shape in {"MT", "M+T"}:
        yield _shared_before(gaps, weights), ((size - 1, everyone[:-1]),)
    if shape == "MT+":
        cost = before_cost(gaps[1], weights) + _carried(gaps[2:], gaps[1], weights)
        yield cost, tuple((target, (0,)) for target in everyone[1:])
    if shape == "M+T+" and kinds.count("M") == kinds.count("T"):
        half = size // 2
        yield _paired(gaps, half, weights), tuple((half + k, (k,)) for k in range(half))
    if shape in {"TM", "TM+"}:
        inner = sum(shared_cost(gap, weights) for gap in gaps[2:])
        extra = weights.shared_plain if shape == "TM+" else 0.0
        yield after_cost(gaps[1], weights) + inner + extra, ((0, everyone[1:]),)
    if shape in {"TMT", "TMT+"}:
        cost = after_cost(gaps[1], weights) + _carried(gaps[2:], gaps[1], weights)
        yield cost, ((0, (1,)), *((target, (1,)) for target in everyone[2:]))
    if shape == "T+M":
        cost = after_cost(gaps[-1], weights) + _carried(gaps[1:-1], gaps[-1], weights)
        yield cost, tuple((target, (size - 1,)) for target in everyone[:-1])


def _shape(kinds: str) -> str:
    """Runs of one letter shortened: MMTT is M+T+, MT is MT."""
    return "".join(letter + ("+" if len(list(run)) > 1 else "") for letter, run in groupby(kinds))


def _shared_before(gaps: Sequence[Gap], weights: Weights) -> float:
    """Coordinated metrics, or a single one, before their number."""
    *inner, last = gaps[1:]
    if not inner:
        return before_cost(last, weights)
    word = weights.shared_stated if last.each else weights.shared_plain
    shared = sum(shared_cost(gap, weights) for gap in inner)
    return before_cost(last, weights) + word + shared


def _paired(gaps: Sequence[Gap], n_metrics: int, weights: Weights) -> float:
    """Metrics and as many numbers in the same order."""
    middle = gaps[n_metrics]
    word = weights.paired_stated if middle.respectively else weights.paired_plain
    metrics = sum(shared_cost(gap, weights) for gap in gaps[1:n_metrics])
    targets = sum(_next_number(gap, weights) for gap in gaps[n_metrics + 1 :])
    return before_cost(middle, weights) + word + metrics + targets


def _carried(gaps: Sequence[Gap], link: Gap, weights: Weights) -> float:
    """Further numbers of one metric; ``gaps`` are those between its numbers."""
    stated = link.respectively
    return sum(
        weights.carried_stated if stated and gap.listed else carried_cost(gap, weights)
        for gap in gaps
    )


def _next_number(gap: Gap, weights: Weights) -> float:
    """A further number in a plain list of numbers costs nothing; anything else does."""
    return 0.0 if gap.listed else carried_cost(gap, weights)
