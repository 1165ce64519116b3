"""One peer on one fold: learn, tag, record. What is recorded is not done again."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evaluation.peers.peer import Peer
from evaluation.peers.sentences import lessons_of

from taskner.corpus.splits import Fold
from taskner.evaluation.gold import load_gold
from taskner.notices import parse_notice
from taskner.pipeline.extractor import SpanTagger, segments_to_tag
from taskner.readers import document_from_text
from taskner.studies.fold_records import FoldRecord, TaggedDocument, digest, read_record, to_text
from taskner.studies.machine import describe_machine
from taskner.types import Document, Segment

_FACTS = "training.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A peer and a fold, with the places of what it learns, tags and leaves behind.

    ``texts`` are all marked texts by document id; ``records`` is committed, ``models`` is not.
    """

    peer: Peer
    fold: Fold
    texts: Mapping[str, Path]
    records: Path
    models: Path

    @property
    def record_path(self) -> Path:
        """Where the record stands."""
        return self.records / self.peer.name / f"{self.fold.name}.json"

    @property
    def model(self) -> Path:
        """The folder of the trained model."""
        return self.models / self.peer.name / self.fold.name

    @property
    def learned(self) -> dict[str, Path]:
        """The texts that are learned from: all that the fold does not leave out."""
        if self.peer.train is None:
            return {}
        return {name: path for name, path in self.texts.items() if name not in self.fold.documents}

    @property
    def run(self) -> str:
        """The digest of settings and texts; another digest is another trial."""
        found = {name: _sha256(path) for name, path in self.learned.items()}
        key = [self.peer.name, dict(self.peer.settings), sorted(found.items())]
        return sha256(json.dumps(key).encode()).hexdigest()

    def record(self) -> FoldRecord | None:
        """Read what is recorded, also with other settings; None where there is nothing."""
        return read_record(self.record_path) if self.record_path.exists() else None

    def tagger(self) -> SpanTagger | None:
        """Open the trained tagger; None where it was trained elsewhere."""
        if self.peer.train is not None and not (self.model / _FACTS).exists():
            return None
        return self.peer.open(self.model)


def run_trial(trial: Trial) -> FoldRecord:
    """Train unless that is done, tag what was left out, and write the record.

    A record is made again where the parser gives other segments than were tagged and the
    model is still here.

    Raises:
        TasknerError: A text cannot be read.
        ModuleNotFoundError: The peer's package is missing.
    """
    record = trial.record()
    documents = documents_of(trial)
    if record is not None and record.run == trial.run:
        can_tag = trial.peer.train is None or (trial.model / _FACTS).exists()
        if _is_current(record, documents) or not can_tag:
            return record
    began = time.monotonic()
    facts = _train(trial)
    tagger = trial.tagger()
    assert tagger is not None
    record = FoldRecord(
        name=trial.fold.name,
        run=trial.run,
        trained_on={name: _sha256(path) for name, path in trial.learned.items()},
        documents={
            document.id: _tag(tagger, document, segments) for document, segments in documents
        },
        seconds=facts.get("seconds", time.monotonic() - began),
        machine=describe_machine(),
        date=datetime.now(tz=UTC).date().isoformat(),
    )
    trial.record_path.parent.mkdir(parents=True, exist_ok=True)
    trial.record_path.write_text(to_text(record), encoding="utf-8")
    if facts:
        text = json.dumps(facts, ensure_ascii=False)
        trial.record_path.with_suffix(".training.json").write_text(text + "\n", encoding="utf-8")
    return record


def training_facts(trial: Trial) -> Mapping[str, Any]:
    """Give what was recorded of the training; empty where nothing is learned."""
    path = trial.record_path.with_suffix(".training.json")
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def documents_of(trial: Trial) -> list[tuple[Document, list[Segment]]]:
    """Read and parse what the fold leaves out."""
    return [_parsed(trial.texts[name], name) for name in trial.fold.documents]


@lru_cache
def _parsed(path: Path, name: str) -> tuple[Document, list[Segment]]:
    # Every peer reads the same documents; parsing takes longer than tagging.
    document = document_from_text(load_gold(path).document.text, name=name)
    return document, segments_to_tag(parse_notice(document).tasks)


def _train(trial: Trial) -> Mapping[str, Any]:
    if trial.peer.train is None:
        return {}
    note = trial.model / "run"
    if not note.exists() or note.read_text(encoding="utf-8") != trial.run:
        shutil.rmtree(trial.model, ignore_errors=True)
        trial.model.mkdir(parents=True)
        note.write_text(trial.run, encoding="utf-8")
    done = trial.model / _FACTS
    if not done.exists():
        began = time.monotonic()
        facts = dict(trial.peer.train(lessons_of(trial.learned.values()), trial.model))
        facts |= {
            "packages": {name: version(name) for name in trial.peer.packages},
            "seconds": round(time.monotonic() - began),
        }
        done.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    facts = json.loads(done.read_text(encoding="utf-8"))
    print(f"  {trial.peer.name}, {trial.fold.name}: training F1 {facts['f1']:.4f}", flush=True)
    return facts


def _tag(tagger: SpanTagger, document: Document, segments: list[Segment]) -> TaggedDocument:
    # Peers give no scores; all of their spans are taken as sure.
    spans = tagger.tag(document, segments)
    return TaggedDocument(
        text_sha256=digest(document.text),
        segments=_borders(segments),
        spans=tuple((span.start, span.end, span.label, 1.0) for span in spans),
    )


def _is_current(record: FoldRecord, documents: list[tuple[Document, list[Segment]]]) -> bool:
    return all(
        document.id in record.documents
        and record.documents[document.id].text_sha256 == digest(document.text)
        and record.documents[document.id].segments == _borders(segments)
        for document, segments in documents
    )


def _borders(segments: list[Segment]) -> tuple[tuple[int, int], ...]:
    return tuple((segment.start, segment.end) for segment in segments)


def _sha256(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
