"""``taskner train``: a recipe in, a model folder out."""

from __future__ import annotations

import logging
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import put_text
from taskner.errors import MissingExtraError
from taskner.training.recipe import read_recipe

_NEEDED = ("torch", "transformers", "datasets", "accelerate", "safetensors", "seqeval", "onnx")


def train(
    recipe: Annotated[
        Path, typer.Argument(metavar="RECIPE", help="A recipe: one TOML file is one run.")
    ],
    *,
    released: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="MODEL",
            help="Go on from this released model (name or folder), not from the base.",
        ),
    ] = None,
    models: Annotated[
        Path, typer.Option("--models", metavar="DIR", help="Where the model folder goes.")
    ] = Path("models"),
    runs: Annotated[
        Path,
        typer.Option("--runs", metavar="DIR", help="Where checkpoints go; a cut-off run goes on."),
    ] = Path("training/runs"),
) -> None:
    """Train a model by a recipe and print its folder.

    Says how long it will take before it begins. With --from, a few newly annotated texts
    are added to what a released model knows; the recipe's [replay] names texts that it
    repeats beside them, so that it does not forget other places.

    Needs the extra train: pip install 'taskner[train]'. Several processes: torchrun.

    \b
    Examples:
      taskner train training/recipes/default.toml
      taskner train training/recipes/new-place.toml --from taskner-small
      torchrun --nproc-per-node 2 -m taskner train training/recipes/default.toml
    """  # noqa: D301 - click keeps the lines after a backspace
    # A recipe that is missing or wrong is told before torch loads, which takes long.
    read_recipe(recipe)
    from taskner.pipeline import find_model  # noqa: PLC0415 - numpy loads with it

    start = find_model(released) if released is not None else None
    prepare_training(purpose="taskner train")
    from taskner.training.processes import process_numbers  # noqa: PLC0415 - loads torch
    from taskner.training.release import train as train_model  # noqa: PLC0415 - as above

    if process_numbers()[0] > 0:
        logging.getLogger("taskner").setLevel(logging.ERROR)
    folder = train_model(recipe, models=models, runs=runs, released=start)
    if folder is not None:
        put_text(f"{folder}\n")


def prepare_training(*, purpose: str) -> None:
    """Check that what training needs is installed, and let its progress be seen.

    Raises:
        MissingExtraError: The extra ``train`` is not installed.
    """
    for package in _NEEDED:
        if find_spec(package) is None:
            raise MissingExtraError(package=package, extra="train", purpose=purpose)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("taskner").setLevel(logging.INFO)
