"""Scores on a terminal: a line a document, the main measures as columns."""

from __future__ import annotations

from collections.abc import Callable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from taskner.evaluation.counts import Scores
from taskner.evaluation.table import ABSENT
from taskner.studies.score import ModelScores

_COLUMNS = {
    "tasks": "tasks",
    "spans.UNIT": "UNIT",
    "spans.METRIC": "METRIC",
    "spans.TARGET": "TARGET",
    "spans.DEADLINE": "DEADL.",
    "links.metric": "→metric",
    "links.unit": "→unit",
    "roles": "roles",
    "values.value": "values",
    "values.date": "dates",
    "rows": "rows",
}


def print_scores(scores: ModelScores, console: Console) -> None:
    """Print F1 by document, of all together, and the interval of the latter."""
    table = Table(title=Text(f"F1 of {scores.model}"), box=SIMPLE_HEAD)
    table.add_column("document", overflow="fold")
    for title in _COLUMNS.values():
        table.add_column(title, justify="right", no_wrap=True)
    for name, own in scores.by_document.items():
        table.add_row(Text(name), *_cells(own))
    table.add_section()
    table.add_row("all", *_cells(scores.total), style="bold")
    intervals = scores.intervals
    lows = {measure: interval.low for measure, interval in intervals.items()}
    highs = {measure: interval.high for measure, interval in intervals.items()}
    table.add_row("95 % from", *_line(lows.get))
    table.add_row("to", *_line(highs.get))
    console.print(table)


def _cells(scores: Scores) -> list[str]:
    return _line(lambda measure: scores[measure].f1)


def _line(ratio_of: Callable[[str], float | None]) -> list[str]:
    ratios = map(ratio_of, _COLUMNS)
    return [ABSENT if ratio is None else f"{ratio:.3f}" for ratio in ratios]
