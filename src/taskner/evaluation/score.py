"""Scores of a notice beside its gold: tasks, spans, links, roles, values, rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from taskner.errors import CorpusError
from taskner.evaluation.cells import score_values, share_right
from taskner.evaluation.counts import Count, Scores, merge
from taskner.evaluation.links import links_of, score_links
from taskner.evaluation.matching import pair_offsets
from taskner.evaluation.rows import roles_of, rows_of
from taskner.evaluation.spans import notice_spans, score_spans
from taskner.types import Document, Notice, Task

SAME_TASK = 0.5
"""Share of characters in common above which two tasks are one task with other borders."""


def score(gold: Notice, predicted: Notice) -> Scores:
    """Score a predicted notice against a gold one.

    Args:
        gold: The truth.
        predicted: What a system gave for the same text.

    Returns:
        Scores with all measures.

    Raises:
        CorpusError: The two notices are of different texts.
    """
    check_same_text(gold.document, predicted.document)
    golds, guesses = rows_of(gold), rows_of(predicted)
    return merge(
        (
            score_tasks(gold.tasks, predicted.tasks),
            score_spans(notice_spans(gold), notice_spans(predicted)),
            score_links(links_of(golds), links_of(guesses)),
            score_values(golds, guesses),
            Scores.of({"rows": _count_equal(golds, guesses)}),
        )
    )


def score_tasks(gold: Sequence[Task], predicted: Sequence[Task]) -> Scores:
    """Score tasks by the offsets of their content, their units and the units' roles.

    A task with somewhat other borders keeps its units; a task that was missed loses them.

    Returns:
        Scores with ``tasks``, ``tasks.relaxed``, ``units`` and ``roles``; the others are
        absent.
    """
    golds = [(task.start, task.end) for task in gold]
    guesses = [(task.start, task.end) for task in predicted]
    same = pair_offsets(golds, guesses, above=SAME_TASK)
    roles = [(roles_of(gold[i]), roles_of(predicted[j])) for i, j in same.items()]
    found = [(left[at], right[at]) for left, right in roles for at in left.keys() & right.keys()]
    return Scores.of(
        {
            "tasks": _count_equal(golds, guesses),
            "tasks.relaxed": Count(gold=len(golds), predicted=len(guesses), true=len(same)),
            "units": Count(gold=_n_units(gold), predicted=_n_units(predicted), true=len(found)),
            "roles": share_right(left == right for left, right in found),
        }
    )


def check_same_text(gold: Document, predicted: Document) -> None:
    """Check that gold and prediction are of the same text.

    Raises:
        CorpusError: They differ; the message says where.
    """
    if gold.text == predicted.text:
        return
    pairs = enumerate(zip(gold.text, predicted.text, strict=False))
    shorter = min(len(gold.text), len(predicted.text))
    place = next((i for i, (left, right) in pairs if left != right), shorter)
    detail = (
        f"gold and prediction {predicted.id!r} are of different texts: they differ from "
        f"character {place} on ({len(gold.text)} and {len(predicted.text)} characters); "
        "predict again from the text of the gold file"
    )
    raise CorpusError(path=gold.id, detail=detail)


def _n_units(tasks: Sequence[Task]) -> int:
    return sum(len(roles_of(task)) for task in tasks)


def _count_equal(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> Count:
    true = (Counter(gold) & Counter(predicted)).total()
    return Count(gold=len(gold), predicted=len(predicted), true=true)
