"""Units: those that running text names, and where tagger and field disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from taskner.folding import fold
from taskner.linking.sheet import Sheet, spans_inside
from taskner.linking.words import read_words, words_pattern
from taskner.types import Role, Span, Task, Unit

_VERB_REACH = 8
"""Characters after a unit in which its verb may start: 由A会同有关方面牵头."""

_INTRODUCTIONS = ("由", "(", "[", "〔", "【")

_NOT_NAME = " \t\r\n★▲△*●◆。、,;:"


def content_units(sheet: Sheet, known: Sequence[Unit]) -> tuple[Unit, ...]:
    """Units that the content names as responsible and the fields do not have.

    Args:
        sheet: The task's content.
        known: Units of the responsibility fields.

    Returns:
        New units in text order. The role is that of the verb behind the list in which the
        unit stands (由A、B牵头,C配合). Organisations that neither such a verb nor 由 or a
        bracket introduces are merely mentioned.
    """
    names = {unit.name for unit in known}
    spans = [span for span in sheet.spans if span.label == "UNIT"]
    roles = _roles(sheet.text, spans)
    units: list[Unit] = []
    introduced = False
    end = 0
    for span, role in zip(spans, roles, strict=True):
        gap = sheet.text[end : span.start]
        continues = introduced and not words_pattern("coordinators").sub("", gap).strip(" ")
        introduced = continues or gap.rstrip(" ").endswith(_INTRODUCTIONS)
        end = span.end
        origin = sheet.origin[span]
        name = "".join(origin.text.split()).strip(_NOT_NAME)
        if name and name not in names and (introduced or role != "unknown"):
            names.add(name)
            units.append(
                Unit(span=origin, pieces=((origin.start, origin.end),), role=role, name=name)
            )
    return tuple(units)


def _roles(text: str, spans: Sequence[Span]) -> list[Role]:
    """The role of each unit; units of one list share the verb behind the list."""
    following: Role = "unknown"
    roles: list[Role] = []
    ends = [*(span.start for span in spans), len(text)][1:]
    for span, end in zip(reversed(spans), reversed(ends), strict=True):
        gap = text[span.end : max(span.end, end)]
        listed = roles and not words_pattern("coordinators").sub("", gap).strip(" ")
        if not listed:
            following = _verb_role(gap)
        roles.append(following)
    return roles[::-1]


def _verb_role(text: str) -> Role:
    window = text[: _VERB_REACH + 4]
    match = words_pattern("lead_verbs", "support_verbs").search(window)
    if match is None or match.start() > _VERB_REACH:
        return "unknown"
    return "support" if match.group() in read_words("support_verbs") else "lead"


def is_disputed(task: Task, spans: Iterable[Span]) -> bool:
    """Whether tagger and separators cut the responsibility fields differently.

    Args:
        task: The task with the field's units.
        spans: The tagger's spans. Where it found no unit in a field, it has no say there.

    Returns:
        True if a border differs.
    """
    tagged = [span for span in spans if span.label == "UNIT"]
    for segment in task.segments:
        if segment.field != "responsibility":
            continue
        inside = sorted(spans_inside(segment, tagged), key=lambda span: (span.start, span.end))
        if not inside:
            continue
        pieces = {
            _bare(fold_piece, start)
            for unit in task.units
            for start, fold_piece in _pieces(unit)
            if segment.start <= start < segment.end
        }
        if pieces and pieces != {_bare(fold(span.text), span.start) for span in inside}:
            return True
    return False


def _pieces(unit: Unit) -> Iterable[tuple[int, str]]:
    text = fold(unit.span.text)
    for start, end in unit.pieces or ((unit.span.start, unit.span.end),):
        yield start, text[start - unit.span.start : end - unit.span.start]


def _bare(text: str, start: int) -> tuple[int, int]:
    """Offsets of a piece without marks, spaces and separators at its ends."""
    left = len(text) - len(text.lstrip(_NOT_NAME))
    return start + left, start + max(left, len(text.rstrip(_NOT_NAME)))
