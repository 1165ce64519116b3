"""Word lists and regular expressions in the tagger's place: baseline and test double.

It needs no model folder, so that everything around the tagger works and is measured
without one. What the fine-tuned model gains is what it finds beyond this.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from taskner.folding import fold
from taskner.types import Document, Label, Segment, Span
from taskner.values import parse_period, parse_quantity
from taskner.values.lexicon import any_of, read_list

_WORDS = tomllib.loads(
    (resources.files("taskner.tagging") / "data" / "rules.toml").read_text(encoding="utf-8")
)
_ANY_YEAR = 2000
_LONGEST_PHRASE = 30
_SHORTEST_PHRASE = 2
_LONGEST_NAME = 40

_Found = tuple[int, int, Label]

# Titles and quoted names hold numbers and years that bind nobody; a plan is a deadline.
_QUOTED = re.compile(r"《[^《》\n]{1,60}》|[“\"](?!十[一二三四五六七八九]五)[^“”\"\n]{1,40}[”\"]")
_SEPARATOR = re.compile(r"[、,;/\s。:|]+")
_CLAUSE_END = re.compile(r"[,;:。!?\n()]")
_BY_WHOM = re.compile(r"由([一-鿿、]{2,60}?)(?:牵头|负责|承担)")
_MARKS = "★▲*☆△# "


def _number_pattern() -> re.Pattern[str]:
    measures, comparators = read_list("measures"), read_list("comparators")
    measured = {*measures["count"], *measures["amount"]} - {*_WORDS["targets"]["durations"]}
    before, after = (
        any_of(word for words in comparators[place].values() for word in words)
        for place in ("before", "after")
    )
    figure = (
        r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,15}(?:\.[0-9]{1,6})?)[十百千万亿]{0,3}"
    )
    return re.compile(
        rf"(?:{before})?(?<![0-9A-Za-z.第〔\[+])(?:{figure}(?:[-—–~至到]{{1,2}}{figure})?[余多]?"
        rf"(?:{any_of(measured)})|百分之[百一二三四五六七八九十]{{1,4}}|翻[一两]番)(?:{after})?"
        rf"(?!{any_of(_WORDS['targets']['refused_after'])})"
    )


_TARGET = _number_pattern()
_YEAR = "(?:(?:19|20)[0-9]{2}年|今年|明年|当年|本年)"
_MONTH = "(?<![0-9])[0-9]{1,2}月(?:份|上旬|中旬|下旬|[0-9]{1,2}日|[底末])?"
_PART = "(?:[一二三四1-4]季度|[上下]半年|年?[底末]|年?内|全年)"
_DEADLINE = re.compile(
    rf"(?:{_YEAR}(?:{_MONTH}|{_PART})?|{_MONTH}|(?<!两)[上下]半年|第?[一二三四]季度"
    r"|(?<!十)年[底末内]|全年|[“\"]十[一二三四五六七八九]五[”\"](?:期间|时期|期?末)?)(?:之?前|[底末]?前|内)?"
)
# A year that names something: 2024年政府工作报告, 2025年度计划.
_NAMES_SOMETHING = re.compile(r"度|政府工作报告|(?:工作)?(?:要点|计划|方案|报告)|[以之]来|[的起]")
_UNIT_END = re.compile(rf"(?:{any_of(_WORDS['units']['endings'])})(?:\([^()\n]{{1,20}}\))?$")
_LEAD = re.compile(any_of(_WORDS["metrics"]["leads"]))
_LONGEST_CHANGE = max(map(len, _WORDS["metrics"]["changes"]))
_CHANGE_END = re.compile(rf"(?:{any_of(_WORDS['metrics']['changes'])})$")
_NOUN = re.compile(r"[一-鿿A-Za-z“”\"&]{2,20}")


@dataclass(frozen=True, slots=True)
class RuleTagger:
    """Tags segments by word lists; its spans carry no score."""

    def tag(self, document: Document, segments: Sequence[Segment]) -> tuple[Span, ...]:
        """Find the spans of some segments.

        Args:
            document: The text.
            segments: Stretches of it that do not overlap.

        Returns:
            Spans without scores, in text order; no two overlap.
        """
        spans = [
            Span.of(document, segment.start + start, segment.start + end, label)
            for segment in segments
            for start, end, label in _find(segment, document.text[segment.start : segment.end])
        ]
        return tuple(sorted(spans, key=lambda span: span.start))


def _find(segment: Segment, text: str) -> Iterator[_Found]:
    folded = fold(text)
    if segment.field == "responsibility":
        yield from _find_units(folded, 0)
    elif segment.field == "deadline":
        yield from _find_cell(folded)
    else:
        yield from _find_in_sentences(folded)


def _find_units(text: str, start: int) -> Iterator[_Found]:
    """Cut a list of units at its separators; keep what ends like an organisation."""
    at = 0
    for match in (*_SEPARATOR.finditer(text), None):
        end = match.start() if match else len(text)
        name = text[at:end]
        first = at + len(name) - len(name.lstrip(_MARKS))
        last = at + len(name.rstrip(_MARKS))
        is_name = _SHORTEST_PHRASE <= last - first <= _LONGEST_NAME
        if is_name and _UNIT_END.search(text, first, last):
            yield start + first, start + last, "UNIT"
        at = match.end() if match else end


def _find_cell(text: str) -> Iterator[_Found]:
    """A cell of a deadline column is a deadline whatever it says."""
    if stripped := text.strip():
        start = text.index(stripped)
        yield start, start + len(stripped), "DEADLINE"


def _find_in_sentences(text: str) -> Iterator[_Found]:
    plain = _QUOTED.sub(lambda match: "\0" * len(match[0]), text)
    for match in _BY_WHOM.finditer(plain):
        yield from _find_units(match[1], match.start(1))
    deadlines: Iterator[_Found] = (
        (match.start(), match.end(), "DEADLINE")
        for match in _DEADLINE.finditer(plain)
        if not _NAMES_SOMETHING.match(plain, match.end()) and _is_dated(match[0])
    )
    targets: Iterator[_Found] = (
        (match.start(), match.end(), "TARGET")
        for match in _TARGET.finditer(plain)
        if _is_quantity(match[0])
    )
    found = _drop_overlaps((*deadlines, *targets))
    yield from found
    yield from _find_metrics(text, found)


@lru_cache(maxsize=4096)
def _is_dated(text: str) -> bool:
    return parse_period(text, year=_ANY_YEAR).last is not None


@lru_cache(maxsize=4096)
def _is_quantity(text: str) -> bool:
    return parse_quantity(text) is not None


def _drop_overlaps(found: Iterable[_Found]) -> list[_Found]:
    """Keep the first of two that overlap, the longer one where both begin together."""
    kept: list[_Found] = []
    for item in sorted(found, key=lambda item: (item[0], -item[1])):
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def _find_metrics(text: str, found: Sequence[_Found]) -> Iterator[_Found]:
    """Take the noun before each number in its clause, else the one right after it."""
    free_from = 0
    for index, (start, end, label) in enumerate(found):
        if label == "TARGET":
            after = found[index + 1][0] if index + 1 < len(found) else len(text)
            place = _noun_before(text, max(free_from, start - _LONGEST_PHRASE), start)
            place = place or _noun_after(text, end, after)
            if place is not None:
                yield *place, "METRIC"
                free_from = place[1]
        free_from = max(free_from, end)


def _noun_before(text: str, low: int, high: int) -> tuple[int, int] | None:
    for border in _CLAUSE_END.finditer(text, low, high):
        low = border.end()
    while (change := _CHANGE_END.search(text, max(low, high - _LONGEST_CHANGE), high)) is not None:
        high = change.start()
    for lead in _LEAD.finditer(text, low, high):
        # An action that ends the phrase is part of its name (老旧小区改造).
        if lead.end() < high:
            low = lead.end()
    return None if _LEAD.fullmatch(text, low, high) else _strip(text, low, high)


def _noun_after(text: str, low: int, high: int) -> tuple[int, int] | None:
    match = _NOUN.match(text, low, high)
    if match is None:
        return None
    verb = _LEAD.search(text, low, match.end())
    return _strip(text, low, verb.start() if verb else match.end())


def _strip(text: str, low: int, high: int) -> tuple[int, int] | None:
    phrase = text[low:high]
    low += len(phrase) - len(phrase.lstrip(" 、"))
    high -= len(phrase) - len(phrase.rstrip(" 、"))
    return (low, high) if high - low >= _SHORTEST_PHRASE else None
