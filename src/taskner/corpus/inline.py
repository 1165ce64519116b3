"""Inline marks: the source form of annotated notices.

``⟦U:lead|市财政局⟧ ⟦M#a|出口总额⟧增长⟦T>a@1;k=up|6%⟧ ⟦D#1|年内⟧`` — marks never nest, never
span a line break, and leave the text as it was once they are removed.

Source: the project's annotation guide, docs/annotating.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taskner.errors import MarksError
from taskner.types import Document, Label, Span

_LABELS: dict[str, Label] = {"U": "UNIT", "M": "METRIC", "T": "TARGET", "D": "DEADLINE"}
_MARK = re.compile(r"⟦([UMTD])([^|⟦⟧\n]{0,80})\|([^⟦⟧\n]*)⟧")
_ATTRIBUTES = re.compile(
    r"(?::(?P<role>lead|co))?(?:#(?P<id>[0-9a-zA-Z]+))?(?:>(?P<metrics>[0-9a-zA-Z,]+))?"
    r"(?:@(?P<deadlines>[0-9a-zA-Z,]+))?(?:;k=(?P<change>up|down|level))?"
)
_REACH = 600
"""How far, in characters, an id may be from the target that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: its span in the unmarked text and its attributes.

    ``metrics`` and ``deadlines`` are indices into the marks of the text.
    """

    span: Span
    id: str | None = None
    role: str | None = None
    change: str | None = None
    metrics: tuple[int, ...] = ()
    deadlines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text without its marks, and the marks in text order."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of all marks, in text order."""
        return tuple(mark.span for mark in self.marks)


@dataclass(frozen=True, slots=True)
class _Raw:
    start: int
    label: Label
    text: str
    id: str | None
    role: str | None
    change: str | None
    metric_ids: tuple[str, ...]
    deadline_ids: tuple[str, ...]
    line: int


def parse_marks(marked: str, *, path: str = "<text>") -> MarkedText:
    """Read a marked text.

    Args:
        marked: The text with inline marks.
        path: What error messages call the text.

    Returns:
        The text without marks, with spans and links.

    Raises:
        MarksError: A mark is malformed, empty, or names an id that no mark within
            600 characters carries.
    """
    text, raw = _strip(marked, path)
    document = Document(id=path, text=text)
    marks = [
        Mark(
            span=Span.of(document, item.start, item.start + len(item.text), item.label),
            id=item.id,
            role=item.role,
            change=item.change,
            metrics=tuple(_resolve(raw, item, item.metric_ids, "METRIC", path)),
            deadlines=tuple(_resolve(raw, item, item.deadline_ids, "DEADLINE", path)),
        )
        for item in raw
    ]
    return MarkedText(text=text, marks=tuple(marks))


def _strip(marked: str, path: str) -> tuple[str, list[_Raw]]:
    pieces: list[str] = []
    raw: list[_Raw] = []
    position = at = 0
    while (at_next := marked.find("⟦", at)) >= 0:
        line = marked.count("\n", 0, at_next) + 1
        match = _MARK.match(marked, at_next)
        if match is None or not match[3]:
            shown = marked[at_next : at_next + 30].partition("\n")[0]
            raise MarksError(path=path, line=line, detail=f"malformed or empty mark: {shown}")
        attributes = _ATTRIBUTES.fullmatch(match[2])
        if attributes is None:
            raise MarksError(path=path, line=line, detail=f"unknown attributes in {match[0]}")
        before = marked[at:at_next]
        _check_closed(before, path, line)
        pieces += [before, match[3]]
        position += len(before)
        raw.append(
            _Raw(
                start=position,
                label=_LABELS[match[1]],
                text=match[3],
                id=attributes["id"],
                role=attributes["role"],
                change=attributes["change"],
                metric_ids=_ids(attributes["metrics"]),
                deadline_ids=_ids(attributes["deadlines"]),
                line=line,
            )
        )
        position += len(match[3])
        at = match.end()
    _check_closed(marked[at:], path, marked.count("\n") + 1)
    pieces.append(marked[at:])
    return "".join(pieces), raw


def _check_closed(plain: str, path: str, line: int) -> None:
    if "⟧" in plain:
        raise MarksError(path=path, line=line, detail="a mark is closed that was not opened")


def _ids(listed: str | None) -> tuple[str, ...]:
    return tuple(i for i in (listed or "").split(",") if i)


def _resolve(
    raw: Sequence[_Raw], source: _Raw, ids: Sequence[str], label: Label, path: str
) -> Iterator[int]:
    for wanted in ids:
        near = [
            (abs(item.start - source.start), index)
            for index, item in enumerate(raw)
            if item.label == label and item.id == wanted
        ]
        if not near or min(near)[0] > _REACH:
            detail = f"target {source.text!r} names {label.lower()} #{wanted}, which is not near"
            raise MarksError(path=path, line=source.line, detail=detail)
        yield min(near)[1]
