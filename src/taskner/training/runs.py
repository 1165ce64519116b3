"""Run folders: whose checkpoints are these, and is the run finished?"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from taskner.tagging.package import MANIFEST
from taskner.training.recipe import Recipe, StopConfig

_RUN = "run.json"
_FINISHED = "finished"
_OUTCOME = "outcome.json"
_CHECKPOINTS = "checkpoints"


def prepare_run(folder: Path, recipe: Recipe, documents: Sequence[tuple[str, str]]) -> None:
    """Make a run folder ready.

    Args:
        folder: The run's folder; cleared if it belongs to another run.
        recipe: The recipe.
        documents: Names and sha256 of what is trained on, stopped by and replayed.
    """
    digest = run_digest(recipe, documents)
    note = folder / _RUN
    if folder.exists() and (not note.exists() or note.read_text(encoding="utf-8") != digest):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(digest, encoding="utf-8")


def is_finished(folder: Path) -> bool:
    """Tell whether a run has come to its end."""
    return (folder / _FINISHED).exists()


def last_checkpoint(folder: Path) -> Path | None:
    """Give the newest whole checkpoint of a run; what a kill left half-written is dropped.

    The Trainer writes the state of the run last.
    """
    found = sorted((folder / _CHECKPOINTS).glob("checkpoint-*"), key=_step)
    while found:
        newest = found.pop()
        try:
            json.loads((newest / "trainer_state.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            shutil.rmtree(newest)
        else:
            return newest
    return None


def _step(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])


def mark_finished(folder: Path, outcome: Mapping[str, Any]) -> None:
    """Note that the run is finished and what came of it, and drop its checkpoints."""
    text = json.dumps(outcome, ensure_ascii=False, indent=1) + "\n"
    (folder / _OUTCOME).write_text(text, encoding="utf-8")
    (folder / _FINISHED).touch()
    shutil.rmtree(folder / _CHECKPOINTS, ignore_errors=True)


def read_outcome(folder: Path, *, keys: Sequence[str]) -> dict[str, Any]:
    """Give what came of a finished run: ``epochs``, ``seconds``, ``history``, as asked for."""
    path = folder / _OUTCOME
    outcome = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {key: outcome[key] for key in keys if key in outcome}


def run_digest(recipe: Recipe, documents: Sequence[tuple[str, str]]) -> str:
    """Digest what decides a run's outcome: texts, base, and settings; not where they stand."""
    facts: dict[str, Any] = {
        "documents": sorted(documents),
        "base": recipe.base.source,
        "fit": dataclasses.asdict(recipe.fit),
        "window": recipe.corpus.window,
        "keep_empty": recipe.corpus.keep_empty,
    }
    # Left out where not given, so that runs recorded before these keys existed keep theirs.
    if recipe.stop != StopConfig():
        facts["stop"] = dataclasses.asdict(recipe.stop)
    if recipe.released is not None:
        manifest = (recipe.released / MANIFEST).read_bytes()
        replay = recipe.replay
        facts["released"] = [sha256(manifest).hexdigest(), replay.per_new, replay.least]
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
