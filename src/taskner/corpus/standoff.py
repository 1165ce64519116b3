"""Standoff: marks, links, ledger and facts of a text, without the text.

A file holds two hashes of the text it belongs to: of the text as it is, and of the text
without blanks and with its width folded. Every place is given as offsets into either, so
that a copy which differs in line ends, blanks or width can be marked just as well. Of the
text itself a file shows only the facts (title, issuer, number, date); the checks are
shortened hashes of each stretch of 40 folded characters, by which a text that does not fit
shows where it begins to differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.assembly import Assembly
from taskner.corpus.facts import facts_from_json, facts_to_json
from taskner.corpus.files import read_text
from taskner.corpus.folded import FoldedText, text_sha256
from taskner.corpus.inline import document_of
from taskner.corpus.ledger import with_ledger
from taskner.corpus.places import Place, Places
from taskner.corpus.standoff_ledger import ledger_from_places, ledger_to_places
from taskner.corpus.tally import Kind, Note, Read, Written, not_carried
from taskner.errors import CorpusError, SpanError

NAME = "standoff"
CARRIES: frozenset[Kind] = frozenset(
    {
        "span",
        "role",
        "change",
        "id",
        "score",
        "link.metric",
        "link.deadline",
        "link.unit",
        "link.piece",
        "fact",
        "ledger",
    }
)
SCHEMA = "taskner-standoff/1"
SUFFIX = ".json"

_STRETCH = 40
_SHOWN = 20
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Standoff:
    """A standoff file: what it says of its text, and its JSON."""

    path: str
    id: str
    sha256: str
    folded_sha256: str
    checks: str
    data: Mapping[str, Any]


def write_standoff(texts: Iterable[AnnotatedText]) -> Written:
    """Write ``NAME.json`` for each text."""
    files: dict[str, bytes] = {}
    notes: list[Note] = []
    for text in texts:
        files[text.id + SUFFIX] = _dump(to_standoff(text)).encode()
        notes += not_carried(text, CARRIES, format_name=NAME)
    return Written(files, tuple(notes))


def to_standoff(text: AnnotatedText) -> dict[str, Any]:
    """Give the standoff of a text as JSON data."""
    folded = FoldedText(text.text)
    places = Places(text.text, folded)
    return {
        "schema": SCHEMA,
        "id": text.id,
        **facts_to_json(text.facts),
        "text": {
            "length": len(text.text),
            "sha256": text_sha256(text.text),
            "folded_length": len(folded.text),
            "folded_sha256": folded.sha256,
            "checks": "".join(_checks(folded.text)),
        },
        "marks": [_mark_to_json(mark, places) for mark in text.marks],
        "ledger": ledger_to_places(text.ledger, places) if text.ledger else None,
    }


def read_standoff(path: Path) -> Standoff:
    """Read a standoff file.

    Raises:
        ReadError: It cannot be opened, or is not UTF-8.
        CorpusError: It is no standoff file.
    """
    try:
        data = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise CorpusError(path=path, detail=f"is not JSON ({error})") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise CorpusError(path=path, detail=f"is no standoff file: expected schema {SCHEMA}")
    try:
        head = data["text"]
        return Standoff(
            path=str(path),
            id=str(data["id"]),
            sha256=str(head["sha256"]),
            folded_sha256=str(head["folded_sha256"]),
            checks=str(head["checks"]),
            data=data,
        )
    except (KeyError, TypeError) as error:
        raise CorpusError(path=path, detail=f"is a broken standoff file: {error!r}") from error


def join_text(standoff: Standoff, text: str) -> Read:
    """Put the marks of a standoff file into its text.

    Args:
        standoff: The file.
        text: The text, or a copy with other line ends, blanks or width.

    Raises:
        CorpusError: The text is another one; says where it begins to differ. Or the file
            is broken.
    """
    folded = FoldedText(text)
    is_exact = text_sha256(text) == standoff.sha256
    if not is_exact and folded.sha256 != standoff.folded_sha256:
        raise CorpusError(path=standoff.path, detail=find_difference(standoff, text))
    places = Places(text, folded, is_exact=is_exact)
    try:
        return _join(standoff, text, places)
    except (KeyError, TypeError, ValueError, IndexError, SpanError) as error:
        raise CorpusError(path=standoff.path, detail=f"is broken: {error!r}") from error


def find_difference(standoff: Standoff, text: str) -> str:
    """Say where a text begins to differ from the one that a standoff file belongs to."""
    folded = FoldedText(text)
    n_same = count_agreeing(standoff, folded)
    at = folded.find(min(n_same * _STRETCH, len(folded.text)))
    line = text.count("\n", 0, at) + 1
    shown = text[at : at + _STRETCH].partition("\n")[0]
    if not text[at:].strip():
        return f"the text ends at line {line}, before the one that was annotated does"
    return (
        "the text is another one: it begins to differ within the "
        f"{_STRETCH} characters that start in line {line} with {shown[:_SHOWN]!r}"
    )


def count_agreeing(standoff: Standoff, folded: FoldedText) -> int:
    """Count the stretches from the start of a text that agree with a standoff file."""
    checks = standoff.checks
    theirs = (checks[at : at + _DIGITS] for at in range(0, len(checks), _DIGITS))
    pairs = zip(_checks(folded.text), theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _checks(folded: str) -> Iterator[str]:
    for at in range(0, len(folded), _STRETCH):
        yield text_sha256(folded[at : at + _STRETCH])[:_DIGITS]


def _mark_to_json(mark: Mark, places: Places) -> dict[str, Any]:
    members = {
        "label": mark.span.label,
        "at": places.place(mark.span.start, mark.span.end),
        "score": mark.span.score,
        "id": mark.id,
        "role": mark.role,
        "change": mark.change,
        "metrics": list(mark.metrics) or None,
        "deadlines": list(mark.deadlines) or None,
        "units": list(mark.units) or None,
        "continues": mark.continues,
    }
    return {name: value for name, value in members.items() if value is not None}


def _join(standoff: Standoff, text: str, places: Places) -> Read:
    assembly = Assembly(id=standoff.id, text=text)
    marks = standoff.data["marks"]
    for index, mark in enumerate(marks):
        start, end = places.find(_place(mark["at"]))
        label = str(mark["label"])
        assembly.add(index, start, end, label, score=mark.get("score"))
        assembly.describe(
            index, id=mark.get("id"), role=mark.get("role"), change=mark.get("change")
        )
    for index, mark in enumerate(marks):
        for kind, member in (("metric", "metrics"), ("deadline", "deadlines"), ("unit", "units")):
            for end in mark.get(member, ()):
                assembly.link(kind, index, end)
        if mark.get("continues") is not None:
            assembly.link("piece", index, mark["continues"])
    facts, _ = facts_from_json(standoff.data)
    joined = assembly.finish(facts=facts)
    if ledger := standoff.data.get("ledger"):
        document = document_of(joined)
        notice = ledger_from_places(ledger, places, document=document, facts=facts)
        joined = replace(with_ledger(joined, notice), facts=facts)
    return Read((joined,), tuple(assembly.notes))


def _place(numbers: Sequence[int]) -> Place:
    start, end, folded_start, folded_end = numbers
    return start, end, folded_start, folded_end


def _dump(data: Mapping[str, Any]) -> str:
    """Write JSON with a line for each mark and each task."""

    def compact(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    members = []
    for name, value in data.items():
        if name == "marks":
            rows = ",\n".join("  " + compact(mark) for mark in value)
            members.append(f' "marks": [\n{rows}\n ]' if value else ' "marks": []')
        elif name == "ledger" and value:
            rows = ",\n".join("   " + compact(task) for task in value["tasks"])
            rest = compact({key: own for key, own in value.items() if key != "tasks"})
            members.append(f' "ledger": {rest[:-1]},"tasks":[\n{rows}\n  ]}}')
        else:
            members.append(f" {compact(name)}: {compact(value)}")
    return "{\n" + ",\n".join(members) + "\n}\n"
