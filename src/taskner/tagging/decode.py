"""BIO tags: the only place that knows them.

Source: Ramshaw and Marcus (1995), IOB2 as in Tjong Kim Sang and Veenstra (1999);
Viterbi (1967) for the best path under the constraint that I-X follows B-X or I-X.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from taskner.types import LABELS, Label, Span

TAGS: tuple[str, ...] = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
"""Tag names in the order of the model's columns."""

_FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Found:
    """A span of pieces: start and end are code points, score is in [0, 1]."""

    start: int
    end: int
    label: Label
    score: float


def _transitions() -> npt.NDArray[np.float32]:
    """Build the matrix of allowed steps. Shape (tags + 1, tags); the last row starts."""
    steps = np.zeros((len(TAGS) + 1, len(TAGS)), np.float32)
    for column, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            steps[:, column] = _FORBIDDEN
            steps[[TAGS.index(f"B-{tag[2:]}"), column], column] = 0
    return steps


_STEPS = _transitions()


def tags_from_spans(
    offsets: Sequence[tuple[int, int]], spans: Sequence[Span]
) -> tuple[list[int], int]:
    """Give each piece its tag.

    Args:
        offsets: Start and end of each piece, code points, in text order.
        spans: Spans over the same text; they do not overlap.

    Returns:
        Indices into TAGS, one a piece, and the number of spans whose border falls
        inside a piece (the piece then belongs to the span).
    """
    tags = [0] * len(offsets)
    n_crossed = 0
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        while at < len(offsets) and offsets[at][1] <= span.start:
            at += 1
        first = at
        while at < len(offsets) and offsets[at][0] < span.end:
            tags[at] = TAGS.index(("B-" if at == first else "I-") + span.label)
            at += 1
        if at == first or offsets[first][0] != span.start or offsets[at - 1][1] != span.end:
            n_crossed += 1
    return tags, n_crossed


def best_path(log_scores: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Find the most probable sequence of tags that BIO allows.

    Args:
        log_scores: Log probability of each tag. Shape (pieces, tags), float32.

    Returns:
        Tag indices. Shape (pieces,), int64.
    """
    n_pieces = len(log_scores)
    if n_pieces == 0:
        return np.zeros(0, np.int64)
    back = np.zeros((n_pieces, len(TAGS)), np.int64)
    best = log_scores[0] + _STEPS[-1]
    for piece in range(1, n_pieces):
        through = best[:, None] + _STEPS[:-1]
        back[piece] = through.argmax(axis=0)
        best = through.max(axis=0) + log_scores[piece]
    path = np.zeros(n_pieces, np.int64)
    path[-1] = best.argmax()
    for piece in range(n_pieces - 1, 0, -1):
        path[piece - 1] = back[piece, path[piece]]
    return path


def spans_from_scores(
    log_scores: npt.NDArray[np.float32], offsets: Sequence[tuple[int, int]]
) -> list[Found]:
    """Join the best tags into spans.

    A span's score is the lowest probability among its pieces' tags and of its end
    (that the next piece does not continue it): one doubtful border makes it doubtful.

    Args:
        log_scores: Log probability of each tag. Shape (pieces, tags), float32.
        offsets: Start and end of each piece, code points, in text order.

    Returns:
        Spans in text order; no two overlap.
    """
    path = best_path(log_scores)
    found: list[Found] = []
    at = 0
    while at < len(path):
        tag = TAGS[path[at]]
        if tag == "O":
            at += 1
            continue
        inside = TAGS.index(f"I-{tag[2:]}")
        end = at + 1
        while end < len(path) and path[end] == inside:
            end += 1
        chosen = np.exp(log_scores[np.arange(at, end), path[at:end]])
        stops = 1.0 - float(np.exp(log_scores[end, inside])) if end < len(path) else 1.0
        label = next(label for label in LABELS if label == tag[2:])
        score = max(0.0, min(float(chosen.min()), stops))
        found.append(Found(offsets[at][0], offsets[end - 1][1], label, score))
        at = end
    return found
