"""``taskner suggest``: unlabelled notices in, what to annotate next out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskner.cli.console import drawn, is_terminal, put, put_text, say
from taskner.cli.corpus.options import OVERWRITE, Aim
from taskner.cli.corpus.options import report as report_notes
from taskner.cli.exits import ExitCode, is_debugging
from taskner.cli.formats import Lang, check_output
from taskner.cli.inputs import LimitsOption, list_inputs
from taskner.readers import read_limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taskner.studies.suggestions import Suggestion


class ListFormat(StrEnum):
    """How suggestions are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


class By(StrEnum):
    """What is suggested."""

    ITEM = "item"
    NOTICE = "notice"


def suggest(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="Unlabelled notices, folders, or - for standard input."
        ),
    ],
    *,
    n: Annotated[
        int, typer.Option("--items", min=1, metavar="N", help="How many are suggested.")
    ] = 20,
    by: Annotated[By, typer.Option("--by", help="Single items, or whole notices.")] = By.ITEM,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the list to this file (.csv, .jsonl)."
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        ListFormat | None,
        typer.Option("--format", help="Default: table on a terminal, jsonl in a pipe."),
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Show the text of what is suggested.")
    ] = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Of titles and reasons.")] = Lang.ZH,
    marks: Annotated[
        Path | None,
        typer.Option(
            "--marks",
            metavar="DIR",
            help="Write what is listed here, marked by the model, to be corrected.",
        ),
    ] = None,
    to: Annotated[Aim, typer.Option("--to", help="The format of --marks.")] = Aim.INLINE,
    overwrite: OVERWRITE = False,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="MODEL", help="A model folder or name."),
    ] = None,
    threads: Annotated[
        int, typer.Option("--threads", min=0, metavar="N", help="For the model; 0 is all cores.")
    ] = 0,
    limits: LimitsOption = None,
) -> None:
    """Suggest what to annotate next: what the model doubts, and nothing twice.

    An item is a task with its units and its deadline. Listed are items, best first, that
    the model is unsure of and that are unlike those listed before; docs/training.md says
    what that is worth. A file that cannot be read gives one line on stderr, and the others
    are still ranked.

    \b
    Examples:
      taskner suggest notices/ --items 20 --marks to-correct
      taskner suggest notices/ --by notice --items 3 --format csv > next.csv
      taskner suggest notices/ --marks project --to label-studio
    """  # noqa: D301 - click keeps the lines after a backspace
    names = list_inputs(files, output=output)
    chosen = _choose_format(format, output)
    if output is not None:
        check_output(output, names)
    config = read_limits(limits) if limits else None
    # What extraction needs loads only now, so that --help and wrong use answer at once.
    from taskner.cli.batch import extract_all, report  # noqa: PLC0415
    from taskner.pipeline import load  # noqa: PLC0415
    from taskner.studies.suggestion_table import (  # noqa: PLC0415
        draw_table,
        rows_of,
        to_csv,
        to_jsonl,
    )
    from taskner.studies.suggestions import Pool  # noqa: PLC0415

    pool = Pool(load(model, threads=threads, limits=config))
    results = extract_all(pool.extractor, names, debug=is_debugging(context))
    for result in report(results, n_inputs=len(names)):
        pool.add(result)
    suggestions = pool.rank(n, by=by.value)
    n_broken = 0
    if marks is not None:
        # First, as it may be refused: a list without its marks is half of what was asked for.
        name = pool.extractor.name
        n_broken = _write_marks(suggestions, marks, to, model=name, overwrite=overwrite)
    rows = rows_of(suggestions, language=lang.value, with_text=with_text)
    if chosen is ListFormat.CSV:
        put(to_csv(rows, language=lang.value, with_text=with_text), output)
    elif chosen is ListFormat.JSONL:
        put(to_jsonl(rows), output)
    else:
        coloured = output is None and is_terminal()
        put_text(drawn(draw_table(rows, language=lang.value), coloured=coloured), output)
    if pool.failures or n_broken:
        raise typer.Exit(ExitCode.SOME_FAILED)


def _choose_format(wanted: ListFormat | None, output: Path | None) -> ListFormat:
    if wanted is not None:
        return wanted
    if output is None:
        return ListFormat.TABLE if is_terminal() else ListFormat.JSONL
    suffix = output.suffix.lower().removeprefix(".")
    if suffix not in (ListFormat.CSV, ListFormat.JSONL):
        message = f"{output}: the suffix names no format (.csv, .jsonl); give --format."
        raise typer.BadParameter(message)
    return ListFormat(suffix)


def _write_marks(
    suggestions: Sequence[Suggestion], folder: Path, to: Aim, *, model: str, overwrite: bool
) -> int:
    """Write what is suggested as marked texts, and give how many things were lost."""
    from taskner.corpus.files import write_files  # noqa: PLC0415 - as in the command
    from taskner.integrations.formats import ALL_FORMATS  # noqa: PLC0415 - as above
    from taskner.studies.suggested_marks import marks_of  # noqa: PLC0415 - as above

    read = marks_of(suggestions)
    written = ALL_FORMATS[to].written(read.texts, predicted_by=model)
    write_files(written, folder, overwrite=overwrite)
    n_broken, _ = report_notes((*read.notes, *written.notes))
    say(f"{len(suggestions)} suggestions, {len(written.files)} files in {folder}")
    return n_broken
