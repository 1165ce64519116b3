"""The flat ledger: its columns, defined once, and its rows.

One row per target, and one row for a task without targets, so that no task is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, get_type_hints

from taskner.exporters.glosses import AIMS, ASSUMED, BASES, COMPARATORS, YES, flag_glosses
from taskner.exporters.options import Language
from taskner.exporters.places import Places
from taskner.exporters.safe_text import one_line
from taskner.types import (
    REVIEW_FLAGS,
    Annex,
    Deadline,
    Document,
    Notice,
    Period,
    Role,
    Target,
    Task,
)

_SCORE_DIGITS = 4
_ISO = len("2025-12-31")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's printed names and its width in a sheet, in characters."""

    zh: str
    en: str
    width: int

    def title(self, language: Language) -> str:
        """Give the name in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the ledger. An empty cell is None or an empty string.

    ``due`` is the latest day of the row's deadlines; without any it is the last day of
    the annex's period, shown as assumed. A standing duty (每月) has no due date.
    """

    number: Annotated[str, Column("序号", "No.", 6)]
    section: Annotated[str, Column("章节", "Section", 18)]
    leader: Annotated[str | None, Column("牵头领导", "Leader", 10)]
    task: Annotated[str, Column("工作任务", "Task", 52)]
    metrics: Annotated[str, Column("指标", "Metric", 20)]
    comparator: Annotated[str, Column("比较", "Comparison", 8)]
    value: Annotated[Decimal | None, Column("目标值", "Value", 18)]
    upper: Annotated[Decimal | None, Column("上限", "Upper", 16)]
    measure: Annotated[str, Column("计量单位", "Measure", 9)]
    basis: Annotated[str, Column("口径", "Basis", 7)]
    aim: Annotated[str, Column("力度", "Aim", 7)]
    scope: Annotated[str | None, Column("范围", "Scope", 10)]
    target: Annotated[str, Column("目标原文", "Target text", 16)]
    deadline: Annotated[str, Column("完成时限", "Deadline", 14)]
    due: Annotated[str, Column("完成日期", "Due date", 17)]
    lead: Annotated[str, Column("牵头单位", "Lead units", 18)]
    support: Annotated[str, Column("配合单位", "Supporting units", 24)]
    unassigned: Annotated[str, Column("责任单位(未分主次)", "Units of unknown role", 20)]
    score: Annotated[float | None, Column("置信度", "Score", 8)]
    review: Annotated[str, Column("需复核", "Review", 8)]
    flags: Annotated[str, Column("标记", "Flags", 18)]
    file: Annotated[str, Column("文件", "File", 18)]
    place: Annotated[str, Column("位置", "Place", 18)]

    @property
    def due_day(self) -> date | None:
        """The due date without the note that it is assumed."""
        return date.fromisoformat(self.due[:_ISO]) if self.due else None

    @property
    def due_assumed(self) -> bool:
        """Whether no deadline is printed, so that the due date is where the period ends."""
        return len(self.due) > _ISO

    def cells(self) -> tuple[str | Decimal | float | None, ...]:
        """Give the values in the order of the columns."""
        return tuple(getattr(self, key) for key in COLUMNS)


COLUMNS: Mapping[str, Column] = MappingProxyType(
    {key: hint.__metadata__[0] for key, hint in get_type_hints(Row, include_extras=True).items()}
)
"""All columns by their name in :class:`Row`, in order."""
_ASSUMED_COLUMN = Column("日期为默认", "Due date assumed", 10)
DATED_COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        name: column
        for key, own in COLUMNS.items()
        for name, column in ((key, own), *([("due_assumed", _ASSUMED_COLUMN)] * (key == "due")))
    }
)
"""The columns where 完成日期 is a date: the one beside it says where it is only assumed."""


def to_rows(notice: Notice, *, language: Language = "zh") -> list[Row]:
    """Give the flat ledger of one notice.

    Args:
        notice: Any notice.
        language: Of glosses such as 不低于; what the notice says stays as printed.
    """
    return [row for _, _, row in iter_rows(notice, language=language)]


def iter_rows(
    notice: Notice, *, language: Language = "zh"
) -> Iterator[tuple[Task, Target | None, Row]]:
    """Give every row with the task and target it shows."""
    annexes = {annex.id: annex for annex in notice.annexes}
    places = Places(notice.document, language=language)
    for task in notice.tasks:
        annex = annexes.get(task.annex)
        for target in task.targets or (None,):
            row = _row(
                task,
                target,
                annex=annex,
                document=notice.document,
                places=places,
                language=language,
            )
            yield task, target, row


def to_task_rows(notice: Notice, *, language: Language = "zh") -> list[Row]:
    """Give one row a task, with its own and its targets' deadlines and flags together."""
    return [row for _, _, row in iter_rows(_without_targets(notice), language=language)]


def _without_targets(notice: Notice) -> Notice:
    tasks = tuple(
        replace(
            task,
            targets=(),
            deadlines=tuple(
                dict.fromkeys((*task.deadlines, *(d for t in task.targets for d in t.deadlines)))
            ),
            flags=tuple(dict.fromkeys((*task.flags, *(f for t in task.targets for f in t.flags)))),
        )
        for task in notice.tasks
    )
    return replace(notice, tasks=tasks)


def _row(
    task: Task,
    target: Target | None,
    *,
    annex: Annex | None,
    document: Document,
    places: Places,
    language: Language,
) -> Row:
    deadlines = target.deadlines if target else task.deadlines
    flags = tuple(dict.fromkeys((*(target.flags if target else ()), *task.flags)))
    at = target.span if target else task
    return Row(
        number=task.number or task.id.rpartition("/")[2],
        section=" / ".join(filter(None, (annex.title if annex else None, *task.path))),
        leader=task.leader,
        task=task.text,
        metrics="、".join(one_line(metric.text) for metric in target.metrics) if target else "",
        **_quantity_cells(target, language),
        scope=target.scope if target else None,
        target=one_line(target.span.text) if target else "",
        deadline="；".join(dict.fromkeys(one_line(item.span.text) for item in deadlines)),
        due=_due(deadlines, annex.period if annex else Period(), language),
        lead=_unit_names(task, target, "lead"),
        support=_unit_names(task, target, "support"),
        unassigned=_unit_names(task, target, "unknown"),
        score=_confidence(task, target),
        review=YES[language] if REVIEW_FLAGS.intersection(flags) else "",
        flags=flag_glosses(flags, language),
        file=document.source.path or document.id,
        place=places.name(at.start, at.end),
    )


def _quantity_cells(target: Target | None, language: Language) -> dict[str, Any]:
    quantity = target.quantity if target else None
    if quantity is None:
        cells: dict[str, Any] = dict.fromkeys(("comparator", "measure", "basis", "aim"), "")
        return cells | {"value": None, "upper": None}
    return {
        "comparator": COMPARATORS[quantity.comparator][language],
        "value": quantity.value,
        "upper": quantity.upper,
        "measure": quantity.measure,
        "basis": BASES[quantity.basis][language],
        "aim": AIMS[quantity.aim][language],
    }


def _due(deadlines: tuple[Deadline, ...], assumed: Period, language: Language) -> str:
    if deadlines:
        days = [deadline.period.last for deadline in deadlines]
        known: list[date] = [day for day in days if day is not None]
        return max(known).isoformat() if known else ""
    return f"{assumed.last.isoformat()}{ASSUMED[language]}" if assumed.last else ""


def _unit_names(task: Task, target: Target | None, role: Role) -> str:
    # A target that names none of the task's units concerns all of them.
    chosen = target.units if target and target.units else range(len(task.units))
    units = [task.units[index] for index in chosen]
    return "、".join(unit.name for unit in units if unit.role == role)


def _confidence(task: Task, target: Target | None) -> float | None:
    """Give the probability that the row is right, or the weakest score where none is known."""
    confidence = (target or task).confidence
    known = _lowest_score(task, target) if confidence is None else confidence
    return None if known is None else round(known, _SCORE_DIGITS)


def _lowest_score(task: Task, target: Target | None) -> float | None:
    """Give the weakest score behind the row: a chain is no stronger."""
    if target is None:
        scores = [unit.span.score for unit in task.units]
    else:
        spans = (target.span, *target.metrics, *(item.span for item in target.deadlines))
        scores = [target.link_score, *(span.score for span in spans)]
    known = [score for score in scores if score is not None]
    return min(known, default=None)
