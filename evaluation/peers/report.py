"""The report: quality of every tagger on the same folds, and its speed, as data and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from taskner.evaluation.bootstrap import compare
from taskner.evaluation.counts import Scores, merge
from taskner.evaluation.gold import score_gold
from taskner.evaluation.spans import score_spans
from taskner.evaluation.table import ABSENT, scores_to_json
from taskner.studies.predictions import Prediction
from taskner.types import LABELS, Label

OWN = "taskner"
_LINKED = (*(f"spans.{label}" for label in LABELS), "links.metric", "rows")
_TAGGED = ("spans", *(f"spans.{label}" for label in LABELS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One tagger: what it tagged in each fold it was run on.

    ``training`` holds facts by fold, ``notes`` what a reader must know of this entry, and
    ``speed`` characters a second of processor time, None where it was not measured.
    """

    name: str
    what: str
    predicted: Mapping[str, Sequence[Prediction]]
    labels: tuple[Label, ...] = LABELS
    training: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    speed: float | None = None
    notes: tuple[str, ...] = ()

    def linked(self, folds: Iterable[str]) -> dict[str, Scores]:
        """Score the linked notices, by document."""
        return {
            one.gold.document.id: score_gold(one.gold, one.notice)
            for fold in folds
            for one in self.predicted[fold]
        }

    def tagged(self, folds: Iterable[str]) -> dict[str, Scores]:
        """Score the spans as the tagger gave them, by document."""
        return {
            one.gold.document.id: score_spans(one.gold.spans, one.spans)
            for fold in folds
            for one in self.predicted[fold]
        }


def to_data(entries: Sequence[Entry], folds: Sequence[str]) -> dict[str, Any]:
    """Give everything the report says as JSON data."""
    return {
        entry.name: {
            "what": entry.what,
            "labels": entry.labels,
            "folds": [fold for fold in folds if fold in entry.predicted],
            "characters_a_second": entry.speed and round(entry.speed),
            "training": entry.training,
            "notes": entry.notes,
            "linked": {f: scores_to_json(entry.linked([f])) for f in entry.predicted},
            "tagged": {f: scores_to_json(entry.tagged([f])) for f in entry.predicted},
        }
        for entry in entries
    }


def to_markdown(entries: Sequence[Entry], folds: Sequence[str], head: Sequence[str]) -> str:
    """Give the report as text: what is better first, then the tables."""
    lines = ["# Peers", "", *head, "", "## Where a peer is better", "", *better(entries, folds)]
    whole = [entry for entry in entries if set(folds) <= entry.predicted.keys()]
    lines += ["", f"## All folds: {', '.join(folds)}", "", *_table(whole, folds)]
    lines += ["", "## As tagged, before borders are mended and anything is linked", ""]
    lines += [*_head(["tagger", "all", *LABELS]), *(_tagged_line(e, folds) for e in whole)]
    for fold in folds:
        present = [entry for entry in entries if fold in entry.predicted]
        lines += ["", f"## {fold}", "", *_table(present, [fold])]
    lines += ["", "## What ran", "", *_head(["tagger", "what", "folds"])]
    for entry in entries:
        ran = ", ".join(fold for fold in folds if fold in entry.predicted) or "**not run**"
        lines.append(_row([entry.name, entry.what, ran]))
    lines += ["", *(f"- {entry.name}: {note}" for entry in entries for note in entry.notes)]
    lines += ["", "## Training", "", *_head(["tagger", "fold", "F1 on what it learned", "facts"])]
    lines += [_training_line(e, f) for e in entries for f in folds if f in e.training]
    return "\n".join(lines) + "\n"


def better(entries: Sequence[Entry], folds: Sequence[str]) -> list[str]:
    """Say where a peer's F1 or speed is above taskner's, on the folds both were run on."""
    own = next((entry for entry in entries if entry.name == OWN and entry.predicted), None)
    if own is None:
        return ["taskner's own folds are not recorded yet, so nothing is compared."]
    lines = []
    for peer in entries:
        shared = [fold for fold in folds if fold in peer.predicted and fold in own.predicted]
        if peer is own or not shared:
            continue
        for how, of_own, of_peer, measures in (
            ("", own.linked(shared), peer.linked(shared), _LINKED),
            (" as tagged", own.tagged(shared), peer.tagged(shared), _TAGGED),
        ):
            found = _above(of_own, of_peer, measures)
            lines += [f"- **{peer.name}** in {what}{how}: {said}" for what, said in found]
        if peer.speed and own.speed and peer.speed > own.speed:
            lines.append(
                f"- **{peer.name}** is {peer.speed / own.speed:.1f} times as fast at tagging"
            )
    return lines or ["Nowhere on these folds."]


def _above(
    own: Mapping[str, Scores], peer: Mapping[str, Scores], measures: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Give the measures in which a peer is above, and by how much, on documents both have."""
    both = own.keys() & peer.keys()
    before = {name: scores for name, scores in own.items() if name in both}
    after = {name: scores for name, scores in peer.items() if name in both}
    for measure, found in compare(before, after).items():
        if measure in measures and found.delta > 0:
            sure = "more than chance" if found.low > 0 else "chance cannot be excluded"
            said = (
                f"{_f1(merge(after.values()), measure)} against "
                f"{_f1(merge(before.values()), measure)} (difference {found.low:+.3f} to "
                f"{found.high:+.3f}, 95 %; {sure})"
            )
            yield measure, said


def _table(entries: Iterable[Entry], folds: Sequence[str]) -> list[str]:
    columns = ["tagger", *LABELS, "metric links", "rows", "F1 on training", "characters/s"]
    return [*_head(columns), *(_linked_line(entry, folds) for entry in entries)]


def _linked_line(entry: Entry, folds: Sequence[str]) -> str:
    total = merge(entry.linked(folds).values())
    cells = [_f1(total, measure) for measure in _LINKED]
    for column, label in enumerate(LABELS):
        # Units come from the parser where fields name them, whatever the tagger.
        if label not in entry.labels and label != "UNIT":
            cells[column] = ABSENT
    if "METRIC" not in entry.labels:
        cells[_LINKED.index("links.metric")] = ABSENT
    learned = [float(entry.training[fold]["f1"]) for fold in folds if fold in entry.training]
    cells.append(f"{min(learned):.3f}" if learned else ABSENT)
    cells.append(f"{entry.speed:,.0f}" if entry.speed else ABSENT)
    return _row([entry.name, *cells])


def _tagged_line(entry: Entry, folds: Sequence[str]) -> str:
    total = merge(entry.tagged(folds).values())
    cells = [
        _f1(total, measure)
        if measure == "spans" or measure.removeprefix("spans.") in entry.labels
        else ABSENT
        for measure in _TAGGED
    ]
    return _row([entry.name, *cells])


def _training_line(entry: Entry, fold: str) -> str:
    facts = dict(entry.training[fold])
    f1 = facts.pop("f1")
    told = "; ".join(f"{name} {value}" for name, value in facts.items())
    return _row([entry.name, fold, f"{f1:.4f}", told])


def _f1(scores: Scores, measure: str) -> str:
    ratio = scores[measure].f1
    return ABSENT if ratio is None else f"{ratio:.3f}"


def _head(columns: Sequence[str]) -> list[str]:
    return [_row(columns), "|" + "---|" * len(columns)]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
