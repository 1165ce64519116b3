"""The ledger of a review page: a group of lines per task, each tied to its marks."""

from __future__ import annotations

from html import escape
from itertools import groupby

from taskner.exporters.glosses import AIMS, BASES, FLAGS
from taskner.exporters.html_text import Marks
from taskner.exporters.safe_text import printable
from taskner.exporters.table import Row, iter_rows
from taskner.records import decimal_to_text
from taskner.types import REVIEW_FLAGS, Notice, Quantity, Target, Task, Unit

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈"}
_ROLES = {"lead": "牵头", "support": "配合", "unknown": "未分主次"}


def ledger_html(notice: Notice, marks: Marks) -> str:
    """Give the table bodies: one per task, with a heading where the section changes."""
    bodies: list[str] = []
    section = ""
    groups = groupby(iter_rows(notice), key=lambda item: id(item[0]))
    for number, (_, group) in enumerate(groups):
        lines = list(group)
        task, _, row = lines[0]
        if row.section != section:
            section = row.section
            bodies.append(
                f'<tbody class="section"><tr><th colspan="4">{_text(section)}</th></tr></tbody>'
            )
        targets = [(target, row) for _, target, row in lines if target is not None]
        bodies.append(_task(marks.task(number), task, targets, row, marks))
    return "".join(bodies)


def _task(name: str, task: Task, targets: list[tuple[Target, Row]], row: Row, marks: Marks) -> str:
    shown = [*marks.of_units(task.units), *marks.of_deadlines(task.deadlines)]
    leader = f'<span class="leader">{_text(task.leader)}</span>' if task.leader else ""
    due = "" if targets else f'<span class="by">{_due(row)}</span>'
    head = (
        f'<tr class="row" tabindex="0" data-t="{name}" data-m="{" ".join(shown)}">'
        f'<th scope="row">{_text(row.number)}</th><td colspan="3">'
        f'<p class="what">{_text(task.text)}</p>'
        f'<p class="who">{leader}{_units(task.units)}{due}{_flags(task.flags)}</p></td></tr>'
    )
    goals = "".join(_target(name, task, target, row, marks) for target, row in targets)
    review = " review" if any(item.review for item in (row, *(r for _, r in targets))) else ""
    return f'<tbody class="item{review}">{head}{goals}</tbody>'


def _target(name: str, task: Task, target: Target, row: Row, marks: Marks) -> str:
    units = tuple(task.units[index] for index in target.units)
    shown = [
        *marks.of_spans([target.span, *target.metrics]),
        *marks.of_deadlines(target.deadlines),
        *marks.of_units(units),
    ]
    own_units = _units(units) if units != task.units else ""
    scope = f'<span class="scope">{_text(target.scope)}</span>' if target.scope else ""
    score = "" if row.score is None else f'<span class="score">{row.score:.2f}</span>'
    return (
        f'<tr class="row goal" tabindex="0" data-t="{name}" data-m="{" ".join(shown)}"><td></td>'
        f'<td class="metric">{_text(row.metrics) or "—"}{scope}{own_units}</td>'
        f'<td class="value"><b>{_text(_meaning(target.quantity))}</b>'
        f"<small>{_text(row.target)}</small></td>"
        f'<td class="due">{_due(row)}{score}{_flags(target.flags)}</td></tr>'
    )


def _meaning(quantity: Quantity | None) -> str:
    """Say what a target means in a few signs: 增长 ≥ 6 %."""
    if quantity is None:
        return ""
    value = decimal_to_text(quantity.value)
    if quantity.upper is not None:
        value += f"–{decimal_to_text(quantity.upper)}"
    # The plain cases go without saying.
    basis = "" if quantity.basis == "level" else BASES[quantity.basis]["zh"]
    aim = AIMS[quantity.aim]["zh"]
    words = (aim, basis, _SIGNS.get(quantity.comparator, ""), value, quantity.measure)
    return " ".join(filter(None, words))


def _due(row: Row) -> str:
    date, _, assumed = row.due.partition("(")
    text = f"<time>{_text(date)}</time>" if date else ""
    note = "默认" if assumed else row.deadline
    return f"{text}<small>{_text(note)}</small>" if note else text


def _units(units: tuple[Unit, ...]) -> str:
    return "".join(
        f'<span class="org {unit.role}" title="{_ROLES[unit.role]}">{_text(unit.name)}</span>'
        for unit in units
    )


def _flags(flags: tuple[str, ...]) -> str:
    return "".join(
        f'<span class="flag{" ask" if flag in REVIEW_FLAGS else ""}">'
        f"{_text(FLAGS[flag]['zh'] if flag in FLAGS else flag)}</span>"
        for flag in flags
    )


def _text(text: str) -> str:
    return escape(printable(text))
