"""One fold of the segmentation study: train without its documents, count in them.

Counts only, no text and no words: a record can be committed.
"""

from __future__ import annotations

import dataclasses
import json
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.inline import read_inline
from taskner.errors import ConfigError
from taskner.evaluation.counts import Count, Scores
from taskner.evaluation.gold import load_gold
from taskner.evaluation.spans import score_spans
from taskner.studies.fold_records import FoldRecord
from taskner.types import LABELS, Span
from taskner.words.fitting import SETTINGS
from taskner.words.segmenter import borders_of, open_segmenter
from taskner.words.silver import dictionary_words
from taskner.words.training import train_segmenter

CHARACTERS, JIEBA, DICTIONARY, OURS = (
    "spaCy's characters",
    "jieba",
    "jieba, dictionary only",
    "taskner-words",
)
SEGMENTERS = (CHARACTERS, JIEBA, DICTIONARY, OURS)
AS_TAGGED, STRICT, EXPAND, CONTRACT = "as tagged", "strict", "expand", "contract"
VARIANTS = (AS_TAGGED, STRICT, EXPAND, CONTRACT)
_SCHEMA = "taskner-segmentation/1"
_SHOWN = ("spans", *(f"spans.{label}" for label in LABELS))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CountedDocument:
    """Counts in one left-out document.

    ``aligned`` holds, by segmenter, Scores in which ``true`` are the marked spans whose ends are
    ends of words; ``tagged``, by variant, the scores of the tagger's spans, where recorded.
    """

    characters: int
    tokens: Mapping[str, int]
    aligned: Mapping[str, Scores]
    tagged: Mapping[str, Scores]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CountedFold:
    """A finished fold. ``run`` is a digest of what it depends on."""

    name: str
    run: str
    seconds: float
    documents: Mapping[str, CountedDocument]


def count_fold(
    name: str, left_out: Sequence[Path], learned: Sequence[Path], tagged: FoldRecord | None
) -> CountedFold:
    """Train a segmenter on ``learned`` and count in ``left_out``.

    Args:
        name: The fold's.
        left_out: Marked texts that the segmenter does not see.
        learned: Marked texts to learn from.
        tagged: What the fold's tagger found in the documents left out, where it is recorded.

    Raises:
        TasknerError: A text or a record does not serve, or an extra is missing.
    """
    began = time.process_time()
    with tempfile.TemporaryDirectory() as place:
        segmenter = open_segmenter(train_segmenter(learned, Path(place) / "words"))
    documents = {path.stem: _count(path, segmenter, tagged) for path in left_out}
    return CountedFold(
        name=name,
        run=digest_of(left_out, learned, tagged),
        seconds=time.process_time() - began,
        documents=documents,
    )


def digest_of(left_out: Iterable[Path], learned: Iterable[Path], tagged: FoldRecord | None) -> str:
    """Give a digest of what the counts of a fold depend on, its code apart."""
    texts = [
        [sha256(path.read_bytes()).hexdigest() for path in part] for part in (left_out, learned)
    ]
    facts = [_SCHEMA, SETTINGS, *texts, tagged.run if tagged else ""]
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def fit_to_words(
    spans: Iterable[tuple[int, int]], borders: Collection[int], variant: str
) -> list[tuple[int, int] | None]:
    """Give spans with ends that are ends of words, as ``Doc.char_span`` does.

    Args:
        spans: Offsets.
        borders: Where words begin and end.
        variant: ``strict`` loses a span that is not aligned, ``expand`` takes in what it cuts,
            ``contract`` leaves it out.

    Returns:
        One item a span; None where nothing is left of it.
    """
    fitted: list[tuple[int, int] | None] = []
    for start, end in spans:
        if start in borders and end in borders:
            fitted.append((start, end))
        elif variant == STRICT:
            fitted.append(None)
        else:
            step = 1 if variant == CONTRACT else -1
            while start not in borders:
                start += step  # noqa: PLW2901 - the border is looked for from here
            while end not in borders:
                end -= step  # noqa: PLW2901 - as above
            fitted.append((start, end) if start < end else None)
    return fitted


def _count(path: Path, segmenter: Any, tagged: FoldRecord | None) -> CountedDocument:
    text = read_inline(path)
    words = {
        CHARACTERS: [c for c in text.text if not c.isspace()],
        JIEBA: _without_spaces(dictionary_words(text.text, guesses=True)),
        DICTIONARY: _without_spaces(dictionary_words(text.text)),
        OURS: segmenter.cut(text.text),
    }
    borders = {name: borders_of(text.text, found) for name, found in words.items()}
    return CountedDocument(
        characters=len(words[CHARACTERS]),
        tokens={name: len(found) for name, found in words.items()},
        aligned={name: _aligned(text, found) for name, found in borders.items()},
        tagged=_tagged(path, tagged, borders[OURS]) if tagged else {},
    )


def _without_spaces(words: Iterable[str]) -> list[str]:
    return [part for word in words for part in word.split()]


def _aligned(text: AnnotatedText, borders: Collection[int]) -> Scores:
    counts = {}
    for label in LABELS:
        spans = [span for span in text.spans if span.label == label]
        true = sum(span.start in borders and span.end in borders for span in spans)
        counts[f"spans.{label}"] = Count(gold=len(spans), predicted=len(spans), true=true)
    return Scores.of({"spans": sum(counts.values(), Count()), **counts})


def _tagged(path: Path, record: FoldRecord, borders: Collection[int]) -> dict[str, Scores]:
    gold = load_gold(path)
    found = record.documents[path.stem].spans_of(gold.document)
    scores = {AS_TAGGED: score_spans(gold.spans, found)}
    ends = {0, *borders, len(gold.document.text)}
    for variant in (STRICT, EXPAND, CONTRACT):
        places = fit_to_words([(span.start, span.end) for span in found], ends, variant)
        moved = [
            Span.of(gold.document, *place, span.label)
            for span, place in zip(found, places, strict=True)
            if place
        ]
        scores[variant] = score_spans(gold.spans, moved)
    return scores


def to_text(fold: CountedFold) -> str:
    """Give a fold as JSON, one document a line."""
    head = {"schema": _SCHEMA, "name": fold.name, "run": fold.run, "seconds": round(fold.seconds)}
    lines = [f'"{key}": {json.dumps(value)}' for key, value in head.items()]
    documents = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(_to_json(one))}" for name, one in fold.documents.items()
    )
    return "{" + ",\n ".join([*lines, '"documents": {\n' + documents + "}"]) + "}\n"


def read_fold(path: Path) -> CountedFold:
    """Read what :func:`to_text` gave.

    Raises:
        ConfigError: The file is no record of this study.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("schema") != _SCHEMA:
            raise ConfigError(path=str(path), key="schema", detail=f"expected {_SCHEMA}")
        documents = {name: _from_json(one) for name, one in data.pop("documents").items()}
        return CountedFold(documents=documents, **data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(path=str(path), key="record", detail=str(error)) from error


def _to_json(one: CountedDocument) -> dict[str, Any]:
    def counts(scores: Scores) -> list[list[int]]:
        shown = (scores[measure] for measure in _SHOWN)
        return [[count.gold, count.predicted, count.true] for count in shown]

    return {
        "characters": one.characters,
        "tokens": dict(one.tokens),
        "aligned": {name: counts(scores) for name, scores in one.aligned.items()},
        "tagged": {name: counts(scores) for name, scores in one.tagged.items()},
    }


def _from_json(one: Mapping[str, Any]) -> CountedDocument:
    def scores(rows: Sequence[Sequence[int]]) -> Scores:
        counts = (Count(gold=gold, predicted=guess, true=true) for gold, guess, true in rows)
        return Scores.of(dict(zip(_SHOWN, counts, strict=True)))

    return CountedDocument(
        characters=one["characters"],
        tokens=one["tokens"],
        aligned={name: scores(rows) for name, rows in one["aligned"].items()},
        tagged={name: scores(rows) for name, rows in one["tagged"].items()},
    )
