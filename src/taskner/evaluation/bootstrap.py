"""Intervals by document bootstrap, and the paired one for two systems.

Documents are drawn, not rows: rows of one notice share its layout and its wording, and
are no independent evidence.

Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), percentile method;
Koehn, Statistical significance tests for machine translation evaluation (2004), paired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taskner.errors import CorpusError
from taskner.evaluation.counts import MEASURES, Scores, merge

FEWEST_DOCUMENTS = 2
"""With fewer there is nothing to draw: one document does not vary."""

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """Where F1 lies with the level asked for, both ends in [0, 1]."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better the second system is than the first.

    ``delta`` is its F1 minus the first's, ``low`` and ``high`` bound it, and ``p_value``
    is the two-sided chance of a difference as far from zero if there were none.
    """

    delta: float
    low: float
    high: float
    p_value: float


def bootstrap(
    by_document: Mapping[str, Scores],
    *,
    level: float = 0.95,
    n_resamples: int = 1000,
    seed: int = 0,
) -> dict[str, Interval]:
    """Give an interval of F1 for each measure.

    Args:
        by_document: Scores by document id; their order does not matter.
        level: Share of resamples inside, in (0, 1).
        n_resamples: How many times the documents are drawn.
        seed: Of the draws; the same seed gives the same interval.

    Returns:
        Intervals by measure. A measure absent from gold has none, and neither has a
        measure that fewer than two documents hold: one document does not vary.
    """
    counts = _counts(by_document)
    (drawn,) = _resample((counts,), n_resamples, seed)
    return {
        measure: Interval(*_bounds(drawn[:, column], level))
        for column, measure in enumerate(MEASURES)
        if _n_documents(counts, column) >= FEWEST_DOCUMENTS
    }


def compare(
    first: Mapping[str, Scores],
    second: Mapping[str, Scores],
    *,
    level: float = 0.95,
    n_resamples: int = 1000,
    seed: int = 0,
) -> dict[str, Difference]:
    """Compare two systems on the same documents, drawn together.

    Args:
        first: Scores of one system by document id.
        second: Scores of the other, of the same documents.
        level: Share of resamples inside the bounds, in (0, 1).
        n_resamples: How many times the documents are drawn.
        seed: Of the draws.

    Returns:
        Differences by measure, for measures that at least two documents hold on both sides.

    Raises:
        CorpusError: A document was scored for one system only.
    """
    if missing := sorted(first.keys() ^ second.keys()):
        detail = f"scored for one system only ({len(missing)} in all); score both on the same files"
        raise CorpusError(path=missing[0], detail=detail)
    pair = (_counts(first), _counts(second))
    drawn = _resample(pair, n_resamples, seed)
    before, after = merge(first.values()), merge(second.values())
    result = {}
    for column, measure in enumerate(MEASURES):
        old, new = before[measure].f1, after[measure].f1
        fewest = min(_n_documents(counts, column) for counts in pair)
        if old is None or new is None or fewest < FEWEST_DOCUMENTS:
            continue
        delta = drawn[1][:, column] - drawn[0][:, column]
        delta = delta[~np.isnan(delta)]
        tail = min(int((delta <= 0).sum()), int((delta >= 0).sum()))
        p_value = min(1.0, 2 * (tail + 1) / (delta.size + 1))
        result[measure] = Difference(new - old, *_bounds(delta, level), p_value)
    return result


def _counts(by_document: Mapping[str, Scores]) -> _Floats:
    """Give the counts of documents in order of id. Shape (documents, measures, 3)."""
    rows = [
        [(count.gold, count.predicted, count.true) for count in by_document[name].counts]
        for name in sorted(by_document)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(MEASURES), 3)


def _n_documents(counts: _Floats, column: int) -> int:
    return int((counts[:, column, 0] > 0).sum())


def _resample(systems: Sequence[_Floats], n_resamples: int, seed: int) -> list[_Floats]:
    """Give F1 of each system in the same resamples. Shape (resamples, measures)."""
    n_documents = len(systems[0])
    if not n_documents:
        return [np.empty((0, len(MEASURES))) for _ in systems]
    even = np.full(n_documents, 1 / n_documents)
    times_drawn = np.random.default_rng(seed).multinomial(n_documents, even, size=n_resamples)
    return [_f1(np.tensordot(times_drawn, counts, axes=1)) for counts in systems]


def _f1(totals: _Floats) -> _Floats:
    """Give F1 of summed counts; NaN where a resample drew nothing gold."""
    gold, predicted, true = np.moveaxis(totals, -1, 0)
    sizes = gold + predicted
    return np.where(gold > 0, 2 * true / np.maximum(sizes, 1), np.nan)


def _bounds(values: _Floats, level: float) -> tuple[float, float]:
    outside = 100 * (1 - level) / 2
    low, high = np.nanpercentile(values, [outside, 100 - outside])
    return float(low), float(high)
