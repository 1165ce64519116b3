"""Text that is no notice, such as one sentence: each line is read as a task."""

from __future__ import annotations

from dataclasses import replace

from taskner.integrations.spacy_docs import spans_of_notice
from taskner.pipeline import Extractor
from taskner.pipeline.extractor import link_notice, segments_to_tag
from taskner.types import Block, Document, Notice, Segment, Span, Task


def read_lines(notice: Notice, extractor: Extractor) -> tuple[Notice, tuple[Span, ...]]:
    """Tag and link the lines of a notice without tasks.

    Returns:
        The notice with a task for each line that has a span, its flags unchanged; and the
        spans of its ledger with those that were tagged and stand in no row, in text order.
    """
    document = notice.document
    annex = notice.annexes[0].id if notice.annexes else "0"
    tasks = tuple(_task(document, line, annex) for line in document.blocks)
    tagged = extractor.tagger.tag(document, segments_to_tag(tasks))
    kept = tuple(task for task in tasks if any(task.start <= s.start < task.end for s in tagged))
    linked = link_notice(replace(notice, tasks=kept), tagged)
    rows = spans_of_notice(linked)
    free = [s for s in tagged if all(s.end <= r.start or r.end <= s.start for r in rows)]
    return linked, tuple(sorted((*rows, *free), key=lambda span: (span.start, span.end)))


def _task(document: Document, line: Block, annex: str) -> Task:
    return Task(
        id=f"{annex}/{document.text.count(chr(10), 0, line.start) + 1}",
        annex=annex,
        number=None,
        path=(),
        leader=None,
        start=line.start,
        end=line.end,
        text=document.text[line.start : line.end],
        segments=(Segment(start=line.start, end=line.end, field="content"),),
    )
