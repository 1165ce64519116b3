"""Confidence of rows: features, the logistic model, what falls below is marked."""

import math
from dataclasses import replace

import pytest

from ledgers import DOCUMENT, GOLD
from taskner.errors import NotCalibratedError
from taskner.pipeline import load
from taskner.pipeline.confidence import (
    FEATURES,
    LINKS,
    Calibration,
    Point,
    Scaling,
    row_features,
    with_confidence,
)
from taskner.types import Segment

FLAT = Calibration(bias=0.0, weights=(0.0,) * len(FEATURES))
CURVE = (
    Point(confidence=0.3, precision=0.8, kept=1.0),
    Point(confidence=0.6, precision=0.95, kept=0.7),
)


def scored(score):
    """GOLD with one score on every span and link of its targets."""
    tasks = tuple(
        replace(
            task,
            targets=tuple(
                replace(
                    target,
                    span=replace(target.span, score=score),
                    metrics=tuple(replace(metric, score=score) for metric in target.metrics),
                    link_score=score,
                )
                for target in task.targets
            ),
        )
        for task in GOLD.tasks
    )
    return replace(GOLD, tasks=tasks)


def features(notice, task, target):
    chosen = notice.tasks[task]
    values = row_features(DOCUMENT, chosen, chosen.targets[target] if target is not None else None)
    return dict(zip(FEATURES, values, strict=True))


def test_features_tell_scores_and_what_a_row_is_made_of():
    sure = features(scored(0.9), 0, 0)
    assert sure["target"] == pytest.approx(math.log(9))
    assert sure["metric"] == sure["link"] == sure["target"]
    assert (sure["has_target"], sure["has_deadline"]) == (1.0, 1.0)
    assert features(scored(0.5), 1, None)["has_target"] == 0.0


def test_a_number_that_no_span_covers_is_open():
    task = GOLD.tasks[2]
    segment = Segment(start=task.start, end=task.end, field="content")
    whole = replace(task, segments=(segment,))
    fewer = replace(whole, targets=whole.targets[:1])
    index = FEATURES.index("open_numbers")
    assert row_features(DOCUMENT, whole, whole.targets[0])[index] == 0.0
    assert row_features(DOCUMENT, fewer, fewer.targets[0])[index] == math.log1p(1)


def test_every_row_gets_a_confidence_and_only_low_ones_a_flag():
    weights = tuple(1.0 if name == "target" else 0.0 for name in FEATURES)
    calibration = replace(FLAT, weights=weights, curve=CURVE)
    high = with_confidence(scored(0.9), calibration, min_precision=0.95)
    low = with_confidence(scored(0.5), calibration, min_precision=0.95)
    rows = [target for task in high.tasks for target in task.targets]
    assert [row.confidence for row in rows] == [pytest.approx(0.9)] * len(rows)
    assert not any("low_score" in row.flags for row in rows)
    assert all("low_score" in t.flags for task in low.tasks for t in task.targets)
    assert low.tasks[1].confidence == 0.5
    assert "low_score" in low.tasks[1].flags


def test_a_precision_that_no_confidence_reaches_marks_every_row():
    asked = with_confidence(scored(0.9), replace(FLAT, curve=CURVE), min_precision=0.99)
    rows = [row for task in asked.tasks for row in task.targets or (task,)]
    assert all("low_score" in row.flags for row in rows)


def test_without_a_wish_no_flag_changes():
    plain = with_confidence(scored(0.5), FLAT)
    assert [task.flags for task in plain.tasks] == [task.flags for task in GOLD.tasks]


def test_scores_become_probabilities_where_a_scaling_is_known():
    scores = {"METRIC": Scaling(bias=-1.0), LINKS: Scaling(bias=1.0)}
    target = with_confidence(scored(0.5), replace(FLAT, scores=scores)).tasks[0].targets[0]
    assert target.metrics[0].score == pytest.approx(1 / (1 + math.e))
    assert target.link_score == pytest.approx(math.e / (1 + math.e))
    assert target.span.score == 0.5


def test_json_gives_the_same_calibration_back():
    calibration = replace(FLAT, bias=0.25, curve=CURVE, scores={"UNIT": Scaling(bias=0.5)})
    assert Calibration.from_json(calibration.to_json()) == calibration


@pytest.mark.parametrize(
    "data", [{}, {"schema": "other/1"}, {**FLAT.to_json(), "weights": {"target": 1.0}}]
)
def test_what_is_no_calibration_of_this_version_is_none(data):
    assert Calibration.from_json(data) is None


def test_a_wish_that_a_tagger_cannot_meet_is_an_error():
    with pytest.raises(NotCalibratedError, match="rules holds no calibration"):
        load("rules", min_precision=0.95)
