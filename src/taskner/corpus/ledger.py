"""The ledger beside a marked text: ``NAME.ledger.json``, schema taskner/1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText, Facts, Mark
from taskner.corpus.files import read_text
from taskner.errors import CorpusError, SpanError
from taskner.records import notice_from_json, notice_to_json
from taskner.types import Document, Notice

LEDGER_SUFFIX = ".ledger.json"


def read_ledger(path: Path, document: Document) -> Notice:
    """Read the ledger of a document.

    Raises:
        ReadError: The file cannot be opened, or is not UTF-8.
        CorpusError: It is not JSON, is no taskner/1 record or is of another text.
    """
    other = f"is the ledger of another text than {document.source.path}"
    try:
        notice = notice_from_json(json.loads(read_text(path)), text=document.text)
    except json.JSONDecodeError as error:
        raise CorpusError(path=path, detail=f"is not JSON ({error})") from error
    except SpanError as error:
        raise CorpusError(path=path, detail=f"{other}: {error}") from error
    except CorpusError as error:
        raise CorpusError(path=path, detail=error.facts["detail"]) from error
    if notice.document.source.sha256 not in (None, document.source.sha256):
        raise CorpusError(path=path, detail=f"{other}: sha256 differs")
    return replace(notice, document=document)


def ledger_to_json(ledger: Notice) -> str:
    """Give the content of a ledger file."""
    return json.dumps(notice_to_json(ledger), ensure_ascii=False, indent=1) + "\n"


def with_ledger(text: AnnotatedText, ledger: Notice) -> AnnotatedText:
    """Add a ledger: its facts, and the units that each target concerns."""
    facts = Facts(
        title=ledger.title, issuer=ledger.issuer, number=ledger.number, issued=ledger.issued
    )
    units = {mark.span.start: n for n, mark in enumerate(text.marks) if mark.span.label == "UNIT"}
    concerned: dict[tuple[int, int], list[int]] = {}
    for place, start in _unit_starts(ledger):
        if start in units:
            concerned.setdefault(place, []).append(units[start])
    marks = tuple(_with_units(mark, concerned) for mark in text.marks)
    return replace(text, marks=marks, facts=facts, ledger=ledger)


def _unit_starts(ledger: Notice) -> Iterator[tuple[tuple[int, int], int]]:
    """Give each target's place with the start of each unit that it concerns."""
    for task in ledger.tasks:
        for target in task.targets:
            for index in target.units:
                if index < len(task.units):
                    place = (target.span.start, target.span.end)
                    yield place, task.units[index].span.start


def _with_units(mark: Mark, concerned: dict[tuple[int, int], list[int]]) -> Mark:
    if mark.span.label != "TARGET":
        return mark
    units = concerned.get((mark.span.start, mark.span.end), ())
    return replace(mark, units=tuple(dict.fromkeys(units)))
