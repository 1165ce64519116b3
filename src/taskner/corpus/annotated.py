"""A text with its marks: what every corpus format is read into and written from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from taskner.types import Label, Notice, Span

LinkKind = Literal["metric", "deadline", "unit", "piece"]

LINK_ENDS: Mapping[LinkKind, tuple[Label, Label]] = MappingProxyType(
    {
        "metric": ("TARGET", "METRIC"),
        "deadline": ("TARGET", "DEADLINE"),
        "unit": ("TARGET", "UNIT"),
        "piece": ("UNIT", "UNIT"),
    }
)
"""Which labels a link of each kind joins, from source to end. A piece goes on with the
unit name that the mark it links to broke off."""

ROLES = ("lead", "co")
CHANGES = ("level", "up", "down")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: its span in the unmarked text, its attributes and its links.

    ``metrics``, ``deadlines``, ``units`` and ``continues`` are indices into the marks of
    the text; ``continues`` is the mark whose unit name this one goes on with.
    """

    span: Span
    id: str | None = None
    role: str | None = None
    change: str | None = None
    metrics: tuple[int, ...] = ()
    deadlines: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    continues: int | None = None

    @property
    def links(self) -> Iterator[tuple[LinkKind, int]]:
        """The links of this mark, each with its kind."""
        yield from (("metric", index) for index in self.metrics)
        yield from (("deadline", index) for index in self.deadlines)
        yield from (("unit", index) for index in self.units)
        if self.continues is not None:
            yield "piece", self.continues


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a notice besides its text."""

    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedText:
    """A text and its marks in text order, with the facts and the ledger where they exist."""

    id: str
    text: str
    marks: tuple[Mark, ...] = ()
    facts: Facts = Facts()
    ledger: Notice | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of all marks, in text order."""
        return tuple(mark.span for mark in self.marks)

    def keep(self, indices: Collection[int]) -> AnnotatedText:
        """Give the text with some of its marks; links to the others go with them."""
        kept = sorted(indices)
        place = {index: position for position, index in enumerate(kept)}
        return replace(self, marks=tuple(_moved(self.marks[index], place) for index in kept))


def _moved(mark: Mark, place: Mapping[int, int]) -> Mark:
    def moved(indices: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(place[index] for index in indices if index in place)

    return replace(
        mark,
        metrics=moved(mark.metrics),
        deadlines=moved(mark.deadlines),
        units=moved(mark.units),
        continues=None if mark.continues is None else place.get(mark.continues),
    )
