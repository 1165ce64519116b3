"""Notice to JSON: one function per object, keys in the order of the contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from taskner.types import (
    Annex,
    Deadline,
    Document,
    Notice,
    Period,
    Quantity,
    Span,
    Target,
    Task,
    Unit,
)

SCHEMA = "taskner/1"

_SCORE_DIGITS = 4


def notice_to_json(notice: Notice, *, with_text: bool = False) -> dict[str, Any]:
    """Give the record of one notice, ready for ``json.dumps``.

    Args:
        notice: Any notice, gold or predicted.
        with_text: Whether to embed the document's text, so that the record can be
            read again without the file.
    """
    return {
        "schema": SCHEMA,
        "document": _document(notice, with_text=with_text),
        "annexes": [_annex(annex) for annex in notice.annexes],
        "tasks": [_task(task) for task in notice.tasks],
        "error": None,
    }


def failure_to_json(path: str, error: Exception) -> dict[str, Any]:
    """Give the record of a document that could not be processed.

    Args:
        path: The file as the user named it.
        error: What was raised for it.
    """
    record = notice_to_json(Notice(document=Document(id=PurePath(path).stem or path, text="")))
    record["document"]["path"] = path
    record["error"] = {"type": type(error).__name__, "message": str(error)}
    return record


def decimal_to_text(value: Decimal) -> str:
    """Print a finite decimal without exponent and without zeros that say nothing."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _document(notice: Notice, *, with_text: bool) -> dict[str, Any]:
    document = notice.document
    record = {
        "id": document.id,
        "path": document.source.path,
        "sha256": document.source.sha256,
        "text_sha256": _text_sha256(document.text),
        "title": notice.title,
        "issuer": notice.issuer,
        "number": notice.number,
        "issued": _date(notice.issued),
        "year": notice.year,
        "flags": list(notice.flags),
    }
    return record | {"text": document.text} if with_text else record


def _text_sha256(text: str) -> str | None:
    # A notice read back without its text has none to speak for.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else None


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "id": annex.id,
        "title": annex.title,
        "start": annex.start,
        "period": _period(annex.period),
        "lead_rule": annex.lead_rule,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "annex": task.annex,
        "number": task.number,
        "path": list(task.path),
        "leader": task.leader,
        "start": task.start,
        "end": task.end,
        "text": task.text,
        "units": [_unit(unit) for unit in task.units],
        "targets": [_target(target) for target in task.targets],
        "deadlines": [_deadline(deadline) for deadline in task.deadlines],
        "flags": list(task.flags),
        "confidence": _score(task.confidence),
    }


def _unit(unit: Unit) -> dict[str, Any]:
    span = unit.span
    return {
        "text": span.text,
        "start": span.start,
        "end": span.end,
        "role": unit.role,
        "name": unit.name,
        "canonical": unit.canonical,
        "score": _score(span.score),
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        **_span(target.span),
        "units": list(target.units),
        "link_score": _score(target.link_score),
        "metrics": [_span(metric) for metric in target.metrics],
        "deadlines": [_deadline(deadline) for deadline in target.deadlines],
        "quantity": None if target.quantity is None else _quantity(target.quantity),
        "scope": target.scope,
        "flags": list(target.flags),
        "confidence": _score(target.confidence),
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return _span(deadline.span) | _period(deadline.period)


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "value": decimal_to_text(quantity.value),
        "upper": None if quantity.upper is None else decimal_to_text(quantity.upper),
        "measure": quantity.measure,
        "comparator": quantity.comparator,
        "basis": quantity.basis,
        "aim": quantity.aim,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end, "score": _score(span.score)}


def _period(period: Period) -> dict[str, Any]:
    return {"first": _date(period.first), "last": _date(period.last)}


def _date(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _score(value: float | None) -> float | None:
    # float() turns numpy scalars into what json can write.
    return None if value is None else round(float(value), _SCORE_DIGITS)
