import pytest

from taskner.linking.candidates import Cell
from taskner.linking.solve import choose_links
from taskner.linking.weights import WEIGHTS


def cell(start, end, cost, *links):
    return Cell(start=start, end=end, cost=cost, links=links)


def test_nothing_to_choose():
    assert choose_links(0, [], WEIGHTS) == {}


def test_cheapest_reading_wins():
    cells = [cell(0, 1, 3.0), cell(1, 2, 3.0, (1, ())), cell(0, 2, 0.5, (1, (0,)))]
    choice = choose_links(2, cells, WEIGHTS)[1]
    assert choice.metrics == (0,)
    assert choice.score == pytest.approx(0.9744, abs=1e-3)
    assert not choice.tied


def test_two_metrics_at_the_same_cost_are_tied():
    cells = [
        cell(0, 1, 1.0),
        cell(0, 2, 1.0, (1, (0,))),
        cell(1, 3, 1.0, (1, (2,))),
        cell(2, 3, 1.0),
    ]
    choice = choose_links(3, cells, WEIGHTS)[1]
    assert choice.tied
    assert choice.score == 0.0


def test_scores_lie_between_nought_and_one():
    cells = [cell(0, 1, 9e9, (0, ())), cell(0, 1, 0.0, (0, ()))]
    assert choose_links(1, cells, WEIGHTS)[0].score == 1.0
