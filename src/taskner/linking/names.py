"""Units and places are nothing one counts: 新开民宿|甲镇|20家.

Source: docs/annotating.md, what a metric is: a noun phrase that names what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taskner.folding import fold
from taskner.linking.words import read_words, words_pattern
from taskner.types import Document, Span, Unit

_SHORTEST = 2


def part_from_units(
    document: Document, spans: Iterable[Span], units: Iterable[Unit]
) -> Iterator[Span]:
    """Part metrics from the names of the task's units.

    Args:
        document: The document.
        spans: The tagger's spans.
        units: The units of the task.

    Yields:
        The spans; a metric that ends in a unit's name ends before it, one that is a unit's
        name, or a single character, is left out.
    """
    names = {name for unit in units for name in names_of(fold(unit.span.text))}
    longest_first = sorted(names, key=len, reverse=True)
    for span in spans:
        if span.label != "METRIC":
            yield span
            continue
        own = fold(span.text)
        name = next((name for name in longest_first if own.endswith(name)), "")
        if name and words_pattern("metric_verbs").fullmatch(own[: -len(name)]):
            name = ""  # 新建社区: there the unit is what is counted
        end = span.end - len(name)
        if end - span.start >= _SHORTEST:
            yield (
                span
                if not name
                else Span.of(document, span.start, end, span.label, score=span.score)
            )


def names_of(name: str) -> tuple[str, str]:
    """A unit's name, and that of its place: 甲乡政府, 甲乡."""
    return name, cut_ending(name, "government_endings")


def cut_ending(name: str, endings: str) -> str:
    """A name without the first ending of a list that it has, if enough is left."""
    for ending in read_words(endings):
        if name.endswith(ending) and len(name) >= len(ending) + _SHORTEST:
            return name[: -len(ending)]
    return name
