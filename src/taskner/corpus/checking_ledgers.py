"""Does a ledger agree with the marks of its text?

Both are typed by people, so each is checked against the other: spans, roles, links, and
the direction of change against the basis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.checking import TextFinder
from taskner.corpus.findings import Finding
from taskner.types import Label, Notice, Span, Target

_ROLES = {"lead": "lead", "co": "support", None: "unknown"}
_CHANGES = {"up": "rise", "down": "fall", "level": "level"}
_MEND = "Correct the mark or the ledger, whichever is wrong."
_Range = tuple[int, int]


def check_ledger(text: AnnotatedText, path: str) -> Iterator[Finding]:
    """Find where marks and ledger differ; nothing, where there is no ledger."""
    if text.ledger is None:
        return
    finder = TextFinder(text, path)
    for task in text.ledger.tasks:
        body = text.text[task.start : task.end]
        # A split row keeps its columns only, so the text may be shorter than the stretch.
        if any(piece not in body for piece in task.text.split("\n")):
            detail = f"the text of task {task.id} is not printed there"
            yield finder.at(task.start, "ledger", detail, "Copy it from the notice.")
    yield from _check_spans(finder, text.ledger)
    yield from _check_roles(finder, text.ledger)
    yield from _check_targets(finder, text.ledger)


def _check_spans(finder: TextFinder, ledger: Notice) -> Iterator[Finding]:
    marked = _marked_spans(finder.text)
    for label, listed in _listed_spans(ledger).items():
        for start, end in sorted(marked[label] - listed):
            detail = f"{label} {finder.text.text[start:end]!r} is marked, not in the ledger"
            yield finder.at(start, "ledger", detail, _MEND)
        for start, end in sorted(listed - marked[label]):
            detail = f"{label} {finder.text.text[start:end]!r} is in the ledger, not marked"
            yield finder.at(start, "ledger", detail, _MEND)


def _marked_spans(text: AnnotatedText) -> dict[Label, set[_Range]]:
    """Give the marked spans by label; the pieces of a unit are one, from first to last."""
    firsts: dict[int, int] = {}
    ends: dict[int, int] = {}
    spans: dict[Label, set[_Range]] = {"UNIT": set(), "METRIC": set(), "TARGET": set()}
    spans["DEADLINE"] = set()
    for index, mark in enumerate(text.marks):
        if mark.span.label == "UNIT":
            first = index if mark.continues is None else firsts.get(mark.continues, index)
            firsts[index] = first
            ends[first] = mark.span.end
        else:
            spans[mark.span.label].add((mark.span.start, mark.span.end))
    spans["UNIT"] = {(text.marks[first].span.start, end) for first, end in ends.items()}
    return spans


def _listed_spans(ledger: Notice) -> dict[Label, set[_Range]]:
    targets = [target for task in ledger.tasks for target in task.targets]
    deadlines = [deadline for task in ledger.tasks for deadline in task.deadlines]
    deadlines += [deadline for target in targets for deadline in target.deadlines]
    return {
        "UNIT": _ranges(unit.span for task in ledger.tasks for unit in task.units),
        "METRIC": _ranges(metric for target in targets for metric in target.metrics),
        "TARGET": _ranges(target.span for target in targets),
        "DEADLINE": _ranges(deadline.span for deadline in deadlines),
    }


def _ranges(spans: Iterable[Span]) -> set[_Range]:
    return {(span.start, span.end) for span in spans}


def _check_roles(finder: TextFinder, ledger: Notice) -> Iterator[Finding]:
    roles = {unit.span.start: unit.role for task in ledger.tasks for unit in task.units}
    for mark in finder.text.marks:
        role = roles.get(mark.span.start)
        if mark.span.label == "UNIT" and role and role != _ROLES[mark.role]:
            detail = f"UNIT {mark.span.text!r} is marked {mark.role}, {role} in the ledger"
            yield finder.at(mark.span.start, "ledger", detail, _MEND)


def _check_targets(finder: TextFinder, ledger: Notice) -> Iterator[Finding]:
    listed = {target.span.start: target for task in ledger.tasks for target in task.targets}
    marks = finder.text.marks
    for mark in marks:
        target = listed.get(mark.span.start)
        if mark.span.label != "TARGET" or target is None:
            continue
        for name, links, spans in (
            ("metrics", mark.metrics, target.metrics),
            ("deadlines", mark.deadlines, tuple(own.span for own in target.deadlines)),
        ):
            if [marks[i].span.start for i in links] != [span.start for span in spans]:
                detail = f"TARGET {mark.span.text!r} has other {name} in the ledger"
                yield finder.at(mark.span.start, "ledger", detail, _MEND)
        if _basis(target) not in (None, _CHANGES.get(mark.change or "")):
            detail = f"TARGET {mark.span.text!r} is marked {mark.change}, {_basis(target)} there"
            yield finder.at(mark.span.start, "ledger", detail, _MEND)


def _basis(target: Target) -> str | None:
    return target.quantity.basis if target.quantity else None
