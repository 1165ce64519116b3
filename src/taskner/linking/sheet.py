"""The text that linking reads: a task's segments, folded and joined."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from taskner.folding import BREAK, fold
from taskner.linking.words import read_words
from taskner.types import Document, Segment, Span, Task

_BORDER = "\n\n"
"""Between segments: metrics are sought across it, deadlines do not reach over it."""

_CLAUSE = ","
"""Between segments of one sentence, which a page prints a line each."""

_LONGEST_PLACE = 10
"""Characters of a place name in a column title; longer ones are sentences or headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Segments of a task as one text.

    ``spans`` have offsets into ``text`` and are in text order; ``origin`` gives the span of
    the document for each.
    """

    text: str
    spans: tuple[Span, ...]
    origin: dict[Span, Span]
    scope: str | None = None

    @classmethod
    def of(
        cls,
        document: Document,
        segments: Iterable[Segment],
        spans: Sequence[Span],
        *,
        scope: str | None = None,
    ) -> Sheet:
        """Join segments and move the spans in them.

        Args:
            document: The document.
            segments: Segments to join, in text order.
            spans: Spans of the document; those outside the segments are left out.
            scope: The place whose share the segments give.

        Returns:
            The sheet.
        """
        text = ""
        border = ""
        origin: dict[Span, Span] = {}
        for segment in segments:
            text += border
            border = _CLAUSE if segment.runs_on else _BORDER
            shift = len(text) - segment.start
            text += _without_gaps(fold(document.text[segment.start : segment.end]), segment)
            for span in spans_inside(segment, spans):
                moved = replace(span, start=span.start + shift, end=span.end + shift)
                origin[moved] = span
        ordered = sorted(origin, key=lambda span: (span.start, span.end, span.label))
        return cls(text=text, spans=tuple(ordered), origin=origin, scope=scope)


def _without_gaps(text: str, segment: Segment) -> str:
    """Blank what the page put into a segment, so that no sentence ends there but at a break."""
    for start, end in segment.gaps:
        first, last = start - segment.start, end - segment.start
        blank = "\n" if BREAK.search(text, first, last) else " "
        text = text[:first] + blank.ljust(end - start) + text[last:]
    return text


def spans_inside(segment: Segment, spans: Iterable[Span]) -> list[Span]:
    """The spans that lie wholly in a segment."""
    return [span for span in spans if segment.start <= span.start and span.end <= segment.end]


def spans_between(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """The spans, given in text order, that start in a stretch of the text."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, end, lo=first, key=lambda span: span.start)]


def split_sheets(document: Document, task: Task, spans: Sequence[Span]) -> tuple[Sheet, ...]:
    """Build the sheet of the task's content and one for each column with a share of it.

    A deadline segment that holds targets is read as content (第一季度:建成2家).

    Args:
        document: The document.
        task: The task; without segments its whole stretch is content.
        spans: The tagger's spans.

    Returns:
        The content first, then the share columns in text order.
    """
    segments = task.segments or (Segment(start=task.start, end=task.end, field="content"),)
    main: list[Segment] = []
    shares: list[tuple[Segment, str]] = []
    for segment in sorted(segments, key=lambda each: each.start):
        differs = main and segment.context != main[0].context
        scope = share_scope(segment.context) if differs else None
        if segment.field == "content" and scope:
            shares.append((segment, scope))
        elif segment.field == "content" or (
            segment.field == "deadline" and _has_target(segment, spans)
        ):
            main.append(segment)
    return (
        Sheet.of(document, main, spans),
        *(Sheet.of(document, [segment], spans, scope=scope) for segment, scope in shares),
    )


def _has_target(segment: Segment, spans: Sequence[Span]) -> bool:
    return any(span.label == "TARGET" for span in spans_inside(segment, spans))


def share_scope(context: str) -> str | None:
    """Read the place whose share a column gives from the column's title.

    Args:
        context: Column title, such as 云溪县 or 区本级任务数.

    Returns:
        The title without spaces, or None when it names no place.
    """
    title = "".join(fold(context).split())
    place = _cut_number_word(title)
    named = place.endswith(read_words("share_endings")) and len(place) <= _LONGEST_PLACE
    return title if named else None


def _cut_number_word(title: str) -> str:
    ending = next((word for word in read_words("share_numbers") if title.endswith(word)), "")
    return title.removesuffix(ending)
