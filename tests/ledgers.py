"""One small gold notice, written as marks, for the tests of this folder."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from taskner.types import Deadline, Document, Notice, Period, Quantity, Span, Target, Task, Unit

TEXT = (
    "1.年内新增云汐书房12座以上。\n责任单位：县文旅局、东渚镇\n"
    "2.推进河道整治。\n责任单位：县水利局\n"
    "3.培训护林员300人次，建成瞭望塔3座。\n责任单位：县林业局\n"
)
DOCUMENT = Document(id="yunxi", text=TEXT)
YEAR_END = Period(last=date(2025, 12, 31))


def span(text, label, document=DOCUMENT):
    start = document.text.index(text)
    return Span.of(document, start, start + len(text), label)


def unit(text, role):
    place = span(text, "UNIT")
    return Unit(span=place, pieces=((place.start, place.end),), role=role, name=text)


def target(text, metric, value, measure, **rest):
    quantity = Quantity(value=Decimal(value), measure=measure, **rest)
    metrics = (span(metric, "METRIC"),)
    return Target(span=span(text, "TARGET"), metrics=metrics, quantity=quantity)


def task(number, text, units, targets=()):
    start = TEXT.index(text)
    return Task(
        id=f"0/{number}",
        annex="0",
        number=str(number),
        path=(),
        leader=None,
        start=start,
        end=start + len(text),
        text=text,
        units=tuple(units),
        targets=tuple(replace(it, units=tuple(range(len(units)))) for it in targets),
    )


ROOMS = replace(
    target("12座以上", "云汐书房", "12", "座", comparator=">="),
    deadlines=(Deadline(span=span("年内", "DEADLINE"), period=YEAR_END),),
)
GOLD = Notice(
    document=DOCUMENT,
    tasks=(
        task(
            1,
            "年内新增云汐书房12座以上。",
            (unit("县文旅局", "lead"), unit("东渚镇", "support")),
            (ROOMS,),
        ),
        task(2, "推进河道整治。", (unit("县水利局", "lead"),)),
        task(
            3,
            "培训护林员300人次，建成瞭望塔3座。",
            (unit("县林业局", "lead"),),
            (target("300人次", "护林员", "300", "人次"), target("3座", "瞭望塔", "3", "座")),
        ),
    ),
)


def change_task(index, **fields):
    """Give the gold notice with some fields of one task changed."""
    tasks = list(GOLD.tasks)
    tasks[index] = replace(tasks[index], **fields)
    return replace(GOLD, tasks=tuple(tasks))


def change_target(index, position, **fields):
    """Give the gold notice with some fields of one target changed."""
    targets = list(GOLD.tasks[index].targets)
    targets[position] = replace(targets[position], **fields)
    return change_task(index, targets=tuple(targets))
