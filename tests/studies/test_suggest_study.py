"""The arithmetic of the simulation, and one run of it on a tiny encoder."""

import numpy as np
import pytest

from taskner.studies.frozen_items import LightTagger, load_items
from taskner.studies.suggest_curves import (
    Curve,
    gain_over_characters,
    gain_over_items,
    mean_gain,
    pairs,
)
from taskner.tagging.decode import TAGS
from taskner.training.recipe import read_recipe


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


def test_a_light_tagger_learns_the_items_it_is_given(tmp_path, write_recipe):
    recipe = read_recipe(write_recipe())
    paths, kept = [tmp_path / "corpus" / "yunting.txt"], tmp_path / "vectors"
    items = load_items(paths, recipe, kept)
    assert [[span.text for span in item.spans] for item in items.items] == [
        ["规上工业增加值", "7%", "小微企业", "30家以上", "县经信局", "县财政局"],
        ["年底前", "村级驿站", "12个", "县文旅局"],
    ]
    assert len(items.vectors) == len(items.tags) == len(items.rows([0, 1]))
    assert sum(TAGS[tag].startswith("B-") for tag in items.tags) == 10
    tagger = LightTagger(items)
    tagger.learn([1])
    own = tagger.score([1])
    assert (own["spans"].gold, own["spans.METRIC"].gold) == (4, 1)
    rows = items.rows([0, 1])
    before = tagger.log_scores(rows)
    assert np.exp(before).sum(axis=1) == pytest.approx(1, abs=1e-4)
    tagger.learn([0, 1])
    truth = np.arange(len(rows)), items.tags
    assert tagger.log_scores(rows)[truth].mean() > before[truth].mean()
    (file,) = kept.iterdir()
    written = file.stat().st_mtime_ns
    again = load_items(paths, recipe, kept)
    assert np.array_equal(again.vectors, items.vectors)
    assert file.stat().st_mtime_ns == written
