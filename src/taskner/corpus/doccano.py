"""doccano: JSON lines with entities and relations, and the older ``label`` triples.

doccano has no attributes, so a role or a direction of change is part of the label
(``UNIT:lead``, ``TARGET:up``); it is shown as a label of its own there.

Source: doccano 1.8, relation extraction import and sequence labelling export.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from taskner.corpus.annotated import CHANGES, LINK_ENDS, ROLES, AnnotatedText, Mark
from taskner.corpus.assembly import Assembly
from taskner.corpus.facts import facts_from_json, facts_to_json
from taskner.corpus.placing import Claim, Units, add_claims, plain_text
from taskner.corpus.tally import Kind, Note, Read, Written, not_carried
from taskner.errors import CorpusError

NAME = "doccano"
CARRIES: frozenset[Kind] = frozenset(
    {
        "span",
        "role",
        "change",
        "link.metric",
        "link.deadline",
        "link.unit",
        "link.piece",
        "fact",
    }
)
FILE = "doccano.jsonl"


def write_doccano(texts: Iterable[AnnotatedText]) -> Written:
    """Write ``doccano.jsonl``, one line a text, for a project with relations."""
    lines: list[str] = []
    notes: list[Note] = []
    for text in texts:
        lines.append(json.dumps(_record(text), ensure_ascii=False) + "\n")
        notes += not_carried(text, CARRIES, format_name=NAME)
    return Written({FILE: "".join(lines).encode()}, tuple(notes))


def read_doccano(
    records: Iterable[Mapping[str, Any]], *, path: str = "<export>", units: Units = "auto"
) -> Read:
    """Read the records of an export.

    Args:
        records: The decoded lines.
        path: What errors call the export.
        units: What offsets count; doccano shows it nowhere, so "auto" is code points.

    Raises:
        CorpusError: A record is no object.
    """
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for number, record in enumerate(records, start=1):
        if not isinstance(record, Mapping):
            detail = f"record {number} is no object but {record!r:.40}"
            raise CorpusError(path=path, detail=detail)
        name = record.get("name")
        own = name if isinstance(name, str) and name else f"text-{record.get('id', number)}"
        source = record.get("text", record.get("data"))
        if not isinstance(source, str) or not source:
            n_spans = len(_listed(record, "entities") or _listed(record, "label"))
            detail = f"record {number} has no text"
            notes.append(Note(text=own, kind="other", n=1, detail=detail))
            if n_spans:
                notes.append(Note(text=own, kind="span", n=n_spans, detail=detail))
            continue
        assembly = Assembly(id=own, text=plain_text(source))
        _add_record(assembly, record, source, units)
        facts, bad = facts_from_json(record)
        for member in bad:
            assembly.note("fact", 1, f"{member} is no text or date")
        texts.append(assembly.finish(facts=facts))
        notes += assembly.notes
    return Read(tuple(texts), tuple(notes))


def _record(text: AnnotatedText) -> dict[str, Any]:
    entities = [
        {
            "id": index,
            "label": _label(mark),
            "start_offset": mark.span.start,
            "end_offset": mark.span.end,
        }
        for index, mark in enumerate(text.marks)
    ]
    relations = [
        {"from_id": index, "to_id": end, "type": kind}
        for index, mark in enumerate(text.marks)
        for kind, end in mark.links
    ]
    return {
        "name": text.id,
        "text": text.text,
        "entities": entities,
        "relations": [{"id": number, **link} for number, link in enumerate(relations)],
        **facts_to_json(text.facts),
    }


def _label(mark: Mark) -> str:
    variant = mark.role or mark.change
    return f"{mark.span.label}:{variant}" if variant else mark.span.label


def _add_record(assembly: Assembly, record: Mapping[str, Any], source: str, units: Units) -> None:
    found = list(_entities(assembly, record))
    add_claims(assembly, source, [claim for claim, _ in found], units=units)
    for claim, variant in found:
        if variant in ROLES:
            assembly.describe(claim.key, role=variant)
        elif variant in CHANGES:
            assembly.describe(claim.key, change=variant)
        elif variant:
            assembly.note("other", 1, f"label {claim.label}:{variant}: the part after : is unknown")
    for relation in _listed(record, "relations"):
        if not isinstance(relation, Mapping):
            assembly.note("link.other", 1, f"a relation that is no object: {relation!r:.40}")
            continue
        kind = str(relation.get("type"))
        known = kind.lower() if kind.lower() in LINK_ENDS else kind
        assembly.link(known, relation.get("from_id"), relation.get("to_id"))
    if comments := record.get("Comments"):
        assembly.note("other", len(comments), "comments of annotators")


def _entities(assembly: Assembly, record: Mapping[str, Any]) -> Iterator[tuple[Claim, str]]:
    """Give the spans of either form, with what their label says after a colon."""
    items = _listed(record, "entities") or _listed(record, "label") or _listed(record, "labels")
    for number, item in enumerate(items):
        match item:
            case {"start_offset": int(start), "end_offset": int(end), "label": label}:
                key = item.get("id", number)
            case [int(start), int(end), label]:
                key = number
            case _:
                assembly.note("span", 1, f"an entity without offsets and label: {item!r:.60}")
                continue
        name, _, variant = str(label).partition(":")
        yield Claim(start=start, end=end, key=key, label=name), variant


def _listed(record: Mapping[str, Any], member: str) -> list[Any]:
    value = record.get(member)
    return value if isinstance(value, list) else []
