"""``taskner corpus stats``: how much a corpus holds."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from taskner.cli.console import put_text
from taskner.cli.corpus.options import (
    ANNOTATIONS,
    FILES,
    FROM,
    OFFSETS,
    Offsets,
    read_options,
    report,
)
from taskner.cli.exits import ExitCode


class StatsFormat(StrEnum):
    """How counts are printed."""

    MARKDOWN = "markdown"
    JSON = "json"


def stats(
    files: FILES,
    *,
    source: FROM = None,
    annotations: ANNOTATIONS = "only",
    offsets: OFFSETS = Offsets.AUTO,
    format: Annotated[  # noqa: A002 - the option's name
        StatsFormat, typer.Option("--format", help="A table, or JSON.")
    ] = StatsFormat.MARKDOWN,
) -> None:
    """Count characters, tasks of ledgers, and marks by label.

    \b
    Example:
      taskner corpus stats corpora/authored
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.corpus.stats import count_texts, counts_to_markdown  # noqa: PLC0415 - as above
    from taskner.integrations.formats import read_corpus  # noqa: PLC0415 - --help stays quick

    read = read_corpus(files, format_name=source, options=read_options(annotations, offsets))
    counts = count_texts(read.texts)
    if format is StatsFormat.JSON:
        put_text(json.dumps(counts, ensure_ascii=False, indent=1) + "\n")
    else:
        put_text(counts_to_markdown(counts))
    n_broken, _ = report(read.notes)
    if n_broken:
        raise typer.Exit(ExitCode.SOME_FAILED)
