"""``taskner corpus join``: standoff files and the notices they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import say
from taskner.cli.corpus.options import FOLDER, OVERWRITE, report
from taskner.cli.exits import ExitCode
from taskner.cli.inputs import list_inputs

_NOTICES = Path("../shared/notices")


def join(
    standoff: Annotated[
        list[str], typer.Argument(metavar="STANDOFF", help="Standoff files, or folders of them.")
    ],
    *,
    notices: Annotated[
        Path | None,
        typer.Option(
            "--notices",
            metavar="DIR",
            help=f"Where the notices are; {_NOTICES} where that exists.",
        ),
    ] = None,
    output: FOLDER,
    overwrite: OVERWRITE = False,
) -> None:
    """Put the marks of standoff files into their notices, and write them as marked texts.

    A notice is found by the hash of its text, or of its text without blanks and with its
    width folded: other line ends, blanks or full-width punctuation do no harm. Exit 1 when
    a text is not found; the message says where the nearest one begins to differ.

    \b
    Example:
      taskner corpus join corpora/standoff --notices notices/ -o gold
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.corpus.files import write_files  # noqa: PLC0415 - --help stays quick
    from taskner.corpus.joining import join_notices  # noqa: PLC0415 - as above
    from taskner.corpus.standoff import read_standoff  # noqa: PLC0415 - as above
    from taskner.integrations.formats import ALL_FORMATS  # noqa: PLC0415 - as above

    folder = notices or _NOTICES
    if not folder.is_dir():
        message = f"{folder}: is no folder; give --notices DIR."
        raise typer.BadParameter(message)
    paths = list_inputs(standoff, suffixes=(".json",), companions=(".toml", ".md"))
    read, errors = join_notices([read_standoff(Path(path)) for path in paths], folder)
    for error in errors:
        say(str(error))
    written = ALL_FORMATS["inline"].written(read.texts)
    write_files(written, output, overwrite=overwrite)
    n_broken, _ = report((*read.notes, *written.notes))
    say(f"{len(read.texts)} of {len(paths)} joined in {output}")
    if errors or n_broken:
        raise typer.Exit(ExitCode.SOME_FAILED)
