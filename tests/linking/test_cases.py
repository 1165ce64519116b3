"""The table of invented sentences: every mark's links must come out of linking."""

from pathlib import Path

import pytest

from bare_tasks import bare_task
from taskner.corpus.inline import parse_marks
from taskner.linking import link_task
from taskner.types import Annex, Document

ANNEX = Annex(id="0", title=None, start=0)
WIDE = str.maketrans("，；：（）！？", ",;:()!?")


def read_cases():
    path = Path(__file__).with_name("cases.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


CASES = read_cases()


def expected_links(marked):
    marks = marked.marks
    return {
        mark.span: (
            tuple(marks[index].span for index in mark.metrics),
            tuple(marks[index].span for index in mark.deadlines),
        )
        for mark in marks
        if mark.span.label == "TARGET"
    }


def found_links(marked):
    document = Document(id="case", text=marked.text)
    linked = link_task(document, bare_task(marked.text), marked.spans, annex=ANNEX, year=2026)
    return {
        target.span: (target.metrics, tuple(deadline.span for deadline in target.deadlines))
        for target in linked.targets
    }


def test_there_are_many_cases():
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(CASES.index(case)))
def test_links_of_case(case):
    marked = parse_marks(case)
    assert found_links(marked) == expected_links(marked)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(CASES.index(case)))
def test_ascii_punctuation_gives_the_same_links(case):
    marked = parse_marks(case.translate(WIDE))
    assert found_links(marked) == expected_links(marked)
