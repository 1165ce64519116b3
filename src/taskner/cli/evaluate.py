"""``taskner evaluate``: what a model scores on gold documents."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskner.cli.console import drawn, is_terminal, put_text, say
from taskner.cli.exits import ExitCode
from taskner.cli.formats import Lang
from taskner.cli.inputs import list_inputs
from taskner.cli.train import prepare_training
from taskner.version import __version__

if TYPE_CHECKING:
    from taskner.evaluation.counts import Scores
    from taskner.studies.score import ModelScores


class ScoreFormat(StrEnum):
    """How scores are printed."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


def evaluate(
    gold: Annotated[
        list[str] | None,
        typer.Argument(metavar="GOLD", help="Marked texts (.txt), or folders of them."),
    ] = None,
    *,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="MODEL", help="A model folder or name; rules needs no model."
        ),
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions",
            metavar="FILE",
            help="Score these records (jsonl of any system) instead of a model.",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="DIR",
            help="Write report.html, report.md and scores.json into this folder.",
        ),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare", metavar="SCORES", help="A scores.json to compare with in the report."
        ),
    ] = None,
    protocol: Annotated[
        Path | None,
        typer.Option(
            "--protocol",
            metavar="PLAN",
            help="Instead: train and score every fold of this plan; goes on where it was cut off.",
        ),
    ] = None,
    calibrate: Annotated[
        Path | None,
        typer.Option(
            "--calibrate",
            metavar="MODEL",
            help="With --protocol: write what was learned of scores into this model folder.",
        ),
    ] = None,
    recorded: Annotated[
        bool,
        typer.Option("--recorded", help="With --protocol: report recorded folds, train none."),
    ] = False,
    with_text: Annotated[
        bool,
        typer.Option(
            "--with-text", help="Show sentences in the report; git is told to ignore its folder."
        ),
    ] = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Of the report.")] = Lang.ZH,
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
      taskner evaluate gold/ --predictions other.jsonl --report other --compare scores/scores.json
      taskner evaluate --protocol evaluation/protocol.toml --calibrate models/taskner-small
    """  # noqa: D301 - click keeps the lines after a backspace
    if protocol is not None:
        others = (gold, model, predictions, report, compare, fail_under, format)
        if with_text or any(other is not None for other in others):
            message = "--protocol says what is scored and where; give it alone or with --calibrate."
            raise typer.BadParameter(message)
        _run_protocol(protocol, calibrate, trains=not recorded)
        return
    if not gold:
        message = "give gold documents, or --protocol PLAN."
        raise typer.BadParameter(message)
    if calibrate is not None or recorded:
        message = "--calibrate and --recorded belong to --protocol; give that as well."
        raise typer.BadParameter(message)
    floors = _read_floors(fail_under or ())
    _check_use(model, predictions, report, compare, with_text=with_text)
    paths = list_inputs(gold, suffixes=(".txt",), companions=(".json", ".md", ".toml"))
    # The model's libraries load only now, so that --help and wrong use answer at once.
    from taskner.pipeline import load  # noqa: PLC0415
    from taskner.studies import score as studies  # noqa: PLC0415

    compared = None if compare is None else studies.load_scores(compare)
    golds = studies.load_golds(paths)
    if predictions is None:
        scores = studies.score_model(load(model), golds)
    else:
        pairs = studies.load_predictions(predictions, golds)
        scores = studies.score_notices(str(predictions), pairs)
    put_text(_show(scores, format or (ScoreFormat.TABLE if is_terminal() else ScoreFormat.JSON)))
    if report is not None:
        _write_report(scores, report, compared=compared, with_text=with_text, lang=lang)
    if [name for name, floor in floors.items() if not _reaches(scores, name, floor)]:
        raise typer.Exit(ExitCode.SOME_FAILED)


def _run_protocol(path: Path, calibrated: Path | None, *, trains: bool) -> None:
    prepare_training(purpose="taskner evaluate --protocol")
    from taskner.studies.folds import read_plan  # noqa: PLC0415 - torch loads with it
    from taskner.studies.protocol import run_protocol  # noqa: PLC0415

    command = shlex.join(["taskner", *sys.argv[1:]])
    folder = run_protocol(
        read_plan(path),
        runs=Path("training/runs"),
        command=command,
        calibrated=calibrated,
        trains=trains,
    )
    put_text(f"{folder}\n")


def _check_use(
    model: str | None,
    predictions: Path | None,
    report: Path | None,
    compare: Path | None,
    *,
    with_text: bool,
) -> None:
    if model and predictions:
        message = "--model and --predictions exclude each other; give one of them."
        raise typer.BadParameter(message)
    if report is None and (compare or with_text):
        message = "--compare and --with-text say what a report shows; give --report DIR as well."
        raise typer.BadParameter(message)


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


def _write_report(
    scores: ModelScores,
    folder: Path,
    *,
    compared: tuple[str, Mapping[str, Scores]] | None,
    with_text: bool,
    lang: Lang,
) -> None:
    from taskner.evaluation.report import write_report  # noqa: PLC0415 - only a report needs it
    from taskner.studies.machine import describe_machine  # noqa: PLC0415

    facts = {
        "taskner": __version__,
        "command": shlex.join(["taskner", *sys.argv[1:]]),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "documents": ", ".join(scores.by_document),
    }
    made = scores.to_report(facts, with_text=with_text, compared=compared)
    write_report(made, folder, language=lang.value, keep_out_of_git=with_text)
