"""What was suggested, as marked texts for an annotator to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.formats import with_unique_ids
from taskner.corpus.predicted import marks_of_notice
from taskner.corpus.tally import Note, Read
from taskner.pipeline.extractor import segments_to_tag
from taskner.studies.suggestions import Suggestion
from taskner.types import Document, Notice, Span, Task

_Line = tuple[int, int]


def marks_of(suggestions: Iterable[Suggestion]) -> Read:
    """Give the suggested notices, or what holds the suggested items, with the model's marks.

    Returns:
        A text a notice. Of items it holds the lines that they stand on, whole and in text
        order, and no others.
    """
    notices: dict[int, Notice] = {}
    tasks: dict[int, list[Task] | None] = {}
    for one in suggestions:
        notices[id(one.notice)] = one.notice
        if one.task is None:
            tasks[id(one.notice)] = None
        elif (known := tasks.setdefault(id(one.notice), [])) is not None:
            known.append(one.task)
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for key, notice in notices.items():
        own = tasks[key]
        lines = None if own is None else [*_joined(_lines_of(notice.document.text, own))]
        read = marks_of_notice(notice if lines is None else _within(notice, lines))
        texts += read.texts if lines is None else [_cut(read.texts[0], lines)]
        notes += read.notes
    return with_unique_ids(Read(tuple(texts), tuple(notes)))


def _within(notice: Notice, lines: Sequence[_Line]) -> Notice:
    """Give the notice with those of its tasks that stand on some lines, in part at least."""

    def is_there(task: Task) -> bool:
        return any(
            segment.start < end and start < segment.end
            for segment in task.segments
            for start, end in lines
        )

    return replace(notice, tasks=tuple(task for task in notice.tasks if is_there(task)))


def _cut(text: AnnotatedText, lines: Sequence[_Line]) -> AnnotatedText:
    """Give some lines of a text with their marks."""
    shifts, pieces, length = [], [], 0
    for start, end in lines:
        shifts.append(length - start)
        pieces.append(text.text[start:end])
        length += end - start
    places = {
        index: shift
        for index, mark in enumerate(text.marks)
        for (start, end), shift in zip(lines, shifts, strict=True)
        if start <= mark.span.start and mark.span.end <= end
    }
    kept = text.keep(places)
    document = Document(id=text.id, text="".join(pieces))
    marks = tuple(
        replace(mark, span=_moved(document, mark.span, places[index]))
        for index, mark in zip(sorted(places), kept.marks, strict=True)
    )
    return replace(kept, text=document.text, marks=marks)


def _lines_of(text: str, tasks: Iterable[Task]) -> Iterator[_Line]:
    """Give the lines that the tagged segments of some tasks stand on."""
    for task in tasks:
        for segment in segments_to_tag((task,)):
            start = text.rfind("\n", 0, segment.start) + 1
            end = text.find("\n", segment.end)
            yield start, len(text) if end < 0 else end + 1


def _joined(places: Iterable[_Line]) -> Iterator[_Line]:
    """Join stretches that touch, in text order."""
    low = high = -1
    for start, end in sorted(places):
        if start > high:
            if high > low:
                yield low, high
            low, high = start, end
        else:
            high = max(high, end)
    if high > low:
        yield low, high


def _moved(document: Document, span: Span, shift: int) -> Span:
    return Span.of(document, span.start + shift, span.end + shift, span.label, score=span.score)
