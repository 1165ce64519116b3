"""``taskner extract``: notices in, a ledger out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import say
from taskner.cli.exits import ExitCode, is_debugging
from taskner.cli.formats import Format, Lang, check_use, choose_format
from taskner.cli.inputs import LimitsOption, list_inputs
from taskner.readers import read_limits


def extract(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Files, folders, or - for standard input."),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file; its suffix is the format."
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option("--format", help="Default: table on a terminal, jsonl in a pipe."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="MODEL", help="A model folder or name; rules needs no model."
        ),
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Embed the text (json and jsonl).")
    ] = False,
    lang: Annotated[
        Lang, typer.Option("--lang", help="Of column titles (table, csv, xlsx).")
    ] = Lang.ZH,
    min_precision: Annotated[
        float | None,
        typer.Option(
            "--min-precision",
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help="Mark 需复核 the rows that are less sure than this asks for, e.g. 0.95.",
        ),
    ] = None,
    threads: Annotated[
        int, typer.Option("--threads", min=0, metavar="N", help="For the model; 0 is all cores.")
    ] = 0,
    limits: LimitsOption = None,
) -> None:
    """Extract the ledger of notices.

    A folder stands for all files in it that can be read. A document that fails gives one
    line on stderr, a record in json and jsonl and a row in the errors sheet of xlsx; the
    others are still processed. A file without tasks is no failure, but stands there too.
    Rows that ask for a person are marked 需复核. With -o, a line on stderr says how many files,
    tasks and rows were written.

    \b
    Examples:
      taskner extract notice.txt -o ledger.xlsx
      taskner extract notices/ more.html --format jsonl > ledgers.jsonl
      taskner extract notice.docx -o ledger.xlsx --min-precision 0.95
      curl -s https://example.org/notice.html | taskner extract - --format csv
    """  # noqa: D301 - click keeps the lines after a backspace
    names = list_inputs(files, output=output)
    chosen = choose_format(format, output)
    check_use(chosen, output, names, with_text=with_text)
    config = read_limits(limits) if limits else None
    # What extraction needs loads only now, so that --help and wrong use answer at once.
    from taskner.cli.batch import extract_all, report, write_ledger  # noqa: PLC0415
    from taskner.cli.tally import Tally  # noqa: PLC0415
    from taskner.pipeline import load  # noqa: PLC0415

    extractor = load(model, threads=threads, min_precision=min_precision, limits=config)
    results = extract_all(extractor, names, debug=is_debugging(context))
    shown = report(results, n_inputs=len(names))
    tally = Tally()
    write_ledger(tally.counted(shown), chosen, output, with_text=with_text, lang=lang)
    if output is not None:
        say(tally.line(output))
    if tally.n_failed:
        raise typer.Exit(ExitCode.SOME_FAILED)
