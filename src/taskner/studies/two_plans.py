"""Two plans on the documents that both left out: what the second recipe changes.

    python -m taskner.studies.two_plans evaluation/gold-only.toml evaluation/protocol.toml

Reads the recorded folds of both plans and trains none. Both are linked by the code as it is
now. Writes ``reports/FIRST-and-SECOND.md`` and ``.json`` beside the second plan.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskner.errors import CorpusError, TasknerError
from taskner.evaluation.bootstrap import Difference, compare
from taskner.evaluation.counts import MEASURES, Scores, merge
from taskner.evaluation.gold import score_gold
from taskner.studies.folds import Plan, marked_texts, read_plan, run
from taskner.studies.machine import describe_machine
from taskner.studies.predictions import predictions

_SHOWN = tuple(name for name in MEASURES if not name.endswith("relaxed"))
_SINGLY = ("spans.METRIC", "spans.TARGET", "spans.DEADLINE", "rows")


def score_both(first: Plan, second: Plan) -> tuple[dict[str, Scores], dict[str, Scores]]:
    """Score the recorded folds of two plans on the documents that both left out.

    Returns:
        Scores by document id, for the first plan and for the second.

    Raises:
        CorpusError: No document was left out by both.
        TasknerError: A plan, its corpus or a record does not serve.
    """
    scored = [_score(plan) for plan in (first, second)]
    shared = sorted(scored[0].keys() & scored[1].keys())
    if not shared:
        detail = f"{first.path} and {second.path} have no recorded document in common"
        raise CorpusError(path=str(second.path), detail=detail)
    before, after = ({name: scores[name] for name in shared} for scores in scored)
    return before, after


def _score(plan: Plan) -> dict[str, Scores]:
    records = run(plan, runs=Path("training/runs"), trains=False)
    return {
        one.gold.document.id: score_gold(one.gold, one.notice)
        for one in predictions(records, marked_texts(plan.recipe))
    }


def to_markdown(
    names: tuple[str, str],
    before: Mapping[str, Scores],
    after: Mapping[str, Scores],
    facts: Mapping[str, str],
) -> str:
    """Give F1 of both, the differences with their intervals, and F1 by document."""
    changes = compare(before, after)
    pair = (merge(before.values()), merge(after.values()))
    lines = [
        f"# {names[0]} and {names[1]}, on the same left-out documents",
        "",
        *(f"- {key}: {value}" for key, value in facts.items()),
        "",
        f"| measure | {names[0]} | {names[1]} | difference | 95 % interval | in gold |",
        "|---|---|---|---|---|---|",
        *(_line(name, pair, changes.get(name)) for name in _SHOWN if pair[0][name].gold),
        "",
        "| document | " + " | ".join(_SINGLY) + " |",
        "|---|" + "---|" * len(_SINGLY),
        *(_document_line(name, before[name], after[name]) for name in before),
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, pair: tuple[Scores, Scores], change: Difference | None) -> str:
    interval = f"{change.low:+.3f} to {change.high:+.3f}" if change else "–"
    first, second = (scores[name].f1 or 0.0 for scores in pair)
    return (
        f"| {name} | {first:.3f} | {second:.3f} | {second - first:+.3f} | {interval} "
        f"| {pair[0][name].gold} |"
    )


def _document_line(name: str, before: Scores, after: Scores) -> str:
    cells = [
        f"{before[measure].f1:.3f} → {after[measure].f1:.3f}" if before[measure].gold else "–"
        for measure in _SINGLY
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def _to_json(before: Mapping[str, Scores], after: Mapping[str, Scores]) -> dict[str, Any]:
    return {
        name: {
            measure: [before[name][measure].f1, after[name][measure].f1]
            for measure in _SHOWN
            if before[name][measure].gold
        }
        for name in before
    }


def main() -> int:
    """Compare two plans."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    if len(sys.argv) != 3:  # noqa: PLR2004 - the program and two plans
        sys.stderr.write("usage: python -m taskner.studies.two_plans FIRST.toml SECOND.toml\n")
        return 2
    try:
        first, second = (read_plan(Path(name)) for name in sys.argv[1:])
        before, after = score_both(first, second)
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    names = (first.path.stem, second.path.stem)
    facts = {
        "command": f"python -m taskner.studies.two_plans {sys.argv[1]} {sys.argv[2]}",
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
    }
    target = second.path.parent / "reports" / f"{names[0]}-and-{names[1]}"
    target.with_suffix(".md").write_text(to_markdown(names, before, after, facts), "utf-8")
    data = {**facts, "documents": _to_json(before, after)}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    target.with_suffix(".json").write_text(text, "utf-8")
    sys.stdout.write(f"{target.with_suffix('.md')}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
