"""``taskner corpus split``: folds of a corpus."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import put_text
from taskner.cli.corpus.options import FILES, FROM, NEAR


class By(StrEnum):
    """What stays together."""

    DOCUMENT = "document"
    PLACE = "place"


def split(
    files: FILES,
    *,
    source: FROM = None,
    folds: Annotated[int, typer.Option("--folds", metavar="N", help="How many folds.")] = 5,
    by: Annotated[
        By, typer.Option("--by", help="What is never parted, besides near-copies.")
    ] = By.DOCUMENT,
    near: NEAR = 0.5,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of the shuffle.")] = 0,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not stdout."),
    ] = None,
) -> None:
    """Deal annotated texts into folds of about the same size, as a splits file.

    Near-copies always share a fold. The place of a text is the one that its issuer's name
    begins with, else its id without years and single letters.

    \b
    Example:
      taskner corpus split corpora/authored --folds 5 --by place -o splits.toml
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.corpus.splitting import folds_to_toml, make_folds  # noqa: PLC0415 - as above
    from taskner.integrations.formats import read_corpus  # noqa: PLC0415 - --help stays quick

    read = read_corpus(files, format_name=source)
    made = make_folds(read.texts, n_folds=folds, by_place=by is By.PLACE, near=near, seed=seed)
    comment = f"taskner corpus split --folds {folds} --by {by} --near {near:g} --seed {seed}"
    put_text(folds_to_toml(made, comment=comment), output)
