"""Every layout fixture gives the ledger that was written by hand before the parser read it."""

import pytest

import taskner
from layout_gold import FOLDER, NAMES, OPEN, differences, load_fixture

FULL_WIDTH = str.maketrans(",;:()[]%", "，；：（）［］％")
ASCII = str.maketrans("，；：（）［］％", ",;:()[]%")
pytestmark = pytest.mark.xdist_group("layouts")  # in one process, for the scores they share


@pytest.fixture(scope="session")
def word_lists():
    return taskner.load("rules")


def cases():
    for name in NAMES:
        marks = [pytest.mark.xfail(reason=OPEN[name], strict=True)] if name in OPEN else []
        yield pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", tuple(cases()))
def test_the_ledger_is_the_gold(extractor, name):
    _text, gold = load_fixture(name)
    assert differences(gold, extractor.extract(FOLDER / f"{name}.txt")) == []


def ledger(notice):
    """All a ledger holds, by offsets, so that both widths can be compared."""
    return [
        (
            task.start,
            task.end,
            task.number,
            [(unit.span.start, unit.span.end, unit.role) for unit in task.units],
            [(one.span.start, one.span.end, one.period) for one in task.deadlines],
            [(one.span.start, one.span.end, one.quantity) for one in task.targets],
            task.flags,
        )
        for task in notice.tasks
    ]


@pytest.mark.parametrize("name", NAMES)
def test_width_of_punctuation_does_not_change_the_ledger(word_lists, name):
    """By the word lists, which are fast; test_released_model.py asks the same of the model."""
    text, _gold = load_fixture(name)
    wide, narrow = (word_lists.extract_text(text.translate(table)) for table in (FULL_WIDTH, ASCII))
    assert ledger(wide) == ledger(narrow)
