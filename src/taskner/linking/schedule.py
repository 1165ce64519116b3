"""Deadlines that a task's cells give: due columns and columns of milestones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from taskner.folding import fold
from taskner.linking.sheet import spans_inside
from taskner.types import Deadline, Document, Segment, Span, Task
from taskner.values import parse_period

_LONGEST_CELL = 30
"""Characters of a due cell that is one deadline even if the tagger found none in it."""


def due_deadlines(
    document: Document, task: Task, spans: Sequence[Span], year: int | None
) -> tuple[Deadline, ...]:
    """Read the deadlines of due columns (完成时限) that hold for the whole task.

    Args:
        document: The document.
        task: The task.
        spans: The tagger's spans.
        year: The notice's year.

    Returns:
        Deadlines in text order. A short cell is one even if none was tagged in it; a cell
        with targets is a column of milestones and gives none.
    """
    found: list[Span] = []
    for segment in task.segments:
        inside = spans_inside(segment, spans)
        if segment.field == "deadline" and all(span.label != "TARGET" for span in inside):
            tagged = [span for span in inside if span.label == "DEADLINE"]
            whole = list(_whole_cell(document, segment))
            same = [span for span in tagged if whole and span.start == whole[0].start]
            found += [span for span in same if span.end == whole[0].end] or whole or tagged
    return tuple(date_deadline(span, year) for span in found)


def column_deadlines(document: Document, task: Task, year: int | None) -> dict[Segment, Deadline]:
    """Read the periods that titles of columns give to the cells below them (一季度).

    Args:
        document: The document.
        task: The task.
        year: The notice's year.

    Returns:
        The deadline of each such segment; its span stands in the title.
    """
    return {
        segment: _column_deadline(Span.of(document, *segment.due, "DEADLINE"), year)
        for segment in task.segments
        if segment.due is not None
    }


def _column_deadline(span: Span, year: int | None) -> Deadline:
    """A title with its dates; bare digits are a year there."""
    said = fold(span.text)
    if not _BARE_YEAR.fullmatch(said):
        return date_deadline(span, year)
    return Deadline(span=span, period=parse_period(f"{said}年", year=year))


_BARE_YEAR = re.compile(r"\d{4}")


def without_past(document: Document, task: Task, year: int | None) -> Task:
    """Leave out the columns of years that are over: what they print was reached.

    Args:
        document: The document.
        task: The task.
        year: The year the notice plans for, None if unknown.

    Returns:
        The task without their segments.
    """
    past = {
        segment
        for segment, deadline in column_deadlines(document, task, year).items()
        if year and deadline.period.last and deadline.period.last.year < year
    }
    if not past:
        return task
    return replace(task, segments=tuple(one for one in task.segments if one not in past))


def closing_deadline(due: Sequence[Deadline]) -> Deadline | None:
    """Find the deadline of targets that have none of their own: the latest of the due columns."""
    return max(due, key=lambda item: item.period.last or date.min, default=None)


def date_deadline(span: Span, year: int | None) -> Deadline:
    """A deadline span with the dates it means."""
    return Deadline(span=span, period=parse_period(fold(span.text), year=year))


def _whole_cell(document: Document, segment: Segment) -> Iterator[Span]:
    text = document.text[segment.start : segment.end]
    start = segment.start + len(text) - len(text.lstrip())
    end = segment.start + len(text.rstrip())
    if start < end <= start + _LONGEST_CELL and any(map(str.isalnum, document.text[start:end])):
        yield Span.of(document, start, end, "DEADLINE")
