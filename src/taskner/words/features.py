"""What a pkuseg model looks at, for every character: the characters about it, and words there.

pkuseg's own features, in its own names, without those of pairs of words: they are many, bring
little, and would carry stretches of the texts that were learned from.

Source: Luo et al., PKUSEG: A Toolkit for Multi-Domain Chinese Word Segmentation (2019); the names
are those of spacy_pkuseg 1.0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

BIAS = "$$"
"""On every character; pkuseg takes feature 0 for it."""

BEGIN, INSIDE = "B", "I"
TAGS = (BEGIN, INSIDE)
"""pkuseg begins a word at each tag whose name holds a B."""

LONGEST_WORD = 6
"""The longest word that pkuseg looks up."""
_SHORTEST_WORD = 2
_WORD_FEATURES = ("w-1.", "w1.")


def nodes_of(text: str) -> list[str]:
    """Give a text as pkuseg reads it: one node a character, digits and letters by their class."""
    from spacy_pkuseg.feature_extractor import FeatureExtractor  # noqa: PLC0415 - an extra

    return list(FeatureExtractor.normalize_text(text))


def lexicon_of(lines: Iterable[Sequence[str]]) -> frozenset[str]:
    """Give the words to look up: those of two to six characters."""
    lengths = range(_SHORTEST_WORD, LONGEST_WORD + 1)
    return frozenset(word for line in lines for word in line if len(word) in lengths)


def features_of(nodes: Sequence[str], lexicon: Collection[str]) -> list[list[str]]:
    """Give the features of each node of a stretch without spaces."""
    return [list(_features(nodes, at, lexicon)) for at in range(len(nodes))]


def tags_of(words: Iterable[str]) -> list[str]:
    """Give the tag of each character of some words."""
    return [tag for word in words for tag in (BEGIN, *[INSIDE] * (len(word) - 1))]


def words_in(features: Iterable[str]) -> list[str]:
    """Give the words that some features name, sorted."""
    named = {f.split(".", 1)[1] for f in features if f.startswith(_WORD_FEATURES)}
    return sorted(named)


def _features(nodes: Sequence[str], at: int, lexicon: Collection[str]) -> Iterator[str]:
    n_nodes, node = len(nodes), nodes[at]
    yield BIAS
    yield f"c.{node}"
    if at:
        yield f"c-1.{nodes[at - 1]}"
        yield f"c-1c.{nodes[at - 1]}.{node}"
    if at + 1 < n_nodes:
        yield f"c1.{nodes[at + 1]}"
        yield f"cc1.{node}.{nodes[at + 1]}"
    if at > 1:
        yield f"c-2.{nodes[at - 2]}"
        yield f"c-2c-1.{nodes[at - 2]}.{nodes[at - 1]}"
    if at + 2 < n_nodes:
        yield f"c2.{nodes[at + 2]}"
    for length in range(_SHORTEST_WORD, LONGEST_WORD + 1):
        if at + 1 >= length and (word := "".join(nodes[at + 1 - length : at + 1])) in lexicon:
            yield f"w-1.{word}"
        if at + length <= n_nodes and (word := "".join(nodes[at : at + length])) in lexicon:
            yield f"w1.{word}"
