"""A task built from marked cells, linked."""

import pytest

from bare_tasks import bare_task
from taskner.corpus.inline import parse_marks
from taskner.linking import link_task
from taskner.types import Annex, Document, Segment, Span, Unit


def build_task(cells, *, units=(), flags=()):
    """Join cells (field, context, marked text) with line breaks into a document and a task."""
    marked = parse_marks("\n".join(cell for _, _, cell in cells))
    document = Document(id="d", text=marked.text)
    segments = []
    start = 0
    for (field, context, _), line in zip(cells, marked.text.split("\n"), strict=True):
        end = start + len(line)
        segments.append(Segment(start=start, end=end, field=field, context=context))
        start = end + 1
    known = []
    for name in units:
        at = marked.text.rindex(name)
        span = Span.of(document, at, at + len(name), "UNIT")
        pieces = ((span.start, span.end),)
        known.append(Unit(span=span, pieces=pieces, role="lead", name=name))
    task = bare_task(
        marked.text,
        end=segments[0].end,
        number="1",
        segments=tuple(segments),
        units=tuple(known),
        flags=tuple(flags),
    )
    return document, task, marked.spans


@pytest.fixture
def link():
    def run(*cells, units=(), flags=(), year=2026):
        document, task, spans = build_task(cells, units=units, flags=flags)
        return link_task(document, task, spans, annex=Annex(id="0", title=None, start=0), year=year)

    return run
