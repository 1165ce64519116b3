"""Putting a text together from what another tool exported.

Spans and links come in any order under keys of the tool's own. What cannot be kept is
noted, so that whatever is added here ends as a mark, as a link, or in a note.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import pairwise

from taskner.corpus.annotated import (
    CHANGES,
    LINK_ENDS,
    ROLES,
    AnnotatedText,
    Facts,
    LinkKind,
    Mark,
)
from taskner.corpus.tally import Cause, Effect, Kind, Note
from taskner.types import LABELS, Document, Label, Span

_SHOWN = 12


@dataclass(slots=True)
class _Draft:
    span: Span
    id: str | None = None
    role: str | None = None
    change: str | None = None
    links: dict[LinkKind, list[Hashable]] = field(default_factory=dict)


class Assembly:
    """Collects the marks of one text."""

    def __init__(self, *, id: str, text: str) -> None:  # noqa: A002 - the field's name
        """Start with the unmarked text."""
        self.document = Document(id=id, text=text)
        self.notes: list[Note] = []
        self._drafts: dict[Hashable, _Draft] = {}
        self._places: dict[tuple[int, int, Label], Hashable] = {}
        self._merged: dict[Hashable, Hashable] = {}
        self._lines: dict[Hashable, list[Hashable]] = {}

    def note(
        self,
        kind: Kind,
        n: int,
        detail: str,
        *,
        cause: Cause = "input",
        effect: Effect = "lost",
    ) -> None:
        """Note what was not kept as it was."""
        note = Note(
            text=self.document.id, kind=kind, n=n, detail=detail, cause=cause, effect=effect
        )
        self.notes.append(note)

    def add(
        self, key: Hashable, start: int, end: int, label: str, *, score: float | None = None
    ) -> None:
        """Add a span; a unit's that runs over line ends becomes a piece for each line.

        Args:
            key: What links, roles and the like will call it.
            start: In code points of the text.
            end: After the last code point.
            label: One of the four, else the span is noted as lost.
            score: Of the model that found it.
        """
        shown = self._shown(start, end)
        known = next((own for own in LABELS if own == label), None)
        if known is None:
            expected = ", ".join(LABELS)
            self._lose(score, f"{shown} has the unknown label {label!r}; expected {expected}")
        elif not 0 <= start < end <= len(self.document.text):
            length = len(self.document.text)
            self._lose(score, f"{label} {start}–{end} is empty or outside the text of {length}")
        elif key in self._drafts or key in self._merged:
            self._lose(score, f"{shown} has the id {key!r} of another span")
        elif (start, end, known) in self._places:
            self._merged[key] = self._places[start, end, known]
            self._lose(score, f"{shown} is marked {label} twice")
        elif known == "UNIT" and "\n" in self.document.text[start:end]:
            self._add_lines(key, start, end, score)
        else:
            self._place(key, start, end, known, score)

    def describe(
        self,
        key: Hashable,
        *,
        id: str | None = None,  # noqa: A002 - the field's name
        role: str | None = None,
        change: str | None = None,
    ) -> None:
        """Give a span its id, role or direction of change."""
        own = self._merged.get(key, key)
        draft = self._drafts.get(own)
        whose = "a span that is not there" if draft is None else draft.span.text[:_SHOWN]
        if role is not None:
            if draft is None or role not in ROLES or draft.role is not None:
                self.note("role", 1, f"role {role!r} of {whose} is unknown, or a second one")
            else:
                draft.role = role
                for piece in self._lines.get(own, ()):
                    self._drafts[piece].role = role
                    self.note("role", 1, f"role of a further piece of {whose}", effect="added")
        if change is not None:
            if draft is None or change not in CHANGES or draft.change is not None:
                self.note("change", 1, f"change {change!r} of {whose} is unknown, or a second one")
            else:
                draft.change = change
        if id is not None:
            if draft is None or draft.id is not None:
                self.note("id", 1, f"id {id!r} of {whose}, which has one or is lost")
            else:
                draft.id = id

    def link(self, kind: str | None, source: Hashable, end: Hashable) -> None:
        """Link two spans; a link drawn from the wrong end is turned round.

        Args:
            kind: metric, deadline, unit or piece; None to tell it by the labels.
            source: The key of the target, or of the later piece.
            end: The key of what it is linked to.
        """
        keys = [self._merged.get(key, key) for key in (source, end)]
        found = [self._drafts.get(key) for key in keys]
        name: Kind = "link.other"
        own = next((own for own in LINK_ENDS if own == kind), None)
        if own is not None:
            name = _KINDS[own]
        elif kind is not None:
            self.note(name, 1, f"a link of the unknown kind {kind!r}; expected {_EXPECTED}")
            return
        missing = [str(key) for key, draft in zip((source, end), found, strict=True) if not draft]
        if missing:
            self.note(name, 1, f"a link to the span {' and '.join(missing)}, which is not there")
            return
        first, last = (draft for draft in found if draft)
        labels = (first.span.label, last.span.label)
        own = own or _kind_of(labels)
        is_reversed = labels != LINK_ENDS[own] if own else False
        if own == "piece" and labels == LINK_ENDS[own]:
            is_reversed = _order(first.span) < _order(last.span)
        if own and is_reversed and labels == LINK_ENDS[own][::-1]:
            keys.reverse()
            first, last = last, first
            detail = f"link from {last.span.text[:_SHOWN]!r} turned round"
            self.note(name, 1, detail, effect="mended")
        if own is None or (first.span.label, last.span.label) != LINK_ENDS[own] or first is last:
            self.note(name, 1, f"a link from {labels[0]} to {labels[1]} means nothing here")
            return
        ends = first.links.setdefault(own, [])
        if keys[1] in ends or (own == "piece" and ends):
            self.note(name, 1, f"a second link from {first.span.text[:_SHOWN]} to the same")
            return
        ends.append(keys[1])

    def finish(self, *, facts: Facts | None = None) -> AnnotatedText:
        """Give the text with its marks in text order."""
        ordered = sorted(self._drafts.items(), key=lambda item: _order(item[1].span))
        place = {key: index for index, (key, _) in enumerate(ordered)}

        def indices(draft: _Draft, kind: LinkKind) -> tuple[int, ...]:
            return tuple(place[key] for key in draft.links.get(kind, ()))

        marks = tuple(
            Mark(
                span=draft.span,
                id=draft.id,
                role=draft.role,
                change=draft.change,
                metrics=indices(draft, "metric"),
                deadlines=indices(draft, "deadline"),
                units=indices(draft, "unit"),
                continues=next(iter(indices(draft, "piece")), None),
            )
            for _, draft in ordered
        )
        return AnnotatedText(
            id=self.document.id, text=self.document.text, marks=marks, facts=facts or Facts()
        )

    def _place(
        self, key: Hashable, start: int, end: int, label: Label, score: float | None
    ) -> None:
        span = Span.of(self.document, start, end, label, score=score)
        self._drafts[key] = _Draft(span)
        self._places[start, end, label] = key

    def _add_lines(self, key: Hashable, start: int, end: int, score: float | None) -> None:
        at = start
        pieces: list[Hashable] = []
        for line in self.document.text[start:end].split("\n"):
            low = at + len(line) - len(line.lstrip())
            high = at + len(line.rstrip())
            if low < high and (low, high, "UNIT") not in self._places:
                pieces.append((key, len(pieces)) if pieces else key)
                self._place(pieces[-1], low, high, "UNIT", score)
            at += len(line) + 1
        if not pieces:
            self._lose(score, f"{self._shown(start, end)} is blank or marked UNIT twice")
            return
        for earlier, later in pairwise(pieces):
            self._drafts[later].links["piece"] = [earlier]
        self._lines[key] = pieces[1:]
        n_more = len(pieces) - 1
        if n_more:
            detail = f"{self._shown(start, end)} runs over a line end: one piece a line"
            self.note("span", n_more, detail, effect="added")
            self.note("link.piece", n_more, detail, effect="added")
            if score is not None:
                self.note("score", n_more, detail, effect="added")

    def _lose(self, score: float | None, detail: str) -> None:
        self.note("span", 1, detail)
        if score is not None:
            self.note("score", 1, detail)

    def _shown(self, start: int, end: int) -> str:
        text = self.document.text[max(start, 0) : max(end, 0)]
        short = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        return f"{short!r} at {start}"


_KINDS: dict[LinkKind, Kind] = {
    "metric": "link.metric",
    "deadline": "link.deadline",
    "unit": "link.unit",
    "piece": "link.piece",
}
_EXPECTED = ", ".join(_KINDS)


def _kind_of(labels: tuple[Label, Label]) -> LinkKind | None:
    """Tell what a link means by the labels it joins, in either direction."""
    return next(
        (kind for kind, ends in LINK_ENDS.items() if labels in (ends, ends[::-1])),
        None,
    )


def _order(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.label
