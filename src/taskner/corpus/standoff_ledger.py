"""A ledger without words: whatever it quotes of its text is given as places.

What people typed stays as it is (numbers, values, dates, flags, roles); of texts only
single characters that the notice does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taskner.corpus.annotated import Facts
from taskner.corpus.facts import facts_to_json
from taskner.corpus.places import Places
from taskner.records import SCHEMA, notice_from_json, notice_to_json
from taskner.types import Document, Notice

_QUOTED = ("text", "title", "leader", "name", "canonical", "scope", "number")


def ledger_to_places(ledger: Notice, places: Places) -> dict[str, Any]:
    """Give the record of a ledger with places for words."""
    record = notice_to_json(ledger)
    head = record["document"]
    return {
        "year": head["year"],
        "flags": head["flags"],
        "annexes": [_annex_to_places(annex, places) for annex in record["annexes"]],
        "tasks": [_to_places(task, places, task["start"]) for task in record["tasks"]],
    }


def ledger_from_places(
    data: Mapping[str, Any], places: Places, *, document: Document, facts: Facts
) -> Notice:
    """Give the ledger of a text.

    Args:
        data: What :func:`ledger_to_places` gave.
        places: Of the text.
        document: The text.
        facts: Of the notice.

    Raises:
        CorpusError: The data is no ledger.
        SpanError: A span is not printed where it should be.
    """
    record = {
        "schema": SCHEMA,
        "document": {
            "id": document.id,
            "path": document.source.path,
            "sha256": document.source.sha256,
            **facts_to_json(facts),
            "year": data["year"],
            "flags": data["flags"],
        },
        "annexes": [_from_places(annex, places) for annex in data["annexes"]],
        "tasks": [_from_places(task, places) for task in data["tasks"]],
        "error": None,
    }
    return notice_from_json(record, text=document.text)


def _annex_to_places(annex: Mapping[str, Any], places: Places) -> dict[str, Any]:
    start = annex["start"]
    own = _to_places({key: annex[key] for key in annex if key != "start"}, places, start)
    return {"at": places.place(start, start), **own}


def _to_places(value: Mapping[str, Any], places: Places, near: int) -> dict[str, Any]:
    """Replace what an object and the objects in it quote."""
    members: dict[str, Any] = {}
    is_range = "start" in value and "end" in value
    if is_range:
        members["at"] = places.place(value["start"], value["end"])
    for name, member in value.items():
        if is_range and name in ("start", "end"):
            continue
        if is_range and name == "text" and _is_slice(value, places):
            continue
        if name in _QUOTED and isinstance(member, str):
            members[name] = places.quote(member, near=near)
        elif name == "path":
            members[name] = [places.quote(heading) for heading in member]
        elif isinstance(member, list):
            members[name] = [
                _to_places(item, places, near) if isinstance(item, Mapping) else item
                for item in member
            ]
        elif member is not None:
            members[name] = member
    return members


def _is_slice(value: Mapping[str, Any], places: Places) -> bool:
    return bool(value["text"] == places.text[value["start"] : value["end"]])


def _from_places(value: Mapping[str, Any], places: Places) -> dict[str, Any]:
    members: dict[str, Any] = dict.fromkeys(_MISSING)
    if "at" in value:
        start, end = places.find(tuple(value["at"]))
        members |= {"start": start, "end": end, "text": places.text[start:end]}
    for name, member in value.items():
        if name == "at":
            continue
        if name in _QUOTED and isinstance(member, list):
            members[name] = places.unquote(member)
        elif name == "path":
            members[name] = [places.unquote(heading) for heading in member]
        elif isinstance(member, list):
            members[name] = [
                _from_places(item, places) if isinstance(item, Mapping) else item for item in member
            ]
        else:
            members[name] = member
    return members


# What records require even where it is empty.
_MISSING = ("title", "number", "leader", "quantity")
