"""What scoring counts. Counts are stored and added; ratios are derived from them.

A ratio stored beside counts goes wrong when documents are merged, so there is none:
the same document scored twice has the same F1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from taskner.types import LABELS

LINK_KINDS = ("metric", "deadline", "unit", "unit_role")
"""What a target is linked to; ``unit_role`` also needs the unit's role to be right."""

VALUE_FIELDS = ("value", "measure", "comparator", "basis")
"""The parts of a quantity that are scored; ``value`` includes the upper bound."""

MEASURES: tuple[str, ...] = (
    "tasks",
    "tasks.relaxed",
    "spans",
    *(f"spans.{label}" for label in LABELS),
    "spans.relaxed",
    *(f"spans.{label}.relaxed" for label in LABELS),
    *(f"links.{kind}" for kind in LINK_KINDS),
    "units",
    "roles",
    *(f"values.{name}" for name in VALUE_FIELDS),
    "values.date",
    "rows",
)
"""All measures, in the order reports show them.

``tasks``: content offsets equal; ``tasks.relaxed``: more than half in common.
``spans.*``: offsets and label equal; ``*.relaxed``: any character in common, one to one.
``links.*``: both ends exact. ``units``: a task and a unit exactly cut. ``rows``: all right.
``roles`` and ``values.*`` count what was found, so all three ratios are the share right.
"""

_INDEX = {name: index for index, name in enumerate(MEASURES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are in gold, how many were predicted, how many of those are true.

    All ratios are None where gold has none: what gold lacks was not tested.
    """

    gold: int = 0
    predicted: int = 0
    true: int = 0

    def __add__(self, other: Count) -> Count:
        """Give the counts of both together."""
        return Count(
            gold=self.gold + other.gold,
            predicted=self.predicted + other.predicted,
            true=self.true + other.true,
        )

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is true; None also where nothing was predicted."""
        return self.true / self.predicted if self.gold and self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of gold that was found."""
        return self.true / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; 0 where nothing was predicted."""
        return 2 * self.true / (self.gold + self.predicted) if self.gold else None


@dataclass(frozen=True, slots=True)
class Scores:
    """The counts of all measures, in the order of :data:`MEASURES`. Build with :meth:`of`."""

    counts: tuple[Count, ...]

    @classmethod
    def of(cls, counts: Mapping[str, Count]) -> Self:
        """Build scores from some measures; the others are absent.

        Args:
            counts: Counts by name of measure.

        Raises:
            KeyError: A name is not a measure.
        """
        row = [Count()] * len(MEASURES)
        for name, count in counts.items():
            row[_INDEX[name]] = count
        return cls(tuple(row))

    def __getitem__(self, measure: str) -> Count:
        """Give the counts of one measure."""
        return self.counts[_INDEX[measure]]

    def items(self) -> Iterator[tuple[str, Count]]:
        """Give each measure with its counts, in report order."""
        return zip(MEASURES, self.counts, strict=True)


def merge(scores: Iterable[Scores]) -> Scores:
    """Add up scores of several documents, or of several measures of one document."""
    row = [Count()] * len(MEASURES)
    for one in scores:
        row = [left + right for left, right in zip(row, one.counts, strict=True)]
    return Scores(tuple(row))
