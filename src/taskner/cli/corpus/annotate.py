"""``taskner corpus annotate``: pre-annotations by a model, for any tool."""

from __future__ import annotations

from typing import Annotated

import typer

from taskner.cli.console import say
from taskner.cli.corpus.options import FOLDER, OVERWRITE, TO, Aim, report
from taskner.cli.exits import ExitCode
from taskner.cli.inputs import list_inputs


def annotate(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Notices, or folders of them.")
    ],
    *,
    output: FOLDER,
    to: TO = Aim.LABEL_STUDIO,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="MODEL", help="A model folder or name; rules needs no model."
        ),
    ] = None,
    overwrite: OVERWRITE = False,
) -> None:
    """Mark notices with a model, so that a person need only correct the marks.

    For Label Studio the marks are predictions with scores and the model's name; other
    tools take them for annotations. Ledgers are not written: one that stands beside marks
    is typed by people.

    \b
    Example:
      taskner corpus annotate notices/ --to label-studio -o project
    """  # noqa: D301 - click keeps the lines after a backspace
    paths = list_inputs(files)
    from taskner.corpus.files import write_files  # noqa: PLC0415 - --help stays quick
    from taskner.integrations.formats import ALL_FORMATS  # noqa: PLC0415 - as above
    from taskner.pipeline import load  # noqa: PLC0415 - as above
    from taskner.studies.annotate import annotate as annotate_all  # noqa: PLC0415 - as above

    extractor = load(model)
    read, failures = annotate_all(extractor, paths)
    for failure in failures:
        say(str(failure.error))
    written = ALL_FORMATS[to].written(read.texts, predicted_by=extractor.name)
    write_files(written, output, overwrite=overwrite)
    n_broken, _ = report((*read.notes, *written.notes))
    say(f"{len(read.texts)} of {len(paths)} notices, {len(written.files)} files in {output}")
    if failures or n_broken:
        raise typer.Exit(ExitCode.SOME_FAILED)
