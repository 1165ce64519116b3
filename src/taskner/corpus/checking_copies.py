"""What occurs more than once in a corpus: sentences marked two ways, texts in two folds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.checking import TextFinder
from taskner.corpus.findings import Finding
from taskner.corpus.folded import FoldedText
from taskner.corpus.leaks import MANY, NEAR_COPY, common_share, copied_sentences, grams
from taskner.corpus.splits import Fold

_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]?")
_SHORTEST = 12
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a sentence is marked in one place."""

    finder: TextFinder
    start: int
    marks: tuple[tuple[int, int, str], ...]


def check_sentences(texts: Iterable[tuple[AnnotatedText, str]]) -> Iterator[Finding]:
    """Find sentences that are marked in two ways; blanks and width make no difference.

    Args:
        texts: The texts, each with its file.
    """
    known: dict[str, _Reading] = {}
    for text, path in texts:
        finder = TextFinder(text, path)
        for sentence, reading in _readings(finder):
            first = known.setdefault(sentence, reading)
            if first.marks != reading.marks:
                line = first.finder.text.text.count("\n", 0, first.start) + 1
                place = f"{first.finder.path}:{line}"
                detail = f"{sentence[:_SHOWN]!r} is marked in another way than in {place}"
                yield finder.at(reading.start, "sentence", detail, _how(first, reading))


def _readings(finder: TextFinder) -> Iterator[tuple[str, _Reading]]:
    text = finder.text
    folded = FoldedText(text.text)
    places = [(*folded.fold_range(s.start, s.end), s.label) for s in text.spans]
    at = 0
    for match in _SENTENCE.finditer(text.text):
        start, end = folded.fold_range(*match.span())
        while at < len(places) and places[at][0] < start:
            at += 1
        inside = [place for place in places[at:] if place[0] < end]
        sentence = folded.text[start:end]
        if len(sentence) >= _SHORTEST:
            marks = tuple((low - start, high - start, label) for low, high, label in inside)
            yield sentence, _Reading(finder, match.start(), marks)


def _how(first: _Reading, second: _Reading) -> str:
    there, here = set(first.marks), set(second.marks)
    return (
        f"Marked there only: {len(there - here)}; here only: {len(here - there)}. Mark both alike."
    )


def check_folds(
    texts: Sequence[tuple[AnnotatedText, str]],
    folds: Iterable[Fold],
    *,
    near: float = NEAR_COPY,
) -> Iterator[Finding]:
    """Find texts of different folds that are near-copies, or share many sentences.

    Args:
        texts: The texts, each with its file.
        folds: Texts in no fold are compared with all that are in one.
        near: Share of common 5-grams.
    """
    fold_of = {name: fold.name for fold in folds for name in fold.documents}
    for (one, other), detail in near_copies([text for text, _ in texts], near=near):
        text, path = texts[other]
        ids = texts[one][0].id, text.id
        own, theirs = (fold_of.get(name) for name in ids)
        if own != theirs:
            where = f"{texts[one][1]} ({own or 'in no fold'}; this one: {theirs or 'in no fold'})"
            yield TextFinder(text, path).at(
                0, "near-copy", f"{detail} {where}", "Put both into one fold, or drop one."
            )


def near_copies(
    texts: Sequence[AnnotatedText], *, near: float = NEAR_COPY
) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the pairs of texts that are near-copies, with what they have in common.

    Near-copies share many of their 5-grams, or several sentences to a few characters.
    """
    pieces = [grams(text.text) for text in texts]
    by_place = {str(place): text.text for place, text in enumerate(texts)}
    copied = copied_sentences(by_place, by_place)
    for one, other in combinations(range(len(texts)), 2):
        share = common_share(pieces[one], pieces[other])
        if share >= near:
            yield (one, other), f"{share:.0%} of the shorter text stands in"
        elif (n_copied := copied[str(one), str(other)]) >= MANY:
            yield (one, other), f"{n_copied} sentences stand, to a few characters, in"
