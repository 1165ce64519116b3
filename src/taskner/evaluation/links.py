"""Scores of links, counted from the gold side: a missed target loses its links."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet

from taskner.evaluation.counts import LINK_KINDS, Count, Scores
from taskner.evaluation.rows import Row

Link = tuple[Hashable, ...]
"""A target's place, the place of what it is linked to and, for ``unit_role``, the role."""


def links_of(rows: Iterable[Row]) -> dict[str, set[Link]]:
    """Collect the links of ledger rows, by kind of link."""
    links: dict[str, set[Link]] = {kind: set() for kind in LINK_KINDS}
    for row in rows:
        if row.target is not None:
            links["metric"] |= {(row.target, metric) for metric in row.metrics}
            links["deadline"] |= {(row.target, place) for place, _ in row.deadlines}
            links["unit"] |= {(row.target, place) for place, _ in row.units}
            links["unit_role"] |= {(row.target, place, role) for place, role in row.units}
    return links


def score_links(
    gold: Mapping[str, AbstractSet[Link]], predicted: Mapping[str, AbstractSet[Link]]
) -> Scores:
    """Score links by kind; both ends must be exactly right.

    Args:
        gold: True links by kind. A kind that is no key was not annotated and is absent
            from the scores.
        predicted: Links found, by kind.

    Returns:
        Scores with the measures ``links.*``; the others are absent.
    """
    return Scores.of(
        {
            f"links.{kind}": Count(
                gold=len(gold[kind]),
                predicted=len(predicted[kind]),
                true=len(gold[kind] & predicted[kind]),
            )
            for kind in gold
        }
    )
