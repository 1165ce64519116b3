"""Cutting a line into task text and labelled fields.

A field is what a label (责任单位:…), a bracket ((A牵头,B配合)) or a sentence
(由A、B负责落实。) says about a task: its units, leader, time limit or progress.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from taskner.notices.brackets import covers_others, responsible_brackets, time_tail, time_tails
from taskner.notices.clauses import (
    Closing,
    addition,
    closing_sentence,
    covered_tasks,
    is_verb_field,
    shared_duty,
)
from taskner.notices.dashes import LABEL, dashed_lists
from taskner.notices.labels import UNIT_KINDS, Kind, label_spans
from taskner.notices.organisations import closes_more, unit_likeness
from taskner.notices.unit_heads import LABEL as ABOVE
from taskner.notices.unit_heads import read_unit_head


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a line: task text or one field, with the label printed before it.

    ``reach`` is how many tasks back a sentence covers (以上4项责任单位均为…), ``items`` the numbers
    of those it names (第3、4项由…), and ``adds`` tells that its units join those of a heading
    (增加乙局配合). ``due`` is where the title of its column says when, ``measure`` what it counts
    in, and ``joins`` tells that the next chunk speaks of it. ``runs_on`` tells that the sentence
    goes on with the next chunk: in the same words, or with a clause of its own.
    """

    start: int
    end: int
    kind: Kind
    label: str = ""
    reach: int = 1
    due: tuple[int, int] | None = None
    joins: bool = False
    measure: str = ""
    items: tuple[int, ...] = ()
    adds: bool = False
    runs_on: Literal["", "words", "clauses"] = ""


_NEXT_ITEM = re.compile(
    r"(?<=[\s。;)局委办部院会厅团司心府道镇区县市])"
    r"(?:\d{1,3}[.、](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))"
)
_SHORTEST_FIELD = 4  # characters of a line that can hold more than text
_EDGES = " \t;,。:\n"


def split_fields(text: str, offset: int, *, in_flat_row: bool = False) -> list[Chunk]:
    """Cut a line into text and fields.

    Args:
        text: Folded text of the line.
        offset: Its offset in the document.
        in_flat_row: Whether it goes on with a row flattened with blanks.

    Returns:
        Chunks in order; labels, brackets and stops between them belong to none.
    """
    if len(text) < _SHORTEST_FIELD and text.isalnum():
        return [Chunk(offset, offset + len(text), "text")]
    if head := read_unit_head(text):
        units = Chunk(offset + head.start, offset + head.end, "responsible", ABOVE)
        rest = text[head.rest :]
        return [units, *(split_fields(rest, offset + head.rest) if rest else ())]
    chunks: list[Chunk] = []
    position = 0
    for start, end in responsible_brackets(text):
        chunks.extend(_split_labels(text, position, start, offset))
        chunks.extend(_split_bracket(text, start + 1, end - 1, offset))
        position = end
    chunks.extend(_split_labels(text, position, len(text), offset))
    if in_flat_row and unit_likeness(text) == 1:
        return list(_trimmed(text, 0, len(text), offset, "responsible"))
    if in_flat_row or FLAT_ROW.match(text):
        return _split_flat(text, chunks, offset)
    return _over_several(text, chunks, offset)


def split_labelled(text: str, offset: int) -> list[Chunk]:
    """Cut a line at its labels, whatever brackets stand in it.

    Args:
        text: Folded text of the line.
        offset: Its offset in the document.

    Returns:
        Its fields, and as text what no label opens.
    """
    return list(_split_labels(text, 0, len(text), offset, bracket=True))


def _over_several(text: str, chunks: list[Chunk], offset: int) -> list[Chunk]:
    """Fields behind a note that says how many tasks they are for: (7、8两项)牵头单位:甲局."""
    if len(chunks) < 2 or chunks[0].kind != "text":  # noqa: PLR2004
        return chunks
    covered = covered_tasks(text[chunks[0].start - offset : chunks[0].end - offset])
    if covered is None or chunks[1].kind not in UNIT_KINDS:
        return chunks
    reach, items = covered
    return [
        replace(chunk, reach=reach, items=items) if chunk.kind in UNIT_KINDS else chunk
        for chunk in chunks[1:]
    ]


def names_units(texts: Iterable[str]) -> bool:
    """Tell whether lines name units: once by a label, bracket or verb, or twice at a dash."""
    dashed = 0
    for text in texts:
        labels = [chunk.label for chunk in split_fields(text, 0) if chunk.kind in UNIT_KINDS]
        signs = labels.count(LABEL) + labels.count(ABOVE)
        dashed += signs
        if dashed > 1 or len(labels) > signs:
            return True
    return False


FLAT_ROW = re.compile(r"(\d{1,3})\s+(?![年月日])(?=\S{4,})")
"""A table row flattened with blanks: its number, then its content (no date: 6 月底前)."""
_FLAT_TAIL = re.compile(r"(?<=[。.;])\s+(\S[^。;]{1,200})$")


def _split_flat(text: str, chunks: list[Chunk], offset: int) -> list[Chunk]:
    """Units that end a row flattened with blanks: 4 产值增长8%. 县科技局."""
    if len(chunks) != 1 or chunks[0].kind != "text":
        return chunks
    only = chunks[0]
    low = max(only.start - offset, only.end - offset - 220)
    match = _FLAT_TAIL.search(text[low : only.end - offset])
    if match is None:
        return chunks
    start, end = low + match.start(1), only.end - offset
    time = time_tail(text[start:end])
    if unit_likeness(text[start : start + time.start()] if time else match[1]) < 1:
        return chunks
    units = start + time.start() if time else end
    return [
        Chunk(only.start, offset + low + match.start(), "text"),
        Chunk(offset + start, offset + units, "responsible"),
        *([Chunk(offset + start + time.start(1), offset + end, "deadline")] if time else []),
    ]


def _split_bracket(text: str, start: int, end: int, offset: int) -> Iterator[Chunk]:
    for tail in time_tails(text[start:end]):
        yield from _trimmed(text, start + tail.start(1), start + tail.end(1), offset, "deadline")
        end = start + tail.start()
    if n_added := addition(text[start:end]):
        for chunk in _split_bracket(text, start + n_added, end, offset):
            yield replace(chunk, adds=True)
        return
    if label_spans(text[start:end]):
        for chunk in _split_labels(text, start, end, offset, bracket=True):
            if chunk.kind != "text":
                yield chunk
            elif is_verb_field(text[chunk.start - offset : chunk.end - offset]):
                yield Chunk(chunk.start, chunk.end, "verb")
        return
    if covers_others(text[start:end]) and (shared := shared_duty(text[start:end])):
        yield _of_others(shared, offset + start)
        return
    yield from _trimmed(text, start, end, offset, "verb")


def _of_others(said: Closing, base: int) -> Chunk:
    return Chunk(base + said.start, base + said.end, "verb", "", said.reach, items=said.items)


def _split_labels(
    text: str, start: int, end: int, offset: int, *, bracket: bool = False
) -> Iterator[Chunk]:
    part = text[start:end]
    labels = label_spans(part)
    first = labels[0][0] if labels else len(part)
    yield from _text(text, start, start + first, offset, bracket=bracket)
    for index, (_label_start, label_end, (kind, name)) in enumerate(labels):
        stop = labels[index + 1][0] if index + 1 < len(labels) else len(part)
        rest = stop
        if kind in UNIT_KINDS or kind in {"leader", "deadline"}:
            rest = _field_end(part, label_end, stop)
        yield from _trimmed(text, start + label_end, start + rest, offset, kind, label=name)
        if rest < stop:
            yield from _text(text, start + rest, start + stop, offset, bracket=bracket)


def _field_end(part: str, start: int, stop: int) -> int:
    match = _NEXT_ITEM.search(part, start, stop)
    stop = match.start() if match else stop
    dot = part.find("。", start, stop)
    return dot + 1 if dot >= 0 and part[dot + 1 : stop].strip(_EDGES + ")]】〕") else stop


def _text(text: str, start: int, end: int, offset: int, *, bracket: bool) -> Iterator[Chunk]:
    """Task text, with what names units at its end cut off as a field."""
    if bracket:
        yield from _trimmed(text, start, end, offset, "text")
        return
    base = start
    for one in dashed_lists(text[start:end]):
        yield from _sentences(text, start, base + one.cut, offset)
        kind: Kind = "verb" if one.verbs else "responsible"
        yield from _trimmed(text, base + one.start, base + one.end, offset, kind, label=LABEL)
        start = base + one.end
    yield from _sentences(text, start, end, offset)


_DASHES = "—–―─→"  # a dash before a label: …——牵头:甲局


def _sentences(text: str, start: int, end: int, offset: int) -> Iterator[Chunk]:
    """Task text, with a closing sentence that names units cut off as a field."""
    body = text[start:end]
    if body.rstrip().endswith(("(", "[", "【", "〔")):
        body = body.rstrip()[:-1]  # a bracket that was opened and never closed
    tail = time_tail(body)
    sentence = closing_sentence(body[: tail.start()]) if tail else None
    if sentence is None:
        tail, sentence = None, closing_sentence(body)
    cut = sentence.cut if sentence else len(body)
    while cut and (body[cut - 1].isspace() or body[cut - 1] in _DASHES):
        cut -= 1
    lead = len(body) - len(body.lstrip(" \t\n。;,)]】〕"))
    if lead < cut:
        yield Chunk(offset + start + lead, offset + start + cut, "text")
    if sentence:
        base = offset + start
        said = _of_others(sentence, base)
        n_added = addition(text[said.start - offset : said.end - offset])
        yield replace(said, start=said.start + n_added, adds=n_added > 0)
        if tail:
            yield Chunk(base + tail.start(1), base + tail.end(1), "deadline")


def _trimmed(
    text: str, start: int, end: int, offset: int, kind: Kind, *, label: str = ""
) -> Iterator[Chunk]:
    edges = _EDGES if kind != "text" else " \t\n"
    while start < end and text[start] in edges:
        start += 1
    tail = edges if kind in UNIT_KINDS | {"leader", "deadline", "text"} else " \t\n"
    while end > start and text[end - 1] in tail:
        end -= 1
    if kind in UNIT_KINDS:
        while end > start and closes_more(text[start:end]):
            end -= 1
    if start < end or (kind != "text" and label):
        yield Chunk(offset + start, offset + max(start, end), kind, label)
