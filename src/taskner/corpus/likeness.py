"""How much the items of a corpus resemble each other, and other texts, character by character."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from taskner.folding import fold

WIDTH = 5
"""Characters of a gram."""

_PROSE = re.compile(r"[\u4e00-\u9fff、,0-9]+")
"""What a run of prose consists of, in folded text: it ends at any other punctuation."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two items that share grams.

    ``jaccard`` is the share of all their different grams that both have; ``containment`` that
    of the grams of the item with fewer.
    """

    first: str
    second: str
    jaccard: float
    containment: float


def plain_item(text: str) -> str:
    """Give an item as it is compared: width and script folded, without blanks."""
    return "".join(fold(text).split())


def grams_of(item: str) -> frozenset[str]:
    """Give the different runs of five characters of an item."""
    return frozenset(item[start : start + WIDTH] for start in range(len(item) - WIDTH + 1))


def likenesses(items: Mapping[str, str]) -> Iterator[Likeness]:
    """Compare every item with every other; pairs that share no gram are left out.

    Args:
        items: Items by name, each as :func:`plain_item` gives it.
    """
    grams = {name: grams_of(item) for name, item in items.items()}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name, own in grams.items():
        for gram in own:
            holders[gram].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if len(names) > 1:
            shared.update(combinations(names, 2))
    for (first, second), n_shared in shared.items():
        sizes = len(grams[first]), len(grams[second])
        yield Likeness(first, second, n_shared / (sum(sizes) - n_shared), n_shared / min(sizes))


def openings(items: Iterable[str], *, width: int) -> Counter[str]:
    """Count the first characters of items."""
    return Counter(item[:width] for item in items)


def longest_shared_run(
    texts: Sequence[str], others: Sequence[str], *, most: int
) -> tuple[int, tuple[str, ...]]:
    """Find the longest run of prose that two collections of texts share.

    A run holds Han characters, digits, enumeration commas and commas, full-width or not.

    Args:
        texts: Texts without marks.
        others: The texts they are compared with.
        most: Runs of this length are looked for first; where there are some, no longer ones.

    Returns:
        The length, 0 if not even one character is shared, and the shared runs of that length.
    """
    own, other = _pieces(texts), _pieces(others)
    low, high = 0, most + 1
    found: set[str] = set()
    while high - low > 1:
        middle = (low + high) // 2
        runs = _runs(own, middle) & _runs(other, middle)
        low, high, found = (middle, high, runs) if runs else (low, middle, found)
    return low, tuple(sorted(found))


def _pieces(texts: Collection[str]) -> list[str]:
    return [piece for text in texts for piece in _PROSE.findall(fold(text))]


def _runs(pieces: Iterable[str], length: int) -> set[str]:
    return {
        piece[start : start + length]
        for piece in pieces
        for start in range(len(piece) - length + 1)
    }
