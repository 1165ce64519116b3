"""JSON to Notice: the inverse of ``to_json``, tolerant of keys it does not know.

Only what a person must have written down is required; scores, flags and the like
may be missing, as they are in hand-made ledgers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from taskner.errors import CorpusError
from taskner.records.to_json import SCHEMA
from taskner.types import (
    Annex,
    Deadline,
    Document,
    Label,
    Notice,
    Period,
    Quantity,
    Source,
    Span,
    Target,
    Task,
    Unit,
)

_LINE = re.compile(r"\S(?:[^\n]*\S)?")


def notice_from_json(data: Mapping[str, Any], *, text: str | None = None) -> Notice:
    """Rebuild the notice of one record.

    Args:
        data: A decoded record, whole or with the keys a person fills in.
        text: The document's text. Without it the text embedded in the record serves,
            and without that the notice's document is empty and spans are taken on trust.

    Raises:
        CorpusError: The data is no taskner/1 record, or it records a failure.
        SpanError: A span's text is not the slice of the given text.
    """
    name = _name(data)
    if data.get("schema") != SCHEMA:
        detail = f"schema is {data.get('schema')!r}, expected {SCHEMA!r}; write the ledger again."
        raise CorpusError(path=name, detail=detail)
    if error := data.get("error"):
        raise CorpusError(path=name, detail=f"the record holds a failure, no ledger: {error}")
    try:
        return _notice(data, text)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as error:
        detail = f"is no {SCHEMA} record ({type(error).__name__}: {error})"
        raise CorpusError(path=name, detail=detail) from error


def _name(data: Mapping[str, Any]) -> str:
    if not isinstance(data, Mapping):
        raise CorpusError(path="record", detail=f"expected a JSON object, found {data!r:.40}")
    document = data.get("document")
    head = document if isinstance(document, Mapping) else {}
    return str(head.get("path") or head.get("id") or "record")


def _notice(data: Mapping[str, Any], text: str | None) -> Notice:
    head = data["document"]
    known_text = head.get("text") if text is None else text
    document = Document(
        id=head["id"],
        text=known_text or "",
        source=Source(path=head.get("path"), sha256=head.get("sha256"), reader="record"),
    )
    build = _Builder(document=document, is_checked=known_text is not None)
    return Notice(
        document=document,
        title=head.get("title"),
        issuer=head.get("issuer"),
        number=head.get("number"),
        issued=_date(head.get("issued")),
        year=head.get("year"),
        annexes=tuple(_annex(annex) for annex in data["annexes"]),
        tasks=tuple(build.task(task) for task in data["tasks"]),
        flags=tuple(head.get("flags", ())),
    )


def _annex(data: Mapping[str, Any]) -> Annex:
    return Annex(
        id=data["id"],
        title=data["title"],
        start=data.get("start", 0),
        period=_period(data["period"]),
        lead_rule=data["lead_rule"],
    )


def _quantity(data: Mapping[str, Any]) -> Quantity:
    upper = data.get("upper")
    return Quantity(
        value=Decimal(data["value"]),
        upper=None if upper is None else Decimal(upper),
        measure=data["measure"],
        comparator=data["comparator"],
        basis=data["basis"],
        aim=data.get("aim", "plain"),
    )


def _period(data: Mapping[str, Any]) -> Period:
    return Period(first=_date(data.get("first")), last=_date(data.get("last")))


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Builder:
    """Builds what holds spans; spans are checked where there is a text to check them with."""

    document: Document
    is_checked: bool

    def task(self, data: Mapping[str, Any]) -> Task:
        return Task(
            id=data["id"],
            annex=data["annex"],
            number=data["number"],
            path=tuple(data["path"]),
            leader=data["leader"],
            start=data["start"],
            end=data["end"],
            text=data["text"],
            units=tuple(self.unit(unit) for unit in data["units"]),
            targets=tuple(self.target(target) for target in data["targets"]),
            deadlines=tuple(self.deadline(deadline) for deadline in data.get("deadlines", ())),
            confidence=data.get("confidence"),
            flags=tuple(data.get("flags", ())),
        )

    def unit(self, data: Mapping[str, Any]) -> Unit:
        span = self.span(data, "UNIT")
        # Lines cut a unit's name into pieces, so its slice tells them.
        lines = _LINE.finditer(span.text)
        return Unit(
            span=span,
            pieces=tuple((span.start + line.start(), span.start + line.end()) for line in lines),
            role=data["role"],
            name=data["name"],
            canonical=data.get("canonical"),
        )

    def target(self, data: Mapping[str, Any]) -> Target:
        quantity = data["quantity"]
        return Target(
            span=self.span(data, "TARGET"),
            metrics=tuple(self.span(metric, "METRIC") for metric in data["metrics"]),
            deadlines=tuple(self.deadline(deadline) for deadline in data["deadlines"]),
            units=tuple(data["units"]),
            quantity=None if quantity is None else _quantity(quantity),
            scope=data.get("scope"),
            link_score=data.get("link_score"),
            confidence=data.get("confidence"),
            flags=tuple(data.get("flags", ())),
        )

    def deadline(self, data: Mapping[str, Any]) -> Deadline:
        return Deadline(span=self.span(data, "DEADLINE"), period=_period(data))

    def span(self, data: Mapping[str, Any], label: Label) -> Span:
        span = Span(
            start=data["start"],
            end=data["end"],
            label=label,
            text=data["text"],
            score=data.get("score"),
        )
        if self.is_checked:
            span.check(self.document)
        return span
