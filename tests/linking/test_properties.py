"""Laws of linking on random spans over random text."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from bare_tasks import bare_task
from taskner.linking import link_task
from taskner.linking.borders import mend_borders
from taskner.linking.cells import read_cells
from taskner.linking.names import part_from_units
from taskner.linking.screen import screen_spans
from taskner.types import LABELS, Annex, Document, Segment, Span

ANNEX = Annex(id="0", title=None, start=0)
PIECES = [
    "新增",
    "增长",
    "分别",
    "各",
    "其中",
    "、",
    "，",
    "；",
    "。",
    "\n",
    "和",
    "渔港",
    "5%",
    "12座",
]
PIECES += ["由", "牵头", "年底前", "累计", "(", ")", "：", "目标", "全部完成"]


@st.composite
def tasks(draw):
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40)))
    document = Document(id="d", text=text)
    spans = []
    for _ in range(draw(st.integers(0, 14))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 6)))
        spans.append(Span.of(document, start, end, draw(st.sampled_from(LABELS))))
    cut = draw(st.integers(0, len(text)))
    field = draw(st.sampled_from(["content", "deadline", "responsibility", "progress"]))
    segments = (
        Segment(start=0, end=cut, field="content"),
        Segment(
            start=cut, end=len(text), field=field, context=draw(st.sampled_from(["", "云岭区"]))
        ),
    )
    return document, bare_task(text, segments=segments), spans


def link(document, task, spans):
    return link_task(document, task, spans, annex=ANNEX, year=2026)


@settings(deadline=None)
@given(tasks())
def test_links_lie_in_the_task(drawn):
    document, task, spans = drawn
    linked = link(document, task, spans)
    read = read_cells(document, task, sorted(set(spans), key=lambda span: span.start))
    named = part_from_units(document, read, task.units)
    known = set(mend_borders(document, named, segments=task.segments))
    for target in linked.targets:
        assert target.span in known
        assert set(target.metrics) <= known
        assert all(unit < len(linked.units) for unit in target.units)
        assert (target.link_score is None) == (not target.metrics)
        assert target.link_score is None or 0.0 <= target.link_score <= 1.0
        for deadline in target.deadlines:
            deadline.span.check(document)


@settings(deadline=None)
@given(tasks(), st.randoms(use_true_random=False))
def test_order_of_spans_does_not_matter(drawn, random):
    document, task, spans = drawn
    shuffled = list(spans)
    random.shuffle(shuffled)
    assert link(document, task, spans) == link(document, task, shuffled)


@settings(deadline=None)
@given(tasks())
def test_no_target_that_the_guide_admits_is_lost(drawn):
    document, task, spans = drawn
    linked = link(document, task, spans)
    read = [segment for segment in task.segments if segment.field in {"content", "deadline"}]
    figures = read_cells(document, task, sorted(set(spans), key=lambda span: span.start))
    expected = {
        span
        for span in screen_spans(document, mend_borders(document, figures, segments=task.segments))
        if span.label == "TARGET"
        and any(segment.start <= span.start and span.end <= segment.end for segment in read)
    }
    assert {target.span for target in linked.targets} == expected


def test_a_very_long_line_takes_time_in_proportion():
    sentence = "渔港5座、驿站9座；年底前新增"
    spans = ((0, 2, "METRIC"), (2, 4, "TARGET"), (10, 13, "DEADLINE"))

    def seconds(n_sentences):
        text = sentence * n_sentences
        document = Document(id="d", text=text)
        starts = range(0, len(text), len(sentence))
        found = [Span.of(document, s + a, s + b, label) for s in starts for a, b, label in spans]
        task = bare_task(text)
        began = time.process_time()
        assert len(link(document, task, found).targets) == n_sentences
        return time.process_time() - began

    seconds(10)
    assert seconds(1600) < 20 * seconds(200)
