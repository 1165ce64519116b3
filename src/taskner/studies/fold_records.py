"""What a fold's model tagged in the documents it did not learn from, as a file without text."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from taskner.errors import ConfigError
from taskner.types import Document, Span

_SCHEMA = "taskner-fold/1"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TaggedDocument:
    """What a model tagged in one document: the segments it read, and the spans."""

    text_sha256: str
    segments: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int, str, float], ...]

    def spans_of(self, document: Document) -> tuple[Span, ...]:
        """Give the spans on the document's text.

        Raises:
            ConfigError: The text is not the one that was tagged.
        """
        if digest(document.text) != self.text_sha256:
            detail = "the text is not the one that was tagged; run the fold again"
            raise ConfigError(path=document.id, key="text_sha256", detail=detail)
        return tuple(
            Span.of(document, start, end, label, score=score)  # type: ignore[arg-type]
            for start, end, label, score in self.spans
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FoldRecord:
    """A finished fold. ``trained_on`` gives name and sha256 of each text learned from."""

    name: str
    run: str
    trained_on: Mapping[str, str]
    documents: Mapping[str, TaggedDocument]
    seconds: float
    machine: str
    date: str


def digest(text: str) -> str:
    """Give the sha256 of a text in UTF-8."""
    return sha256(text.encode()).hexdigest()


def to_text(record: FoldRecord) -> str:
    """Give a record as JSON, one document a line."""
    head = {
        "schema": _SCHEMA,
        "name": record.name,
        "run": record.run,
        "seconds": round(record.seconds),
        "machine": record.machine,
        "date": record.date,
        "trained_on": dict(record.trained_on),
    }
    lines = [f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in head.items()]
    documents = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(dataclasses.asdict(tagged), separators=(',', ':'))}"
        for name, tagged in record.documents.items()
    )
    return "{" + ",\n ".join([*lines, '"documents": {\n' + documents + "}"]) + "}\n"


def read_record(path: Path) -> FoldRecord:
    """Read a record that :func:`run` wrote.

    Raises:
        ConfigError: The file is no record of a fold.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("schema") != _SCHEMA:
            raise ConfigError(path=str(path), key="schema", detail=f"expected {_SCHEMA}")
        documents = {name: _tagged(item) for name, item in data.pop("documents").items()}
        return FoldRecord(documents=documents, **data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(path=str(path), key="record", detail=str(error)) from error


def _tagged(item: Mapping[str, Any]) -> TaggedDocument:
    return TaggedDocument(
        text_sha256=item["text_sha256"],
        segments=tuple((start, end) for start, end in item["segments"]),
        spans=tuple((start, end, label, score) for start, end, label, score in item["spans"]),
    )
