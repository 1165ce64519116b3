"""The evaluation protocol: train and score every fold, calibrate, and report.

    taskner evaluate --protocol evaluation/protocol.toml

Published and authored documents are reported apart: texts of the former are never shown.
Confidences in the reports are cross-fitted: those of a document come from a calibration
that was fitted without it.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from taskner.errors import CorpusError
from taskner.evaluation.gold import load_gold, score_gold
from taskner.evaluation.report import write_report
from taskner.evaluation.slices import Judged, surfaces
from taskner.studies.calibrate import (
    Held,
    calibrate,
    chosen_rows,
    collect_rows,
    cross_calibrated,
    hold_promise,
    kept_rows,
    store,
)
from taskner.studies.fold_records import FoldRecord
from taskner.studies.folds import Plan, marked_texts, run
from taskner.studies.machine import describe_machine
from taskner.studies.predictions import Prediction, predictions
from taskner.studies.score import ModelScores
from taskner.types import Span

_log = logging.getLogger(__name__)
_PROMISED = (0.9, 0.95, 0.98)
_FEWEST = 4


def run_protocol(
    plan: Plan, *, runs: Path, command: str, calibrated: Path | None = None, trains: bool = True
) -> Path:
    """Train what is not recorded yet, then write the reports beside the plan.

    Args:
        plan: Recipe and folds.
        runs: Where trainings are kept.
        command: What the reports say made them.
        calibrated: A model folder of the same recipe; what was learned about scores is
            written into its manifest.
        trains: Without it, only folds that are recorded are reported.

    Returns:
        The folder of the reports.

    Raises:
        TasknerError: The plan, its corpus or a record does not serve.
    """
    records = run(plan, runs=runs, trains=trains)
    folder = plan.path.parent / "reports" / plan.path.stem
    predicted = read_predictions(plan, records)
    promised = promises(plan, predicted)
    if calibrated is not None:
        store(calibrate(predicted), calibrated)
    for name, scores in score_predictions(plan, records, predicted).items():
        facts = {
            "command": command,
            "date": datetime.now(tz=UTC).date().isoformat(),
            "machine": describe_machine(),
            "recipe": f"{plan.recipe.name}, {plan.recipe.fit.epochs} epochs, "
            f"seed {plan.recipe.fit.seed}",
            "folds": ", ".join(record.name for record in records),
            "documents": str(len(scores.by_document)),
        }
        report = scores.to_report(facts, with_text=name == "authored")
        notes = (*plan.notes, *promised.get(name, ()))
        write_report(dataclasses.replace(report, notes=notes), folder / name)
        _log.info("%s: %s", name, folder / name / "report.html")
    return folder


def read_predictions(plan: Plan, records: Sequence[FoldRecord]) -> list[Prediction]:
    """Link what the folds tagged, with the code as it is now.

    Raises:
        ConfigError: A text is missing or is not the one that was tagged.
    """
    predicted = list(predictions(records, marked_texts(plan.recipe)))
    for one in predicted:
        if one.n_untagged:
            name = one.gold.document.id
            _log.warning("%s: %d segments were not tagged when run", name, one.n_untagged)
    return predicted


def score_predictions(
    plan: Plan, records: Sequence[FoldRecord], predicted: Sequence[Prediction]
) -> dict[str, ModelScores]:
    """Score predictions of folds.

    Returns:
        Scores of ``published`` and ``authored`` documents, each only where there are any.
        Every notice carries cross-fitted confidences, where they can be learned.
    """
    texts = marked_texts(plan.recipe)
    spans = {name: load_gold(path).spans for name, path in texts.items()}
    seen = {record.name: _seen(record, spans) for record in records}
    found: dict[str, list[Judged]] = {"published": [], "authored": []}
    for one in _confident(predicted):
        found[_kind(texts[one.gold.document.id])].append(
            Judged(gold=one.gold, predicted=one.notice, seen=seen[one.fold])
        )
    return {kind: _scores(plan, group) for kind, group in found.items() if group}


def promises(plan: Plan, predicted: Sequence[Prediction]) -> dict[str, list[str]]:
    """Say how asked precisions were kept on documents that had no part in the floor.

    Returns:
        Sentences for ``published`` and ``authored`` documents, which are calibrated together;
        none where there are too few documents to set some aside twice.
    """
    rows = collect_rows(predicted)
    if len(rows.names) < _FEWEST:
        return {}
    texts = marked_texts(plan.recipe)
    kinds = np.array([_kind(texts[name]) for name in rows.names])[rows.document]
    lines: dict[str, list[str]] = {str(kind): [] for kind in np.unique(kinds)}
    for promised in _PROMISED:
        kept = kept_rows(rows, promised)
        for kind, said in lines.items():
            own = kinds == kind
            held = hold_promise(chosen_rows(rows, own), promised, kept[own])
            said.append(f"--min-precision {promised}: {_promise(held)}")
    return lines


def _promise(held: Held) -> str:
    if not held.kept:
        return f"none of {held.n_rows} rows reaches it; all are marked."
    return (
        f"of the rows not marked, {held.precision:.3f} are right (95 % interval {held.low:.3f}–"
        f"{held.high:.3f}); {held.kept:.3f} of {held.n_rows} rows are not marked."
    )


def _kind(path: Path) -> str:
    # Only texts of the folder of our own notices may be shown.
    return "authored" if path.parent.name == "authored" else "published"


def _confident(predicted: Sequence[Prediction]) -> Sequence[Prediction]:
    try:
        return cross_calibrated(predicted)
    except CorpusError as error:
        _log.warning("no confidences: %s", error)
        return predicted


def _seen(record: FoldRecord, spans: Mapping[str, Iterable[Span]]) -> dict[str, frozenset[str]]:
    learned = (span for name in record.trained_on for span in spans.get(name, ()))
    return surfaces(learned)


def _scores(plan: Plan, judged: Sequence[Judged]) -> ModelScores:
    by_id = {one.gold.document.id: one for one in judged}
    scores = {name: score_gold(one.gold, one.predicted) for name, one in by_id.items()}
    return ModelScores(f"{plan.recipe.name}, left-out documents", by_id, scores)
