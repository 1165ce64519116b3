"""Run folders: whose checkpoints are these, and is the run finished?"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from taskner.training.recipe import Recipe

_RUN = "run.json"
_FINISHED = "finished"


def prepare_run(folder: Path, recipe: Recipe, documents: Sequence[tuple[str, str]]) -> bool:
    """Make a run folder ready, and tell whether the run is finished.

    Args:
        folder: The run's folder; cleared if it belongs to another run.
        recipe: The recipe.
        documents: Names and sha256 of what is trained on.

    Returns:
        Whether the folder holds this very run, finished.
    """
    digest = run_digest(recipe, documents)
    note = folder / _RUN
    if folder.exists() and (not note.exists() or note.read_text(encoding="utf-8") != digest):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(digest, encoding="utf-8")
    return (folder / _FINISHED).exists()


def mark_finished(folder: Path) -> None:
    """Note that the run is finished, and drop its checkpoints."""
    (folder / _FINISHED).touch()
    shutil.rmtree(folder / "checkpoints", ignore_errors=True)


def run_digest(recipe: Recipe, documents: Sequence[tuple[str, str]]) -> str:
    """Digest what decides a run's outcome: texts, base, and settings; not where they stand."""
    facts = {
        "documents": sorted(documents),
        "base": recipe.base.source,
        "fit": dataclasses.asdict(recipe.fit),
        "window": recipe.corpus.window,
        "keep_empty": recipe.corpus.keep_empty,
    }
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
