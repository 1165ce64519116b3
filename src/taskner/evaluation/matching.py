"""Which gold stretch of text goes with which predicted one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

Offsets = tuple[int, int]
"""Start and end in code points of the document's text, half-open."""


def pair_offsets(
    gold: Sequence[Offsets], predicted: Sequence[Offsets], *, above: float = 0.0
) -> dict[int, int]:
    """Pair stretches of text one to one: equal ones first, the rest in text order.

    Where neither side overlaps itself, this gives as many pairs as can be had.

    Args:
        gold: Stretches in any order; may repeat.
        predicted: Stretches in any order; may repeat.
        above: What the characters in common, divided by the characters covered together,
            must exceed, in [0, 1). From 0.5 up no stretch has two candidates.

    Returns:
        Index of the predicted stretch by index of the gold one.
    """
    waiting: defaultdict[Offsets, list[int]] = defaultdict(list)
    for j, place in enumerate(predicted):
        waiting[place].append(j)
    pairs = {i: waiting[place].pop(0) for i, place in enumerate(gold) if waiting[place]}
    taken = set(pairs.values())
    candidates = sorted(
        (gold[i], predicted[j], i, j)
        for i, j, common in _overlaps(gold, predicted)
        if common > above * (_length(gold[i]) + _length(predicted[j]) - common)
    )
    for *_, i, j in candidates:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _overlaps(
    gold: Sequence[Offsets], predicted: Sequence[Offsets]
) -> Iterator[tuple[int, int, int]]:
    """Give every overlapping pair of indices with the number of common characters."""
    order = sorted(range(len(predicted)), key=predicted.__getitem__)
    first = 0
    for i in sorted(range(len(gold)), key=gold.__getitem__):
        start, end = gold[i]
        while first < len(order) and predicted[order[first]][1] <= start:
            first += 1
        for position in range(first, len(order)):
            j = order[position]
            if predicted[j][0] >= end:
                break
            common = min(end, predicted[j][1]) - max(start, predicted[j][0])
            if common > 0:
                yield i, j, common


def _length(offsets: Offsets) -> int:
    return offsets[1] - offsets[0]
