"""Inline marks written: the inverse of ``inline``, with notes on what marks cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.inline import LETTERS, LONGEST_ATTRIBUTES, REACH, parse_marks
from taskner.corpus.ledger import with_ledger
from taskner.corpus.tally import Note, difference
from taskner.errors import CorpusError, MarksError
from taskner.types import Label

_LETTER_OF = {label: letter for letter, label in LETTERS.items()}
_ID = re.compile(r"[0-9a-zA-Z]+")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def to_inline(text: AnnotatedText) -> tuple[str, list[Note]]:
    """Write a text with inline marks.

    Ids are kept where they say the same when read again; else new ones are given out.

    Returns:
        The marked text, and what it does not carry: spans that overlap another or run
        over a line end, links of more than 600 characters, scores, and units of targets
        that no ledger beside it gives.

    Raises:
        CorpusError: The text itself holds one of the brackets of marks.
    """
    found = [text.text.find(bracket) for bracket in "⟦⟧" if bracket in text.text]
    if found:
        line = text.text.count("\n", 0, min(found)) + 1
        detail = f"line {line} holds {text.text[min(found)]}, the bracket of marks; replace it"
        raise CorpusError(path=text.id, detail=detail)
    apart = text.keep(separate_marks(text))
    notes = list(difference(text, apart, "overlaps another mark or runs over a line end"))
    near = replace(apart, marks=tuple(_named(list(_without_far(apart.marks)))))
    notes += difference(apart, near, "lies more than 600 characters away")
    marked = _write(near.text, near.marks)
    if not _says(marked, near):
        near = replace(near, marks=tuple(_renamed(near.marks)))
        marked = _write(near.text, near.marks)
    said = parse_marks(marked, path=text.id)
    if text.ledger:
        said = with_ledger(said, text.ledger)
    return marked, [*notes, *difference(near, said, "inline marks have no place for it")]


def separate_marks(text: AnnotatedText) -> list[int]:
    """Give the marks that neither overlap one before them nor run over a line end."""
    kept: list[int] = []
    end = 0
    for index, mark in enumerate(text.marks):
        if mark.span.start >= end and "\n" not in mark.span.text:
            kept.append(index)
            end = mark.span.end
    return kept


def _without_far(marks: Sequence[Mark]) -> Iterator[Mark]:
    for mark in marks:
        start = mark.span.start

        def near(indices: Sequence[int], start: int = start) -> tuple[int, ...]:
            return tuple(i for i in indices if abs(marks[i].span.start - start) <= REACH)

        yield replace(mark, metrics=near(mark.metrics), deadlines=near(mark.deadlines))


def _named(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Give metrics and deadlines that have no id one that no other mark has."""
    taken = {mark.id for mark in marks}
    letters = (name for name in _letters() if name not in taken)
    numbers = (name for name in map(str, count(1)) if name not in taken)
    fresh = {"METRIC": letters, "DEADLINE": numbers}
    for mark in marks:
        is_named = mark.id is not None and _ID.fullmatch(mark.id)
        if is_named or mark.span.label not in fresh:
            yield mark
        else:
            yield replace(mark, id=next(fresh[mark.span.label]))


def _says(marked: str, text: AnnotatedText) -> bool:
    """Tell whether a marked text, read again, has the links that it should have."""
    try:
        read = parse_marks(marked)
    except MarksError:
        return False
    return [_structure(mark) for mark in read.marks] == [_structure(mark) for mark in text.marks]


def _structure(mark: Mark) -> object:
    return (mark.span.start, mark.span.end, mark.metrics, mark.deadlines, mark.continues)


def _renamed(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Give every mark that is linked to an id of its own, so that no link can go astray."""
    letters = _letters()
    numbers = map(str, count(1))
    pieces = (f"x{number}" for number in count(1))
    linked = {index for mark in marks for index in (*mark.metrics, *mark.deadlines)}
    continued = {mark.continues for mark in marks}
    last_unit: int | None = None
    unit_id: str | None = None
    for index, mark in enumerate(marks):
        fresh = mark.id
        if mark.span.label == "UNIT":
            if mark.continues is None or mark.continues != last_unit:
                unit_id = next(pieces) if index in continued else None
            fresh = unit_id
            last_unit = index
        elif index in linked or mark.span.label in ("METRIC", "DEADLINE"):
            fresh = next(numbers if mark.span.label == "DEADLINE" else letters)
        yield replace(mark, id=fresh)


def _letters() -> Iterator[str]:
    """Give a, b, … z, aa, ab and so on."""
    for number in count():
        name = ""
        rest = number + 1
        while rest:
            rest, letter = divmod(rest - 1, len(_ALPHABET))
            name = _ALPHABET[letter] + name
        yield name


def _write(text: str, marks: Sequence[Mark]) -> str:
    pieces: list[str] = []
    at = 0
    for mark in marks:
        span = mark.span
        letter = _LETTER_OF[span.label]
        pieces += [text[at : span.start], f"⟦{letter}{_attributes(mark, marks)}|{span.text}⟧"]
        at = span.end
    return "".join((*pieces, text[at:]))


def _attributes(mark: Mark, marks: Sequence[Mark]) -> str:
    own = f":{mark.role}" if mark.role else ""
    own += f"#{mark.id}" if mark.id and _ID.fullmatch(mark.id) else ""
    change = f";k={mark.change}" if mark.change else ""
    metrics = _ids(mark.metrics, marks, "METRIC")
    deadlines = _ids(mark.deadlines, marks, "DEADLINE")
    # A mark holds so many characters; what does not fit is counted as lost when it is read.
    while len(own + _joined(metrics, deadlines) + change) > LONGEST_ATTRIBUTES:
        (deadlines or metrics).pop()
    return own + _joined(metrics, deadlines) + change


def _ids(indices: Sequence[int], marks: Sequence[Mark], label: Label) -> list[str]:
    return [str(marks[i].id) for i in indices if marks[i].id and marks[i].span.label == label]


def _joined(metrics: Sequence[str], deadlines: Sequence[str]) -> str:
    return (f">{','.join(metrics)}" if metrics else "") + (
        f"@{','.join(deadlines)}" if deadlines else ""
    )
