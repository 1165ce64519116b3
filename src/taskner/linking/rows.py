"""Rows of tables whose cell of aims begins with a number: the name of the row says of what.

固定资产投资 | 增长8%，其中工业投资增长12%: the tagger reads sentences, and a name alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskner.folding import fold
from taskner.linking.cells import name_metrics, row_name, subject_of
from taskner.linking.sheet import spans_inside
from taskner.linking.words import words_pattern
from taskner.types import Document, Segment, Span, Task

_AIMS = re.compile(r"目标|指标|要求|计划数|任务[数量]")
_MARKS = re.compile(r"[\s:,、(]+")
_NOUN = re.compile(r"\s*[\u4e00-\u9fffA-Za-z“\"《]")
_NO_NOUN = re.compile(r"\s*(?:以[上下内]|左右|及以上|[和与及或])")


def name_rows(document: Document, task: Task, spans: Sequence[Span]) -> list[Span]:
    """Make the name of a row a metric where a cell of aims begins with a number.

    Args:
        document: The document.
        task: A task with segments.
        spans: Spans of the task in text order.

    Returns:
        The spans in text order; those in such a name give way to the metric.
    """
    found = list(spans)
    contents = [segment for segment in task.segments if segment.field == "content"]
    for segment in contents:
        subject, cell = _halves(document, contents[0], segment)
        aims = segment.due is not None or _AIMS.search(fold(segment.context))
        if subject is None or not aims:
            continue
        if not _begins_with_number(document, cell, found) or _is_named(found, *subject):
            continue
        start, end = subject
        found = [one for one in found if one.end <= start or end <= one.start]
        found += name_metrics(document, start, end, 1)
    return sorted(found, key=lambda span: (span.start, span.end))


def _halves(
    document: Document, first: Segment, segment: Segment
) -> tuple[tuple[int, int] | None, Segment]:
    """The name of a row and the cell beside it, where both are read as one too."""
    if not segment.gaps:
        return subject_of(document, first, segment), segment
    start, end = segment.gaps[-1]
    return row_name(document, segment.start, start), replace(segment, start=end)


def _begins_with_number(document: Document, segment: Segment, spans: Sequence[Span]) -> bool:
    """Whether only verbs and times stand before a cell's first number, and no noun behind it."""
    inside = spans_inside(segment, spans)
    aims = [index for index, span in enumerate(inside) if span.label == "TARGET"]
    if not aims or any(span.label != "DEADLINE" for span in inside[: aims[0]]):
        return False
    number = inside[aims[0]]
    said, at = "", segment.start
    for time in inside[: aims[0]]:
        said, at = said + document.text[at : time.start], time.end
    said = fold(said + document.text[at : number.start])
    if _MARKS.sub("", words_pattern("fillers", "hedges", "completions").sub("", said)):
        return False
    after = fold(document.text[number.end : segment.end])
    named = _NOUN.match(after) and not _NO_NOUN.match(after)
    return not named or words_pattern("fillers").match(after) is not None


def _is_named(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether the name is told already: by a metric that is most of it, or by its own number."""
    inside = [span for span in spans if start <= span.start and span.end <= end]
    metrics = [span for span in inside if span.label == "METRIC"]
    long = 2 * sum(span.end - span.start for span in metrics) >= end - start
    return any(span.label == "TARGET" for span in inside) or (long and len(metrics) == len(inside))
