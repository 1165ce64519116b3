import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from taskner.tagging.decode import TAGS, best_path, spans_from_scores, tags_from_spans
from taskner.types import LABELS, Document, Span


@st.composite
def spans_over_pieces(draw):
    """Some text cut into pieces, and spans whose borders are piece borders."""
    lengths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=25))
    ends = np.cumsum(lengths).tolist()
    offsets = list(zip([0, *ends[:-1]], ends, strict=True))
    document = Document(id="x", text="字" * ends[-1])
    spans = []
    at = 0
    while at < len(offsets):
        width = draw(st.integers(1, 4))
        label = draw(st.sampled_from([None, *LABELS]))
        last = min(at + width, len(offsets)) - 1
        if label is not None:
            spans.append(Span.of(document, offsets[at][0], offsets[last][1], label))
        at = last + 1
    return offsets, spans


def certain(tags):
    scores = np.full((len(tags), len(TAGS)), -20.0, np.float32)
    scores[np.arange(len(tags)), tags] = 0
    return scores


@given(spans_over_pieces())
def test_spans_to_tags_to_spans(case):
    offsets, spans = case
    tags, n_crossed = tags_from_spans(offsets, spans)
    found = spans_from_scores(certain(tags), offsets)
    assert n_crossed == 0
    assert [(s.start, s.end, s.label) for s in found] == [(s.start, s.end, s.label) for s in spans]


def test_a_border_inside_a_piece_is_counted_and_the_piece_belongs_to_the_span():
    document = Document(id="x", text="甲乙丙丁")
    tags, n_crossed = tags_from_spans([(0, 2), (2, 4)], [Span.of(document, 1, 4, "METRIC")])
    assert [TAGS[tag] for tag in tags] == ["B-METRIC", "I-METRIC"]
    assert n_crossed == 1


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(0, 2**32 - 1))
def test_the_path_obeys_bio(n_pieces, seed):
    scores = np.random.default_rng(seed).normal(size=(n_pieces, len(TAGS))).astype(np.float32)
    before = "O"
    for tag in (TAGS[index] for index in best_path(scores)):
        if tag.startswith("I-"):
            assert before[2:] == tag[2:]
        before = tag


def test_the_path_is_the_best_one_not_the_greedy_one():
    scores = np.log(np.full((2, len(TAGS)), 1e-4, np.float32))
    scores[0, TAGS.index("O")] = np.log(0.5)
    scores[0, TAGS.index("B-UNIT")] = np.log(0.4)
    scores[1, TAGS.index("I-UNIT")] = np.log(0.9)
    assert [TAGS[index] for index in best_path(scores)] == ["B-UNIT", "I-UNIT"]


def test_one_doubtful_border_makes_a_span_doubtful():
    tags = [TAGS.index("B-METRIC"), TAGS.index("I-METRIC"), 0]
    scores = certain(tags)
    scores[2, 0], scores[2, TAGS.index("I-METRIC")] = np.log(0.6), np.log(0.4)
    (found,) = spans_from_scores(scores, [(0, 1), (1, 2), (2, 3)])
    assert found.score == np.float32(0.6)
