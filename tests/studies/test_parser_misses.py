"""What a ledger gets wrong, task by task."""

from dataclasses import replace

import pytest

from taskner.evaluation.gold import load_gold
from taskner.studies.parser_misses import misses, to_markdown


@pytest.fixture(scope="module")
def gold(root):
    return load_gold(root / "corpora" / "authored" / "qingteng-town-2024.txt").notice


def changed(notice, place, **changes):
    tasks = list(notice.tasks)
    tasks[place] = replace(tasks[place], **changes)
    return replace(notice, tasks=tuple(tasks))


def test_the_same_ledger_misses_nothing(gold):
    assert misses(gold, gold) == []


def test_a_role_is_one_miss_of_its_task(gold):
    first, *others = gold.tasks[3].units
    (miss,) = misses(gold, changed(gold, 3, units=(replace(first, role="support"), *others)))
    assert (miss.task, miss.stage, miss.parts) == (gold.tasks[3].id, "role", ())
    assert miss.n == len(gold.tasks[3].targets)
    assert "农业综合服务中心 (lead)" in miss.detail
    assert "→ 农业综合服务中心 (support)" in miss.detail


def test_a_value_is_shown_as_it_is_and_as_it_was_read(gold):
    target, *others = gold.tasks[0].targets
    quantity = replace(target.quantity, measure="万元")
    read = changed(gold, 0, targets=(replace(target, quantity=quantity), *others))
    (miss,) = misses(gold, read)
    assert (miss.stage, miss.parts, miss.n) == ("value", ("measure",), 1)
    assert miss.detail.endswith(f"{target.quantity.measure} → 万元")


def test_leader_and_number_are_compared_where_borders_are_right(gold):
    found = misses(gold, changed(gold, 5, leader="某某", number=None))
    assert [(miss.stage, miss.parts) for miss in found] == [
        ("heading", ("leader",)),
        ("heading", ("number",)),
    ]
    assert [miss.detail for miss in found] == ["∅ → 某某", "6 → ∅"]


def test_a_lost_task_is_a_miss_of_its_own(gold):
    found = misses(gold, replace(gold, tasks=gold.tasks[1:]))
    assert {(miss.task, miss.stage) for miss in found} == {(gold.tasks[0].id, "task")}


def test_the_page_counts_tasks_and_rows(gold):
    (miss,) = misses(gold, changed(gold, 5, leader="某|某"))
    counts = {"tasks": 22, "tasks missed": 1, "rows": 70, "rows right": 70}
    page = to_markdown(
        {
            "command": "run",
            "date": "2026-01-02",
            "machine": "two cores",
            "notices": {miss.notice: counts},
            "misses": [miss.to_json()],
        }
    )
    assert "70 of 70 rows are right; 1 of 22 tasks have something wrong." in page
    assert "| qingteng-town-2024 | 1/6 | 6 | heading | leader | 1 | ∅ → 某/某 |" in page
