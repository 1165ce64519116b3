"""The command ``taskner`` and its global options."""

from __future__ import annotations

from typing import Annotated

import typer

from taskner.cli.console import put_text
from taskner.cli.corpus import corpus
from taskner.cli.evaluate import evaluate
from taskner.cli.exits import Commands
from taskner.cli.extract import extract
from taskner.cli.model import models
from taskner.cli.package import package
from taskner.cli.read import read
from taskner.cli.suggest import suggest
from taskner.cli.train import train
from taskner.cli.train_segmenter import train_segmenter
from taskner.version import __version__

# Plain help: it reads the same on every terminal and in docs/cli.md.
app = typer.Typer(
    name="taskner",
    cls=Commands,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 92},
)
for command in (extract, read, evaluate, suggest, train, train_segmenter, package):
    app.command()(command)
app.add_typer(models)
app.add_typer(corpus)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer's callback
    if wanted:
        put_text(f"taskner {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Read Chinese responsibility notices (责任分解通知) and write their ledgers (台账).

    Data goes to stdout, messages go to stderr. Exit codes: 0 done; 1 some documents
    failed, or a score is under its floor; 2 wrong use or no model; 130 interrupted;
    141 the reader of a pipe has gone.

    \b
    Example:
      taskner extract notice.txt -o ledger.xlsx
    """  # noqa: D301 - click keeps the lines after a backspace


def main() -> None:
    """Run the command line."""
    app(prog_name="taskner")
