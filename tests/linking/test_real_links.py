"""Links of the real notices, from gold spans: measured, with the least we accept."""

import json

import pytest

from bare_tasks import bare_task
from taskner.corpus.inline import parse_marks
from taskner.linking import link_task
from taskner.types import Annex, Document

ANNEX = Annex(id="0", title=None, start=0)


def task_borders(path, text):
    """Borders of the gold ledger; without one, each line is a task."""
    ledger = path.with_suffix(".ledger.json")
    if ledger.exists():
        tasks = json.loads(ledger.read_text(encoding="utf-8"))["tasks"]
        return [(task["start"], task["end"]) for task in tasks]
    borders = []
    start = 0
    for line in text.split("\n"):
        borders.append((start, start + len(line)))
        start += len(line) + 1
    return borders


def gold_and_found(path):
    marked = parse_marks(path.read_text(encoding="utf-8"), path=str(path))
    document = Document(id=path.stem, text=marked.text)
    gold = {"METRIC": set(), "DEADLINE": set()}
    for mark in marked.marks:
        for index in (*mark.metrics, *mark.deadlines):
            other = marked.marks[index].span
            gold[other.label].add((mark.span, other))
    found = {"METRIC": set(), "DEADLINE": set()}
    for start, end in task_borders(path, marked.text):
        task = bare_task(marked.text, start=start, end=end)
        linked = link_task(document, task, marked.spans, annex=ANNEX, year=2026)
        for target in linked.targets:
            found["METRIC"] |= {(target.span, metric) for metric in target.metrics}
            found["DEADLINE"] |= {(target.span, each.span) for each in target.deadlines}
    return gold, found


@pytest.mark.shared
@pytest.mark.parametrize(("label", "least"), [("METRIC", 0.985), ("DEADLINE", 0.97)])
def test_links_from_gold_spans(shared, label, least):
    n_right = n_gold = n_found = 0
    for path in sorted((shared / "gold").glob("*.txt")):
        gold, found = gold_and_found(path)
        n_right += len(gold[label] & found[label])
        n_gold += len(gold[label])
        n_found += len(found[label])
    assert n_gold > 100
    assert 2 * n_right / (n_gold + n_found) >= least
