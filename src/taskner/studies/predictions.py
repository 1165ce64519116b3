"""Notices as fold models predict them: recorded spans, linked by the code as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from taskner.errors import ConfigError
from taskner.evaluation.gold import Gold, load_gold
from taskner.notices import parse_notice
from taskner.pipeline.extractor import link_notice, segments_to_tag
from taskner.readers import document_from_text
from taskner.studies.fold_records import FoldRecord
from taskner.types import Notice, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One left-out document: its gold, what was tagged, and the linked notice.

    ``n_untagged`` counts segments that the parser gives now and that were not tagged when
    the fold ran; they hold no spans.
    """

    fold: str
    gold: Gold
    spans: tuple[Span, ...]
    notice: Notice
    n_untagged: int


def predictions(records: Iterable[FoldRecord], texts: Mapping[str, Path]) -> Iterator[Prediction]:
    """Link what each fold's model tagged in the documents it did not learn from.

    Args:
        records: Finished folds.
        texts: Marked texts by document id.

    Raises:
        ConfigError: A text is missing, or is not the one that was tagged.
        TasknerError: A text or its ledger cannot be read.
    """
    for record in records:
        for name, tagged in record.documents.items():
            if name not in texts:
                detail = f"the text of {name} is missing"
                raise ConfigError(path=record.name, key="documents", detail=detail)
            gold = load_gold(texts[name])
            document = document_from_text(gold.document.text, name=name)
            spans = tagged.spans_of(document)
            parsed = parse_notice(document)
            segments = {(s.start, s.end) for s in segments_to_tag(parsed.tasks)}
            yield Prediction(
                fold=record.name,
                gold=gold,
                spans=spans,
                notice=link_notice(parsed, spans),
                n_untagged=len(segments - set(tagged.segments)),
            )
