"""The notice's text with its spans marked, as flat pieces: overlaps nest nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from html import escape
from itertools import pairwise

from taskner.exporters.safe_text import printable
from taskner.types import Deadline, Label, Notice, Span, Unit

# Where spans overlap, the colour of the first of these shows.
_PRECEDENCE: tuple[Label, ...] = ("TARGET", "DEADLINE", "METRIC", "UNIT")


class Marks:
    """Gives every span of a notice one identifier, however many rows show it."""

    def __init__(self, *, prefix: str) -> None:
        """Begin without marks; the prefix tells notices of one page apart."""
        self._prefix = prefix
        self._numbers: dict[tuple[int, int, Label], int] = {}

    def task(self, number: int) -> str:
        """Give the identifier of a task by its place in the notice."""
        return f"{self._prefix}-{number}"

    def of_spans(self, spans: Iterable[Span]) -> list[str]:
        """Give the identifiers of spans."""
        return [self._mark(span.start, span.end, span.label) for span in spans]

    def of_deadlines(self, deadlines: Iterable[Deadline]) -> list[str]:
        """Give the identifiers of deadlines."""
        return self.of_spans(deadline.span for deadline in deadlines)

    def of_units(self, units: Iterable[Unit]) -> list[str]:
        """Give the identifiers of the pieces of units."""
        return [self._mark(*piece, "UNIT") for unit in units for piece in unit.pieces]

    def items(self) -> list[tuple[int, int, Label, str]]:
        """Give start, end, label and identifier of all marks."""
        return [
            (start, end, label, f"{self._prefix}-{number}")
            for (start, end, label), number in self._numbers.items()
        ]

    def _mark(self, start: int, end: int, label: Label) -> str:
        number = self._numbers.setdefault((start, end, label), len(self._numbers))
        return f"{self._prefix}-{number}"


def text_html(notice: Notice, marks: Marks) -> str:
    """Cut the text at every border of a mark or task and wrap each piece that has any."""
    text = notice.document.text
    tasks = [
        (task.start, task.end, None, marks.task(number)) for number, task in enumerate(notice.tasks)
    ]
    borders: dict[int, list[tuple[bool, Label | None, str]]] = defaultdict(list)
    for start, end, label, name in (*marks.items(), *tasks):
        if start < end:
            borders[start].append((True, label, name))
            borders[end].append((False, label, name))
    active: dict[tuple[Label | None, str], None] = {}
    pieces = []
    for start, end in pairwise(sorted({0, len(text), *borders})):
        for is_start, kind, name in borders.get(start, ()):
            if is_start:
                active[kind, name] = None
            else:
                active.pop((kind, name))
        pieces.append(_piece(text[start:end], list(active)))
    return "".join(pieces)


def _piece(text: str, active: list[tuple[Label | None, str]]) -> str:
    content = escape(printable(text))
    if not active:
        return content
    labels = {label for label, _ in active}
    tasks = " ".join(name for label, name in active if label is None)
    marks = " ".join(name for label, name in active if label is not None)
    attributes = f' data-t="{tasks}"' if tasks else ""
    if not marks:
        return f'<span class="task"{attributes}>{content}</span>'
    shown = next(label for label in _PRECEDENCE if label in labels)
    return f'<mark class="{shown.lower()}" data-m="{marks}"{attributes}>{content}</mark>'
