"""``taskner package``: a model folder in, an installable wheel out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import put_text


def package(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A model folder or name.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where the wheel goes.")
    ] = Path("dist"),
    with_weights: Annotated[
        bool,
        typer.Option("--with-weights", help="Carry model.safetensors too, for transformers."),
    ] = False,
) -> None:
    """Make a wheel of a model folder and print its path.

    Installed with pip, the model is found by its name: --model NAME, taskner.load(NAME).
    Every file is checked against the manifest, and no code of the model runs.

    Needs the extra package: pip install 'taskner[package]'.

    \b
    Example:
      taskner package models/taskner-small -o dist
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.pipeline import find_model  # noqa: PLC0415 - numpy loads with it
    from taskner.pipeline.packaging import build_wheel  # noqa: PLC0415 - as above

    put_text(f"{build_wheel(find_model(model), output, with_weights=with_weights)}\n")
