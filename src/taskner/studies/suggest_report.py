"""The report of the simulation behind ``taskner suggest``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from taskner.studies.suggest_curves import (
    Curve,
    gain_over_characters,
    gain_over_items,
    mean_gain,
    pairs,
)

CHANCE = "chance"
MEASURES = ("spans", "spans.METRIC", "spans.TARGET", "spans.DEADLINE", "spans.UNIT")
_Way = Callable[[Curve, Curve, str], float]
_WAYS: Mapping[str, _Way] = {"items": gain_over_items, "characters": gain_over_characters}


def to_json(curves: Sequence[Curve], *, shipped: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give all figures of the report and the runs behind them."""
    tried = [curve for curve in curves if curve.draw == 0]
    measured = [curve for curve in curves if curve.draw > 0]
    rules = dict.fromkeys(curve.rule for curve in tried if curve.rule != CHANCE)
    return {
        **facts,
        "shipped": shipped,
        "tried": {rule: _gains(tried, rule) for rule in rules},
        "measured": _gains(measured, shipped),
        "rounds": list(_rounds(measured, shipped)),
        "runs": [asdict(curve) for curve in curves],
    }


def _gains(curves: Sequence[Curve], rule: str) -> dict[str, dict[str, Any]]:
    own = pairs(curves, CHANCE, rule)
    folds = [first.fold for first, _ in own]
    return {
        over: {
            measure: asdict(mean_gain(folds, [way(*pair, measure) for pair in own]))
            for measure in MEASURES
        }
        for over, way in _WAYS.items()
    }


def _rounds(curves: Sequence[Curve], rule: str) -> Iterator[dict[str, Any]]:
    own = pairs(curves, CHANCE, rule)
    folds = [first.fold for first, _ in own]
    for at, n_items in enumerate(own[0][0].items):
        row: dict[str, Any] = {"items": n_items}
        for name, column in (("chance", 0), ("shipped", 1)):
            row[name] = {
                "characters": round(float(np.mean([pair[column].characters[at] for pair in own]))),
                **{
                    measure: float(np.mean([pair[column].f1[measure][at] for pair in own]))
                    for measure in MEASURES
                },
            }
        for measure in MEASURES[:2]:
            gains = [second.f1[measure][at] - first.f1[measure][at] for first, second in own]
            row[f"gain.{measure}"] = asdict(mean_gain(folds, gains))
        yield row


def to_markdown(data: Mapping[str, Any]) -> str:
    """Give the report for people to read."""
    n_folds = len({run["fold"] for run in data["runs"]})
    lines = [
        "# What `taskner suggest` is worth against chance",
        "",
        f"Made by `{data['command']}` on {data['date']}, {data['machine']}.",
        "",
        f"{data['n_items']} items of {data['n_documents']} published documents, {n_folds} folds.",
        "A light classifier (logistic regression over frozen vectors of the untrained base",
        f"encoder) learns {data['seed_items']} items drawn from all folds but one, then",
        f"{data['rounds_added']} times {data['added']} more,",
        "chosen by chance or by a rule; both begin with the same items. It is scored on",
        f"at most {data['scored']} items of the fold left out. Differences are areas between two",
        "curves of F1 divided by their width: over items read, and over characters read (a rule",
        "that picks long items costs more reading). Intervals: 95 %, folds drawn again and runs",
        "within them (bootstrap). Chance takes items one by one at random.",
        "",
        "The light classifier's F1 is far below a fine-tuned model's; the simulation compares",
        "rules and says nothing of how well taskner reads.",
        "",
        f"## `{data['shipped']}`, which suggest ships, against chance",
        "",
        f"{data['measured']['items']['spans']['n']} repetitions that chose no rule.",
        "",
        "| | over items read | over characters read |",
        "|---|---|---|",
        *(
            f"| {measure} | {_shown(data['measured']['items'][measure])} "
            f"| {_shown(data['measured']['characters'][measure])} |"
            for measure in MEASURES
        ),
        "",
        (
            "| items | characters: chance | suggest | spans F1: chance | suggest | difference "
            "| METRIC F1: chance | suggest | difference |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
        *(_round_line(row) for row in data["rounds"]),
        "",
        "## All rules that were tried",
        "",
        f"Against chance, one draw of each fold ({n_folds} repetitions); the rule was chosen here.",
        "",
        (
            "| rule | spans, over items | METRIC, over items | spans, over characters "
            "| METRIC, over characters |"
        ),
        "|---|---|---|---|---|",
        *(_rule_line(rule, gains) for rule, gains in data["tried"].items()),
        "",
        "`sum`, `mean`, `root` (the sum over the root of the number of pieces) and `worst five`",
        "(their mean) make an item's doubt of its pieces': one minus the highest probability of a",
        "tag. `unlike` alone takes no doubt; after another rule it multiplies it by one minus the",
        "likeness (cosine of character 2- and 3-grams) to the nearest item chosen in this round.",
        "An item of a likeness of 0.8 or more comes last.",
    ]
    return "\n".join(lines) + "\n"


def _round_line(row: Mapping[str, Any]) -> str:
    cells = [str(row["items"]), *(f"{row[n]['characters']:,}" for n in ("chance", "shipped"))]
    for measure in MEASURES[:2]:
        cells += [f"{row[name][measure]:.3f}" for name in ("chance", "shipped")]
        cells.append(_shown(row[f"gain.{measure}"]))
    return f"| {' | '.join(cells)} |"


def _rule_line(rule: str, gains: Mapping[str, Mapping[str, Any]]) -> str:
    cells = [_shown(gains[over][measure]) for over in _WAYS for measure in MEASURES[:2]]
    return f"| {rule} | {' | '.join(cells)} |"


def _shown(gain: Mapping[str, float]) -> str:
    return f"{gain['mean']:+.3f} [{gain['low']:+.3f}, {gain['high']:+.3f}]"
