"""``taskner train-segmenter``: marked texts in, a segmentation model out."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import put_text


def train_segmenter(
    texts: Annotated[
        list[Path],
        typer.Argument(metavar="TEXTS...", help="Texts with inline marks, or folders of them."),
    ],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The model folder to write.")
    ] = Path("models/taskner-words"),
    version: Annotated[
        str, typer.Option("--model-version", metavar="VERSION", help="The model's version.")
    ] = "0.1.0",
    scores: Annotated[
        Path | None,
        typer.Option("--scores", metavar="JSON", help="Scores of folds, shown on the card."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the segmentation model that stands there.")
    ] = False,
) -> None:
    """Train a word segmenter for notices and print its folder.

    Words are those of jieba's dictionary, cut wherever a marked span begins or ends. The
    model is one of pkuseg, used by taskner.load_spacy(words=DIR). Says how long it will
    take before it begins; the same texts give the same model.

    Needs the extra segmenter: pip install 'taskner[segmenter]'.

    \b
    Example:
      taskner train-segmenter corpora/authored -o models/my-words
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.words.training import train_segmenter as train_words  # noqa: PLC0415 - numpy loads

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("taskner").setLevel(logging.INFO)
    folder = train_words(texts, output, version=version, scores=scores, overwrite=overwrite)
    put_text(f"{folder}\n")
