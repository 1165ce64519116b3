"""Items of a gold notice: dealt out, written as marked texts, and scored one by one."""

from __future__ import annotations

import dataclasses
import json
import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.inline_writing import to_inline
from taskner.errors import CorpusError
from taskner.evaluation.counts import Scores
from taskner.evaluation.gold import Gold
from taskner.evaluation.score import score
from taskner.readers import document_from_text
from taskner.types import Notice, Span, Task


def tasks_of(gold: Gold) -> tuple[Task, ...]:
    """Give the tasks of a gold notice.

    Raises:
        CorpusError: There is no ledger beside the text.
    """
    if gold.notice is None:
        detail = "has no ledger: its items are not known"
        raise CorpusError(path=gold.document.id, detail=detail)
    return gold.notice.tasks


def deal_items(n_items: int, seed: int) -> list[int]:
    """Give the items in an order drawn at random."""
    order = list(range(n_items))
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    return order


def write_items(gold: Gold, chosen: Iterable[int], folder: Path, *, name: str) -> Path:
    """Write some items of a notice as a marked text with the task borders beside it.

    An item goes from its task's start to the next task's: what names its units goes along.

    Args:
        gold: A notice with a ledger.
        chosen: Indices of its tasks.
        folder: Where the text goes; it holds public text and stays out of the repository.
        name: The text's id.

    Raises:
        CorpusError: The notice has no ledger, or marks cannot be written.
    """
    tasks = tasks_of(gold)
    ends = [*(task.start for task in tasks[1:]), len(gold.document.text)]
    pieces, places, shifts, length = [], [], [], 0
    for index in sorted(chosen):
        start, end = tasks[index].start, ends[index]
        piece = gold.document.text[start:end].rstrip("\n") + "\n"
        shift = length - start
        places.append((start, start + len(piece) - 1))
        shifts.append(shift)
        pieces.append(piece)
        length += len(piece)
    document = document_from_text("".join(pieces), name=name)
    starts = [start for start, _ in places]
    marks = []
    for mark in gold.marked.marks:
        at = bisect_right(starts, mark.span.start) - 1
        if at >= 0 and mark.span.end <= places[at][1]:
            low, high = mark.span.start + shifts[at], mark.span.end + shifts[at]
            marks.append(Mark(span=Span.of(document, low, high, mark.span.label)))
    marked, _ = to_inline(AnnotatedText(id=name, text=document.text, marks=tuple(marks)))
    rows = [
        {
            "id": tasks[index].id,
            "start": tasks[index].start + shift,
            "end": tasks[index].end + shift,
            "text": gold.document.text[tasks[index].start : tasks[index].end],
            "path": list(tasks[index].path),
        }
        for index, shift in zip(sorted(chosen), shifts, strict=True)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(marked, encoding="utf-8")
    ledger = json.dumps({"tasks": rows}, ensure_ascii=False)
    (folder / f"{name}.ledger.json").write_text(ledger, encoding="utf-8")
    return path


def score_items(gold: Gold, predicted: Notice, chosen: Sequence[int]) -> dict[str, Scores]:
    """Score some items of a notice, each by itself; what lies beside them is not looked at.

    Raises:
        CorpusError: The notice has no ledger, or the prediction is of another text.
    """
    tasks = tasks_of(gold)
    assert gold.notice is not None
    scores = {}
    for index in sorted(chosen):
        task = tasks[index]
        own = dataclasses.replace(gold.notice, tasks=(task,))
        found = tuple(_over(predicted.tasks, task))
        scores[f"{index:03}"] = score(own, dataclasses.replace(predicted, tasks=found))
    return scores


def _over(tasks: Iterable[Task], place: Task) -> Iterator[Task]:
    """Give the tasks most of whose text lies in a place."""
    for task in tasks:
        common = min(task.end, place.end) - max(task.start, place.start)
        if 2 * common > task.end - task.start:
            yield task
