"""What a text holds, counted by kind, and notes on what a conversion lost.

The law of every conversion: for each kind, what came in and what was added is what came
out and what was lost. Notes say how much was added or lost, and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from taskner.corpus.annotated import AnnotatedText
from taskner.types import Deadline, Notice, Target, Task

Kind = Literal[
    "span",
    "role",
    "change",
    "id",
    "score",
    "link.metric",
    "link.deadline",
    "link.unit",
    "link.piece",
    "link.other",
    "fact",
    "ledger",
    "other",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Cause = Literal["format", "input", "choice"]
"""Why: the format has no place for it, the input is broken, an option asked for it."""
Effect = Literal["lost", "added", "mended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that a conversion did not carry over as it was.

    ``text`` is the id of the text, ``n`` how many of the kind are meant.
    """

    text: str
    kind: Kind
    n: int
    detail: str
    cause: Cause = "input"
    effect: Effect = "lost"


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an export: texts in its order, and what they do not hold of it."""

    texts: tuple[AnnotatedText, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """Files of a format by their names, and what they do not hold of the texts."""

    files: Mapping[str, bytes]
    notes: tuple[Note, ...] = ()


def tally(text: AnnotatedText) -> Counter[str]:
    """Count what a text holds, by kind; kinds that it has none of are left out."""
    marks = text.marks
    counts = Counter(
        {
            "span": len(marks),
            "role": sum(mark.role is not None for mark in marks),
            "change": sum(mark.change is not None for mark in marks),
            "id": sum(mark.id is not None for mark in marks),
            "score": sum(mark.span.score is not None for mark in marks),
            "link.metric": sum(len(mark.metrics) for mark in marks),
            "link.deadline": sum(len(mark.deadlines) for mark in marks),
            "link.unit": sum(len(mark.units) for mark in marks),
            "link.piece": sum(mark.continues is not None for mark in marks),
        }
    )
    facts = text.facts
    known = (facts.title, facts.issuer, facts.number, facts.issued)
    counts["fact"] = sum(fact is not None for fact in known)
    counts["ledger"] = count_cells(text.ledger) if text.ledger else 0
    return +counts


def count_cells(ledger: Notice) -> int:
    """Count the filled cells that only a ledger holds: what marks cannot say.

    Borders, number, headings, leader and flags of each task; value, scope, flags and dates
    of each target; title, period and lead rule of each annex.
    """
    tasks = sum(_task_cells(task) for task in ledger.tasks)
    annexes = sum(
        1 + bool(annex.title) + (annex.period.last is not None) for annex in ledger.annexes
    )
    return tasks + annexes


def _task_cells(task: Task) -> int:
    own = 1 + bool(task.number) + len(task.path) + bool(task.leader) + len(task.flags)
    return own + _dates(task.deadlines) + sum(_target_cells(target) for target in task.targets)


def _target_cells(target: Target) -> int:
    own = (target.quantity is not None) + bool(target.scope) + len(target.flags)
    return own + _dates(target.deadlines)


def _dates(deadlines: Iterable[Deadline]) -> int:
    return sum(deadline.period.last is not None for deadline in deadlines)


def difference(before: AnnotatedText, after: AnnotatedText, detail: str) -> Iterator[Note]:
    """Say what a format lost of a text, kind by kind.

    Args:
        before: The text.
        after: What is left of it.
        detail: Why, in a few words.
    """
    lost = tally(before) - tally(after)
    for kind in KINDS:
        if lost[kind]:
            yield Note(text=before.id, kind=kind, n=lost[kind], detail=detail, cause="format")


def not_carried(
    text: AnnotatedText, carried: Collection[Kind], *, format_name: str
) -> Iterator[Note]:
    """Say what a text holds that a format has no place for.

    Args:
        text: The text as it is written.
        carried: The kinds that the format carries.
        format_name: What the notes call the format.
    """
    counts = tally(text)
    for kind in KINDS:
        if counts[kind] and kind not in carried:
            detail = f"{format_name} has no place for it"
            yield Note(text=text.id, kind=kind, n=counts[kind], detail=detail, cause="format")
