"""What stands on both sides of a split: a document, its copy, or copies of its sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from taskner.corpus.folded import FoldedText

GRAM = 5
NEAR_COPY = 0.5
"""Share of the smaller text's 5-grams that makes two texts near-copies."""

COPIED = 0.8
"""Share of the shorter sentence's 5-grams that makes it a copy of another."""

MANY = 3
"""Copied sentences that make two texts near-copies: notices share stock sentences. Of the
2,628 pairs of our 73 annotated texts none has more than two."""

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_SHORTEST = 20
_COMMON = 200
"""A 5-gram of more sentences than this tells nothing of copying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Two documents of different sides, and what they have in common."""

    learned: str
    held_out: str
    detail: str

    def __str__(self) -> str:
        """Give the pair in one line."""
        return f"{self.held_out} and {self.learned}: {self.detail}"


def find_leaks(
    learned: Mapping[str, str], held_out: Mapping[str, str], *, near: float = NEAR_COPY
) -> Iterator[Leak]:
    """Find documents held out of which something is learned all the same.

    Args:
        learned: Texts by document id.
        held_out: Texts by document id.
        near: Share of common 5-grams that makes two texts near-copies.
    """
    known = {name: grams(text) for name, text in learned.items()}
    copied = copied_sentences(learned, held_out)
    for name, text in held_out.items():
        own = grams(text)
        for other, theirs in known.items():
            share = common_share(own, theirs)
            n_copied = copied[other, name]
            if name == other:
                detail = "the same document"
            elif share >= near:
                detail = f"{share:.0%} of the shorter text stands in both"
            elif n_copied >= MANY:
                detail = f"{n_copied} sentences of at least {_SHORTEST} characters stand in both"
            else:
                continue
            yield Leak(learned=other, held_out=name, detail=detail)


def grams(text: str) -> set[str]:
    """Give the 5-grams of a folded text."""
    return _grams(FoldedText(text).text)


def common_share(one: set[str], other: set[str]) -> float:
    """Give the share of the smaller set that is in both."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def copied_sentences(
    learned: Mapping[str, str], held_out: Mapping[str, str]
) -> Counter[tuple[str, str]]:
    """Count the sentences of each held-out text that a learned one has, to a few characters.

    Returns:
        Numbers by pair: the learned document, the held-out one; none of a document and itself.
    """
    sentences = [(name, own) for name, text in held_out.items() for own in _sentences(text)]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, (_, own) in enumerate(sentences):
        for gram in own:
            holders[gram].append(index)
    found: set[tuple[str, int]] = set()
    for name, text in learned.items():
        for theirs in _sentences(text):
            places = (holders.get(gram, ()) for gram in theirs)
            common = Counter(index for few in places if len(few) <= _COMMON for index in few)
            for index, n_common in common.items():
                holder, own = sentences[index]
                if holder != name and n_common >= COPIED * min(len(theirs), len(own)):
                    found.add((name, index))
    return Counter((name, sentences[index][0]) for name, index in found)


def _sentences(text: str) -> Iterator[set[str]]:
    for match in _SENTENCE.finditer(text):
        if len(match[0]) >= _SHORTEST:
            folded = FoldedText(match[0]).text
            if len(folded) >= _SHORTEST:
                yield _grams(folded)


def _grams(folded: str) -> set[str]:
    return {folded[at : at + GRAM] for at in range(len(folded) - GRAM + 1)}
