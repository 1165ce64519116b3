"""Learn how sure rows are, from documents the scoring models did not learn from.

What is reported is cross-fitted: the confidence of a document's rows comes from a calibration
that was fitted without the document. What a manifest stores is fitted on all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from taskner.errors import CorpusError, ModelDamagedError
from taskner.evaluation.doubt import (
    RowJudge,
    Verdict,
    link_verdicts,
    precision_curve,
    span_verdicts,
)
from taskner.evaluation.rows import rows_of
from taskner.evaluation.slices import Judged
from taskner.pipeline.confidence import (
    LINKS,
    Calibration,
    Point,
    Scaling,
    log_odds,
    row_features,
    with_confidence,
)
from taskner.studies.predictions import Prediction
from taskner.tagging.package import MANIFEST
from taskner.training.manifest import write_manifest
from taskner.types import LABELS, REVIEW_FLAGS

_LEAST_ROWS = 50
"""Fewer rows than this say nothing of a precision."""

_GROUPS = 10
"""Documents are set aside in so many groups; with fewer documents, one by one."""

_STRENGTH = 0.3
"""Inverse of the penalty on weights: some features are rare, and rows of a document alike."""

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


def fit_rows(rows: Rows) -> Calibration:
    """Fit the logistic model of rows; features are scaled to compare, then scaled back.

    Raises:
        CorpusError: All rows are right, all are wrong, or there are none.
    """
    if len(set(rows.right.tolist())) < len((True, False)):
        detail = "a calibration needs rows that are right and rows that are wrong"
        raise CorpusError(path=", ".join(rows.names) or "no document", detail=detail)
    scale = np.maximum(rows.features.std(axis=0), 1e-6)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    model.fit(rows.features / scale, rows.right)
    weights = model.coef_[0] / scale
    return Calibration(bias=float(model.intercept_[0]), weights=tuple(map(float, weights)))


def cross_calibrations(rows: Rows) -> dict[str, Calibration]:
    """Fit a calibration for each document without its rows.

    Documents are set aside in at most ten groups.

    Raises:
        CorpusError: There are too few documents or mistakes to learn from.
    """
    group = rows.document % _GROUPS
    fitted = [fit_rows(chosen_rows(rows, group != number)) for number in range(_GROUPS)]
    return {name: fitted[index % _GROUPS] for index, name in enumerate(rows.names)}


def cross_fit(rows: Rows) -> _Floats:
    """Give each row the confidence of a calibration fitted without its document.

    Raises:
        CorpusError: There are too few documents or mistakes to learn from.
    """
    calibrations = cross_calibrations(rows)
    by_index = [calibrations[name] for name in rows.names]
    pairs = zip(rows.document, rows.features, strict=True)
    return np.array([by_index[index].probability(features) for index, features in pairs])


def with_curve(calibration: Calibration, rows: Rows) -> Calibration:
    """Add the curve of precision by confidence, from cross-fitted confidences.

    Raises:
        CorpusError: There are too few documents or mistakes to learn from.
    """
    pairs = zip(cross_fit(rows), rows.right, strict=True)
    curve = precision_curve(Verdict(float(score), bool(right)) for score, right in pairs)
    points = (
        Point(confidence=one.confidence, precision=one.precision, kept=one.kept) for one in curve
    )
    return replace(calibration, curve=tuple(points))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How a promised precision was kept on documents that had no part in choosing the floor.

    ``low`` and ``high`` bound the precision (95 %, drawing documents).
    """

    promised: float
    precision: float
    low: float
    high: float
    kept: float
    n_rows: int


def kept_rows(rows: Rows, promised: float) -> npt.NDArray[np.bool_]:
    """Say which rows ``--min-precision`` leaves unmarked, shape (rows,).

    Calibration and floor come from documents of other groups; a row is kept when it reaches
    the floor and carries no flag that asks for a person.
    """
    kept = np.zeros(len(rows.right), dtype=np.bool_)
    group = rows.document % _GROUPS
    for number in np.unique(group):
        own = np.flatnonzero(group == number)
        others = chosen_rows(rows, group != number)
        calibration = with_curve(fit_rows(others), others)
        floor = calibration.floor(promised)
        sure = np.array([calibration.probability(rows.features[i]) >= floor for i in own])
        kept[own] = sure & ~rows.asked[own]
    return kept


def hold_promise(
    rows: Rows,
    promised: float,
    kept: npt.NDArray[np.bool_],
    *,
    n_resamples: int = 1000,
    seed: int = 0,
) -> Held:
    """Measure how many of the rows that :func:`kept_rows` gave are right."""
    present, document = np.unique(rows.document, return_inverse=True)
    n_documents = len(present)
    right = np.bincount(document[kept & rows.right], minlength=n_documents)
    total = np.bincount(document[kept], minlength=n_documents)
    even = np.full(n_documents, 1 / n_documents)
    drawn = np.random.default_rng(seed).multinomial(n_documents, even, size=n_resamples)
    shares = (drawn @ right) / np.maximum(drawn @ total, 1)
    low, high = np.percentile(shares, [2.5, 97.5])
    return Held(
        promised=promised,
        precision=float(right.sum() / max(1, total.sum())),
        low=float(low),
        high=float(high),
        kept=float(kept.mean()),
        n_rows=len(rows.right),
    )


def fit_scores(predictions: Iterable[Prediction]) -> dict[str, Scaling]:
    """Fit a logistic curve for the scores of each label, and of links.

    What has too few scores, or none wrong, gets none.
    """
    judged = [Judged(gold=one.gold, predicted=one.notice) for one in predictions]
    kinds: dict[str, list[Verdict]]
    kinds = {label: [v for one in judged for v in span_verdicts(one, label)] for label in LABELS}
    kinds[LINKS] = [verdict for one in judged for verdict in link_verdicts(one)]
    scalings: dict[str, Scaling] = {}
    for name, verdicts in kinds.items():
        right = np.array([verdict.right for verdict in verdicts], dtype=np.bool_)
        if len(verdicts) >= _LEAST_ROWS and 0 < right.sum() < len(right):
            odds = np.array([[log_odds(verdict.score)] for verdict in verdicts])
            model = LogisticRegression(C=1e3).fit(odds, right)
            scalings[name] = Scaling(
                bias=float(model.intercept_[0]), weight=float(model.coef_[0][0])
            )
    return scalings


def calibrate(predictions: Iterable[Prediction]) -> Calibration:
    """Learn all a manifest holds from left-out documents.

    Raises:
        CorpusError: There are too few documents or mistakes to learn from.
    """
    listed = list(predictions)
    rows = collect_rows(listed)
    return replace(with_curve(fit_rows(rows), rows), scores=fit_scores(listed))


def cross_calibrated(predictions: Sequence[Prediction]) -> list[Prediction]:
    """Give every prediction confidences from a calibration that never saw its document.

    Documents are set aside in at most ten groups.

    Raises:
        CorpusError: There are too few documents or mistakes to learn from.
    """
    found = []
    for number in range(min(_GROUPS, len(predictions))):
        others = [one for index, one in enumerate(predictions) if index % _GROUPS != number]
        fitted = replace(fit_rows(collect_rows(others)), scores=fit_scores(others))
        own = predictions[number::_GROUPS]
        found += [replace(one, notice=with_confidence(one.notice, fitted)) for one in own]
    return found


def store(calibration: Calibration, model: Path) -> None:
    """Write a calibration into the manifest of a model folder, in one step.

    Raises:
        ModelDamagedError: The folder has no readable manifest.
    """
    path = model / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelDamagedError(
            path=str(model), file=MANIFEST, expected="a manifest", found=str(error)
        ) from error
    manifest["calibration"] = calibration.to_json()
    write_manifest(model, manifest)


def chosen_rows(rows: Rows, chosen: npt.NDArray[np.bool_]) -> Rows:
    """Give some of the rows; documents keep their indices."""
    return replace(
        rows,
        features=rows.features[chosen],
        right=rows.right[chosen],
        document=rows.document[chosen],
        asked=rows.asked[chosen],
    )
