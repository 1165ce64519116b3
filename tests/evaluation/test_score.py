from dataclasses import replace

import pytest

from ledgers import DOCUMENT, GOLD, TEXT, change_target, change_task, span
from taskner.errors import CorpusError
from taskner.evaluation.counts import MEASURES, Count, merge
from taskner.evaluation.gold import load_gold, score_gold
from taskner.evaluation.score import score
from taskner.types import Document, Quantity, Segment

NOTICES = ("pinghu-2024", "huzhou-2021", "haiyan-2022", "district-plan-2024")


def test_a_perfect_prediction_has_only_ones():
    assert {name: count.f1 for name, count in score(GOLD, GOLD).items()} == dict.fromkeys(
        MEASURES, 1.0
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", NOTICES)
def test_gold_ledgers_score_one_against_themselves_and_their_marks(shared, name):
    gold = load_gold(shared / "gold" / f"{name}.txt")
    for scores in (score(gold.notice, gold.notice), score_gold(gold, gold.notice)):
        ratios = {count.f1 for _, count in scores.items() if count.gold or count.predicted}
        assert ratios == {1.0}
        assert scores["rows"].gold >= len(gold.notice.tasks)


def test_a_document_scored_twice_keeps_its_f1():
    scores = score(GOLD, change_task(0, targets=()))
    twice = merge((scores, scores))
    assert twice["rows"].gold == 2 * scores["rows"].gold
    for name, count in scores.items():
        assert twice[name].f1 == count.f1, name


def test_a_missed_target_loses_its_links_and_its_row():
    scores = score(GOLD, change_task(0, targets=()))
    assert scores["links.metric"] == Count(gold=3, predicted=2, true=2)
    assert scores["links.deadline"].recall == 0
    assert scores["links.unit"].recall == 2 / 4
    assert scores["links.unit_role"].precision == 1
    assert scores["rows"] == Count(gold=4, predicted=4, true=3)


def test_a_missed_link_lowers_recall_and_an_invented_one_precision():
    missed = score(GOLD, change_target(0, 0, metrics=()))["links.metric"]
    assert (missed.recall, missed.precision) == (2 / 3, 1)
    both = (span("护林员", "METRIC"), span("瞭望塔", "METRIC"))
    invented = score(GOLD, change_target(2, 0, metrics=both))["links.metric"]
    assert (invented.recall, invented.precision) == (1, 3 / 4)


def test_the_order_of_tasks_targets_and_units_changes_nothing():
    tasks = []
    for task in GOLD.tasks:
        last = len(task.units) - 1
        targets = [replace(it, units=tuple(last - i for i in it.units)) for it in task.targets]
        tasks.append(replace(task, units=task.units[::-1], targets=tuple(targets[::-1])))
    other = replace(GOLD, tasks=tuple(tasks[::-1]))
    wrong = change_target(0, 0, metrics=())
    assert score(GOLD, other) == score(GOLD, GOLD)
    assert score(other, wrong) == score(GOLD, wrong)


def test_a_task_with_other_borders_keeps_its_units_but_not_its_rows():
    scores = score(GOLD, change_task(2, end=GOLD.tasks[2].end - 1))
    assert (scores["tasks"].true, scores["tasks.relaxed"].true) == (2, 3)
    assert scores["units"].f1 == 1
    assert scores["rows"] == Count(gold=4, predicted=4, true=2)


def test_two_tasks_joined_are_at_most_one_task():
    joined = replace(GOLD.tasks[1], start=GOLD.tasks[0].start, end=GOLD.tasks[2].end)
    scores = score(GOLD, replace(GOLD, tasks=(joined,)))
    assert scores["tasks"].true == scores["tasks.relaxed"].true == 0


def test_a_wrong_role_is_no_missed_unit():
    first, second = GOLD.tasks[0].units
    swapped = (replace(first, role="support"), replace(second, role="lead"))
    scores = score(GOLD, change_task(0, units=swapped))
    assert scores["units"].f1 == scores["links.unit"].f1 == 1
    assert scores["roles"] == Count(gold=4, predicted=4, true=2)
    assert scores["links.unit_role"].recall == 2 / 4


@pytest.mark.parametrize(
    ("field", "value", "measure"),
    [
        ("value", 13, "values.value"),
        ("upper", 15, "values.value"),
        ("measure", "家", "values.measure"),
        ("comparator", "=", "values.comparator"),
        ("basis", "rise", "values.basis"),
    ],
)
def test_one_wrong_part_of_a_value_costs_itself_and_the_row(field, value, measure):
    quantity = replace(GOLD.tasks[0].targets[0].quantity, **{field: value})
    scores = score(GOLD, change_target(0, 0, quantity=quantity))
    wrong = {name for name, count in scores.items() if count.f1 != 1}
    assert wrong == {measure, "rows"}
    assert scores[measure] == Count(gold=3, predicted=3, true=2)


def test_a_missing_value_is_wrong_and_the_aim_is_not_scored():
    assert score(GOLD, change_target(0, 0, quantity=None))["values.basis"].true == 2
    ensured = replace(GOLD.tasks[0].targets[0].quantity, aim="ensure")
    assert score(GOLD, change_target(0, 0, quantity=ensured))["rows"].f1 == 1


def test_equal_numbers_are_equal_however_they_are_written():
    old = GOLD.tasks[0].targets[0].quantity
    quantity = Quantity(value=old.value.quantize(old.value / 100), measure="座", comparator=">=")
    assert str(quantity.value) != str(old.value)
    assert score(GOLD, change_target(0, 0, quantity=quantity))["rows"].f1 == 1


def test_a_wrong_date_costs_the_date_and_the_row():
    (deadline,) = GOLD.tasks[0].targets[0].deadlines
    other = replace(deadline, period=replace(deadline.period, last=None))
    scores = score(GOLD, change_target(0, 0, deadlines=(other,)))
    assert {name for name, count in scores.items() if count.f1 != 1} == {"values.date", "rows"}


def test_what_gold_lacks_is_absent_even_if_predicted():
    bare = replace(GOLD, tasks=tuple(replace(t, units=(), targets=()) for t in GOLD.tasks))
    count = score(bare, GOLD)["spans.UNIT"]
    assert (count.gold, count.predicted) == (0, 4)
    assert (count.precision, count.recall, count.f1) == (None, None, None)


def test_flags_scores_and_segments_do_not_matter():
    segment = Segment(start=0, end=3, field="content")
    other = change_task(0, flags=("no_deadline",), segments=(segment,), leader="某某")
    assert score(GOLD, other) == score(GOLD, GOLD)


@pytest.mark.parametrize(
    ("text", "place"), [(TEXT + "4.", len(TEXT)), (TEXT.replace("云汐", "云溪"), 7), ("", 0)]
)
def test_different_texts_are_an_error_that_says_where(text, place):
    other = replace(GOLD, document=Document(id="other", text=text))
    with pytest.raises(CorpusError, match=rf"^yunxi: .*'other'.* character {place} on"):
        score(GOLD, other)
    assert DOCUMENT.text == TEXT
