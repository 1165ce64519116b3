"""The tagger: segments in, spans out, whatever scores the pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from taskner.folding import fold
from taskner.tagging.decode import TAGS, spans_from_scores
from taskner.tagging.onnx import open_scorer
from taskner.tagging.package import ModelPackage
from taskner.tagging.windows import plan_windows
from taskner.types import Document, Segment, Span

WINDOW = 256
"""Most pieces the model reads at once, context included."""

CONTEXT = 64
"""Pieces of text read on each side of those whose scores are kept."""

MAX_HEADING = 16
"""Most pieces of a segment's heading or column title."""


class Scorer(Protocol):
    """What turns pieces into tag scores."""

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Cut folded text into pieces: ids and code point offsets."""
        ...

    def score(
        self, heading: Sequence[Sequence[int]], pieces: Sequence[Sequence[int]]
    ) -> list[npt.NDArray[np.float32]]:
        """Score each text's pieces.

        Args:
            heading: Pieces of each text's heading; may be empty.
            pieces: Pieces of each text.

        Returns:
            Log probabilities, one array a text. Shape (pieces, tags), float32.
        """
        ...


@dataclass(frozen=True, slots=True)
class Tagger:
    """Tags segments of a document; results do not depend on what is tagged together."""

    scorer: Scorer

    def tag(self, document: Document, segments: Sequence[Segment]) -> tuple[Span, ...]:
        """Find the spans of some segments.

        Args:
            document: The text.
            segments: Stretches of it that do not overlap.

        Returns:
            Spans with scores, in text order.
        """
        headings: list[list[int]] = []
        pieces: list[list[int]] = []
        plans = []
        for segment in segments:
            text, places = _read(document, segment)
            ids, offsets = self.scorer.encode(text)
            offsets = [(places[first], places[max(first, last - 1)] + 1) for first, last in offsets]
            heading = self.scorer.encode(fold(segment.context))[0][:MAX_HEADING]
            windows = plan_windows(len(ids), size=WINDOW - MAX_HEADING - 3, context=CONTEXT)
            plans.append((segment, offsets, windows))
            headings += [heading] * len(windows)
            pieces += [ids[window.start : window.end] for window in windows]
        scores = iter(self.scorer.score(headings, pieces))
        spans: list[Span] = []
        for segment, offsets, windows in plans:
            kept = [
                next(scores)[window.keep_start - window.start : window.keep_end - window.start]
                for window in windows
            ]
            joined = np.concatenate(kept) if kept else np.zeros((0, len(TAGS)), np.float32)
            spans += _spans_of(document, segment, joined, offsets)
        return tuple(sorted(spans, key=lambda span: span.start))


def _read(document: Document, segment: Segment) -> tuple[str, list[int]]:
    """The folded text of a segment without its gaps, and the place of each character in it."""
    text = fold(document.text[segment.start : segment.end])
    places: list[int] = []
    start = 0
    for gap_start, gap_end in segment.gaps:
        places += range(start, gap_start - segment.start)
        start = gap_end - segment.start
    places += range(start, len(text))
    return "".join(text[place] for place in places) if segment.gaps else text, places


def _spans_of(
    document: Document,
    segment: Segment,
    scores: npt.NDArray[np.float32],
    offsets: Sequence[tuple[int, int]],
) -> list[Span]:
    spans = []
    for found in spans_from_scores(scores, offsets):
        raw = document.text[segment.start + found.start : segment.start + found.end]
        start = segment.start + found.start + len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        if start < end:
            spans.append(Span.of(document, start, end, found.label, score=found.score))
    return spans


def open_tagger(package: ModelPackage, *, threads: int = 0) -> Tagger:
    """Open the tagger of a checked model folder.

    Raises:
        ModelDamagedError: The model's files do not open or fail their self-check.
    """
    return Tagger(open_scorer(package, threads=threads))
