"""The tagger: segments in, spans out, whatever scores the pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from taskner.folding import BREAK, fold
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
class ScoredSegment:
    """A segment's pieces: where each stands, and how probable each tag is there.

    ``offsets`` are code points from the segment's start; ``log_scores`` are log
    probabilities. Shape (pieces, tags), float32.
    """

    segment: Segment
    offsets: tuple[tuple[int, int], ...]
    log_scores: npt.NDArray[np.float32]


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
        return spans_of(document, self.score(document, segments))

    def score(self, document: Document, segments: Sequence[Segment]) -> list[ScoredSegment]:
        """Score the pieces of some segments; :func:`spans_of` makes spans of them.

        Args:
            document: The text.
            segments: Stretches of it that do not overlap.

        Returns:
            One for each segment, in their order.
        """
        headings: list[list[int]] = []
        pieces: list[list[int]] = []
        plans = []
        for segment in segments:
            text, places = _read(document, segment)
            ids, offsets = self.scorer.encode(text)
            own = tuple(
                (places[first], places[max(first, last - 1)] + 1) for first, last in offsets
            )
            heading = self.scorer.encode(fold(segment.context))[0][:MAX_HEADING]
            windows = plan_windows(len(ids), size=WINDOW - MAX_HEADING - 3, context=CONTEXT)
            plans.append((segment, own, windows))
            headings += [heading] * len(windows)
            pieces += [ids[window.start : window.end] for window in windows]
        scores = iter(self.scorer.score(headings, pieces))
        scored = []
        for segment, own, windows in plans:
            kept = [
                next(scores)[window.keep_start - window.start : window.keep_end - window.start]
                for window in windows
            ]
            joined = np.concatenate(kept) if kept else np.zeros((0, len(TAGS)), np.float32)
            scored.append(ScoredSegment(segment, own, joined))
        return scored


def spans_of(document: Document, scored: Iterable[ScoredSegment]) -> tuple[Span, ...]:
    """Give the most probable spans of segments that were scored, in text order."""
    spans = [span for one in scored for span in _spans_of(document, one)]
    return tuple(sorted(spans, key=lambda span: span.start))


def _read(document: Document, segment: Segment) -> tuple[str, list[int]]:
    """The folded text of a segment without its gaps, and the place of each character in it."""
    text = fold(document.text[segment.start : segment.end])
    breaks = {match.start() for match in BREAK.finditer(text)}
    places: list[int] = []
    start = 0
    for gap_start, gap_end in segment.gaps:
        first = gap_start - segment.start
        places += range(start, first + (first in breaks))
        start = gap_end - segment.start
    text = BREAK.sub(lambda printed: "\n".ljust(len(printed[0])), text)
    places += range(start, len(text))
    return "".join(text[place] for place in places) if segment.gaps else text, places


def _spans_of(document: Document, scored: ScoredSegment) -> Iterator[Span]:
    base = scored.segment.start
    for found in spans_from_scores(scored.log_scores, scored.offsets):
        raw = document.text[base + found.start : base + found.end]
        start = base + found.start + len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        if start < end:
            yield Span.of(document, start, end, found.label, score=found.score)


def open_tagger(package: ModelPackage, *, threads: int = 0) -> Tagger:
    """Open the tagger of a checked model folder.

    Raises:
        ModelDamagedError: The model's files do not open or fail their self-check.
    """
    return Tagger(open_scorer(package, threads=threads))
