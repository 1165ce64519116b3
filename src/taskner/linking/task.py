"""One task: from the tagger's spans to targets, deadlines, units and flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from taskner.linking.amounts import read_quantities
from taskner.linking.borders import mend_borders
from taskner.linking.cells import read_cells
from taskner.linking.coordinations import regroup
from taskner.linking.deadlines import govern
from taskner.linking.future_years import part_future_years
from taskner.linking.measures import set_measures, without_measures
from taskner.linking.metrics import link_metrics
from taskner.linking.milestones import join_said_again, lend_to_milestones
from taskner.linking.names import part_from_units
from taskner.linking.places import find_places
from taskner.linking.portions import deal_units, find_units
from taskner.linking.project_facts import without_project_facts
from taskner.linking.qualifiers import join_qualifiers
from taskner.linking.ranks import read_ranks
from taskner.linking.rows import name_rows
from taskner.linking.schedule import (
    closing_deadline,
    column_deadlines,
    date_deadline,
    due_deadlines,
    without_past,
)
from taskner.linking.screen import screen_spans
from taskner.linking.sheet import Sheet, split_sheets
from taskner.linking.units import content_units, is_disputed
from taskner.linking.weights import FLOORS, WEIGHTS
from taskner.types import Annex, Deadline, Document, Segment, Span, Target, Task


def link_task(
    document: Document, task: Task, spans: Sequence[Span], *, annex: Annex, year: int | None
) -> Task:
    """Link the spans of a task.

    Args:
        document: The document of the task.
        task: A task with segments and the units of its responsibility fields.
        spans: The tagger's spans, in any order; those outside the task's segments (a task
            without any is read as a whole) and those in progress segments are not read.
        annex: The part of the notice the task stands in.
        year: The year the notice plans for, None if unknown.

    Returns:
        The task with targets in text order, each with metrics, deadlines, units, quantity
        and flags; with the deadlines of the whole task; with units that running text adds.
    """
    printed, task = task, without_past(document, task, year)
    if year is None and annex.period.last is not None:
        year = annex.period.last.year
    borders = [(one.start, one.end) for one in task.segments or (task,)]
    inside = {s for s in spans if any(low <= s.start and s.end <= high for low, high in borders)}
    read = read_cells(document, task, sorted(inside, key=lambda span: span.start))
    named_rows = list(without_measures(document, task, name_rows(document, task, read)))
    aims = without_project_facts(document, list(part_future_years(document, named_rows, year)))
    named = list(part_from_units(document, aims, task.units))
    whole = list(join_qualifiers(document, list(read_ranks(document, named))))
    mended = mend_borders(document, regroup(document, whole), segments=task.segments)
    screened = screen_spans(document, mended, year=year)
    ordered = sorted(screened, key=lambda span: (span.start, span.end, span.label))
    main, *shares = split_sheets(document, task, ordered)
    added = content_units(main, task.units)
    linked = replace(task, units=(*task.units, *added))
    columns = column_deadlines(document, task, year)
    read_main = [_in_column(target, columns) for target in _link_sheet(main, linked, year)]
    read_main = list(join_said_again(read_main, columns))
    targets = list(lend_to_milestones(read_main, frozenset(columns.values())))
    metrics = [main.origin[span] for span in main.spans if span.label == "METRIC"]
    sources = [target.metrics for target in targets]
    used = {metric for source in sources for metric in source}
    unused = [(metric,) for metric in metrics if metric not in used]
    for share in shares:
        own = list(_link_sheet(share, linked, year))
        targets += _lend_metrics(own, unused if len(unused) == len(own) else sources or unused)
    targets = set_measures(document, task, targets)
    due = due_deadlines(document, task, ordered, year)
    closing = closing_deadline(due)
    targets = [_finish(target, closing) for target in targets]
    targets.sort(key=lambda target: (target.span.start, target.span.end))
    governing = {deadline.span for target in targets for deadline in target.deadlines}
    free = [
        date_deadline(main.origin[span], year)
        for span in main.spans
        if span.label == "DEADLINE" and main.origin[span] not in governing
    ]
    deadlines = {deadline.span: deadline for deadline in (*free, *due, *columns.values())}
    linked = replace(
        linked,
        segments=printed.segments,
        targets=tuple(targets),
        deadlines=tuple(sorted(deadlines.values(), key=lambda item: item.span.start)),
    )
    disputed = is_disputed(task, ordered)
    return replace(linked, flags=_task_flags(linked, n_added=len(added), disputed=disputed))


def _link_sheet(sheet: Sheet, task: Task, year: int | None) -> Iterator[Target]:
    """The targets of one sheet with everything the sheet says about them."""
    governed = govern(sheet.text, sheet.spans)
    dealt = deal_units(sheet, task.units)
    quantities = read_quantities(sheet.text, sheet.spans)
    everyone = tuple(range(len(task.units)))
    known = {position for span in sheet.spans for position in range(span.start, span.end)}
    places = find_places(sheet)
    mentions = find_units(sheet, task.units)
    taken = known | {at for one in mentions for at in range(one.start, one.end)}
    named = [one for one in mentions if one.start not in known]
    named += [one for one in places.values() if taken.isdisjoint(range(one.start, one.end))]
    spans = sorted((*sheet.spans, *named), key=lambda span: span.start)
    for span, metrics, choice in link_metrics(sheet.text, spans, WEIGHTS):
        yield Target(
            span=sheet.origin[span],
            metrics=tuple(sheet.origin[metric] for metric in metrics),
            deadlines=tuple(
                date_deadline(sheet.origin[deadline], year) for deadline in governed.get(span, ())
            ),
            units=dealt.get(span, everyone),
            quantity=quantities[span],
            scope=places[span].text if span in places and span not in dealt else sheet.scope,
            link_score=choice.score if metrics else None,
            flags=("link_tied",) if choice.tied else (),
        )


def _lend_metrics(own: Sequence[Target], sources: Sequence[tuple[Span, ...]]) -> Iterator[Target]:
    """Give targets of a share column the metrics of the task's targets, or of its row.

    As many targets as there are take theirs in order (190个/226亿元); otherwise all take
    the only metrics there are.
    """
    for index, target in enumerate(own):
        in_order = sources[index] if len(own) == len(sources) else ()
        shared = sources[0] if len(set(sources)) == 1 else ()
        metrics = target.metrics or in_order or shared
        scored = replace(target, metrics=metrics, link_score=target.link_score or _BY_COLUMN)
        yield scored if metrics else target


_BY_COLUMN = 0.9
"""link_score of a metric that the row of a figure names: sure but for lost cells."""


def _in_column(target: Target, columns: Mapping[Segment, Deadline]) -> Target:
    """Give a target without a date the period of its column."""
    span = target.span
    for segment, deadline in columns.items():
        inside = segment.start <= span.start and span.end <= segment.end
        if inside and not any(one.period.last for one in target.deadlines):
            return replace(target, deadlines=(deadline,))
    return target


def _finish(target: Target, deadline: Deadline | None) -> Target:
    """Fill in the field's deadline and set the flags."""
    if deadline is not None and all(map(_is_empty, target.deadlines)):
        target = replace(target, deadlines=(deadline,))
    low = _is_low(target.span, FLOORS.target) or any(
        _is_low(metric, FLOORS.metric) for metric in target.metrics
    )
    flags = (
        ("low_score", low),
        ("link_tied", "link_tied" in target.flags),
        ("value_unparsed", target.quantity is None),
        ("no_deadline", not target.deadlines),
    )
    return replace(target, flags=tuple(flag for flag, holds in flags if holds))


def _is_empty(deadline: Deadline) -> bool:
    """Tell whether an unsure span says no date, so that the row's due date is better."""
    return deadline.period.last is None and _is_low(deadline.span, FLOORS.target)


def _is_low(span: Span, floor: float) -> bool:
    return span.score is not None and span.score < floor


def _task_flags(task: Task, *, n_added: int, disputed: bool) -> tuple[str, ...]:
    """The parser's flags and those that linking finds."""
    unclear = n_added and any(unit.role == "unknown" for unit in task.units[-n_added:])
    flags = dict.fromkeys(flag for flag in task.flags if flag != "no_unit")
    found = (
        ("unit_disputed", disputed),
        ("role_unknown", unclear),
        ("no_unit", not task.units),
        ("no_deadline", not task.targets and not task.deadlines),
    )
    flags |= dict.fromkeys(flag for flag, holds in found if holds)
    return tuple(flags)
