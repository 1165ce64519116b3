"""Scores as JSON and as Markdown. The ratios of what gold lacks are null or a dash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taskner.errors import CorpusError
from taskner.evaluation.bootstrap import Interval
from taskner.evaluation.counts import MEASURES, Count, Scores, merge

SCHEMA = "taskner-scores/1"
ABSENT = "–"


def scores_to_json(
    by_document: Mapping[str, Scores], *, intervals: Mapping[str, Interval] | None = None
) -> dict[str, Any]:
    """Give the scores of all documents, and of each, as JSON data.

    Args:
        by_document: Scores by document id, in any order.
        intervals: Intervals of the whole, by measure.

    Returns:
        Counts and ratios by measure. Where gold lacks a measure the ratios are null, and
        where nothing was predicted either, the whole measure is.
    """
    total = _measures(merge(by_document.values()))
    for measure, interval in (intervals or {}).items():
        total[measure] |= {"low": _round(interval.low), "high": _round(interval.high)}
    documents = {name: _measures(by_document[name]) for name in sorted(by_document)}
    return {"schema": SCHEMA, "all": total, "documents": documents}


def scores_from_json(data: Mapping[str, Any], *, path: str) -> dict[str, Scores]:
    """Read scores by document back from :func:`scores_to_json`.

    Args:
        data: The decoded JSON.
        path: What error messages call it.

    Raises:
        CorpusError: The data is no file of scores, or has a measure unknown here.
    """
    if data.get("schema") != SCHEMA:
        detail = f"expected schema {SCHEMA!r}, found {data.get('schema')!r}; give a scores.json"
        raise CorpusError(path=path, detail=detail)
    return {name: _scores(row, f"{path}: {name}") for name, row in data["documents"].items()}


def scores_to_markdown(
    by_document: Mapping[str, Scores], *, intervals: Mapping[str, Interval] | None = None
) -> str:
    """Give a table of all measures over all documents, and one of F1 by document.

    Args:
        by_document: Scores by document id, in any order.
        intervals: Intervals of the whole, by measure.
    """
    total, found = merge(by_document.values()), intervals or {}
    lines = [
        "| measure | precision | recall | F1 | interval | gold | predicted | true |",
        "|---|---|---|---|---|---|---|---|",
        *(_total_line(name, count, found.get(name)) for name, count in total.items()),
        "",
        "| F1 | " + " | ".join(sorted(by_document)) + " |",
        "|---|" + "---|" * len(by_document),
        *(_document_line(name, by_document) for name in MEASURES),
    ]
    return "\n".join(lines) + "\n"


def _measures(scores: Scores) -> dict[str, Any]:
    return {name: _count_to_json(count) for name, count in scores.items()}


def _count_to_json(count: Count) -> dict[str, Any] | None:
    if not count.gold and not count.predicted:
        return None
    return {
        "gold": count.gold,
        "predicted": count.predicted,
        "true": count.true,
        "precision": _round(count.precision),
        "recall": _round(count.recall),
        "f1": _round(count.f1),
    }


def _scores(measures: Mapping[str, Any], path: str) -> Scores:
    if unknown := sorted(measures.keys() - set(MEASURES)):
        raise CorpusError(path=path, detail=f"unknown measure {unknown[0]!r}")
    present = {name: row for name, row in measures.items() if row is not None}
    sizes = ("gold", "predicted", "true")
    return Scores.of({n: Count(**{s: row[s] for s in sizes}) for n, row in present.items()})


def _total_line(name: str, count: Count, interval: Interval | None) -> str:
    ratios = (_show(it) for it in (count.precision, count.recall, count.f1))
    shown = f"{_show(interval.low)}–{_show(interval.high)}" if interval else ABSENT
    cells = (name, *ratios, shown, count.gold, count.predicted, count.true)
    return "| " + " | ".join(map(str, cells)) + " |"


def _document_line(name: str, by_document: Mapping[str, Scores]) -> str:
    cells = (_show(by_document[document][name].f1) for document in sorted(by_document))
    return f"| {name} | " + " | ".join(cells) + " |"


def _show(ratio: float | None) -> str:
    return ABSENT if ratio is None else f"{ratio:.3f}"


def _round(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 4)
