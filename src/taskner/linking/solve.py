"""The cheapest way to read a row of spans as cells, and how sure each link is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taskner.linking.candidates import Cell
from taskner.linking.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The metrics chosen for one target.

    ``score`` grows from 0 to 1 with the distance to the next best reading; ``tied`` says
    that other metrics are nearly as plausible.
    """

    metrics: tuple[int, ...]
    score: float
    tied: bool


def choose_links(n_spans: int, cells: Iterable[Cell], weights: Weights) -> dict[int, Choice]:
    """Choose the metrics of each target.

    Shortest path over the positions 0…n, once from each side, so that for every cell the
    cost of the best reading that contains it is known (min-marginals).

    Args:
        n_spans: Number of spans in the row.
        cells: Cells over them; every span must be coverable.
        weights: The costs.

    Returns:
        One choice per target, keyed by the index of its span.
    """
    listed = sorted(cells, key=lambda cell: (cell.start, cell.end))
    to_left = [0.0] + [math.inf] * n_spans
    last: list[Cell | None] = [None] * (n_spans + 1)
    for cell in listed:
        cost = to_left[cell.start] + cell.cost
        if cost < to_left[cell.end]:
            to_left[cell.end], last[cell.end] = cost, cell
    to_right = [math.inf] * n_spans + [0.0]
    for cell in reversed(listed):
        to_right[cell.start] = min(to_right[cell.start], cell.cost + to_right[cell.end])
    options: dict[int, dict[tuple[int, ...], float]] = {}
    for cell in listed:
        total = to_left[cell.start] + cell.cost + to_right[cell.end]
        for target, metrics in cell.links:
            known = options.setdefault(target, {})
            known[metrics] = min(known.get(metrics, math.inf), total)
    return {
        target: _choice(metrics, options[target], weights)
        for cell in _path(last)
        for target, metrics in cell.links
    }


def _path(last: list[Cell | None]) -> Iterator[Cell]:
    """The cells of the cheapest reading, from the right end to the left."""
    cell = last[-1]
    while cell is not None:
        yield cell
        cell = last[cell.start]


def _choice(
    metrics: tuple[int, ...], options: dict[tuple[int, ...], float], weights: Weights
) -> Choice:
    """Measure how far the other options for a target are from the chosen one."""
    best = options[metrics]
    others = [(other, cost - best) for other, cost in options.items() if other != metrics]
    margin = max(0.0, min((distance for _, distance in others), default=math.inf))
    rivals = (distance for other, distance in others if other and metrics)
    return Choice(
        metrics=metrics,
        score=1.0 - math.exp(-margin / weights.score_scale),
        tied=min(rivals, default=math.inf) < weights.tied_margin,
    )
