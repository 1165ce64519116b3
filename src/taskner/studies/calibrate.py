"""Learn how sure rows are, from documents the scoring models did not learn from.

    python -m taskner.studies.calibrate evaluation/protocol.toml models/taskner-small

Reads the records of the plan's folds, fits the calibration of spans, links and rows, and
writes it into the model's manifest. What is reported (``reports/calibration.*``) is
cross-fitted: the confidence of a document's rows comes from a calibration that was fitted
without the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from taskner.evaluation.doubt import RowJudge
from taskner.evaluation.rows import rows_of
from taskner.evaluation.slices import Judged
from taskner.pipeline.confidence import Calibration, Point, row_features
from taskner.studies.predictions import Prediction
from taskner.types import REVIEW_FLAGS

_GRID = np.round(np.arange(0.30, 0.996, 0.005), 3)
_LEAST_ROWS = 50
"""Fewer rows than this say nothing of a precision."""

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Predicted rows of several documents.

    ``features`` has shape (rows, features); ``right`` says which rows are right in all
    cells; ``document`` is the index of each row's document in ``names``; ``asked`` says
    which rows carry a flag that asks for a person, whatever their confidence.
    """

    names: tuple[str, ...]
    features: _Floats
    right: npt.NDArray[np.bool_]
    document: npt.NDArray[np.int64]
    asked: npt.NDArray[np.bool_]


def collect_rows(predictions: Iterable[Prediction]) -> Rows:
    """Collect the predicted rows that gold can judge."""
    names: list[str] = []
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    document: list[int] = []
    asked: list[bool] = []
    for prediction in predictions:
        index = len(names)
        names.append(prediction.gold.document.id)
        rows = iter(rows_of(prediction.notice))
        is_right = RowJudge(Judged(gold=prediction.gold, predicted=prediction.notice))
        for task in prediction.notice.tasks:
            for target in task.targets or (None,):
                verdict = is_right(next(rows))
                if verdict is None:
                    continue
                features.append(row_features(prediction.notice.document, task, target))
                right.append(verdict)
                document.append(index)
                flags = {*task.flags, *(target.flags if target else ())}
                asked.append(bool(REVIEW_FLAGS & flags))
    return Rows(
        names=tuple(names),
        features=np.array(features, dtype=np.float64),
        right=np.array(right, dtype=np.bool_),
        document=np.array(document, dtype=np.int64),
        asked=np.array(asked, dtype=np.bool_),
    )


def fit_rows(rows: Rows, *, without: int | None = None) -> Calibration:
    """Fit the logistic model of rows.

    Args:
        rows: Predicted rows.
        without: Index of a document whose rows are not learned from.
    """
    kept = rows.document != (-1 if without is None else without)
    model = LogisticRegression(C=1.0, max_iter=2000)
    scale = rows.features[kept].std(axis=0) + 1e-9
    model.fit(rows.features[kept] / scale, rows.right[kept])
    weights = model.coef_[0] / scale
    return Calibration(bias=float(model.intercept_[0]), weights=tuple(map(float, weights)))


def cross_fit(rows: Rows) -> _Floats:
    """Give each row the confidence of a calibration fitted without its document."""
    confidence = np.zeros(len(rows.right))
    for index in range(len(rows.names)):
        own = np.flatnonzero(rows.document == index)
        if own.size:
            calibration = fit_rows(rows, without=index)
            confidence[own] = [calibration.probability(rows.features[i]) for i in own]
    return confidence


def curve_of(confidence: _Floats, right: npt.NDArray[np.bool_]) -> tuple[Point, ...]:
    """Give precision and share kept by least confidence, made to rise with confidence."""
    points: list[Point] = []
    for floor in _GRID:
        kept = confidence >= floor
        if kept.sum() >= _LEAST_ROWS:
            precision = float(right[kept].mean())
            points.append(
                Point(confidence=float(floor), precision=precision, kept=float(kept.mean()))
            )
    return tuple(points)
