"""``taskner read``: the text that offsets count in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import is_terminal, put_text, without_controls
from taskner.cli.inputs import LimitsOption, read_input
from taskner.readers import read_limits


def read(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The notice; - is standard input.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the text to this file."),
    ] = None,
    limits: LimitsOption = None,
) -> None:
    """Print the text of a file as taskner reads it; offsets in ledgers point into it.

    \b
    Example:
      taskner read notice.html > notice.txt
    """  # noqa: D301 - click keeps the lines after a backspace
    text = read_input(file, limits=read_limits(limits) if limits else None).text
    # At a prompt the shell should not stand behind the last line.
    if output is None and is_terminal():
        text = without_controls(text)
        text += "" if text.endswith("\n") else "\n"
    put_text(text, output)
