"""Where in the text the spans of an export stand, whatever the tool counted in.

Tools count code points or UTF-16 code units (JavaScript), and some count a Windows line
end as two characters. An export that repeats each span's text shows which it was, and
whether an editor has shifted the text since.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from taskner.corpus.assembly import Assembly

Units = Literal["auto", "code-points", "utf-16"]

_NEAR = 40
"""How far, in characters, a shifted span may stand from where its neighbours point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A span as an export gives it: offsets, and the text if the tool repeats it."""

    start: int
    end: int
    text: str | None = None
    key: Hashable = None
    label: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a span stands, in code points of the text with LF line ends.

    ``how`` is None for offsets taken as they were, or says in words what was mended.
    """

    start: int
    end: int
    how: str | None = None


_HALVES = re.compile("[\ud800-\udfff]")


def plain_text(source: str) -> str:
    """Give a text with LF line ends; half a surrogate pair, which is no text, becomes U+FFFD."""
    return _HALVES.sub("\ufffd", source.replace("\r\n", "\n").replace("\r", "\n"))


def add_claims(
    assembly: Assembly, source: str, claims: Sequence[Claim], *, units: Units = "auto"
) -> None:
    """Add the spans of an export to its text, noting what had to be mended.

    Args:
        assembly: Of the same text with LF line ends.
        source: The text as the export gives it.
        claims: The spans, with key and label.
        units: See :func:`place_spans`.
    """
    if halves := len(_HALVES.findall(source)):
        detail = "half a surrogate pair, which is no character, reads U+FFFD now"
        assembly.note("other", halves, detail, effect="mended")
    mended: Counter[str] = Counter()
    for claim, place in zip(claims, place_spans(source, claims, units=units), strict=True):
        if place is None:
            detail = f"{claim.label} {claim.start}–{claim.end} should read {claim.text!r:.40}"
            assembly.note("span", 1, f"{detail}, which is nowhere near")
            if claim.score is not None:
                assembly.note("score", 1, detail)
            continue
        assembly.add(claim.key, place.start, place.end, claim.label, score=claim.score)
        if place.how:
            mended[place.how] += 1
    for how, n in mended.items():
        assembly.note("span", n, f"offsets mended: {how}", effect="mended")


def place_spans(
    source: str, claims: Sequence[Claim], *, units: Units = "auto"
) -> list[Placed | None]:
    """Find each span of an export in its text.

    Args:
        source: The text as the export gives it, with whatever line ends.
        claims: The spans.
        units: What the tool counts in; "auto" tells it by the texts that the spans
            repeat, and takes code points where they repeat none.

    Returns:
        A place for each span, or None where its text is nowhere near.
    """
    text = _Text(source)
    counts = text.counts(units)
    votes = [sum(_reads(text, claim, count.locate) for claim in claims) for count in counts]
    order = sorted(range(len(counts)), key=lambda index: -votes[index])
    placed: list[Placed | None] = []
    for claim in claims:
        found = next(
            (counts[i] for i in order if claim.text and _reads(text, claim, counts[i].locate)),
            counts[order[0]] if claim.text is None else None,
        )
        if found is None:
            placed.append(None)
            continue
        start, end = found.locate(claim.start), found.locate(claim.end)
        placed.append(Placed(start=start, end=end, how=found.name))
    return list(_shifted(text.plain, claims, placed))


@dataclass(frozen=True, slots=True)
class _Count:
    """One way to count: its name where it is not ours, and where a count of it stands."""

    name: str | None
    locate: Callable[[int], int]


class _Text:
    """A text with LF line ends, and what counts in the text as given mean in it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.plain = plain_text(source)

    def counts(self, units: Units) -> list[_Count]:
        """Give the ways to count that lead to different places, ours first."""
        counts = []
        if units != "utf-16":
            counts.append(_Count(None, lambda at: at))
            if "\r\n" in self.source:
                counts.append(_Count("counted CRLF as two", self._after_line_ends))
        if units != "code-points":
            wide = any(character > "\uffff" for character in self.source)
            if wide or units == "utf-16":
                counts.append(_Count("counted UTF-16 code units", self._plain_units))
                if "\r\n" in self.source:
                    name = "counted UTF-16 code units and CRLF as two"
                    counts.append(_Count(name, self._source_units))
        return counts

    def _plain_units(self, at: int) -> int:
        return bisect_left(self._plain_starts, at)

    def _source_units(self, at: int) -> int:
        return self._after_line_ends(bisect_left(self._source_starts, at))

    def _after_line_ends(self, at: int) -> int:
        return at - bisect_left(self._returns, at)

    @cached_property
    def _returns(self) -> list[int]:
        """Where carriage returns stand that the plain text has no longer."""
        return [
            at
            for at, character in enumerate(self.source)
            if character == "\r" and self.source.startswith("\n", at + 1)
        ]

    @cached_property
    def _plain_starts(self) -> list[int]:
        return list(_unit_starts(self.plain))

    @cached_property
    def _source_starts(self) -> list[int]:
        return list(_unit_starts(self.source))


def _unit_starts(text: str) -> Iterator[int]:
    """Give the UTF-16 offset of each character, and of the end."""
    at = 0
    for character in text:
        yield at
        at += 2 if character > "\uffff" else 1
    yield at


def _reads(text: _Text, claim: Claim, locate: Callable[[int], int]) -> bool:
    if claim.text is None:
        return False
    start, end = locate(claim.start), locate(claim.end)
    return 0 <= start < end and text.plain[start:end] == plain_text(claim.text)


def _shifted(
    text: str, claims: Sequence[Claim], placed: Sequence[Placed | None]
) -> Iterator[Placed | None]:
    """Look for the spans whose text stands elsewhere than their offsets say."""
    anchors = [
        (claim.start, (placed_here.start if placed_here else text.index(wanted)) - claim.start)
        for claim, placed_here in zip(claims, placed, strict=True)
        if (wanted := plain_text(claim.text or "")) and (placed_here or text.count(wanted) == 1)
    ]
    for claim, found in zip(claims, placed, strict=True):
        if found is not None or not claim.text:
            yield found
            continue
        wanted = plain_text(claim.text)
        nearest = min(anchors, key=lambda anchor: abs(anchor[0] - claim.start), default=(0, 0))
        expected = claim.start + nearest[1]
        starts = sorted(_occurrences(text, wanted), key=lambda start: abs(start - expected))
        distances = [abs(start - expected) for start in starts[:2]]
        is_tied = len(distances) > 1 and distances[0] == distances[1]
        if not starts or distances[0] > _NEAR or is_tied:
            yield None
            continue
        shift = starts[0] - claim.start
        yield Placed(start=starts[0], end=starts[0] + len(wanted), how=f"shifted by {shift:+d}")


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
