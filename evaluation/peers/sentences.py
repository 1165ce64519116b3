"""Sentences of segments: what every peer learns from and reads.

Segments are those taskner's own training and parser give; text is folded as taskner folds
it, so that peers differ in how they tag and in nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from taskner.folding import fold
from taskner.training.examples import read_marked
from taskner.training.recipe import CorpusConfig
from taskner.types import Document, Label, Segment, Span

LONGEST = 400
"""Most characters of a sentence, so that it fits an encoder of 512 pieces; longer ones are cut."""

_TOGETHER = 200
_EMPTY_KEPT = CorpusConfig(marked=()).keep_empty
_SENTENCE_END = re.compile(r"(?<=[。;!?\n])")

Found = tuple[int, int, Label]
"""Start, end and label, in characters of a sentence's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Some whole sentences of a segment, folded.

    ``places`` gives the document's offset of each character; ``in_responsibility`` is true
    in fields that name who is responsible.
    """

    text: str
    places: Sequence[int]
    in_responsibility: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A sentence with its marked spans, in text order."""

    sentence: Sentence
    spans: tuple[Found, ...]


class Reader(Protocol):
    """What finds spans in sentences."""

    def find(self, sentences: Sequence[Sentence]) -> list[list[Found]]:
        """Give the spans of each sentence."""
        ...


@dataclass(frozen=True, slots=True)
class SentenceTagger:
    """Tags segments with a reader of sentences, as the pipeline asks of a tagger."""

    reader: Reader

    def tag(self, document: Document, segments: Sequence[Segment]) -> tuple[Span, ...]:
        """Find the spans of some segments, in text order, without scores."""
        sentences = list(sentences_of(document.text, segments))
        spans = []
        for sentence, found in zip(sentences, self.reader.find(sentences), strict=True):
            for first, last, label in found:
                start, end = sentence.places[first], sentence.places[last - 1] + 1
                raw = document.text[start:end]
                start += len(raw) - len(raw.lstrip())
                end = start + len(raw.strip())
                if start < end:
                    spans.append(Span.of(document, start, end, label))
        return tuple(sorted(spans, key=lambda span: span.start))


def sentences_of(text: str, segments: Iterable[Segment]) -> Iterator[Sentence]:
    """Cut segments of a text into groups of whole sentences."""
    for segment in segments:
        places: list[int] = []
        at = segment.start
        for gap_start, gap_end in segment.gaps:
            places += range(at, gap_start)
            at = gap_end
        places += range(at, segment.end)
        folded = fold(text[segment.start : segment.end])
        joined = "".join(folded[place - segment.start] for place in places)
        for start, end in _groups(joined):
            yield Sentence(
                text=joined[start:end],
                places=places[start:end],
                in_responsibility=segment.field == "responsibility",
            )


def lessons_of(paths: Iterable[Path]) -> list[Lesson]:
    """Read marked texts as lessons; a span that a sentence's border cuts is left out.

    Sentences without spans are thinned out as they are for taskner's own training.

    Raises:
        TasknerError: A text or its ledger cannot be read.
    """
    lessons = []
    for path in paths:
        document = read_marked(path)
        for sentence in sentences_of(document.text, document.segments):
            # Segments may have gaps, so that offsets are not those of the document, shifted.
            places = {place: at for at, place in enumerate(sentence.places)}
            spans = tuple(
                (places[span.start], places[span.end - 1] + 1, span.label)
                for span in sorted(document.spans, key=lambda span: span.start)
                if span.start in places and span.end - 1 in places
            )
            if spans or _is_kept(sentence.text):
                lessons.append(Lesson(sentence=sentence, spans=spans))
    return lessons


def tags_of(lesson: Lesson) -> list[str]:
    """Give each character its IOB2 tag."""
    tags = ["O"] * len(lesson.sentence.text)
    for start, end, label in lesson.spans:
        tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return tags


def spans_of_tags(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Read spans off IOB2 tags; an inside tag that continues nothing begins a span."""
    spans: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and spans and spans[-1][1:] == (at, label):
            spans[-1] = (spans[-1][0], at + 1, label)
        elif prefix in {"B", "I"}:
            spans.append((at, at + 1, label))
    return spans


def f1_on(reader: Reader, lessons: Sequence[Lesson]) -> float:
    """Score a reader on lessons: F1 of exact spans."""
    found = reader.find([lesson.sentence for lesson in lessons])
    n_gold = sum(len(lesson.spans) for lesson in lessons)
    n_found = sum(map(len, found))
    pairs = zip(lessons, found, strict=True)
    n_true = sum(len(set(lesson.spans) & set(spans)) for lesson, spans in pairs)
    return 2 * n_true / max(1, n_gold + n_found)


def _is_kept(text: str) -> bool:
    with_digits, without = _EMPTY_KEPT
    share = with_digits if any(character.isdigit() for character in text) else without
    return zlib.crc32(text.encode()) < share * 2**32


def _groups(text: str) -> Iterator[tuple[int, int]]:
    start = end = 0
    for sentence in _SENTENCE_END.split(text):
        for at in range(0, len(sentence), LONGEST):
            length = len(sentence[at : at + LONGEST])
            if end > start and end - start + length > _TOGETHER:
                yield start, end
                start = end
            end += length
    if end > start:
        yield start, end
