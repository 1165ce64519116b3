"""Which items to annotate first: those the model doubts, none like one chosen before.

Source: Lewis and Gale, A sequential algorithm for training text classifiers (1994), for
least confidence; Carbonell and Goldstein, The use of MMR (1998), for choosing what is
unlike what was chosen.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from taskner.corpus.likeness import plain_item

_Floats = npt.NDArray[np.float32]

_COLUMNS = 2_048
"""Columns that grams are hashed into."""

_WIDTHS = (2, 3)
"""Characters of a gram."""

_COPY = 0.8
"""A likeness from which on two texts say the same, but for a number or a name."""


def piece_doubts(log_scores: Iterable[npt.NDArray[np.float32]]) -> _Floats:
    """Give for each piece the probability that its most probable tag is wrong.

    Args:
        log_scores: Log probabilities of tags, one array a segment. Shape (pieces, tags).

    Returns:
        Doubts in [0, 1). Shape (pieces of all segments,), float32.
    """
    each = [1 - np.exp(scores.max(axis=1)) for scores in log_scores if len(scores)]
    return np.clip(np.concatenate(each), 0, 1) if each else np.zeros(0, np.float32)


def item_doubt(doubts: _Floats) -> float:
    """Give the doubt of an item, or of a whole notice: the sum over the root of the number.

    A sum takes the longest items first, a mean the shortest; this one takes about as much to
    read as chance does, and gained most in the simulation (``taskner.studies.suggest``).

    Args:
        doubts: Of :func:`piece_doubts`.
    """
    return float(doubts.sum() / np.sqrt(len(doubts))) if len(doubts) else 0.0


def vectors_of(texts: Sequence[str]) -> _Floats:
    """Give each text as weights of its hashed character grams, of length 1.

    Rare grams weigh more (inverse document frequency over these texts); width, script and
    blanks do not count.

    Args:
        texts: What is compared.

    Returns:
        Shape (texts, columns), float32; a text without grams is all zeros.
    """
    counts = np.zeros((len(texts), _COLUMNS), np.float32)
    for row, text in enumerate(texts):
        plain = plain_item(text)
        grams = [plain[at : at + n] for n in _WIDTHS for at in range(len(plain) - n + 1)]
        columns = [zlib.crc32(gram.encode()) % _COLUMNS for gram in grams]
        np.add.at(counts[row], columns, 1)
    holders = (counts > 0).sum(axis=0)
    weights = np.log1p(counts) * np.log((1 + len(texts)) / (1 + holders) + 1).astype(np.float32)
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return np.asarray(weights / np.maximum(lengths, 1e-9), np.float32)


def choose(doubts: Sequence[float], vectors: _Floats, n: int) -> list[int]:
    """Choose texts one after the other, each by its doubt and by how new it is.

    A text's gain is its doubt times one minus its cosine with the nearest text chosen
    before; nothing, where that is a near-copy of it. Of equal gains the first text's counts.

    Args:
        doubts: One a text, not negative.
        vectors: Of :func:`vectors_of`.
        n: How many are chosen at most.

    Returns:
        Indices of texts, the first choice first; all where there are fewer than ``n``.
    """
    own = np.asarray(doubts, np.float32)
    newness = np.ones(len(own), np.float32)
    chosen: list[int] = []
    while len(chosen) < min(n, len(own)):
        gains = own * newness
        gains[chosen] = -1
        best = int(gains.argmax())
        chosen.append(best)
        likeness = vectors @ vectors[best]
        newness = np.minimum(newness, np.where(likeness >= _COPY, 0, 1 - likeness))
    return chosen
