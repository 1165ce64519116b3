"""Score a model, or predictions made elsewhere, on gold documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from taskner.errors import CorpusError, SpanError, UnreadableFileError
from taskner.evaluation.bootstrap import Interval, bootstrap, compare
from taskner.evaluation.counts import Scores, merge
from taskner.evaluation.doubt import precision_curve, reliabilities, row_verdicts
from taskner.evaluation.gold import Gold, load_gold, score_gold
from taskner.evaluation.mistakes import Mistake, find_mistakes
from taskner.evaluation.report import Report
from taskner.evaluation.slices import Judged, slices
from taskner.evaluation.table import scores_from_json, scores_to_json, scores_to_markdown
from taskner.pipeline import Extractor
from taskner.records import notice_from_json
from taskner.types import Notice


@dataclass(frozen=True, slots=True)
class ModelScores:
    """A model's predictions beside gold, and their scores by document id.

    Documents stand in the order they were given.
    """

    model: str
    judged: Mapping[str, Judged]
    by_document: Mapping[str, Scores]

    @property
    def total(self) -> Scores:
        """The counts of all documents together."""
        return merge(self.by_document.values())

    @property
    def intervals(self) -> dict[str, Interval]:
        """Intervals of F1 by measure, from drawing documents."""
        return bootstrap(self.by_document)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The rows that are not right, of documents with a ledger."""
        return tuple(
            mistake
            for one in self.judged.values()
            if one.gold.notice is not None
            for mistake in find_mistakes(one.gold.notice, one.predicted)
        )

    def to_json(self) -> dict[str, Any]:
        """Give the scores as JSON data."""
        scores = scores_to_json(self.by_document, intervals=self.intervals)
        return {"model": self.model, **scores}

    def to_markdown(self) -> str:
        """Give the scores as tables."""
        return scores_to_markdown(self.by_document, intervals=self.intervals)

    def to_report(
        self,
        facts: Mapping[str, str],
        *,
        with_text: bool = False,
        compared: tuple[str, Mapping[str, Scores]] | None = None,
    ) -> Report:
        """Give the whole report.

        Args:
            facts: How it was made: command, date, machine.
            with_text: Show the texts; without, mistakes show offsets.
            compared: Name and scores by document of another model, on the same documents.

        Raises:
            CorpusError: The other model was scored on other documents.
        """
        other, scores = compared or (None, {})
        texts = {name: one.gold.document.text for name, one in self.judged.items()}
        return Report(
            model=self.model,
            facts=facts,
            scores=self.by_document,
            slices=slices(self.judged.values()),
            mistakes=self.mistakes,
            texts=texts if with_text else {},
            reliability=reliabilities(self.judged.values()),
            curve=precision_curve(
                verdict for one in self.judged.values() for verdict in row_verdicts(one)
            ),
            other=other,
            differences=compare(scores, self.by_document) if other else {},
        )


def load_golds(paths: Iterable[Path | str]) -> list[Gold]:
    """Load gold documents.

    Raises:
        ReadError: A file cannot be read.
        MarksError: A mark is malformed.
        CorpusError: A text has neither marks nor a ledger, a ledger does not fit its
            text, or two files have one name.
    """
    golds: dict[str, Gold] = {}
    for path in paths:
        gold = load_gold(path)
        if gold.notice is None and not gold.marked.marks:
            detail = "has neither marks nor a ledger to score by; see docs/annotating.md"
            raise CorpusError(path=path, detail=detail)
        if (other := golds.setdefault(gold.document.id, gold)) is not gold:
            detail = f"has the name of {other.document.source.path}; rename one of them"
            raise CorpusError(path=path, detail=detail)
    return list(golds.values())


def score_model(extractor: Extractor, golds: Iterable[Gold]) -> ModelScores:
    """Extract the unmarked text of each gold document and score the result.

    Args:
        extractor: A loaded model.
        golds: Documents with different ids.
    """
    listed = list(golds)
    notices = (extractor.extract_text(g.document.text, name=g.document.id) for g in listed)
    return score_notices(extractor.name, zip(listed, notices, strict=True))


def score_notices(model: str, pairs: Iterable[tuple[Gold, Notice]]) -> ModelScores:
    """Score predicted notices, each beside its gold document.

    Raises:
        CorpusError: A prediction is of another text than its gold document.
    """
    judged, scores = {}, {}
    for gold, notice in pairs:
        scores[gold.document.id] = score_gold(gold, notice)
        judged[gold.document.id] = Judged(gold=gold, predicted=notice)
    return ModelScores(model, judged, scores)


def load_predictions(path: Path, golds: Iterable[Gold]) -> list[tuple[Gold, Notice]]:
    """Read records of any system (JSON lines, taskner/1) and put each beside its gold.

    Args:
        path: The records; each names its document by ``document.id``, or by ``document.path``
            whose file name without suffix is the id.
        golds: The documents to be scored.

    Raises:
        UnreadableFileError: The file cannot be opened.
        CorpusError: A line is no record, a record failed or is of another text, a document has
            none or several.
    """
    records: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for number, line in enumerate(_lines(path), start=1):
        record = _record(line, where=f"{path}:{number}")
        name = _document_id(record, where=f"{path}:{number}")
        if name in records:
            detail = f"a second record of {name!r}; the first is on line {records[name][0]}"
            raise CorpusError(path=f"{path}:{number}", detail=detail)
        records[name] = (number, record)
    pairs = []
    for gold in golds:
        if gold.document.id not in records:
            known = ", ".join(sorted(records)) or "none"
            detail = f"no record of gold document {gold.document.id!r}; records are of {known}"
            raise CorpusError(path=path, detail=detail)
        number, record = records.pop(gold.document.id)
        pairs.append((gold, _notice(record, gold, where=f"{path}:{number}")))
    if records:
        detail = f"no gold document for the records of {', '.join(sorted(records))}"
        raise CorpusError(path=path, detail=detail)
    return pairs


def load_scores(path: Path) -> tuple[str, dict[str, Scores]]:
    """Read the name of a model and its scores by document from a ``scores.json``.

    Raises:
        UnreadableFileError: The file cannot be opened.
        CorpusError: The file holds no scores.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFileError(path=path, detail=error.strerror or error) from error
    except ValueError as error:
        raise CorpusError(path=path, detail=f"is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise CorpusError(path=path, detail="holds no scores; give a scores.json")
    return str(data.get("model", path)), scores_from_json(data, path=str(path))


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(path=path, detail=detail) from error


def _record(line: str, *, where: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise CorpusError(path=where, detail=f"is not JSON ({error})") from error
    if not isinstance(record, dict) or not isinstance(record.get("document"), dict):
        raise CorpusError(path=where, detail="is no taskner/1 record: it has no document")
    if failure := record.get("error"):
        raise CorpusError(path=where, detail=f"this document failed: {failure}")
    return record


def _document_id(record: Mapping[str, Any], *, where: str) -> str:
    document = record["document"]
    name = document.get("id") or Path(str(document.get("path") or "")).stem
    if not name:
        raise CorpusError(path=where, detail="the record has neither document.id nor path")
    return str(name)


def _notice(record: Mapping[str, Any], gold: Gold, *, where: str) -> Notice:
    text = gold.document.text
    digest = record["document"].get("text_sha256")
    if digest not in (None, sha256(text.encode()).hexdigest()):
        detail = f"is of another text than {gold.document.id}: text_sha256 differs"
        raise CorpusError(path=where, detail=detail)
    try:
        return notice_from_json(record, text=text)
    except SpanError as error:
        detail = f"is of another text than {gold.document.id}: {error}"
        raise CorpusError(path=where, detail=detail) from error
