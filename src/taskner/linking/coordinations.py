"""Coordinated nouns: one metric where only the last makes sense alone, else one each.

Source: docs/annotating.md, rulings 1 and 2: with 各, 均 or 分别 nouns joined by 、 are
separate metrics if each could stand alone; without a head noun of its own none can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taskner.folding import fold
from taskner.linking.words import read_words
from taskner.types import Document, Span

_REACH = 6
"""Characters read behind a span."""

_SHORTEST = 3
"""Characters of a noun that can stand alone."""

_JOINT = re.compile(r"、|和|与|及|以及")
_GAP = re.compile(r"\s*(?:、|和|与|及|以及)?\s*")
_EACH = re.compile(r"\s*(?:分别|均|各|都)")
_HEAD = 2
"""Characters of most head nouns: 企业, 贷款, 中心."""


def is_attribute(text: str) -> bool:
    """Tell whether a word names nothing alone: 城镇 in 城镇、农村居民收入."""
    own = _JOINT.sub("", fold(text)).strip()
    return own in read_words("attributes")


def regroup(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Join metrics that are one coordination and part those that are several nouns.

    Args:
        document: The document.
        spans: The tagger's spans in text order.

    Yields:
        The spans in text order.
    """
    held: Span | None = None
    ends = _ends_of_lists(document, spans)
    for span in spans:
        if held is not None:
            gap = fold(document.text[held.end : span.start])
            if span.label == "METRIC" and _GAP.fullmatch(gap):
                scores = [each.score for each in (held, span) if each.score is not None]
                score = min(scores, default=None)
                span = Span.of(document, held.start, span.end, "METRIC", score=score)  # noqa: PLW2901
            else:
                yield held
        held = span if span.label == "METRIC" and is_attribute(span.text) else None
        if held is None:
            yield from (
                _parted(document, span, ends[span.end]) if span.label == "METRIC" else (span,)
            )
    if held is not None:
        yield held


def _ends_of_lists(document: Document, spans: Sequence[Span]) -> dict[int, int]:
    """Where the list ends whose noun ends somewhere: behind 到位率 for all of 履约率、到位率."""
    ends = {span.end: span.end for span in spans}
    for span, following in reversed(list(pairwise(spans))):
        joint = fold(document.text[span.end : following.start])
        if following.label == "METRIC" and _JOINT.fullmatch(joint.strip()):
            ends[span.end] = ends[following.end]
    return ends


def _parted(document: Document, metric: Span, end: int) -> Iterator[Span]:
    """The nouns of a metric before 各, 均 or 分别, if each could stand alone.

    ``end`` is where the list ends that the metric stands in.
    """
    own = fold(metric.text)
    after = fold(document.text[end : end + _REACH])
    edges = [0, *(edge for match in _JOINT.finditer(own) for edge in match.span()), len(own)]
    parts = [own[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if len(parts) < 2 or not _EACH.match(after) or not _stand_alone(parts):  # noqa: PLR2004
        yield metric
        return
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        start, end = metric.start + first, metric.start + last
        yield Span.of(document, start, end, "METRIC", score=metric.score)


def _stand_alone(parts: Sequence[str]) -> bool:
    """Whether all parts are indicators (履约率、开工率), or all end in one noun (…企业、…企业)."""
    long = all(len(part) >= _SHORTEST for part in parts)
    indicators = all(part.endswith(read_words("indicator_ends")) for part in parts)
    one_head = all(part[-_HEAD:] == parts[0][-_HEAD:] and len(part) > _SHORTEST for part in parts)
    return long and (indicators or one_head)
