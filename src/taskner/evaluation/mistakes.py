"""What went wrong, row by row, each blamed on the first stage that failed.

The stages run task, role, span, link, value; what comes after a failed stage is not
blamed, since it was given something wrong to work on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from taskner.evaluation.cells import value_of
from taskner.evaluation.counts import VALUE_FIELDS
from taskner.evaluation.matching import Offsets, pair_offsets
from taskner.evaluation.rows import Row, roles_of, rows_of
from taskner.evaluation.score import SAME_TASK, check_same_text
from taskner.evaluation.spans import notice_spans
from taskner.types import Notice, Role

Stage = Literal["task", "role", "span", "link", "value"]
Kind = Literal["lost", "wrong", "extra"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One row that is not right.

    ``lost``: gold has it, the prediction has nothing in its place. ``wrong``: both have
    it and differ. ``extra``: only the prediction has it. ``parts`` says what differs at
    the stage blamed: labels for spans, kinds of link, fields of the quantity or ``date``.
    """

    document: str
    kind: Kind
    stage: Stage
    parts: tuple[str, ...]
    gold: Row | None
    predicted: Row | None


@dataclass(frozen=True, slots=True)
class _Side:
    """What one notice holds, to look a row of the other notice up in."""

    tasks: frozenset[Offsets]
    roles: dict[tuple[Offsets, Offsets], Role]
    spans: frozenset[tuple[str, Offsets]]

    @classmethod
    def of(cls, notice: Notice) -> _Side:
        places = {(task.start, task.end): task for task in notice.tasks}
        return cls(
            tasks=frozenset(places),
            roles={(at, u): r for at, task in places.items() for u, r in roles_of(task).items()},
            spans=frozenset((s.label, (s.start, s.end)) for s in notice_spans(notice)),
        )


def find_mistakes(gold: Notice, predicted: Notice) -> tuple[Mistake, ...]:
    """Give every row of the two ledgers that is not the same in both.

    As many rows are lost or wrong as the measure ``rows`` misses in gold, and as many
    wrong or extra as it counts false in the prediction.

    Returns:
        Mistakes in order of the text.

    Raises:
        CorpusError: The two notices are of different texts.
    """
    check_same_text(gold.document, predicted.document)
    truth, guess = _Side.of(gold), _Side.of(predicted)
    golds, guesses = Counter(rows_of(gold)), Counter(rows_of(predicted))
    missed, false = (tuple(left.elements()) for left in (golds - guesses, guesses - golds))
    found = []
    for row, other in _pair_rows(missed, false):
        kind: Kind = "extra" if row is None else "lost" if other is None else "wrong"
        stage, parts = next(_blames(row, other, truth, guess))
        found.append(
            Mistake(
                document=gold.document.id,
                kind=kind,
                stage=stage,
                parts=parts,
                gold=row,
                predicted=other,
            )
        )
    return tuple(sorted(found, key=_place))


def count_mistakes(mistakes: Iterable[Mistake]) -> list[tuple[Stage, Kind, tuple[str, ...], int]]:
    """Count mistakes of the same stage, kind and parts, the most frequent first."""
    counts = Counter((it.stage, it.kind, it.parts) for it in mistakes)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(*key, count) for key, count in ranked]


def _pair_rows(
    gold: Sequence[Row], predicted: Sequence[Row]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair rows by target, and rows without target by task; None where one has no pair."""
    for with_target in (True, False):
        golds = [row for row in gold if (row.target is not None) == with_target]
        guesses = [row for row in predicted if (row.target is not None) == with_target]
        pairs = pair_offsets(
            [row.target or row.task for row in golds],
            [row.target or row.task for row in guesses],
            above=0.0 if with_target else SAME_TASK,
        )
        for index, row in enumerate(golds):
            yield row, guesses[pairs[index]] if index in pairs else None
        for index in sorted(set(range(len(guesses))) - set(pairs.values())):
            yield None, guesses[index]


def _blames(
    gold: Row | None, predicted: Row | None, truth: _Side, guess: _Side
) -> Iterator[tuple[Stage, tuple[str, ...]]]:
    """Give the stages that failed, first to last; at least one for rows that differ."""
    sides = [(row, side) for row, side in ((gold, guess), (predicted, truth)) if row]
    if any(row.task not in side.tasks for row, side in sides):
        yield "task", ()
    if any(
        side.roles.get((row.task, unit), role) != role
        for row, side in sides
        for unit, role in row.units
    ):
        yield "role", ()
    absent = {
        label
        for row, side in sides
        for label, at in _row_spans(row)
        if (label, at) not in side.spans
    }
    if gold is None or predicted is None:
        yield "span", tuple(sorted(absent | {"TARGET"}))
        return
    if absent:
        yield "span", tuple(sorted(absent))
    links = _link_kinds(gold, predicted)
    if links:
        yield "link", links
    parts = [name for name in VALUE_FIELDS if value_of(gold, name) != value_of(predicted, name)]
    yield "value", (*parts, *(("date",) if gold.deadlines != predicted.deadlines else ()))


def _row_spans(row: Row) -> Iterator[tuple[str, Offsets]]:
    if row.target is not None:
        yield "TARGET", row.target
    yield from (("METRIC", at) for at in row.metrics)
    yield from (("DEADLINE", at) for at, _ in row.deadlines)
    yield from (("UNIT", at) for at, _ in row.units)


def _link_kinds(gold: Row, predicted: Row) -> tuple[str, ...]:
    return tuple(
        kind
        for kind, left, right in (
            ("metric", gold.metrics, predicted.metrics),
            ("deadline", dict(gold.deadlines).keys(), dict(predicted.deadlines).keys()),
            ("unit", gold.units, predicted.units),
        )
        if left != right
    )


def _place(mistake: Mistake) -> tuple[Offsets, bool, Offsets]:
    row = mistake.gold or mistake.predicted
    assert row is not None
    return row.task, mistake.gold is None, row.target or row.task
