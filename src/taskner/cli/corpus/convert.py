"""``taskner corpus convert``: annotated texts from one format to another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import say
from taskner.cli.corpus.options import (
    ANNOTATIONS,
    FILES,
    FOLDER,
    FROM,
    OFFSETS,
    OVERWRITE,
    TO,
    Offsets,
    read_options,
    report,
)
from taskner.cli.exits import ExitCode


def convert(
    files: FILES,
    *,
    to: TO,
    output: FOLDER,
    source: FROM = None,
    annotations: ANNOTATIONS = "only",
    offsets: OFFSETS = Offsets.AUTO,
    predicted_by: Annotated[
        str | None,
        typer.Option(
            "--predicted-by",
            metavar="MODEL",
            help="Label Studio: write the marks as predictions of this model.",
        ),
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option(
            "--facts",
            metavar="TOML",
            help="Title, issuer, number and issued of texts, in a table for each id.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 also when the format loses something.")
    ] = False,
    overwrite: OVERWRITE = False,
) -> None:
    """Convert annotated texts from one format to another.

    What the format written has no place for, and what was broken in the files read, is
    counted on stderr. Exit 1 when a span or something broken was left out.

    \b
    Examples:
      taskner corpus convert corpora/authored --to label-studio -o project
      taskner corpus convert export.json --annotations latest --to inline -o marked
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.corpus.facts import read_facts  # noqa: PLC0415 - --help stays quick
    from taskner.corpus.files import write_files  # noqa: PLC0415 - as above
    from taskner.integrations.formats import ALL_FORMATS, read_corpus  # noqa: PLC0415 - as above

    known = read_facts(facts) if facts else {}
    read = read_corpus(files, format_name=source, options=read_options(annotations, offsets))
    texts = [replace(text, facts=known.get(text.id, text.facts)) for text in read.texts]
    written = ALL_FORMATS[to].written(texts, predicted_by=predicted_by)
    write_files(written, output, overwrite=overwrite)
    n_broken, n_lost = report((*read.notes, *written.notes))
    say(f"{len(texts)} texts, {len(written.files)} files in {output}")
    if n_broken or (strict and n_lost):
        raise typer.Exit(ExitCode.SOME_FAILED)
