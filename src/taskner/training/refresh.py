"""Bring the card of a released model up to date; weights stay as they are.

    python -m taskner.training.refresh MODEL --recipe RECIPE

Reads again what the recipe names beside the training (left-out scores, limits), writes it
into the manifest with the card's new hash, and writes the card. Run it after
``taskner evaluate --protocol … --calibrate MODEL``, or when the scores were measured again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from taskner.errors import ConfigError, TasknerError
from taskner.tagging.package import open_package
from taskner.training.card import CARD, render_card
from taskner.training.manifest import hash_file, read_scores, write_manifest
from taskner.training.recipe import Recipe, read_recipe
from taskner.version import __version__


def refresh(folder: Path, recipe: Recipe) -> None:
    """Write the card of a model folder, and what it is made from into the manifest.

    Raises:
        ConfigError: The recipe is of another model.
        CorpusError: The scores that the recipe names cannot be read.
        MissingExtraError: huggingface_hub is not installed.
        TasknerError: The folder is no model folder.
    """
    manifest = dict(open_package(folder, taskner_version=__version__).manifest)
    for key in ("name", "version"):
        if getattr(recipe, key) != manifest[key]:
            detail = f"is {getattr(recipe, key)}, the model's is {manifest[key]}"
            raise ConfigError(path=str(recipe.path), key=f"recipe.{key}", detail=detail)
    if recipe.scores:
        manifest["scores"] = read_scores(recipe.resolve(recipe.scores))
    manifest["limits"] = list(recipe.limits)
    card = folder / CARD
    card.write_text(render_card(manifest), encoding="utf-8")
    manifest["files"] = {**manifest["files"], CARD: hash_file(card)}
    write_manifest(folder, manifest)


def main() -> int:
    """Refresh the card of the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--recipe", type=Path, required=True)
    arguments = parser.parse_args()
    try:
        refresh(arguments.model, read_recipe(arguments.recipe))
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
