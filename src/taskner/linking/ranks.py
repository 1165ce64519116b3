"""Ranks: 前8位 in 排名进入全市前8位 is the number, and no date although it holds 前.

Source: docs/annotating.md: numbers in words count, 前五 among them; a deadline says when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taskner.folding import fold
from taskner.types import Document, Span

_REACH = 12
"""Characters read before a span."""

_AMONG = (
    r"(?:全[国省市县区州旗盟镇乡]|同类[\u4e00-\u9fff]{0,3}|排名|位次|名次|位居|进入|跻身|挺进|争进|"
    r"[居列进])"
)
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_RANK = re.compile(rf"[\u4e00-\u9fff]{{0,6}}{_AMONG}前(?:{_NUMBER}[名位]?)?|前{_NUMBER}[名位]?")
_BEFORE = re.compile(rf"{_AMONG}前$")
_PLACE = re.compile(rf"{_NUMBER}[名位强%]?")


def read_ranks(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Let the 前 of a rank stand in its target, and drop deadlines that are ranks (全市前三).

    Args:
        document: The document.
        spans: The tagger's spans.

    Yields:
        The spans in the order given.
    """
    for span in spans:
        if span.label == "TARGET" and _is_place(document, span):
            yield Span.of(document, span.start - 1, span.end, "TARGET", score=span.score)
        elif span.label != "DEADLINE" or not _RANK.fullmatch(fold(span.text)):
            yield span


def _is_place(document: Document, span: Span) -> bool:
    before = fold(document.text[max(0, span.start - _REACH) : span.start])
    return _PLACE.fullmatch(fold(span.text)) is not None and _BEFORE.search(before) is not None
