from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import DOCUMENT, GOLD, ROOMS, change_target, change_task, span
from notice_strategies import notices, tasks
from taskner.errors import CorpusError
from taskner.evaluation.mistakes import count_mistakes, find_mistakes
from taskner.evaluation.rows import rows_of
from taskner.evaluation.score import score
from taskner.types import Document, Span


def blames(predicted):
    return [(it.kind, it.stage, it.parts) for it in find_mistakes(GOLD, predicted)]


def shifted(place, by):
    return Span.of(DOCUMENT, place.start, place.end + by, place.label)


def test_a_perfect_prediction_has_no_mistakes():
    assert find_mistakes(GOLD, GOLD) == ()


def test_a_moved_task_border_is_blamed_on_the_task_for_each_of_its_rows():
    predicted = change_task(2, end=GOLD.tasks[2].end - 1)
    assert blames(predicted) == [("wrong", "task", ())] * 2


def test_a_lost_and_an_invented_task_are_blamed_on_the_task():
    first, second, third = GOLD.tasks
    assert blames(replace(GOLD, tasks=(first, third))) == [("lost", "task", ())]
    invented = replace(second, start=0, end=2)
    assert blames(replace(GOLD, tasks=(invented, *GOLD.tasks))) == [("extra", "task", ())]


def test_a_wrong_role_comes_before_a_wrong_span():
    lead, support = GOLD.tasks[0].units
    units = (lead, replace(support, role="lead"))
    assert blames(change_task(0, units=units)) == [("wrong", "role", ())]
    assert blames(change_task(0, units=units, targets=())) == [
        ("lost", "role", ()),
        ("extra", "role", ()),
    ]


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"span": shifted(ROOMS.span, -2)}, "TARGET"),
        ({"metrics": (shifted(ROOMS.metrics[0], -1),)}, "METRIC"),
        ({"deadlines": ()}, "DEADLINE"),
    ],
)
def test_other_borders_and_missing_spans_are_blamed_on_the_label(fields, label):
    assert blames(change_target(0, 0, **fields)) == [("wrong", "span", (label,))]


def test_a_lost_target_is_shown_with_the_row_that_stands_in_its_place():
    lost, extra = find_mistakes(GOLD, change_task(0, targets=()))
    assert (lost.kind, lost.stage, lost.parts) == ("lost", "span", ("DEADLINE", "METRIC", "TARGET"))
    assert (lost.gold, lost.predicted) == (rows_of(GOLD)[0], None)
    assert (extra.kind, extra.stage, extra.parts) == ("extra", "span", ("TARGET",))
    assert extra.predicted.target is None


def test_spans_that_are_there_but_not_linked_are_blamed_on_the_link():
    other = (span("瞭望塔", "METRIC"),)
    assert blames(change_target(2, 0, metrics=other)) == [
        ("wrong", "span", ("METRIC",)),
    ]
    both = (span("护林员", "METRIC"), *other)
    assert blames(change_target(2, 0, metrics=both)) == [("wrong", "link", ("metric",))]
    assert blames(change_target(0, 0, units=(0,))) == [("wrong", "link", ("unit",))]


def test_values_are_blamed_last_with_the_parts_that_differ():
    quantity = replace(ROOMS.quantity, comparator="=", measure="间")
    deadline = replace(ROOMS.deadlines[0], period=replace(ROOMS.deadlines[0].period, last=None))
    assert blames(change_target(0, 0, quantity=quantity, deadlines=(deadline,))) == [
        ("wrong", "value", ("measure", "comparator", "date"))
    ]


def test_mistakes_are_in_text_order_and_counted_most_frequent_first():
    tasks = (replace(GOLD.tasks[0], targets=()), replace(GOLD.tasks[2], end=GOLD.tasks[2].end - 1))
    mistakes = find_mistakes(GOLD, replace(GOLD, tasks=tasks))
    starts = [(it.gold or it.predicted).task[0] for it in mistakes]
    assert starts == sorted(starts)
    assert count_mistakes(mistakes)[0] == ("task", "wrong", (), 2)
    assert sum(count for *_, count in count_mistakes(mistakes)) == len(mistakes)


def test_different_texts_are_an_error():
    with pytest.raises(CorpusError):
        find_mistakes(GOLD, replace(GOLD, document=Document(id="other", text="")))


@st.composite
def pairs(draw):
    """Two notices of one text that share some of their tasks."""
    gold = draw(notices())
    kept = [task for task in gold.tasks if draw(st.booleans())]
    invented = draw(st.lists(tasks(gold.document, 9), max_size=2))
    return gold, replace(gold, tasks=(*kept, *invented))


@settings(deadline=None)
@given(pairs())
def test_there_are_as_many_mistakes_as_rows_that_are_not_right(pair):
    gold, predicted = pair
    count = score(gold, predicted)["rows"]
    kinds = [mistake.kind for mistake in find_mistakes(gold, predicted)]
    assert kinds.count("lost") + kinds.count("wrong") == count.gold - count.true
    assert kinds.count("extra") + kinds.count("wrong") == count.predicted - count.true


@settings(deadline=None)
@given(pairs())
def test_no_count_is_greater_than_its_sides(pair):
    for name, count in score(*pair).items():
        assert 0 <= count.true <= min(count.gold, count.predicted), name
    for name, count in score(pair[0], pair[0]).items():
        assert count.f1 in (None, 1.0), name
