"""The arithmetic of the simulation, and one run of it on a tiny encoder."""

import pytest

from taskner.studies.suggest_curves import (
    Curve,
    gain_over_characters,
    gain_over_items,
    mean_gain,
    pairs,
)


def _curve(f1, *, rule="chance", fold="a", draw=1, characters=(100, 200, 300)):
    return Curve(
        fold=fold, draw=draw, rule=rule, items=(10, 20, 30), characters=characters,
        f1={"spans": f1},
    )  # fmt: skip


def test_gain_is_the_mean_height_between_two_curves():
    low, high = _curve((0.1, 0.2, 0.3)), _curve((0.1, 0.4, 0.5))
    assert gain_over_items(low, high, "spans") == pytest.approx((0.1 + 0.2) / 2)
    assert gain_over_items(low, low, "spans") == 0


def test_what_reads_twice_as_much_gains_nothing_over_characters():
    chance = _curve((0.1, 0.2, 0.3), characters=(100, 200, 300))
    longer = _curve((0.1, 0.3, 0.5), characters=(100, 300, 500))
    assert gain_over_items(chance, longer, "spans") == pytest.approx(0.1)
    assert gain_over_characters(chance, longer, "spans") == pytest.approx(0, abs=1e-9)


def test_runs_are_paired_by_fold_and_draw():
    curves = [
        _curve((0.1, 0.1, 0.1), fold="b"),
        _curve((0.2, 0.2, 0.2), fold="a"),
        _curve((0.3, 0.3, 0.3), fold="a", rule="mean"),
        _curve((0.4, 0.4, 0.4), fold="b", rule="mean"),
        _curve((0.4, 0.4, 0.4), fold="c", rule="mean"),
    ]
    found = [(first.f1["spans"][0], second.f1["spans"][0]) for first, second in pairs(
        curves, "chance", "mean"
    )]  # fmt: skip
    assert found == [(0.2, 0.3), (0.1, 0.4)]


def test_interval_holds_the_mean_and_is_wider_where_folds_differ():
    folds = ["a", "a", "b", "b", "c", "c"]
    even = mean_gain(folds, [0.1, 0.12, 0.11, 0.1, 0.12, 0.11])
    uneven = mean_gain(folds, [0.0, 0.02, 0.1, 0.12, 0.21, 0.2])
    assert even.low <= even.mean <= even.high
    assert uneven.high - uneven.low > even.high - even.low
    assert even == mean_gain(folds, [0.1, 0.12, 0.11, 0.1, 0.12, 0.11])
