"""Scores of what the found targets and deadlines mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from taskner.evaluation.counts import VALUE_FIELDS, Count, Scores
from taskner.evaluation.matching import Offsets
from taskner.evaluation.rows import Row


def score_values(gold: Iterable[Row], predicted: Iterable[Row]) -> Scores:
    """Score the parts of quantities and the dates of deadlines.

    Only targets whose span was found count, and only deadlines that are linked to the
    same target on both sides; what was missed is told by the scores of spans and links.
    Where several rows print one target, a value is right if one of them has it.

    Args:
        gold: Rows of the gold ledger.
        predicted: Rows of the predicted ledger of the same text.

    Returns:
        Scores with the measures ``values.*``; the others are absent.
    """
    guesses: defaultdict[Offsets | None, list[Row]] = defaultdict(list)
    for row in predicted:
        if row.target is not None:
            guesses[row.target].append(row)
    found = [(row, guesses[row.target]) for row in gold if row.target in guesses]
    counts = {
        f"values.{name}": share_right(
            value_of(row, name) in {value_of(guess, name) for guess in others}
            for row, others in found
        )
        for name in VALUE_FIELDS
    }
    dates = (
        (period, {other for guess in others for where, other in guess.deadlines if where == at})
        for row, others in found
        for at, period in row.deadlines
    )
    same = (period in others for period, others in dates if others)
    return Scores.of(counts | {"values.date": share_right(same)})


def value_of(row: Row, name: str) -> object:
    """Give one part of the row's quantity by name, the upper bound with the value."""
    quantity = row.quantity
    if quantity is None:
        return None
    return (quantity.value, quantity.upper) if name == "value" else getattr(quantity, name)


def share_right(answers: Iterable[bool]) -> Count:
    """Count answers as found in gold and prediction, and the right ones as true."""
    right = list(answers)
    return Count(gold=len(right), predicted=len(right), true=sum(right))
