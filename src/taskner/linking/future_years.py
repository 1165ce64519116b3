"""Years to come at the head of what is counted: they say when, 2028年|新能源车辆达到30辆."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taskner.folding import fold
from taskner.types import Document, Span

_DATED = re.compile(r"(?P<when>(?P<year>20\d\d)年(?:底|末)?前?)(?=[\u4e00-\u9fff“\"]{2})")
_OPENS = re.compile(r"(?:^|[\s,;。、:(]|[到至在])$")


def part_future_years(
    document: Document, spans: Sequence[Span], year: int | None
) -> Iterator[Span]:
    """Make a deadline of a coming year with which a tagged metric begins.

    A year that is over tells which things are meant (2024年拿地项目), a coming one cannot.

    Args:
        document: The document.
        spans: Spans of a task.
        year: The year the notice plans for.

    Yields:
        The spans in order; such a metric as a deadline and the rest.
    """
    for span in spans:
        match = _DATED.match(fold(span.text)) if span.label == "METRIC" and year else None
        before = fold(document.text[max(0, span.start - 1) : span.start])
        if match and year and int(match["year"]) > year and _OPENS.search(before):
            middle = span.start + match.end()
            yield Span.of(document, span.start, middle, "DEADLINE", score=span.score)
            yield Span.of(document, middle, span.end, "METRIC", score=span.score)
        else:
            yield span
