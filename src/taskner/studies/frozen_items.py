"""Items of gold documents with frozen vectors, and a light classifier over them.

What :mod:`taskner.studies.suggest` trains hundreds of times: vectors of the pieces are
computed once, by an encoder that learned no document, and kept in a file.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from taskner.evaluation.counts import Scores, merge
from taskner.evaluation.gold import Gold, load_gold
from taskner.evaluation.spans import score_spans
from taskner.notices import parse_notice
from taskner.readers import document_from_text
from taskner.studies.suggestions import items_of
from taskner.tagging import ScoredSegment, Tagger, spans_of
from taskner.tagging.decode import TAGS, tags_from_spans
from taskner.training.encoder import load_start
from taskner.training.frozen import FrozenEncoder
from taskner.training.recipe import Recipe
from taskner.types import Document, Segment, Span

_log = logging.getLogger(__name__)
_Floats = npt.NDArray[np.float32]

LAYER = 6
"""Of twelve; the last layers of an encoder of sentences tell less of single words. An encoder
of fewer gives its last."""

WIDTH = 64
"""Principal components that are kept of a layer's 384, each piece's beside its neighbours'."""

_STRENGTH = 0.03
_STEPS = 30
_UNSEEN = -20.0
SETTINGS = (LAYER, WIDTH, _STRENGTH, _STEPS)
"""What the outcome of a run depends on here."""
PIECES_A_SECOND = 1_800
"""Of the encoder on one core of the machine that the report names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldItem:
    """One task as an annotator would read it: its segments, their rows and its truth."""

    document: Document
    text: str
    segments: tuple[Segment, ...]
    offsets: tuple[tuple[tuple[int, int], ...], ...]
    rows: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldItems:
    """All items; ``vectors`` and ``tags`` have a row for each piece of each segment."""

    items: tuple[GoldItem, ...]
    vectors: _Floats
    tags: npt.NDArray[np.int64]

    def rows(self, chosen: Iterable[int]) -> npt.NDArray[np.int64]:
        """Give the rows of some items, item by item."""
        # The segments of an item lie one after the other.
        places = [
            np.arange(self.items[index].rows[0][0], self.items[index].rows[-1][1])
            for index in chosen
        ]
        return np.concatenate(places)


def load_items(paths: Sequence[Path], recipe: Recipe, folder: Path) -> GoldItems:
    """Give the items of gold documents.

    Args:
        paths: Marked texts.
        recipe: Names the encoder.
        folder: Where vectors are kept between runs; it holds no text.

    Raises:
        TasknerError: A text or the encoder cannot be read.
    """
    golds = [load_gold(path) for path in paths]
    vectors = _Vectors(recipe, folder)
    items: list[GoldItem] = []
    tags: list[int] = []
    kept: list[_Floats] = []
    for gold in golds:
        document = document_from_text(gold.document.text, name=gold.document.id)
        tasks = items_of(parse_notice(document))
        scored = iter(vectors.of(document, [one for _, own in tasks for one in own]))
        for _, segments in tasks:
            own = [next(scored) for _ in segments]
            rows = []
            for one in own:
                rows.append((len(tags), len(tags) + len(one.offsets)))
                tags += _tags(gold, one)
                kept.append(one.log_scores)
            items.append(_gold_item(gold, document, own, rows))
    return GoldItems(
        items=tuple(items),
        vectors=_with_neighbours(_compressed(np.concatenate(kept))),
        tags=np.array(tags),
    )


def _gold_item(
    gold: Gold,
    document: Document,
    own: Sequence[ScoredSegment],
    rows: Sequence[tuple[int, int]],
) -> GoldItem:
    segments = tuple(one.segment for one in own)
    return GoldItem(
        document=document,
        text="\n".join(document.text[one.start : one.end] for one in segments),
        segments=segments,
        offsets=tuple(one.offsets for one in own),
        rows=tuple(rows),
        spans=tuple(span for one in segments for span in _spans_in(gold, one)),
    )


def _spans_in(gold: Gold, segment: Segment) -> list[Span]:
    return [s for s in gold.spans if segment.start <= s.start and s.end <= segment.end]


def _tags(gold: Gold, one: ScoredSegment) -> list[int]:
    start = one.segment.start
    offsets = [(first + start, last + start) for first, last in one.offsets]
    return tags_from_spans(offsets, _spans_in(gold, one.segment))[0]


class _Vectors:
    """Vectors of documents, computed where no file holds them."""

    def __init__(self, recipe: Recipe, folder: Path) -> None:
        self._recipe = recipe
        self._folder = folder
        self._tagger: Tagger | None = None

    def of(self, document: Document, segments: Sequence[Segment]) -> list[ScoredSegment]:
        """Give a document's segments with vectors in place of scores."""
        known = f"{self._recipe.base}{LAYER}{document.text}{segments}"
        path = self._folder / f"{sha256(known.encode()).hexdigest()[:20]}.npz"
        if not path.exists():
            if self._tagger is None:
                _log.info("loading the encoder")
                start = load_start(self._recipe)
                layer = min(LAYER, start.model.config.num_hidden_layers)
                self._tagger = Tagger(FrozenEncoder(start, layer))
            _log.info("vectors of %s", document.id)
            scored = self._tagger.score(document, segments)
            self._folder.mkdir(parents=True, exist_ok=True)
            vectors = [one.log_scores.astype(np.float16) for one in scored]
            offsets = [np.array(one.offsets, np.int32).reshape(-1, 2) for one in scored]
            sizes = [len(one.offsets) for one in scored]
            np.savez(path, v=np.concatenate(vectors), o=np.concatenate(offsets), n=sizes)
        with np.load(path) as kept:
            cuts = np.cumsum(kept["n"])[:-1]
            pairs = zip(np.split(kept["o"], cuts), np.split(kept["v"], cuts), strict=True)
            return [
                ScoredSegment(segment, tuple(map(tuple, offsets.tolist())), vectors)
                for segment, (offsets, vectors) in zip(segments, pairs, strict=True)
            ]


def _compressed(vectors: _Floats) -> _Floats:
    """Give the principal components of vectors, each with variance 1."""
    centred = vectors.astype(np.float32)
    centred -= centred.mean(axis=0)
    variances, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    best = np.argsort(-variances)[:WIDTH]
    scale = np.sqrt(variances[best] + 1e-4 * variances.max())
    return np.asarray(centred @ (axes[:, best] / scale), np.float32)


def _with_neighbours(vectors: _Floats) -> _Floats:
    """Give each vector with the one before it and the one after it."""
    return np.concatenate([np.roll(vectors, 1, axis=0), vectors, np.roll(vectors, -1, axis=0)], 1)


class LightTagger:
    """Multinomial logistic regression over frozen vectors, started from its last weights."""

    def __init__(self, items: GoldItems) -> None:
        """Take the items it learns from and tags."""
        self._items = items
        self._model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS, warm_start=True)

    def learn(self, chosen: Iterable[int]) -> None:
        """Learn from some items, and from no others."""
        rows = self._items.rows(chosen)
        tags = self._items.tags[rows]
        if not np.array_equal(np.unique(tags), getattr(self._model, "classes_", ())):
            self._model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS, warm_start=True)
        with warnings.catch_warnings():
            # It goes on from its last weights: a few steps a round are enough.
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._model.fit(self._items.vectors[rows], tags)

    def log_scores(self, rows: npt.NDArray[np.int64]) -> _Floats:
        """Give log probabilities of some rows. Shape (rows, tags)."""
        weights, bias = (
            np.asarray(part, np.float32) for part in (self._model.coef_, self._model.intercept_)
        )
        odds = self._items.vectors[rows] @ weights.T + bias
        odds -= odds.max(axis=1, keepdims=True)
        odds -= np.log(np.exp(odds).sum(axis=1, keepdims=True))
        scores = np.full((len(rows), len(TAGS)), _UNSEEN, np.float32)
        scores[:, self._model.classes_] = odds
        return scores

    def score(self, chosen: Iterable[int]) -> Scores:
        """Score the spans of some items."""
        return merge(self._score(self._items.items[index]) for index in chosen)

    def _score(self, item: GoldItem) -> Scores:
        scored = [
            ScoredSegment(segment, offsets, self.log_scores(np.arange(*rows)))
            for segment, offsets, rows in zip(item.segments, item.offsets, item.rows, strict=True)
        ]
        return score_spans(item.spans, spans_of(item.document, scored))
