"""Drafts to tasks: segments, units with roles, flags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taskner.notices.copies import Copy, join_gaps
from taskner.notices.drafts import Draft
from taskner.notices.fields import Chunk
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.numbering import parse_numbering
from taskner.notices.organisations import is_person
from taskner.notices.printing import print_content, print_pieces
from taskner.notices.roles import Entry, Stated, assign_roles, sign_between
from taskner.notices.units import read_units
from taskner.types import Document, FieldName, LeadRule, Segment, Span, Task, Unit
from taskner.values import canonical_unit

_MAX_CONTEXT = 30
_DEFAULT_LABEL = "责任单位"
_FIELDS: dict[str, FieldName] = {"deadline": "deadline", "progress": "progress"}


@dataclass(frozen=True, slots=True)
class NamedDraft:
    """A draft with its units read: of its own fields, inherited, and added by a note."""

    draft: Draft
    own: tuple[Entry, ...]
    passed: tuple[Entry, ...]
    riding: tuple[Entry, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether a unit bears a lead mark."""
        return any(entry.named.marked for entry in (*self.own, *self.passed))

    @property
    def kinds(self) -> set[str]:
        """Kinds of fields that give it units.

        ``verb`` where a clause says the role, ``heading`` for a lead read from a heading.
        """
        kinds = {
            "verb" if entry.named.verb and entry.kind != "lead" else entry.kind
            for entry in self.own
        }
        if any(chunk.kind == "lead" and not chunk.label for chunk in self.draft.inherited):
            kinds.add("heading")  # only a lead read from a heading has no label
        return kinds


def read_draft(draft: Draft, text: str, *, parted: str = "") -> NamedDraft:
    """Read the units of a draft.

    Args:
        draft: The draft.
        text: Folded text of the document.
        parted: The sign that stands between who leads and who supports, if one does.

    Returns:
        The draft with its units.
    """
    fields = (draft.fields, draft.inherited, draft.riders)
    return NamedDraft(draft, *(tuple(_read(chunks, text, parted)) for chunks in fields))


def build_task(
    named: NamedDraft,
    document: Document,
    copy: Copy,
    *,
    annex: str,
    number: int,
    stated: Stated,
) -> Task:
    """Make a task of a draft.

    Args:
        named: The draft with its units; its content is not empty.
        document: The document.
        copy: The copy of it that was read.
        annex: Id of the annex.
        number: Number of the task in the notice, from 1.
        stated: Who leads in this annex.

    Returns:
        The task with its segments and units, without targets.
    """
    draft = named.draft
    path = tuple(print_pieces(printed, document, copy) for printed in draft.path)
    entries, inherited = _entries(named)
    roles, flags = assign_roles(entries, stated)
    if draft.unsure:
        flags = tuple(dict.fromkeys((*flags, "role_assumed")))
    if draft.unread:
        flags = (*flags, "value_unparsed")
    units = tuple(
        Unit(
            span=Span.of(document, entry.named.start, entry.named.end, "UNIT"),
            pieces=entry.named.pieces,
            role=role,
            name=print_pieces(entry.named.pieces, document, copy),
            canonical=canonical_unit(entry.named.name),
        )
        for entry, role in zip(entries, roles, strict=True)
    )
    start, end = draft.content[0].start, draft.content[-1].end
    return Task(
        id=f"{annex}/{number}",
        annex=annex,
        number=draft.number,
        path=path,
        leader=print_pieces(draft.leader, document, copy) if draft.leader else None,
        start=start,
        end=end,
        text=print_content(draft.content, document, copy),
        segments=_segments(draft, path, copy),
        units=units,
        flags=_flags(flags, units=bool(units), inherited=inherited),
    )


def _flags(flags: tuple[str, ...], *, units: bool, inherited: bool) -> tuple[str, ...]:
    if not units:
        return (*(flag for flag in flags if flag == "value_unparsed"), "no_unit")
    return (*flags, "unit_inherited") if inherited else flags


def _segments(draft: Draft, path: Sequence[str], copy: Copy) -> tuple[Segment, ...]:
    heading = path[-1] if path else ""
    segments = [
        Segment(
            start=one.start,
            end=one.last.end,
            field="content",
            context=(one.last.label or heading)[:_MAX_CONTEXT],
            gaps=tuple(join_gaps([*copy.gaps_in(one.start, one.last.end), *one.gaps])),
            due=one.last.due,
            measure=one.last.measure,
            runs_on=one.runs_on,
        )
        for one in _joined(draft, copy.text)
    ]
    for chunk in draft.fields:
        name = "responsibility" if chunk.kind in UNIT_KINDS else _FIELDS.get(chunk.kind)
        if name is None or chunk.start >= chunk.end:
            continue
        label = chunk.label.strip("—→") or (_DEFAULT_LABEL if name == "responsibility" else "")
        segments.append(
            Segment(
                start=chunk.start,
                end=chunk.end,
                field=name,
                context=label[:_MAX_CONTEXT],
                gaps=copy.gaps_in(chunk.start, chunk.end),
            )
        )
    return tuple(sorted(segments, key=lambda segment: (segment.start, segment.end)))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Content that is read as one: a text, cells that belong together, or lines of one phrase."""

    start: int
    last: Chunk
    gaps: tuple[tuple[int, int], ...] = ()
    runs_on: bool = False


def _joined(draft: Draft, text: str) -> Iterator[_Stretch]:
    fields = [(chunk.start, chunk.end) for chunk in draft.fields]
    content = [chunk for chunk in draft.content if chunk.kind != "ignored"]
    start: int | None = None
    gaps: list[tuple[int, int]] = []
    paired = False  # whether the last cell joined this one
    for chunk, following in zip(content, [*content[1:], None], strict=True):
        start = chunk.start if start is None else start
        if following is None:
            yield _Stretch(start, chunk, tuple(gaps))
            return
        between = (chunk.end, following.start)
        apart = any(between[0] <= low and high <= between[1] for low, high in fields)
        pairs = chunk.joins and following.due is None and not paired
        within = chunk.runs_on == "words" or _breaks_off(text, chunk, following)
        if not apart and (pairs or within):
            gaps.append(between)
            paired = pairs
            continue
        clauses = chunk.runs_on == "clauses" and not apart
        yield _Stretch(start, chunk, tuple(gaps), runs_on=clauses)
        start, gaps, paired = None, [], False


def _breaks_off(text: str, above: Chunk, below: Chunk) -> bool:
    """Whether a line of a task ends inside a sentence that the next line goes on with."""
    line = text[text.rfind("\n", 0, above.end) + 1 : above.end]
    if above.label or below.label or text[above.end : below.start].strip(" \u3000") != "\n":
        return False
    goes_on = parse_numbering(text[below.start : below.start + _NUMBER]) is None
    return (
        goes_on
        and len(line) >= _LEAST_LINE
        and line[-1] not in _STOPS
        and bool(_INNER.search(line))
    )


_INNER = re.compile(r"[,、;]")
_STOPS = "。;!?:"
_LEAST_LINE = 20
_NUMBER = 12


def _entries(named: NamedDraft) -> tuple[list[Entry], bool]:
    """Units of a task without repetition; a repeated one keeps its first leading field."""
    entries: list[Entry] = []
    names = {entry.named.name for entry in named.own}
    passed = [entry for entry in named.passed if entry.named.name not in names]
    seen: dict[str, int] = {}
    for entry in (*passed, *named.own):
        place = seen.get(entry.named.name)
        if place is None:
            seen[entry.named.name] = len(entries)
            entries.append(entry)
        elif entry.kind == "lead" and entries[place].kind != "lead":
            entries[place] = entry
    added = [entry for entry in named.riding if entry.named.name not in seen]
    fields = named.draft.fields
    outside = [
        entry
        for entry in added
        if not any(chunk.start <= entry.named.start < chunk.end for chunk in fields)
    ]
    return [*entries, *added], bool(passed or outside)


def _read(chunks: Sequence[Chunk], text: str, parted: str) -> list[Entry]:
    entries: list[Entry] = []
    for chunk in chunks:
        if chunk.kind not in UNIT_KINDS:
            continue
        sign = sign_between(text, chunk, parted)
        stretches = [(chunk.start, chunk.end, chunk.kind)]
        if sign is not None:
            stretches = [(chunk.start, sign, "lead"), (sign + 1, chunk.end, "support")]
        for start, end, kind in stretches:
            units = read_units(text, start, end)
            entries.extend(Entry(one, kind) for one in units if not _is_post(one.name))
    return entries


def _is_post(name: str) -> bool:
    """A person in a unit field: 张副市长. Short names without an ending stay units."""
    return is_person(name) and bool(re.search(r"(?:长|书记|主任|主席)$", name))


def lead_rule(tasks: Sequence[Task], kinds: Sequence[set[str]], stated: Stated) -> LeadRule:
    """Name the rule by which an annex says who leads.

    Args:
        tasks: Its tasks.
        kinds: For each task the kinds of its fields; ``heading`` for an inherited lead.
        stated: What its notes say.

    Returns:
        The rule.
    """
    every = set().union(*kinds) if kinds else set()
    sizes = {len(task.units) for task in tasks}
    cases: tuple[tuple[bool, LeadRule], ...] = (
        (stated.rule == "marked", "marked"),
        ("lead" in every, "field"),
        ("heading" in every, "heading"),
        ("verb" in every and "responsible" not in every, "verb"),
        (stated.rule is not None, stated.rule or "unknown"),
        (sizes <= {0, 1} and 1 in sizes, "single"),
    )
    return next((rule for holds, rule in cases if holds), "unknown")
