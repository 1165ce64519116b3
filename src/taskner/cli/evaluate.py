"""``taskner evaluate``: what a model scores on gold documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskner.cli.console import drawn, is_terminal, put_text, say
from taskner.cli.exits import ExitCode
from taskner.cli.inputs import list_inputs
from taskner.errors import TasknerError

if TYPE_CHECKING:
    from taskner.studies.score import ModelScores


class ScoreFormat(StrEnum):
    """How scores are printed."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


def evaluate(
    gold: Annotated[
        list[str],
        typer.Argument(metavar="GOLD", help="Marked texts (.txt), or folders of them."),
    ],
    *,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="MODEL", help="A model folder or name; rules needs no model."
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="DIR", help="Write scores.json and report.md into this folder."
        ),
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option("--fail-under", metavar="MEASURE=F1", help="Exit 1 below it; repeatable."),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        ScoreFormat | None,
        typer.Option("--format", help="Default: table on a terminal, json in a pipe."),
    ] = None,
) -> None:
    """Score a model on gold documents: spans, links, roles, values and rows.

    A gold document is a text with inline marks; NAME.ledger.json beside it, where there
    is one, is its gold ledger. The model reads the text without the marks. Intervals come
    from drawing documents (95 %).

    \b
    Examples:
      taskner evaluate corpora/authored --model models/taskner-small
      taskner evaluate gold/ --report scores --fail-under rows=.80 --fail-under spans=.9
    """  # noqa: D301 - click keeps the lines after a backspace
    floors = _read_floors(fail_under or ())
    paths = list_inputs(gold, suffixes=(".txt",), companions=(".json", ".md", ".toml"))
    # The model's libraries load only now, so that --help and wrong use answer at once.
    from taskner.pipeline import load  # noqa: PLC0415
    from taskner.studies.score import load_golds, score_model  # noqa: PLC0415

    golds = load_golds(paths)
    scores = score_model(load(model), golds)
    put_text(_show(scores, format or (ScoreFormat.TABLE if is_terminal() else ScoreFormat.JSON)))
    if report is not None:
        _write_report(scores, report)
    if [name for name, floor in floors.items() if not _reaches(scores, name, floor)]:
        raise typer.Exit(ExitCode.SOME_FAILED)


def _read_floors(texts: Sequence[str]) -> dict[str, float]:
    from taskner.evaluation.counts import MEASURES  # noqa: PLC0415 - only evaluate needs it

    floors = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            floors[name] = float(value)
        except ValueError:
            floors[name] = -1.0
        if name not in MEASURES or not 0 <= floors[name] <= 1:
            known = ", ".join(MEASURES)
            message = f"--fail-under {text}: expected MEASURE=F1, F1 in 0–1, MEASURE of {known}."
            raise typer.BadParameter(message)
    return floors


def _reaches(scores: ModelScores, name: str, floor: float) -> bool:
    f1 = scores.total[name].f1
    if f1 is not None and f1 >= floor:
        return True
    found = "was not measured" if f1 is None else f"is {f1:.4f}"
    say(f"{name} {found}, the floor is {floor:g}")
    return False


def _show(scores: ModelScores, chosen: ScoreFormat) -> str:
    if chosen is ScoreFormat.JSON:
        return json.dumps(scores.to_json(), ensure_ascii=False, indent=1) + "\n"
    if chosen is ScoreFormat.MARKDOWN:
        return scores.to_markdown()
    from taskner.cli.score_table import print_scores  # noqa: PLC0415 - rich loads with it

    return drawn(lambda console: print_scores(scores, console), coloured=is_terminal())


def _write_report(scores: ModelScores, folder: Path) -> None:
    text = json.dumps(scores.to_json(), ensure_ascii=False, indent=1) + "\n"
    documents = ", ".join(scores.by_document)
    report = f"# Scores of {scores.model}\n\nDocuments: {documents}.\n\n{scores.to_markdown()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scores.json").write_text(text, encoding="utf-8")
        (folder / "report.md").write_text(report, encoding="utf-8")
    except OSError as error:
        detail = f"{folder}: the report cannot be written ({error.strerror}); choose another place."
        raise TasknerError(detail=detail) from error
