"""Tables whose cells were printed one after the other with nothing between them.

The header says which columns there are (序号工作任务牵头单位完成时限); a row begins with the
next number and ends with its units and time, which their form tells from the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taskner.notices.columns import UNIT_COLUMNS, Column, make_columns
from taskner.notices.drafts import Draft
from taskner.notices.fields import Chunk
from taskner.notices.labels import Kind
from taskner.notices.lines import Line
from taskner.notices.organisations import is_organisation
from taskner.notices.wording import pattern

_NUMBER = re.compile(r"\d{1,3}(?![\d.])")
_LEVELS = "省市州县区旗盟各"
_ENDS = "局委办院部厅处科所站队社会镇乡司心团道府)"
_SEAM = re.compile(rf"(?<=[{_ENDS}])(?=[{_LEVELS}])")
_SEPARATORS = re.compile(r"[、,;\s]+")
_AFTER_FIGURE = re.compile(
    r"\d[\dOo.,]*[\u4e00-\u9fff%]{1,4}?(?:\([^()]{1,3}\))?(?:以上|左右|以内)?"
)
_TIME = re.compile(
    r"(?:(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|份|[上中下]旬)?|第?[一二三四]季度末?|[上下]半年|年)"
    r"(?:底|末|内)?前?|全年|年内|长期坚持|持续推进|常态化推进)$"
)
_LONGEST_NAME = 16
_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class Glued:
    """A glued table: the index of its header, the index after its rows, and its tasks."""

    start: int
    end: int
    drafts: tuple[Draft, ...]


def find_glued(lines: Sequence[Line], text: str) -> Glued | None:
    """Find the first glued table.

    Args:
        lines: Lines outside other tables.
        text: Folded text of the document.

    Returns:
        The table, or None when no header is followed by rows that can be told apart.
    """
    for index, line in enumerate(lines):
        columns = _columns(line)
        if not columns:
            continue
        drafts: list[Draft] = []
        end = index + 1
        while end < len(lines):
            row, stop = _row(lines, end, len(drafts) + 1, columns, text)
            if row is None:
                break
            drafts.append(row)
            end = stop
        if drafts:
            return Glued(index, end, tuple(drafts))
    return None


def _columns(line: Line) -> tuple[Column, ...]:
    if len(line.text) > _LONGEST_HEADER:
        return ()
    titles = pattern("titles", "glued").findall(line.text)
    if len(titles) < 3 or "".join(titles) != line.text:  # noqa: PLR2004
        return ()
    columns = make_columns(titles, [(line.start, line.end)] * len(titles))
    kinds = [column.kind for column in columns]
    return columns if kinds[0] == "number" and UNIT_COLUMNS & set(kinds) else ()


_MOST_LINES = 8


def _row(
    lines: Sequence[Line], start: int, number: int, columns: Sequence[Column], text: str
) -> tuple[Draft | None, int]:
    """The row that begins with its number at a line, and the index after it."""
    match = _NUMBER.match(lines[start].text)
    if match is None or int(match[0]) != number:
        return None, start
    begin = lines[start].start + match.end()
    for stop in range(start + 1, min(len(lines), start + _MOST_LINES) + 1):
        draft = _read(text, begin, lines[stop - 1].end, columns)
        if draft is not None:
            draft.number = match[0]
            return draft, stop
        following = _NUMBER.match(lines[stop].text) if stop < len(lines) else None
        if following and int(following[0]) == number + 1:
            break
    return None, start


def _read(text: str, start: int, end: int, columns: Sequence[Column]) -> Draft | None:
    fields: list[Chunk] = []
    last = columns[-1]
    if last.kind == "deadline" and (match := _TIME.search(text, start, end)):
        fields.append(Chunk(match.start(), end, "deadline", last.title))
        end = match.start()
    at = _units_start(text, start, end)
    if at is None:
        return None
    units = [column for column in columns if column.kind in UNIT_COLUMNS]
    for column, first, stop in _deal(text, at, end, units):
        kind: Kind = "lead" if column.kind == "lead" else "responsible"
        kind = "support" if column.kind == "support" else kind
        fields.append(Chunk(first, stop, kind, column.title))
    title = next((c.title for c in reversed(columns) if c.kind in {"content", "topic"}), "")
    return Draft(content=[Chunk(start, at, "text", title)], fields=sorted(fields, key=_place))


def _place(chunk: Chunk) -> int:
    return chunk.start


def _units_start(text: str, start: int, end: int) -> int | None:
    """Where the names at the end of a row begin: behind its last stop, or its last figure."""
    stop = max(text.rfind(mark, start, end) for mark in "。;")
    if stop >= 0 and _are_names(text[stop + 1 : end]):
        return stop + 1
    candidates = [
        *(match.end() for match in _AFTER_FIGURE.finditer(text, start, end)),
        *(place for place in range(start + 1, end) if text[place] in _LEVELS),
    ]
    return next((at for at in sorted(candidates) if _are_names(text[at:end])), None)


def _are_names(tail: str) -> bool:
    names = [name for part in _SEPARATORS.split(tail.strip()) for name in _SEAM.split(part)]
    return bool(tail) and all(
        is_organisation(name) and len(name) <= _LONGEST_NAME and not re.search(r"\d", name)
        for name in names
    )


def _deal(
    text: str, start: int, end: int, columns: Sequence[Column]
) -> Iterator[tuple[Column, int, int]]:
    """Names to the unit columns: the first seam parts two columns, further ones two names."""
    seams = [match.start() for match in _SEAM.finditer(text, start + 1, end)]
    borders = [start, *seams, end]
    for index, (first, stop) in enumerate(pairwise(borders)):
        yield columns[min(index, len(columns) - 1)], first, stop
