"""What a report shows, before it has a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from taskner.evaluation.bootstrap import Difference, Interval, bootstrap
from taskner.evaluation.counts import Scores, merge
from taskner.evaluation.mistakes import Mistake

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How well stated confidence meets the share that is right.

    ``bins`` holds mean confidence, share right and size of bins of equal size, rising;
    ``error`` is the expected calibration error.
    """

    name: str
    bins: tuple[tuple[float, float, int], ...]
    error: float

    @property
    def size(self) -> int:
        """How many were judged."""
        return sum(n for _, _, n in self.bins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Of the rows at least this sure: which share is right, and which share of all they are."""

    confidence: float
    precision: float
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An evaluation.

    Attributes:
        model: What was scored.
        facts: Command, date, machine and the like, in the order they are shown.
        scores: By document.
        slices: By family and slice.
        mistakes: Of all documents with a ledger.
        texts: Texts that may be shown, by document; of others only offsets are.
        reliability: Of spans, links and rows, where confidences were judged.
        curve: Precision and coverage of rows, confidence rising.
        other: The model compared with, and ``differences`` to it by measure.
    """

    model: str
    facts: Mapping[str, str]
    scores: Mapping[str, Scores]
    slices: Mapping[str, Mapping[str, Scores]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    curve: tuple[Kept, ...] = ()
    other: str | None = None
    differences: Mapping[str, Difference] = field(default_factory=dict)

    @property
    def total(self) -> Scores:
        """The counts of all documents together."""
        return merge(self.scores.values())

    @property
    def intervals(self) -> dict[str, Interval]:
        """Intervals of F1 by measure, from drawing documents."""
        return bootstrap(self.scores)


def reliability(
    name: str,
    confidence: Sequence[float] | npt.NDArray[np.float64],
    right: Sequence[bool] | npt.NDArray[np.bool_],
    *,
    n_bins: int = 10,
) -> Reliability:
    """Compare confidences with what was right, in bins of equal size.

    Args:
        name: Of what.
        confidence: Shape (n,), in [0, 1].
        right: Shape (n,).
        n_bins: At most this many bins, fewer where n is smaller.

    Source: expected calibration error after Naeini et al. (2015), bins of equal size after
    Nixon et al., Measuring calibration in deep learning (2019).
    """
    values, truth = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.bool_)
    order = np.argsort(values, kind="stable")
    parts = [part for part in np.array_split(order, n_bins) if part.size]
    bins = tuple(
        (float(values[part].mean()), float(truth[part].mean()), int(part.size)) for part in parts
    )
    total = max(1, values.size)
    error = sum(abs(mean - share) * size for mean, share, size in bins) / total
    return Reliability(name=name, bins=bins, error=float(error))
