"""The values that flow through taskner: frozen, keyword-only, tuples inside.

Offsets are code points of ``Document.text``, half-open. Gold and prediction are
the same types, so one comparison, one file format and one viewer serve both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Self

from taskner.errors import SpanError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Label = Literal["UNIT", "METRIC", "TARGET", "DEADLINE"]
LABELS: tuple[Label, ...] = ("UNIT", "METRIC", "TARGET", "DEADLINE")
BlockKind = Literal["title", "heading", "paragraph", "cell"]
FieldName = Literal["content", "responsibility", "deadline", "progress"]
Role = Literal["lead", "support", "unknown"]
Comparator = Literal["=", ">=", ">", "<=", "<", "~", "range"]
Basis = Literal["level", "rise", "fall"]
Aim = Literal["plain", "ensure", "strive"]
LeadRule = Literal["first", "marked", "field", "verb", "heading", "all", "single", "unknown"]

REVIEW_FLAGS: frozenset[str] = frozenset(
    {
        "low_score",
        "link_tied",
        "value_unparsed",
        "role_unknown",
        "role_assumed",
        "unit_disputed",
    }
)
"""Flags that ask for a person (需复核)."""

NOTE_FLAGS: frozenset[str] = frozenset(
    {"no_unit", "no_deadline", "unit_inherited", "no_task", "set_aside", "repaired"}
)
"""Flags that only inform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, title or table cell of a document, in reading order."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document came from.

    ``repairs`` names the damage of a conversion that the reader undid; offsets then refer to
    the repaired text.
    """

    path: str | None = None
    media_type: str = "text/plain"
    sha256: str | None = None
    reader: str = "text"
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of one file with its layout blocks."""

    id: str
    text: str
    blocks: tuple[Block, ...] = ()
    source: Source = Source()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A labelled piece of a document's text. Build it with :meth:`of`."""

    start: int
    end: int
    label: Label
    text: str
    score: float | None = None

    @classmethod
    def of(
        cls, document: Document, start: int, end: int, label: Label, *, score: float | None = None
    ) -> Self:
        """Cut the span out of the document, so that text and offsets agree.

        Raises:
            SpanError: The offsets are outside the text or empty.
        """
        text = document.text[start:end] if 0 <= start < end <= len(document.text) else ""
        if not text:
            raise SpanError(start=start, end=end, expected="some text", found=text)
        return cls(start=start, end=end, label=label, text=text, score=score)

    def check(self, document: Document) -> None:
        """Check that the span belongs to this document.

        Raises:
            SpanError: The document's slice reads differently.
        """
        found = document.text[self.start : self.end]
        if found != self.text:
            raise SpanError(start=self.start, end=self.end, expected=self.text, found=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a task with one role in it: content, responsibility, deadline, progress.

    ``context`` is the heading or column title above it (at most about 30 characters),
    which the tagger reads before the text; it is not part of the segment. ``gaps`` are the
    stretches inside it that the page put there (line ends of a wrapped text, page numbers,
    borders of cells). ``due`` is where the title of its column says when it is due, ``measure``
    the measure that the title prints for bare figures: 计划投资（亿元）. ``runs_on`` tells that
    its sentence goes on in the next segment of content, which a line end sets off.
    """

    start: int
    end: int
    field: FieldName
    context: str = ""
    gaps: tuple[tuple[int, int], ...] = ()
    due: tuple[int, int] | None = None
    measure: str = ""
    runs_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One responsible organisation of a task.

    ``span`` covers all ``pieces`` when a line break cuts the name; ``name`` is the
    printed form without breaks and marks; ``canonical`` is set only where the alias
    table knows it.
    """

    span: Span
    pieces: tuple[tuple[int, int], ...]
    role: Role
    name: str
    canonical: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What a target means: a number, its measure and how it binds."""

    value: Decimal
    upper: Decimal | None = None
    measure: str = ""
    comparator: Comparator = "="
    basis: Basis = "level"
    aim: Aim = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Dates, inclusive. ``first`` may be None (by a date); both None: a standing duty."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline span and the dates it means."""

    span: Span
    period: Period = Period()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A value to reach, with its metrics, deadlines and units.

    ``units`` are indices into the task's ``units``. ``confidence`` is the probability that
    the whole ledger row is right, where the model is calibrated.
    """

    span: Span
    metrics: tuple[Span, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    units: tuple[int, ...] = ()
    quantity: Quantity | None = None
    scope: str | None = None
    link_score: float | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """The part of a notice a task stands in, with its period and its lead rule."""

    id: str
    title: str | None
    start: int
    period: Period = Period()
    lead_rule: LeadRule = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task of a notice. ``text`` is its content as printed.

    ``confidence`` is that of its one row where the task has no targets.
    """

    id: str
    annex: str
    number: str | None
    path: tuple[str, ...]
    leader: str | None
    start: int
    end: int
    text: str
    segments: tuple[Segment, ...] = ()
    units: tuple[Unit, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    confidence: float | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A whole notice: what the header says and its tasks in text order."""

    document: Document
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued: date | None = None
    year: int | None = None
    annexes: tuple[Annex, ...] = ()
    tasks: tuple[Task, ...] = ()
    flags: tuple[str, ...] = ()

    def to_pandas(self, *, language: Literal["zh", "en"] = "zh") -> pd.DataFrame:
        """Give the ledger as a pandas DataFrame (:func:`taskner.exporters.to_pandas`).

        Raises:
            MissingExtraError: pandas is not installed.
        """
        return _exporters().to_pandas(self, language=language)

    def to_polars(self, *, language: Literal["zh", "en"] = "zh") -> pl.DataFrame:
        """Give the ledger as a polars DataFrame (:func:`taskner.exporters.to_polars`).

        Raises:
            MissingExtraError: polars is not installed.
        """
        return _exporters().to_polars(self, language=language)

    def to_arrow(self, *, language: Literal["zh", "en"] = "zh") -> pa.Table:
        """Give the ledger as an Arrow table (:func:`taskner.exporters.to_arrow`).

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        return _exporters().to_arrow(self, language=language)

    def _repr_html_(self) -> str:
        """Give what a notebook shows: the text with coloured spans, and the ledger."""
        html: str = _exporters().notebook_html(self)
        return html


def _exporters() -> Any:
    # By name: these methods are what notebooks look for, and types know no room above them.
    return import_module("taskner.exporters")
