"""A notice that a model extracted, as a text with marks for an annotator to correct."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from taskner.corpus.annotated import Facts
from taskner.corpus.assembly import Assembly
from taskner.corpus.tally import Read, count_cells
from taskner.types import Basis, Notice, Role, Span, Target, Unit

_CHANGES: Mapping[Basis, str] = MappingProxyType({"level": "level", "rise": "up", "fall": "down"})
_ROLES: Mapping[Role, str | None] = MappingProxyType(
    {"lead": "lead", "support": "co", "unknown": None}
)
_Key = tuple[int, int, str]


def marks_of_notice(notice: Notice) -> Read:
    """Give the spans, links and roles of a notice as marks.

    The ledger is left out: one beside marks is typed by people, so that a model can be
    scored against it.
    """
    builder = _Builder(notice)
    for task in notice.tasks:
        for unit in task.units:
            builder.add_unit(unit)
        for target in task.targets:
            units = [task.units[index] for index in target.units if index < len(task.units)]
            builder.add_target(target, units)
        for deadline in task.deadlines:
            builder.add(deadline.span)
    assembly = builder.assembly
    cells = count_cells(notice)
    if cells:
        detail = "a ledger beside marks is typed by people"
        assembly.note("ledger", cells, detail, cause="choice")
    facts = Facts(
        title=notice.title, issuer=notice.issuer, number=notice.number, issued=notice.issued
    )
    return Read((assembly.finish(facts=facts),), tuple(assembly.notes))


class _Builder:
    """Adds each span once: rows share the units of a merged cell and the dates of a group."""

    def __init__(self, notice: Notice) -> None:
        self.assembly = Assembly(id=notice.document.id, text=notice.document.text)
        self.roles: dict[_Key, Role] = {}
        self.known: set[_Key] = set()
        self.linked: set[tuple[_Key, str, _Key]] = set()

    def add(self, span: Span) -> _Key:
        key = (span.start, span.end, span.label)
        if key not in self.known:
            self.known.add(key)
            self.assembly.add(key, span.start, span.end, span.label, score=span.score)
        return key

    def add_unit(self, unit: Unit) -> _Key:
        """Add a unit, or each of the pieces that line ends cut it into."""
        score = unit.span.score
        keys: list[_Key] = []
        for start, end in unit.pieces or ((unit.span.start, unit.span.end),):
            key = (start, end, "UNIT")
            if key not in self.known:
                self.known.add(key)
                self.assembly.add(key, start, end, "UNIT", score=score)
                if keys:
                    self.assembly.link("piece", key, keys[-1])
            self._describe(key, unit)
            keys.append(key)
        return keys[0]

    def _describe(self, key: _Key, unit: Unit) -> None:
        role = _ROLES[unit.role]
        if key not in self.roles:
            self.roles[key] = unit.role
            self.assembly.describe(key, role=role)
        elif self.roles[key] != unit.role:
            detail = f"{unit.name} has another role in another task"
            self.assembly.note("role", 1, detail, cause="format")

    def add_target(self, target: Target, units: list[Unit]) -> None:
        key = (target.span.start, target.span.end, target.span.label)
        is_new = key not in self.known
        self.add(target.span)
        if is_new and target.quantity is not None:
            self.assembly.describe(key, change=_CHANGES[target.quantity.basis])
        ends = [("metric", self.add(metric)) for metric in target.metrics]
        ends += [("deadline", self.add(deadline.span)) for deadline in target.deadlines]
        ends += [("unit", self.add_unit(unit)) for unit in units]
        for kind, end in ends:
            if (key, kind, end) not in self.linked:
                self.linked.add((key, kind, end))
                self.assembly.link(kind, key, end)
