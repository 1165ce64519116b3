"""The rows of a ledger as values that can be compared."""

from __future__ import annotations

from dataclasses import dataclass, replace

from taskner.evaluation.matching import Offsets
from taskner.evaluation.spans import offsets_of
from taskner.types import Notice, Period, Quantity, Role, Target, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the ledger; two rows are equal when all their cells are right.

    ``target`` is None in the one row of a task without targets. ``quantity`` has its aim
    set to plain and deadlines that no target has are left out: gold ledgers record neither.
    """

    task: Offsets
    target: Offsets | None
    metrics: frozenset[Offsets] = frozenset()
    deadlines: frozenset[tuple[Offsets, Period]] = frozenset()
    units: frozenset[tuple[Offsets, Role]] = frozenset()
    quantity: Quantity | None = None


def rows_of(notice: Notice) -> tuple[Row, ...]:
    """Give the ledger rows of a notice: one a target, one a task without targets."""
    return tuple(row for task in notice.tasks for row in _task_rows(task))


def roles_of(task: Task) -> dict[Offsets, Role]:
    """Give the role of each unit of a task by its place."""
    return {offsets_of(unit.span): unit.role for unit in task.units}


def _task_rows(task: Task) -> tuple[Row, ...]:
    place = (task.start, task.end)
    if not task.targets:
        return (Row(task=place, target=None, units=frozenset(roles_of(task).items())),)
    return tuple(_target_row(task, place, target) for target in task.targets)


def _target_row(task: Task, place: Offsets, target: Target) -> Row:
    units = (task.units[index] for index in target.units)
    return Row(
        task=place,
        target=offsets_of(target.span),
        metrics=frozenset(offsets_of(metric) for metric in target.metrics),
        deadlines=frozenset((offsets_of(it.span), it.period) for it in target.deadlines),
        units=frozenset((offsets_of(unit.span), unit.role) for unit in units),
        quantity=target.quantity and replace(target.quantity, aim="plain"),
    )
