"""Curves of F1 over what was read, and how two rules' curves differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_POINTS = 50
_SEED = 13
_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One run: after each round the items and characters read, and F1 by measure."""

    fold: str
    draw: int
    rule: str
    items: tuple[int, ...]
    characters: tuple[int, ...]
    f1: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Gain:
    """A mean difference of F1, with its interval (95 %), over so many pairs of runs."""

    mean: float
    low: float
    high: float
    n: int


def gain_over_items(first: Curve, second: Curve, measure: str) -> float:
    """Give how far the second curve lies above the first on average, over items read."""
    difference = np.subtract(second.f1[measure], first.f1[measure])
    return _area(np.array(first.items, float), difference)


def gain_over_characters(first: Curve, second: Curve, measure: str) -> float:
    """Give the same over characters read, as far as both curves go.

    Rules choose items of other lengths; between two rounds F1 is taken to rise evenly.
    """
    grid = np.linspace(
        first.characters[0], min(first.characters[-1], second.characters[-1]), _POINTS
    )
    difference = np.interp(grid, second.characters, second.f1[measure]) - np.interp(
        grid, first.characters, first.f1[measure]
    )
    return _area(grid, difference)


def _area(places: _Floats, heights: _Floats) -> float:
    """Give the mean height over a stretch (trapezoids)."""
    widths = np.diff(places)
    return float((widths * (heights[1:] + heights[:-1]) / 2).sum() / widths.sum())


def pairs(curves: Sequence[Curve], first: str, second: str) -> list[tuple[Curve, Curve]]:
    """Pair the runs of two rules that began alike, in order of fold and draw."""
    found = {(curve.rule, curve.fold, curve.draw): curve for curve in curves}
    keys = sorted((fold, draw) for rule, fold, draw in found if rule == second)
    return [(found[first, *key], found[second, *key]) for key in keys if (first, *key) in found]


def mean_gain(folds: Sequence[str], gains: Sequence[float]) -> Gain:
    """Give the mean of paired differences; folds are drawn again, and runs within them.

    Args:
        folds: The fold of each pair: runs of one fold are scored on the same items. All
            folds have as many.
        gains: The difference of each pair.
    """
    groups: dict[str, list[float]] = {}
    for fold, gain in zip(folds, gains, strict=True):
        groups.setdefault(fold, []).append(gain)
    values = np.array([*groups.values()])
    n_folds, n_runs = values.shape
    drawn = np.random.default_rng(_SEED)
    chosen = drawn.integers(n_folds, size=(_RESAMPLES, n_folds, 1))
    runs = drawn.integers(n_runs, size=(_RESAMPLES, n_folds, n_runs))
    means = values[chosen, runs].mean(axis=(1, 2))
    low, high = np.percentile(means, [2.5, 97.5])
    return Gain(float(np.mean(gains)), float(low), float(high), len(gains))
