"""Cells of tables that are nothing but figures: their columns say what they mean.

A tagger reads sentences; `186` in a column 目标值 beside 农村公路养护（公里） is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taskner.folding import fold
from taskner.linking.figures import LONGEST, read_figures
from taskner.linking.sheet import spans_inside
from taskner.linking.words import read_words
from taskner.types import Document, Segment, Span, Task

_BRACKET = re.compile(r"\s*\(\s*(?:单位:?)?\s*([^()\d]{1,8})\s*\)\s*$")
_CHANGE = re.compile(r"(?<=..)(?:增长|提高|提升|增加|下降|降低|减少|压减)$")
_NAMES = re.compile(r"[、/]")
_FIGURES = re.compile(r"(?<![A-Za-z\d.])\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of figures: where it stands, and the stretch that says what they count."""

    start: int
    end: int
    subject: tuple[int, int] | None


def read_cells(document: Document, task: Task, spans: Sequence[Span]) -> list[Span]:
    """Make targets of cells of figures, and a metric of what their row is about.

    Args:
        document: The document.
        task: A task with segments.
        spans: The tagger's spans of it.

    Returns:
        The spans, with those in cells of figures set right. What columns alone say has no
        score.
    """
    found = list(spans)
    for cell in figure_cells(document, task):
        figures = read_figures(fold(document.text[cell.start : cell.end]), cell.start)
        read = [
            *(Span.of(document, one.start, one.end, "TARGET") for one in figures),
            *(Span.of(document, *one.when, "DEADLINE") for one in figures if one.when),
        ]
        tagged = {(span.start, span.end, span.label) for span in found}
        if not {(span.start, span.end, span.label) for span in read} <= tagged:
            found = [span for span in found if span.end <= cell.start or cell.end <= span.start]
            found += read
        if cell.subject and not _holds_amount(found, *cell.subject):
            start, end = cell.subject
            n_named = 1 if any(one.when for one in figures) else len(figures)
            named = list(name_metrics(document, start, end, n_named))
            if not _covers(found, named, end) or _has_limit(found, start, end):
                found = [span for span in found if span.end <= start or end <= span.start]
                found += named
            found = list(_from_start(document, found, start, end))
    return found


def figure_cells(document: Document, task: Task) -> Iterator[Cell]:
    """Find the cells of a task that are nothing but figures.

    Args:
        document: The document.
        task: The task.

    Yields:
        Each with what its row is about.
    """
    contents = [segment for segment in task.segments if segment.field == "content"]
    first = contents[0] if contents else None
    for segment in contents:
        if not segment.context:
            continue
        for gap_start, gap_end in reversed(segment.gaps):
            if _is_figures(document, gap_end, segment.end):
                named = row_name(document, segment.start, gap_start)
                yield Cell(gap_end, segment.end, named)
                break
        else:
            if _is_figures(document, segment.start, segment.end):
                yield Cell(segment.start, segment.end, subject_of(document, first, segment))


def subject_of(
    document: Document, first: Segment | None, segment: Segment
) -> tuple[int, int] | None:
    """The first cell of a row is what it is about, unless it is a sentence or figures.

    Beside a column of milestones it is so only without a number: 新建公园3座 is what all of
    them add up to.
    """
    if first is None or first == segment or first.gaps or first.due:
        return None
    if segment.due and _FIGURES.search(fold(document.text[first.start : first.end])):
        return None
    return row_name(document, first.start, first.end)


def row_name(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """Give a stretch that names what a row is about, None for a sentence."""
    text = fold(document.text[start:end])
    is_sentence = len(text) > LONGEST or re.search(r"[。;,]", text)
    return None if is_sentence else (start, end)


def _is_figures(document: Document, start: int, end: int) -> bool:
    return end - start <= LONGEST and bool(read_figures(fold(document.text[start:end]), start))


def _covers(spans: Sequence[Span], named: Sequence[Span], end: int) -> bool:
    """Whether the tagger found metrics that are not just a word of the cell."""
    stretch = Segment(start=named[0].start, end=end, field="content")
    inside = [span for span in spans_inside(stretch, spans) if span.label == "METRIC"]
    if len(named) > 1:  # as many names as figures: each is one
        return {(one.start, one.end) for one in named} <= {(one.start, one.end) for one in inside}
    return 2 * sum(span.end - span.start for span in inside) >= stretch.end - stretch.start


def _has_limit(spans: Sequence[Span], start: int, end: int) -> bool:
    """A number with 以上 inside what a row is about is a limit: 收入20万元以上村占比."""
    return any(
        one.label == "TARGET"
        and start <= one.start
        and one.end < end
        and fold(one.text).endswith(("以上", "以下", "以内"))
        for one in spans
    )


def _holds_amount(spans: Sequence[Span], start: int, end: int) -> bool:
    """A cell that ends with a target of its own (新建绿道18公里) names no row of figures."""
    return any(one.label == "TARGET" and start < one.start < one.end == end for one in spans)


def _from_start(document: Document, spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The first metric in the cell that names a row begins where the cell does, but for a verb.

    A word of rank behind the only one belongs to it: 营商环境|全省位次.
    """
    text = fold(document.text[start:end])
    inside = [one for one in spans if start <= one.start < end]
    first = min(inside, key=lambda one: (one.start, one.end), default=None)
    alone = len([one for one in inside if first and one.start < first.end]) == 1
    for span in spans:
        moves = span is first and alone and span.label == "METRIC" and start < span.start
        before = fold(document.text[start : span.start]) if moves else ""
        joins = _PART_OF_NAME.fullmatch(before) and not before.endswith(read_words("metric_verbs"))
        first_at = start if joins else span.start
        only = len(inside) == 1 and span is first and span.label == "METRIC"
        rank = _RANK.match(text, span.end - start) if only else None
        last_at = start + rank.end() if rank else span.end
        if (first_at, last_at) == (span.start, span.end):
            yield span
        else:
            yield Span.of(document, first_at, last_at, "METRIC", score=span.score)


_RANK = re.compile(r"(?:在?全[国省市县区州盟旗])?的?(?:综合)?(?:位次|排名|名次|排位)")
_PART_OF_NAME = re.compile(r"[\u4e00-\u9fff]+")


def name_metrics(document: Document, start: int, end: int, n_figures: int) -> Iterator[Span]:
    """What a row is about as metrics: one, or as many as figures where they are listed."""
    text = fold(document.text[start:end])
    text = _BRACKET.sub("", text)
    text = _CHANGE.sub("", text)
    borders = [0, *(edge for match in _NAMES.finditer(text) for edge in match.span()), len(text)]
    parts = list(zip(borders[::2], borders[1::2], strict=True))
    for first, last in parts if len(parts) == n_figures else [(0, len(text))]:
        yield Span.of(document, start + first, start + max(last, first + 1), "METRIC")
