"""The whole notice: header, annexes, tasks, in one pass over the lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from taskner.notices.annexes import Part, find_parts, whole_parts
from taskner.notices.assemble import NamedDraft, build_task, lead_rule, read_draft
from taskner.notices.copies import Copy, read_copy
from taskner.notices.dates import notice_year, parse_year
from taskner.notices.fields import Chunk
from taskner.notices.header import Header, read_header
from taskner.notices.lines import Line, split_lines
from taskner.notices.page import without_foot
from taskner.notices.regions import Found, find_tasks
from taskner.notices.riders import add_riders, find_riders
from taskner.notices.roles import Stated, stated_rule
from taskner.notices.tabbed import lay_out_tabs
from taskner.types import Annex, Document, Notice, Period, Task

_PLAN = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_YEARS = re.compile(r"(?:19|20)\d\d\s*(?:年)?\s*[—\-~至]+\s*((?:19|20)\d\d)\s*年?")


@dataclass(frozen=True, slots=True)
class _Read:
    part: Part
    found: Found


def parse_notice(document: Document) -> Notice:
    """Read a document as a notice.

    Args:
        document: Any document; one without tasks gives a notice without tasks.

    Returns:
        The notice with its annexes and tasks in text order, without targets.
    """
    copy = read_copy(document)
    text = copy.text
    lines = lay_out_tabs(without_foot(split_lines(document, text)), text)
    header = read_header(lines, document.text)
    reads = _read_parts(lines, header, text, document.text)
    year = notice_year(header.title, [read.part.title for read in reads], header.issued)
    letter_end = min((read.part.start for read in reads), default=0)
    letter = stated_rule(line.text for line in lines if line.end <= letter_end)
    riders = find_riders(lines)
    annexes: list[Annex] = []
    tasks: list[Task] = []
    carried = letter  # a rule stated before the first annex holds for all of them
    for read in reads:
        stated = stated_rule([read.part.head, *(line.text for line in read.part.lines)])
        stated = stated if stated.rule or stated.parted else carried
        reach = [one for one in riders if one.start < letter_end or _is_in(read.part, one)]
        named = _in_order(read.found, text, reach, stated)
        if stated.rule is None and any(one.has_marks for one in named):
            stated = replace(stated, rule="marked")
        carried = stated if stated.onward or read.part.letter else carried
        built, kinds = _build(named, document, copy, read.part.id, stated, after=tasks)
        tasks.extend(built)
        annexes.append(
            Annex(
                id=read.part.id,
                title=read.part.title,
                start=read.part.start,
                period=_period(read.part.title, year),
                lead_rule=lead_rule(built, kinds, stated),
            )
        )
    flags = ("no_task",) if not tasks else ()
    if any(read.found.set_aside for read in reads):
        flags = (*flags, "set_aside")
    if document.source.repairs:
        flags = (*flags, "repaired")
    return Notice(
        document=document,
        title=header.title,
        issuer=header.issuer,
        number=header.number,
        issued=header.issued,
        year=year,
        annexes=tuple(annexes),
        tasks=tuple(tasks),
        flags=flags,
    )


def _read_parts(lines: list[Line], header: Header, text: str, original: str) -> list[_Read]:
    """Read the annexes; a notice that keeps its tasks in the letter is read whole."""
    parts = find_parts(lines, header, original)
    reads = [_Read(part, find_tasks(part, text)) for part in parts]
    if any(read.found.drafts for read in reads):
        return [read for read in reads if read.found.drafts or not read.part.letter]
    whole = [_Read(part, find_tasks(part, text)) for part in whole_parts(lines, header)]
    for read in whole:
        if read.found.drafts:
            return [read]
    return reads or whole[:1]


def _is_in(part: Part, rider: Chunk) -> bool:
    return bool(part.lines) and part.start <= rider.start < part.lines[-1].end


def _in_order(found: Found, text: str, riders: Sequence[Chunk], stated: Stated) -> list[NamedDraft]:
    drafts = sorted(found.drafts, key=lambda draft: draft.content[0].start)
    add_riders(drafts, riders)
    return [read_draft(draft, text, parted=stated.parted) for draft in drafts]


def _build(
    named: Sequence[NamedDraft],
    document: Document,
    copy: Copy,
    annex: str,
    stated: Stated,
    *,
    after: Sequence[Task],
) -> tuple[list[Task], list[set[str]]]:
    tasks: list[Task] = []
    kinds: list[set[str]] = []
    end = after[-1].end if after else 0
    for one in named:
        if one.draft.content[0].start < end:
            continue
        number = len(after) + len(tasks) + 1
        task = build_task(one, document, copy, annex=annex, number=number, stated=stated)
        tasks.append(task)
        kinds.append(one.kinds)
        end = task.end
    return tasks, kinds


def _period(title: str | None, year: int | None) -> Period:
    """The default due date of an annex: the end of the year or plan its title names."""
    if title:
        spanned = _YEARS.search(title)
        if spanned:
            return Period(last=date(int(spanned[1]), 12, 31))
        named = parse_year(title)
        if named:
            return Period(last=date(named, 12, 31))
        for plan, last in _PLAN.items():
            if plan in title:
                return Period(last=date(last, 12, 31))
    return Period(last=date(year, 12, 31)) if year else Period()
