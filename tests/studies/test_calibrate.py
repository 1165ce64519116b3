"""Calibration learned from left-out documents: what it separates, and that it is cross-fitted."""

import json
from dataclasses import replace

import pytest

from ledgers import GOLD, TEXT
from taskner.corpus.annotated import AnnotatedText
from taskner.errors import CorpusError, ModelDamagedError
from taskner.evaluation.gold import Gold
from taskner.pipeline.confidence import Calibration
from taskner.studies.calibrate import (
    calibrate,
    collect_rows,
    cross_calibrated,
    cross_fit,
    hold_promise,
    kept_rows,
    store,
)
from taskner.studies.predictions import Prediction
from taskner.types import Document


def predicted(number):
    """A document in which some rows lost their metric; what was lost scored low."""
    document = Document(id=f"d{number}", text=TEXT)
    gold = replace(GOLD, document=document)
    tasks = []
    for index, task in enumerate(gold.tasks):
        is_wrong = (number + index) % 3 == 0
        targets = tuple(
            replace(
                target,
                span=replace(target.span, score=0.4 if is_wrong else 0.97),
                metrics=() if is_wrong else target.metrics,
            )
            for target in task.targets
        )
        tasks.append(replace(task, targets=targets))
    return Prediction(
        fold="all",
        gold=Gold(document=document, marked=AnnotatedText(id="yunxi", text=TEXT), notice=gold),
        spans=(),
        notice=replace(gold, tasks=tuple(tasks)),
        n_untagged=0,
    )


@pytest.fixture(scope="module")
def predictions():
    return [predicted(number) for number in range(24)]


def test_wrong_rows_are_less_sure_than_right_ones(predictions):
    rows = collect_rows(predictions)
    confidence = cross_fit(rows)
    assert len(rows.right) == 4 * len(predictions)
    assert 0 < rows.right.sum() < len(rows.right)
    assert confidence[rows.right].min() > confidence[~rows.right].max()


def test_a_promise_is_kept_on_documents_set_aside(predictions):
    rows = collect_rows(predictions)
    held = hold_promise(rows, 0.95, kept_rows(rows, 0.95))
    assert held.precision >= 0.95
    assert held.low <= held.precision <= held.high
    assert held.kept > 0.6


def test_every_document_gets_confidences_once(predictions):
    sure = cross_calibrated(predictions)
    assert sorted(one.gold.document.id for one in sure) == sorted(
        one.gold.document.id for one in predictions
    )
    rows = [row for one in sure for task in one.notice.tasks for row in task.targets or (task,)]
    assert all(row.confidence is not None for row in rows)


def test_nothing_can_be_learned_where_every_row_is_right(predictions):
    right = [replace(one, notice=one.gold.notice) for one in predictions]
    with pytest.raises(CorpusError, match="right and rows that are wrong"):
        calibrate(right)


def test_a_manifest_keeps_all_else(predictions, tmp_path):
    (tmp_path / "manifest.json").write_text('{"name": "tiny"}', encoding="utf-8")
    calibration = calibrate(predictions)
    store(calibration, tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["name"] == "tiny"
    found = Calibration.from_json(manifest["calibration"])
    assert found is not None
    assert found.floor(0.95) == calibration.floor(0.95) < 1
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_a_folder_without_manifest_is_damaged(predictions, tmp_path):
    with pytest.raises(ModelDamagedError, match=r"manifest\.json"):
        store(calibrate(predictions), tmp_path)
