"""What displaCy needs to draw a notice: options for spans, words and arcs for links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from taskner.integrations.spacy_docs import KEY
from taskner.types import Label, Notice, Span, Target, Task

_COLORS: dict[Label, str] = {
    "UNIT": "#bcd9ef",
    "METRIC": "#b9e2bd",
    "TARGET": "#f6c48f",
    "DEADLINE": "#d3bdec",
}


def span_options(*, spans_key: str = KEY) -> dict[str, Any]:
    """Give the options of ``displacy.render(doc, style="span", options=…)``."""
    return {"spans_key": spans_key, "colors": dict(_COLORS)}


def link_data(notice: Notice) -> list[dict[str, Any]]:
    """Give what ``displacy.render(…, style="dep", manual=True)`` draws: one drawing a target.

    Words are spans in text order with their labels as tags; arrows lead from the target to
    its metrics, deadlines and units, and those to units are named by their roles.
    """
    return [_drawing(task, target) for task in notice.tasks for target in task.targets]


def _drawing(task: Task, target: Target) -> dict[str, Any]:
    ends = list(_ends(task, target))
    spans = {(span.start, span.end, span.label): span for span, _ in ends}
    head = (target.span.start, target.span.end, target.span.label)
    spans[head] = target.span
    order = {place: index for index, place in enumerate(sorted(spans))}
    arcs = []
    for span, name in ends:
        first, last = order[head], order[span.start, span.end, span.label]
        # An arc goes from left to right; its direction says at which end the arrow is.
        direction = "right" if first < last else "left"
        start, end = sorted((first, last))
        arcs.append({"start": start, "end": end, "label": name, "dir": direction})
    words = [{"text": _flat(spans[place].text), "tag": spans[place].label} for place in order]
    return {"words": words, "arcs": arcs}


def _ends(task: Task, target: Target) -> Iterator[tuple[Span, str]]:
    yield from ((metric, "metric") for metric in target.metrics)
    yield from ((deadline.span, "deadline") for deadline in target.deadlines)
    yield from ((task.units[index].span, task.units[index].role) for index in target.units)


def _flat(text: str) -> str:
    return "".join(text.split())
