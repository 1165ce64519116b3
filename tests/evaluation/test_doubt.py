"""Stated scores beside the truth."""

from dataclasses import replace

import numpy as np
import pytest

from ledgers import GOLD, TEXT
from taskner.corpus.annotated import AnnotatedText
from taskner.evaluation.doubt import RowJudge, Verdict, precision_curve, row_verdicts
from taskner.evaluation.gold import Gold
from taskner.evaluation.report import reliability
from taskner.evaluation.rows import rows_of
from taskner.evaluation.slices import Judged


def sure(notice, confidence):
    tasks = tuple(
        replace(
            task,
            confidence=None if task.targets else confidence,
            targets=tuple(replace(target, confidence=confidence) for target in task.targets),
        )
        for task in notice.tasks
    )
    return replace(notice, tasks=tasks)


@pytest.fixture
def judged():
    gold = Gold(document=GOLD.document, marked=AnnotatedText(id="yunxi", text=TEXT), notice=GOLD)
    return Judged(gold=gold, predicted=sure(GOLD, 0.9))


def test_true_scores_have_no_error_and_false_ones_their_distance():
    rng = np.random.default_rng(0)
    scores = rng.uniform(0, 1, 20_000)
    right = rng.uniform(0, 1, 20_000) < scores
    assert reliability("rows", scores, right).error < 0.02
    assert reliability("rows", np.full(100, 0.9), np.zeros(100, dtype=bool)).error == 0.9


def test_bins_hold_everything_once():
    found = reliability("rows", [0.1, 0.2, 0.9], [False, True, True], n_bins=10)
    assert found.size == 3
    assert [size for _, _, size in found.bins] == [1, 1, 1]


def test_a_row_is_right_when_the_ledger_has_it(judged):
    assert [verdict.right for verdict in row_verdicts(judged)] == [True] * 4
    wrong = replace(GOLD.tasks[0], start=1, text=GOLD.tasks[0].text[1:])
    other = replace(judged, predicted=sure(replace(GOLD, tasks=(wrong, *GOLD.tasks[1:])), 0.5))
    assert [verdict.right for verdict in row_verdicts(other)] == [False, True, True, True]


def test_without_ledger_only_rows_with_a_target_are_judged(judged):
    gold = replace(judged.gold, notice=None)
    is_right = RowJudge(replace(judged, gold=gold))
    assert [is_right(row) for row in rows_of(GOLD)] == [False, None, False, False]


def test_the_curve_keeps_fewer_rows_as_confidence_rises():
    verdicts = [Verdict(n / 1000, n >= 500) for n in range(1000)]
    curve = precision_curve(verdicts)
    kept = [point.kept for point in curve]
    assert kept == sorted(kept, reverse=True)
    assert curve[0].kept == 1.0
    assert curve[0].precision == 0.5
    assert curve[-1].precision == 1.0
