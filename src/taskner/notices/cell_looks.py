"""What the cells of a table read like: numbers, units, times, persons, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskner.notices.lines import Line
from taskner.notices.numbering import bare_number, parse_numbering
from taskner.notices.organisations import is_complete, is_person, is_post_name, unit_likeness
from taskner.notices.wording import load

_TIME = re.compile(
    r"年底|月底|月末|季度|年内|全年|长期|持续|日前|月前|常态|半年|立即|即时|每[日周旬月季年学半]|学期|开学前|汛前|节前|\d{4}年|\d月"
)
_SENTENCE = re.compile(r"[。;!]")
SHORT = 26
"""Characters: a time or a person takes no more."""

_MAX_HEADING = 40


@dataclass(slots=True)
class Look:
    """What a cell reads like, computed once."""

    line: Line
    number: bool
    chained: bool
    item: bool
    heading: bool
    units: float
    marked: bool
    sentence: bool
    time: bool
    person: bool
    complete: bool
    none: bool


def look_at(lines: Sequence[Line]) -> list[Look]:
    """Give what each cell of a run reads like, in order."""
    marks = load("rules")["marks"]
    nothing = load("organisations")["placeholders"]
    numbers = [bare_number(line.text) for line in lines]
    chained = _chain([number[1] if number else None for number in numbers])
    looks: list[Look] = []
    for line, number, chain in zip(lines, numbers, chained, strict=True):
        text = line.text
        numbering = parse_numbering(text) if not number else None
        looks.append(
            Look(
                line=line,
                number=number is not None,
                chained=chain,
                item=numbering is not None,
                heading=bool(
                    numbering
                    and numbering.rank <= 2.0  # noqa: PLR2004
                    and len(text) <= _MAX_HEADING
                    and not _SENTENCE.search(text)
                ),
                units=unit_likeness(text),
                marked=text[0] in marks,
                sentence=bool(_SENTENCE.search(text)),
                time=len(text) <= SHORT and bool(_TIME.search("".join(text.split()))),
                person=len(text) <= SHORT and (is_person(text) or is_post_name(text)),
                complete=is_complete(text) or text[-1] in "。;",
                none=text in nothing,
            )
        )
    return looks


def _chain(values: Sequence[int | None]) -> list[bool]:
    """Mark the bare numbers that count up; other bare numbers are values."""
    chained = [False] * len(values)
    places = [index for index, value in enumerate(values) if value is not None]
    last: int | None = None
    for position, index in enumerate(places):
        value = values[index]
        if value is None:
            continue
        following = values[places[position + 1]] if position + 1 < len(places) else None
        if last is None or value == last + 1 or following == value + 1:
            chained[index] = True
            last = value
    return chained
