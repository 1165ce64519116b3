"""``taskner corpus check``: what is wrong with annotated texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import put_text, say
from taskner.cli.corpus.options import (
    ANNOTATIONS,
    FILES,
    FROM,
    NEAR,
    OFFSETS,
    Offsets,
    read_options,
)
from taskner.cli.exits import ExitCode


def check(
    files: FILES,
    *,
    source: FROM = None,
    sources: Annotated[
        Path | None,
        typer.Option(
            "--sources", metavar="DIR", help="The unmarked texts, to compare with by name."
        ),
    ] = None,
    splits: Annotated[
        Path | None,
        typer.Option("--splits", metavar="TOML", help="Folds that may share no near-copies."),
    ] = None,
    near: NEAR = 0.5,
    annotations: ANNOTATIONS = "only",
    offsets: OFFSETS = Offsets.AUTO,
) -> None:
    """Check annotated texts: marks, links, ledgers, sources, and texts against each other.

    Finds marks that are malformed, empty, overlap, run over a line end or have an unknown
    label; metrics without a target; marks that differ from the ledger beside them or from
    the source; sentences marked in two ways; near-copies in different folds; and what an
    export lost. One finding a line, with file, line and a way to mend it. Exit 1 when
    there is any.

    \b
    Examples:
      taskner corpus check corpora/authored
      taskner corpus check gold/ --sources notices/ --splits corpora/splits.toml
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.corpus.splits import read_splits  # noqa: PLC0415 - --help stays quick
    from taskner.integrations.checking import check_corpus  # noqa: PLC0415 - as above

    findings = check_corpus(
        files,
        format_name=source,
        options=read_options(annotations, offsets),
        sources=sources,
        folds=read_splits(splits) if splits else None,
        near=near,
    )
    n_found = 0
    for finding in findings:
        put_text(f"{finding}\n")
        n_found += 1
    say(f"{n_found} findings")
    if n_found:
        raise typer.Exit(ExitCode.SOME_FAILED)
