"""Run a model on gold documents and score what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskner.errors import CorpusError
from taskner.evaluation.bootstrap import Interval, bootstrap
from taskner.evaluation.counts import Scores, merge
from taskner.evaluation.gold import Gold, load_gold, score_gold
from taskner.evaluation.table import scores_to_json, scores_to_markdown
from taskner.pipeline import Extractor


@dataclass(frozen=True, slots=True)
class ModelScores:
    """A model's scores by document id, in the order the documents were given."""

    model: str
    by_document: Mapping[str, Scores]

    @property
    def total(self) -> Scores:
        """The counts of all documents together."""
        return merge(self.by_document.values())

    @property
    def intervals(self) -> dict[str, Interval]:
        """Intervals of F1 by measure, from drawing documents."""
        return bootstrap(self.by_document)

    def to_json(self) -> dict[str, Any]:
        """Give the scores as JSON data."""
        scores = scores_to_json(self.by_document, intervals=self.intervals)
        return {"model": self.model, **scores}

    def to_markdown(self) -> str:
        """Give the scores as tables."""
        return scores_to_markdown(self.by_document, intervals=self.intervals)


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
            detail = "holds no marks and has no ledger beside it; nothing could be scored"
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
    return ModelScores(
        extractor.name,
        {
            gold.document.id: score_gold(
                gold, extractor.extract_text(gold.document.text, name=gold.document.id)
            )
            for gold in golds
        },
    )
