"""Checks of one text: its marks, its links, and the text it was marked on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.findings import Finding, FindingKind

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TextFinder:
    """Makes findings of one text: knows its file, and the line of each character."""

    text: AnnotatedText
    path: str

    def at(self, position: int, kind: FindingKind, detail: str, mend: str) -> Finding:
        """Give a finding about what stands at a character."""
        line = self.text.text.count("\n", 0, position) + 1
        return Finding(path=self.path, line=line, kind=kind, detail=detail, mend=mend)


def check_marks(text: AnnotatedText, path: str) -> Iterator[Finding]:
    """Find marks that overlap, run over line ends, or lack what the guide asks for.

    Source: docs/annotating.md, sections 1 and 2.
    """
    finder = TextFinder(text, path)
    measured = {index for mark in text.marks for index in mark.metrics}
    before: Mark | None = None
    for index, mark in enumerate(text.marks):
        start = mark.span.start
        if before is not None and start < before.span.end:
            detail = f"{_shown(mark)} overlaps {_shown(before)}"
            yield finder.at(start, "marks", detail, "Keep one of the two, or move a border.")
        if before is None or mark.span.end > before.span.end:
            before = mark
        if "\n" in mark.span.text:
            mend = "End the mark at the line end; a unit goes on as a second piece."
            yield finder.at(start, "marks", f"{_shown(mark)} runs over a line end", mend)
        if not mark.span.text.strip():
            yield finder.at(start, "marks", f"{mark.span.label} marks blanks", "Remove the mark.")
        if mark.span.label == "METRIC" and index not in measured:
            mend = "Link a target to it, or remove the mark."
            yield finder.at(start, "metric", f"no target measures {_shown(mark)}", mend)
        if mark.span.label == "TARGET" and mark.change is None:
            mend = "Say level, up or down (in inline marks: ;k=level)."
            yield finder.at(start, "marks", f"{_shown(mark)} does not say its k", mend)


def check_source(
    text: AnnotatedText, source: str, path: str, source_path: str
) -> Iterator[Finding]:
    """Find where the text without its marks differs from its source.

    Args:
        text: The text.
        source: What it was marked on.
        path: The marked file.
        source_path: The file of the source.
    """
    if text.text == source:
        return
    pairs = enumerate(zip(text.text, source, strict=False))
    shorter = min(len(text.text), len(source))
    at = next((n for n, (own, other) in pairs if own != other), shorter)
    own, other = (each[at : at + _SHOWN].partition("\n")[0] for each in (text.text, source))
    detail = f"without its marks the text reads {own!r} where {source_path} reads {other!r}"
    yield TextFinder(text, path).at(at, "source", detail, "Marks may change nothing else; copy it.")


def _shown(mark: Mark) -> str:
    text = mark.span.text
    short = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return f"{mark.span.label} {short!r}"
