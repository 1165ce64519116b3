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

_NEEDED = ("torch", "transformers", "datasets", "accelerate", "safetensors", "seqeval", "onnx")


def train(
    recipe: Annotated[
        Path, typer.Argument(metavar="RECIPE", help="A recipe: one TOML file is one run.")
    ],
    *,
    models: Annotated[
        Path, typer.Option("--models", metavar="DIR", help="Where the model folder goes.")
    ] = Path("models"),
    runs: Annotated[
        Path,
        typer.Option("--runs", metavar="DIR", help="Where checkpoints go; a cut-off run goes on."),
    ] = Path("training/runs"),
) -> None:
    """Train a model by a recipe and print its folder.

    Needs the extra train: pip install 'taskner[train]'.

    \b
    Example:
      taskner train training/recipes/default.toml
    """  # noqa: D301 - click keeps the lines after a backspace
    prepare_training(purpose="taskner train")
    from taskner.training.release import train as train_model  # noqa: PLC0415 - loads torch

    put_text(f"{train_model(recipe, models=models, runs=runs)}\n")


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
