"""Do words of notices keep marked spans whole, and do they help the tagger?

    python -m taskner.studies.segmentation evaluation/protocol.toml [--recorded]

For each fold of the plan a segmenter is trained without the fold's documents; in these, spans
whose ends are ends of words are counted, for it and for others. Where the plan's tagger has
recorded the fold, its spans are moved to ends of words and scored again. Goes on where it was
cut off; with --recorded it trains none. Writes ``reports/segmentation.json`` and ``.md`` beside
the plan.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskner.corpus.splits import Fold
from taskner.errors import CorpusError, TasknerError
from taskner.evaluation.bootstrap import bootstrap, compare
from taskner.evaluation.counts import Scores, merge
from taskner.studies.fold_records import FoldRecord, read_record
from taskner.studies.folds import (
    Plan,
    learned_texts,
    marked_texts,
    read_plan,
    texts_of_fold,
    without,
)
from taskner.studies.machine import describe_machine
from taskner.studies.segmentation_folds import (
    AS_TAGGED,
    JIEBA,
    OURS,
    SEGMENTERS,
    VARIANTS,
    CountedDocument,
    CountedFold,
    count_fold,
    digest_of,
    read_fold,
    to_text,
)
from taskner.training.runs import run_digest
from taskner.types import LABELS

_log = logging.getLogger(__name__)
_SECONDS_A_FOLD = 25
_MEASURES: Mapping[str, str] = {"all": "spans", **{str(n): f"spans.{n}" for n in LABELS}}


def run(plan: Plan, *, trains: bool = True) -> tuple[CountedFold, ...]:
    """Count in all folds of a plan; a fold that is recorded and unchanged is read.

    Args:
        plan: The folds, and the texts of its recipe.
        trains: Without it, what is not recorded is left out.

    Raises:
        CorpusError: Nothing is recorded, and nothing may be trained.
        TasknerError: The plan, a text or a record does not serve, or an extra is missing.
    """
    paths = marked_texts(plan.recipe)
    folder = plan.path.parent / "reports" / "folds" / "segmentation"
    folder.mkdir(parents=True, exist_ok=True)
    counted = []
    for fold in plan.folds:
        left_out = texts_of_fold(fold, paths, plan)
        learned = [path for name, path in sorted(paths.items()) if name not in fold.documents]
        tagged = _tagged(plan, fold)
        target = folder / f"{fold.name}.json"
        found = read_fold(target) if target.exists() else None
        if found is None or found.run != digest_of(left_out, learned, tagged):
            if not trains:
                _log.warning("fold %s is not recorded", fold.name)
                continue
            _log.info("fold %s", fold.name)
            found = count_fold(fold.name, left_out, learned, tagged)
            target.write_text(to_text(found), encoding="utf-8")
        counted.append(found)
    if not counted:
        raise CorpusError(path=str(folder), detail="no fold is recorded; run without --recorded")
    return tuple(counted)


def summarise(folds: Iterable[CountedFold]) -> dict[str, Any]:
    """Give shares, intervals and differences over the documents of all folds."""
    folds = tuple(folds)
    documents = {name: one for fold in folds for name, one in fold.documents.items()}
    aligned = {name: _by(documents, "aligned", name) for name in SEGMENTERS}
    tagged = {name: _by(documents, "tagged", name) for name in VARIANTS}
    n_characters = sum(one.characters for one in documents.values())
    return {
        "folds": [fold.name for fold in folds],
        "documents": len(documents),
        "characters": n_characters,
        "aligned": {name: _shares(scores) for name, scores in aligned.items()},
        "gain over jieba": _differences(aligned[JIEBA], aligned[OURS]),
        "tokens": {
            name: round(100 * sum(d.tokens[name] for d in documents.values()) / n_characters, 1)
            for name in SEGMENTERS
        },
        "tagged folds": [f.name for f in folds if any(d.tagged for d in f.documents.values())],
        "tagged": {
            name: _differences(tagged[AS_TAGGED], tagged[name]) for name in VARIANTS if tagged[name]
        },
        "seconds": [round(fold.seconds) for fold in folds],
    }


def _tagged(plan: Plan, fold: Fold) -> FoldRecord | None:
    """Read what the plan's tagger found, if it is of the recipe as it is."""
    path = plan.records / f"{fold.name}.json"
    record = read_record(path) if path.exists() else None
    recipe = without(plan, fold)
    is_current = record is not None and record.run == run_digest(recipe, learned_texts(recipe))
    return record if is_current else None


def _by(documents: Mapping[str, CountedDocument], what: str, name: str) -> dict[str, Scores]:
    return {key: getattr(d, what)[name] for key, d in documents.items() if name in getattr(d, what)}


def _shares(scores: Mapping[str, Scores]) -> dict[str, Any]:
    total, intervals = merge(scores.values()), bootstrap(scores)
    shares = {}
    for label, measure in _MEASURES.items():
        count, interval = total[measure], intervals.get(measure)
        if count.gold:
            shares[label] = {
                "spans": count.gold,
                "share": round(count.true / count.gold, 4),
                "low": round(interval.low, 4) if interval else None,
                "high": round(interval.high, 4) if interval else None,
            }
    return shares


def _differences(first: Mapping[str, Scores], second: Mapping[str, Scores]) -> dict[str, Any]:
    if not first:
        return {}
    changes, total = compare(first, second), merge(second.values())
    return {
        label: {
            "f1": round(total[measure].f1 or 0.0, 4),
            "change": round(changes[measure].delta, 4),
            "low": round(changes[measure].low, 4),
            "high": round(changes[measure].high, 4),
        }
        for label, measure in _MEASURES.items()
        if measure in changes
    }


def to_markdown(data: Mapping[str, Any]) -> str:
    """Write the report."""
    lines = [
        "# Words of notices",
        "",
        f"Made by `{data['command']}` on {data['date']}, {data['machine']}.",
        f"Folds: {', '.join(data['folds'])}; {data['documents']} documents,",
        f"{data['characters']} characters without spaces, each scored by a segmenter that did not",
        "learn from it. Intervals hold 95 % and draw documents.",
        "",
        "## Marked spans whose ends are ends of words",
        "",
        "| | " + " | ".join(_MEASURES) + " | tokens per 100 characters |",
        "|---|" + "---|" * (len(_MEASURES) + 1),
    ]
    for name, shares in data["aligned"].items():
        cells = [_share(shares.get(label)) for label in _MEASURES]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {data['tokens'][name]} |")
    gain = data["gain over jieba"]["all"]
    lines += [
        "",
        "jieba is read by rjieba, with its dictionary, of which the silver words are made; unless",
        "told, it guesses new words. taskner-words against that, all spans, in points:",
        f"{_points(gain['change'])} ({_points(gain['low'])} to {_points(gain['high'])}).",
        "",
        "## What words bring to the tagger",
        "",
    ]
    return "\n".join([*lines, *_tagger_lines(data)]) + "\n"


def _tagger_lines(data: Mapping[str, Any]) -> list[str]:
    if not data["tagged"]:
        return ["No fold of the tagger is recorded."]
    lines = [
        f"Spans of the plan's tagger in the folds it recorded ({', '.join(data['tagged folds'])}),",
        "before linking, moved to ends of words as `Doc.char_span` does: F1, and the change from",
        "the spans as tagged, in points.",
        "",
        "| | " + " | ".join(_MEASURES) + " |",
        "|---|" + "---|" * len(_MEASURES),
    ]
    for name, changes in data["tagged"].items():
        cells = [_change(changes.get(label), name) for label in _MEASURES]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _share(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return "–"
    share = f"{100 * cell['share']:.2f} %"
    return f"{share} ({100 * cell['low']:.2f}–{100 * cell['high']:.2f})"


def _change(cell: Mapping[str, Any] | None, name: str) -> str:
    if cell is None:
        return "–"
    if name == AS_TAGGED:
        return f"{cell['f1']:.4f}"
    low, high = _points(cell["low"]), _points(cell["high"])
    return f"{cell['f1']:.4f}, {_points(cell['change'])} ({low} to {high})"


def _points(value: float) -> str:
    return f"{100 * value:+.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, and write the report."""
    names = sys.argv[1:] if arguments is None else list(arguments)
    trains = "--recorded" not in names
    places = [name for name in names if name != "--recorded"]
    if len(places) != 1:
        sys.stderr.write("usage: python -m taskner.studies.segmentation PLAN.toml [--recorded]\n")
        return 2
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    try:
        plan = read_plan(Path(places[0]))
        minutes = 1 + len(plan.folds) * _SECONDS_A_FOLD // 60
        _log.info("%d folds: at most %d minutes on one core", len(plan.folds), minutes)
        data = {
            "command": f"python -m taskner.studies.segmentation {' '.join(names)}",
            "date": datetime.now(tz=UTC).date().isoformat(),
            "machine": describe_machine(),
            **summarise(run(plan, trains=trains)),
        }
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    target = plan.path.parent / "reports" / "segmentation"
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    target.with_suffix(".json").write_text(text, encoding="utf-8")
    target.with_suffix(".md").write_text(to_markdown(data), encoding="utf-8")
    sys.stdout.write(f"{target.with_suffix('.md')}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
