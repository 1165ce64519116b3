import numpy as np
import pytest

from taskner.errors import CorpusError
from taskner.evaluation.bootstrap import Interval, bootstrap, compare
from taskner.evaluation.counts import Count, Scores

SIZE = 20


def documents(trues, *, n_predicted=SIZE):
    count = [Count(gold=SIZE, predicted=n_predicted, true=int(true)) for true in trues]
    return {f"d{i:02}": Scores.of({"rows": it}) for i, it in enumerate(count)}


def test_the_interval_covers_the_true_f1_as_often_as_it_says():
    generator = np.random.default_rng(1)
    n_trials, covered = 300, 0
    for trial in range(n_trials):
        # Documents differ: each has its own share right, 0.7 in the mean.
        trues = generator.binomial(SIZE, generator.beta(7, 3, size=30))
        interval = bootstrap(documents(trues), n_resamples=200, seed=trial)["rows"]
        covered += interval.low <= 0.7 <= interval.high
    assert 0.90 <= covered / n_trials <= 0.98


def test_the_seed_decides_and_the_order_does_not():
    scores = documents([3, 20, 11, 7, 15])
    shuffled = dict(reversed(scores.items()))
    assert bootstrap(scores) == bootstrap(shuffled)
    assert bootstrap(scores) != bootstrap(scores, seed=1)


def test_equal_documents_have_an_interval_of_no_width():
    assert bootstrap(documents([15] * 6)) == {"rows": Interval(0.75, 0.75)}


@pytest.mark.parametrize("scores", [{}, documents([5]), {"a": Scores.of({}), **documents([5])}])
def test_no_interval_without_two_documents_that_hold_the_measure(scores):
    assert bootstrap(scores) == {}


def test_a_document_without_gold_leaves_the_interval_finite():
    scores = {"a": Scores.of({}), "b": Scores.of({}), **documents([5, 15])}
    interval = bootstrap(scores)["rows"]
    assert 0.25 <= interval.low < interval.high <= 0.75


def test_a_system_that_is_better_everywhere_is_better():
    worse, better = documents([10, 12, 8, 11, 9, 14, 7]), documents([15, 16, 13, 17, 15, 18, 12])
    difference = compare(worse, better)["rows"]
    assert 0 < difference.low <= difference.delta <= difference.high
    assert difference.p_value < 0.01
    back = compare(better, worse)["rows"]
    assert back.delta == -difference.delta


def test_a_system_beside_itself_does_not_differ():
    scores = documents([10, 12, 8, 11])
    difference = compare(scores, scores)["rows"]
    assert (difference.delta, difference.low, difference.high) == (0, 0, 0)
    assert difference.p_value == 1


def test_pairing_sees_what_two_intervals_do_not():
    trues = [2, 19, 5, 16, 9, 12, 3, 18]
    first, second = documents(trues), documents([it + 1 for it in trues])
    assert bootstrap(first)["rows"].high > bootstrap(second)["rows"].low
    assert compare(first, second)["rows"].low > 0


def test_a_document_of_one_system_only_is_an_error_that_names_it():
    with pytest.raises(CorpusError, match=r"^d02: scored for one system only"):
        compare(documents([1, 2]), documents([1, 2, 3]))
