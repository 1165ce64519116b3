"""Label Studio: tasks with annotations or predictions, written and read.

Regions carry spans, per-region choices roles and directions of change, relations links;
the name of a mark stands in its region's notes. Offsets of plain text are code points.

Source: HumanSignal/label-studio 1.23, task format and the editor's text regions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from statistics import fmean
from typing import Any

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.facts import facts_to_json
from taskner.corpus.label_studio_config import CHANGE, LABEL, ROLE, TEXT, label_studio_config
from taskner.corpus.tally import Kind, Written, not_carried

NAME = "Label Studio"
CARRIES: frozenset[Kind] = frozenset(
    {
        "span",
        "role",
        "change",
        "id",
        "score",
        "link.metric",
        "link.deadline",
        "link.unit",
        "link.piece",
        "fact",
    }
)
TASKS, CONFIG = "label-studio.json", "label-studio.xml"


def write_label_studio(
    texts: Iterable[AnnotatedText], *, predicted_by: str | None = None
) -> Written:
    """Write the tasks of a project and its labelling configuration.

    Args:
        texts: One task each.
        predicted_by: The model, to write the marks as predictions that an annotator
            starts from; None writes them as annotations.

    Returns:
        ``label-studio.json`` for the import, ``label-studio.xml`` for the project.
    """
    texts = list(texts)
    tasks = (
        json.dumps(task_of(text, predicted_by=predicted_by), ensure_ascii=False) for text in texts
    )
    files = {
        TASKS: "".join(("[\n", ",\n".join(tasks), "\n]\n")).encode(),
        CONFIG: label_studio_config().encode(),
    }
    notes = [note for text in texts for note in not_carried(text, CARRIES, format_name=NAME)]
    return Written(files, tuple(notes))


def task_of(text: AnnotatedText, *, predicted_by: str | None = None) -> dict[str, Any]:
    """Give the task of one text."""
    data = {"id": text.id, "text": text.text, **facts_to_json(text.facts)}
    result = list(_result(text.marks))
    if predicted_by is None:
        return {"data": data, "annotations": [{"result": result}]}
    scores = [mark.span.score for mark in text.marks if mark.span.score is not None]
    prediction: dict[str, Any] = {"model_version": predicted_by, "result": result}
    if scores:
        prediction["score"] = round(fmean(scores), 4)
    return {"data": data, "predictions": [prediction]}


def _result(marks: Iterable[Mark]) -> Iterator[dict[str, Any]]:
    marks = list(marks)
    for index, mark in enumerate(marks):
        yield _region(index, mark)
        for name, choice in ((ROLE, mark.role), (CHANGE, mark.change)):
            if choice is not None:
                yield _about(index, mark, name, "choices", {"choices": [choice]})
    for index, mark in enumerate(marks):
        for kind, end in mark.links:
            yield {
                "type": "relation",
                "from_id": _id(index),
                "to_id": _id(end),
                "direction": "right",
                "labels": [kind],
            }


def _region(index: int, mark: Mark) -> dict[str, Any]:
    region = _about(index, mark, LABEL, "labels", {"labels": [mark.span.label]})
    if mark.span.score is not None:
        region["score"] = mark.span.score
    if mark.id is not None:
        region["meta"] = {"text": [mark.id]}
    return region


def _about(index: int, mark: Mark, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    span = mark.span
    return {
        "id": _id(index),
        "from_name": name,
        "to_name": TEXT,
        "type": kind,
        "value": {"start": span.start, "end": span.end, "text": span.text, **value},
    }


def _id(index: int) -> str:
    return f"m{index}"
