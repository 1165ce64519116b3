"""A text with marks as one row of plain values, for libraries that store such rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.assembly import Assembly
from taskner.corpus.facts import FACTS, facts_from_json, facts_to_json
from taskner.corpus.inline import document_of
from taskner.corpus.ledger import with_ledger
from taskner.corpus.placing import plain_text
from taskner.corpus.tally import KINDS, Kind, Read
from taskner.errors import CorpusError, SpanError
from taskner.records import notice_from_json, notice_to_json
from taskner.types import Notice

CARRIES: frozenset[Kind] = frozenset(KINDS) - {"link.other", "other"}
_LINKS = (("metric", "metrics"), ("deadline", "deadlines"), ("unit", "units"))


def row_of_text(text: AnnotatedText) -> dict[str, Any]:
    """Give a text as a row; every row has the same members."""
    return {
        "id": text.id,
        "text": text.text,
        **dict.fromkeys(FACTS),
        **facts_to_json(text.facts),
        "marks": [_mark(mark) for mark in text.marks],
        "ledger": text.ledger and _ledger(text.ledger),
    }


def text_of_row(row: Mapping[str, Any], *, path: str) -> Read:
    """Read a row that :func:`row_of_text` gave.

    Raises:
        CorpusError: It is another kind of row, or its ledger is of another text.
    """
    try:
        source = str(row["text"])
        assembly = Assembly(id=str(row["id"]), text=plain_text(source))
        for index, mark in enumerate(row["marks"]):
            assembly.add(index, mark["start"], mark["end"], mark["label"], score=mark["score"])
            assembly.describe(index, id=mark["id"], role=mark["role"], change=mark["change"])
        for index, mark in enumerate(row["marks"]):
            for kind, member in _LINKS:
                for end in mark[member]:
                    assembly.link(kind, index, end)
            if mark["continues"] is not None:
                assembly.link("piece", index, mark["continues"])
        facts, _ = facts_from_json(row)
        text = assembly.finish(facts=facts)
        if row["ledger"]:
            notice = notice_from_json(json.loads(row["ledger"]), text=text.text)
            ledger = replace(notice, document=document_of(text))
            text = replace(with_ledger(text, ledger), marks=text.marks, facts=facts)
    except (KeyError, TypeError, ValueError, SpanError) as error:
        detail = f"holds a row that taskner did not write ({error!r}); expected id, text, marks"
        raise CorpusError(path=path, detail=detail) from error
    return Read((text,), tuple(assembly.notes))


def _ledger(ledger: Notice) -> str:
    record = notice_to_json(ledger)
    # Where the file stood is nothing that others should read.
    record["document"]["path"] = None
    return json.dumps(record, ensure_ascii=False)


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "start": mark.span.start,
        "end": mark.span.end,
        "label": mark.span.label,
        "score": mark.span.score,
        "id": mark.id,
        "role": mark.role,
        "change": mark.change,
        "metrics": list(mark.metrics),
        "deadlines": list(mark.deadlines),
        "units": list(mark.units),
        "continues": mark.continues,
    }
