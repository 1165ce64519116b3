"""The report of a learning curve: a line for each number of items, draws together."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from taskner.evaluation.bootstrap import bootstrap, compare
from taskner.evaluation.counts import Scores, merge
from taskner.training.progress import duration

_MEASURES = ("spans.METRIC", "rows")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that was scored: items that were never added, and other documents."""

    items: Mapping[str, Scores]
    others: Mapping[str, Scores]
    seconds: float
    date: str
    machine: str


def to_markdown(steps: Mapping[tuple[int, int], Step], *, draws: int, head: Sequence[str]) -> str:
    """Give the report.

    Args:
        steps: By draw and number of items.
        draws: How often the items were drawn.
        head: What was done, line by line.
    """
    lines = [
        "# Learning curve of a new place",
        "",
        *head,
        "",
        "| items | METRIC F1 | rows F1 | METRIC elsewhere | rows elsewhere | time |",
        "|---|---|---|---|---|---|",
        *_lines(steps, range(draws)),
    ]
    return "\n".join(lines) + "\n"


def _lines(steps: Mapping[tuple[int, int], Step], draws: range) -> Iterator[str]:
    sizes = sorted({n for _, n in steps})
    for n in sizes:
        own = {f"{draw}/{k}": v for draw in draws for k, v in steps[draw, n].items.items()}
        total, intervals = merge(own.values()), bootstrap(own)
        cells = []
        for measure in _MEASURES:
            value, interval = total[measure].f1, intervals.get(measure)
            shown = "–" if value is None else f"{value:.3f}"
            cells.append(
                f"{shown} [{interval.low:.3f}, {interval.high:.3f}]" if interval else shown
            )
        before, after = (_elsewhere(steps, draws, size) for size in (sizes[0], n))
        changes = compare(before, after)
        for measure in _MEASURES:
            change = changes.get(measure)
            shown = (
                f"{change.delta:+.3f} [{change.low:+.3f}, {change.high:+.3f}]" if change else "–"
            )
            cells.append(shown)
        seconds = sum(steps[draw, n].seconds for draw in draws) / len(draws)
        yield f"| {n} | {' | '.join(cells)} | {duration(seconds)} |"


def _elsewhere(steps: Mapping[tuple[int, int], Step], draws: range, n: int) -> dict[str, Scores]:
    """Give the scores of the other notices, the draws of each notice together."""
    names = steps[draws[0], n].others
    return {name: merge(steps[draw, n].others[name] for draw in draws) for name in names}
