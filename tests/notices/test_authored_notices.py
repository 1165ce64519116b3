"""The notices written for this project: eighteen layouts and more, against their ledgers."""

import json
import re

import pytest

from notice_reading import read

MARK = re.compile(r"⟦[^|⟧]*\|([^⟧]*)⟧")


@pytest.fixture(scope="module")
def pairs(root):
    found = []
    for path in sorted((root / "corpora" / "authored").glob("*.ledger.json")):
        marked = path.with_name(path.name.replace(".ledger.json", ".txt"))
        text = MARK.sub(r"\1", marked.read_text(encoding="utf-8"))
        truth = json.loads(path.read_text(encoding="utf-8"))
        found.append((read(text), truth["tasks"]))
    return found


def score(found, truth):
    right = sum(len(a & b) for a, b in zip(found, truth, strict=True))
    return 2 * right / (sum(map(len, found)) + sum(map(len, truth)))


def test_nearly_every_task_has_its_exact_borders(pairs):
    found = [{(task.start, task.end) for task in notice.tasks} for notice, _ in pairs]
    truth = [{(task["start"], task["end"]) for task in tasks} for _, tasks in pairs]
    assert score(found, truth) > 0.985


def test_nearly_every_unit_has_its_exact_border_and_role(pairs):
    found = [
        {(t.start, u.span.start, u.span.end, u.role) for t in notice.tasks for u in t.units}
        for notice, _ in pairs
    ]
    truth = [
        {(t["start"], u["start"], u["end"], u["role"]) for t in tasks for u in t["units"]}
        for _, tasks in pairs
    ]
    assert score(found, truth) > 0.985
