from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

from ledgers import GOLD
from taskner.evaluation.counts import Count
from taskner.evaluation.matching import pair_offsets
from taskner.evaluation.spans import notice_spans, score_spans
from taskner.types import LABELS, Document, Span

LENGTH = 30
DOCUMENT = Document(id="spans", text="文" * LENGTH)


@st.composite
def span_lists(draw):
    """Spans that do not overlap, often touching, in any order."""
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=12)))
    pieces = [
        Span.of(DOCUMENT, start, end, draw(st.sampled_from(LABELS)))
        for start, end in pairwise(cuts)
        if draw(st.booleans())
    ]
    return draw(st.permutations(pieces))


def tags(spans):
    row = ["O"] * LENGTH
    for span in spans:
        row[span.start : span.end] = [f"I-{span.label}"] * (span.end - span.start)
        row[span.start] = f"B-{span.label}"
    return row


@settings(deadline=None)
@given(span_lists(), span_lists())
def test_strict_scores_equal_those_of_seqeval(gold, predicted):
    options = {"mode": "strict", "scheme": IOB2, "output_dict": True, "zero_division": 0}
    rows = [tags(gold)], [tags(predicted)]
    report = classification_report(*rows, **options) if gold or predicted else {}
    scores = score_spans(gold, predicted)
    for label in LABELS:
        count = scores[f"spans.{label}"]
        if count.gold:
            theirs = report[label]
            assert count.f1 == pytest.approx(theirs["f1-score"])
            assert count.recall == pytest.approx(theirs["recall"])
            assert (count.precision or 0) == pytest.approx(theirs["precision"])
    if gold:
        assert scores["spans"].f1 == pytest.approx(report["micro avg"]["f1-score"])


@settings(deadline=None)
@given(span_lists(), span_lists())
def test_strict_counts_equal_those_of_nervaluate(gold, predicted):
    rows = [tags(gold)], [tags(predicted)]
    strict = Evaluator(*rows, tags=list(LABELS), loader="list").evaluate()["overall"]["strict"]
    count = score_spans(gold, predicted)["spans"]
    assert (strict.correct, strict.possible, strict.actual) == (
        count.true,
        count.gold,
        count.predicted,
    )


@settings(deadline=None)
@given(span_lists(), span_lists())
def test_relaxed_borders_never_cost_and_swapping_sides_changes_nothing(gold, predicted):
    scores, swapped = score_spans(gold, predicted), score_spans(predicted, gold)
    for name, count in scores.items():
        assert count.true == swapped[name].true
        assert count.true <= min(count.gold, count.predicted)
    for label in LABELS:
        assert scores[f"spans.{label}"].true <= scores[f"spans.{label}.relaxed"].true


@settings(deadline=None)
@given(span_lists())
def test_spans_against_themselves(spans):
    assert all(c.gold == c.predicted == c.true for _, c in score_spans(spans, spans).items())


def test_a_span_cut_in_two_is_found_once():
    whole = [Span.of(DOCUMENT, 2, 10, "METRIC")]
    halves = [Span.of(DOCUMENT, 2, 5, "METRIC"), Span.of(DOCUMENT, 5, 10, "METRIC")]
    scores = score_spans(whole, halves)
    assert scores["spans.METRIC"] == Count(gold=1, predicted=2, true=0)
    assert scores["spans.METRIC.relaxed"] == Count(gold=1, predicted=2, true=1)


def test_another_label_at_the_same_place_is_wrong():
    scores = score_spans([Span.of(DOCUMENT, 0, 2, "UNIT")], [Span.of(DOCUMENT, 0, 2, "METRIC")])
    assert scores["spans.relaxed"] == Count(gold=1, predicted=1, true=0)


def test_a_notice_gives_each_span_once_in_text_order():
    spans = notice_spans(GOLD)
    assert [span.text for span in spans] == [
        "年内", "云汐书房", "12座以上", "县文旅局", "东渚镇", "县水利局",
        "护林员", "300人次", "瞭望塔", "3座", "县林业局",
    ]  # fmt: skip


def test_pairing_gives_as_many_pairs_as_can_be_had():
    gold, predicted = [(0, 10), (10, 20)], [(8, 11), (0, 2), (15, 30)]
    assert len(pair_offsets(gold, predicted)) == 2
    assert pair_offsets([(0, 4), (4, 4)], [(4, 4), (0, 4)]) == {0: 1, 1: 0}
    assert pair_offsets([(0, 10)], [(0, 5), (5, 10)], above=0.5) == {}
