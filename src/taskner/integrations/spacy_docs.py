"""What a spaCy Doc holds of a notice: spans with scores, entities, the notice's record.

``doc.user_data["taskner"]`` is the record of schema taskner/1, plain values that spaCy can
store; a Notice itself would not survive ``Doc.to_bytes``, which worker processes use.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np

from taskner.records import SCHEMA, notice_from_json, notice_to_json
from taskner.types import Notice, Span

KEY = "taskner"
Alignment = Literal["strict", "contract", "expand"]


def spans_of_notice(notice: Notice) -> tuple[Span, ...]:
    """Give every span of a ledger once, in text order."""
    found: dict[tuple[int, int, str], Span] = {}
    for task in notice.tasks:
        deadlines = [*task.deadlines, *(d for target in task.targets for d in target.deadlines)]
        spans = [
            *(unit.span for unit in task.units),
            *(deadline.span for deadline in deadlines),
            *(target.span for target in task.targets),
            *(metric for target in task.targets for metric in target.metrics),
        ]
        for span in spans:
            found.setdefault((span.start, span.end, span.label), span)
    return tuple(found[place] for place in sorted(found))


def set_notice(doc: Any, notice: Notice) -> None:
    """Store a notice of this doc's text in the doc."""
    doc.user_data[KEY] = notice_to_json(notice)


def notice_of_doc(doc: Any) -> Notice | None:
    """Give the notice that the component stored; None where there is none.

    It has no blocks and no segments, which records do not carry; its ledger is the same.
    """
    record = doc.user_data.get(KEY)
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        return None
    return notice_from_json(record, text=doc.text)


def set_spans(doc: Any, spans: Iterable[Span], *, key: str, alignment: Alignment) -> int:
    """Set ``doc.spans[key]``, with scores and the number of lost spans in its ``attrs``.

    Args:
        doc: A Doc; offsets are those of its text.
        spans: In text order.
        key: The name of the span group.
        alignment: As in ``Doc.char_span``.

    Returns:
        How many spans have no tokens of their own.
    """
    from spacy.tokens import SpanGroup  # noqa: PLC0415 - an extra, and slow to load

    placed, scores, n_lost = [], [], 0
    for span in spans:
        tokens = doc.char_span(span.start, span.end, label=span.label, alignment_mode=alignment)
        if tokens is None:
            n_lost += 1
            continue
        placed.append(tokens)
        # As spaCy's own components do: an array of numbers, where nan is "not known".
        scores.append(float("nan") if span.score is None else span.score)
    attrs = {"scores": np.array(scores, dtype=np.float32), "unaligned": n_lost}
    doc.spans[key] = SpanGroup(doc, name=key, attrs=attrs, spans=placed)
    return n_lost


def set_entities(doc: Any, *, key: str) -> None:
    """Set ``doc.ents`` to the spans of a group; entities that overlap none of them stay.

    Entities cannot overlap: of spans that do, the longest is taken.
    """
    from spacy.util import filter_spans  # noqa: PLC0415 - as above

    chosen = filter_spans(list(doc.spans[key]))
    taken = {index for span in chosen for index in range(span.start, span.end)}
    kept = [ent for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end))]
    doc.ents = sorted([*chosen, *kept], key=lambda ent: int(ent.start))
