"""Options that the commands of ``taskner corpus`` share, and how they report."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskner.cli.console import say

if TYPE_CHECKING:
    from taskner.corpus.formats import ReadOptions
    from taskner.corpus.tally import Note


class Source(StrEnum):
    """Formats that can be read."""

    INLINE = "inline"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    BRAT = "brat"
    CONLL = "conll"
    CLUENER = "cluener"
    DOCBIN = "docbin"
    HUGGINGFACE = "huggingface"
    PARQUET = "parquet"
    TASKNER = "taskner"


class Aim(StrEnum):
    """Formats that can be written."""

    INLINE = "inline"
    STANDOFF = "standoff"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    BRAT = "brat"
    CONLL = "conll"
    CLUENER = "cluener"
    DOCBIN = "docbin"
    HUGGINGFACE = "huggingface"
    PARQUET = "parquet"
    TEXT = "text"


class Offsets(StrEnum):
    """What a tool counts characters in."""

    AUTO = "auto"
    CODE_POINTS = "code-points"
    UTF_16 = "utf-16"


FILES = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Files of any format, or folders of them.")
]
FROM = Annotated[
    Source | None,
    typer.Option("--from", help="The format of the files; told by their content otherwise."),
]
TO = Annotated[Aim, typer.Option("--to", help="The format to write.")]
FOLDER = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The folder that files go into.")
]
OVERWRITE = Annotated[
    bool, typer.Option("--overwrite", help="Replace files that are there already.")
]
ANNOTATIONS = Annotated[
    str,
    typer.Option(
        "--annotations",
        metavar="RULE",
        help="Label Studio: which annotation of a task counts: only (several are an error), "
        "latest, first, ground-truth, predictions, or an annotator's id or address.",
    ),
]
OFFSETS = Annotated[
    Offsets,
    typer.Option("--offsets", help="Label Studio, doccano: what offsets count, if auto errs."),
]
NEAR = Annotated[
    float,
    typer.Option(
        "--near", metavar="SHARE", help="Of common 5-character pieces that makes a near-copy."
    ),
]


def read_options(annotations: str, offsets: Offsets) -> ReadOptions:
    """Give the options of reading as the library takes them."""
    from taskner.corpus.formats import ReadOptions  # noqa: PLC0415 - --help stays quick

    return ReadOptions(annotations=annotations, offsets=offsets.value)


def report(notes: Iterable[Note]) -> tuple[int, int]:
    """Say on stderr what was not carried over as it was.

    Returns:
        How many notes tell of spans that a format cannot hold or of loss through broken
        input, and how many of loss for any other reason.
    """
    shared: dict[tuple[str, ...], list[Note]] = {}
    n_broken = n_lost = 0
    for note in notes:
        own = note.text if note.cause == "input" else ""
        shared.setdefault((own, note.kind, note.effect, note.cause, note.detail), []).append(note)
        if note.effect == "lost":
            # A format without links is one's choice; a span that it drops is not.
            is_dropped = note.kind == "span" and note.cause == "format"
            is_broken = note.cause == "input" or is_dropped
            n_broken += is_broken
            n_lost += not is_broken
    for (_, kind, effect, _, detail), group in shared.items():
        texts = {note.text for note in group}
        where = next(iter(texts)) if len(texts) == 1 else f"{len(texts)} texts"
        say(f"{where}: {sum(note.n for note in group):,} {kind} {effect}: {detail}")
    return n_broken, n_lost
