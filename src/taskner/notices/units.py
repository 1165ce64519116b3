"""Splitting a responsibility field into organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskner.notices.organisations import (
    closer,
    closes_more,
    is_bare_ending,
    is_clause,
    is_complete,
    is_note,
    is_opening,
    is_organisation,
)
from taskner.notices.unit_clauses import cut_clauses
from taskner.notices.wording import load

_HARD = "、,;/|。"
_OPEN, _CLOSE = "([〔【", ")]〕】"
_JOINERS = re.compile(r"以及|和|及|与|会同|商(?![务业贸会行标])")
_LONGEST_NAME = 80  # longer pieces are sentences, never one name


@dataclass(frozen=True, slots=True)
class Named:
    """One organisation of a field: pieces of the text, printed name, mark and verb role."""

    pieces: tuple[tuple[int, int], ...]
    name: str
    marked: bool = False
    verb: str | None = None

    @property
    def start(self) -> int:
        """First offset."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.pieces[-1][1]


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    before: str  # the separator before it: "" at the start, " " for a blank or line break


def read_units(text: str, start: int, end: int) -> list[Named]:
    """Split a field into the organisations it names.

    Args:
        text: Folded text of the document.
        start: First offset of the field.
        end: Offset after the field.

    Returns:
        Organisations in order of printing, notes and placeholders left out.
    """
    named: list[Named] = []
    for first, last, verb in cut_clauses(text, start, end):
        groups: list[list[_Piece]] = []
        for piece in _pieces(text, first, last):
            if groups and piece.before == " " and _goes_on(text, groups[-1], piece):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        for group in groups:
            named.extend(_name(text, group, verb))
    return named


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    """Cut at separators and blanks outside brackets."""
    pieces: list[_Piece] = []
    depth, first, before, space = 0, start, "", False
    for position in range(start, end + 1):
        char = text[position] if position < end else "、"
        if position < end and char in _OPEN:
            depth += 1
        elif position < end and char in _CLOSE:
            depth = max(0, depth - 1)
        hard = position == end or (char in _HARD and depth == 0)
        if not hard and not (char.isspace() and depth == 0):
            continue
        if first < position:
            pieces.append(_Piece(first, position, before))
            before = ""
        space = char.isspace()
        before = (before or " ") if space else char
        first = position + 1
    return _collected(text, pieces)


_ALL = re.compile(r"各(?:[市州县区旗盟镇乡]|街道|地区)(?:、(?:[市州县区旗盟镇乡]|街道))*")
_AND_ALL = re.compile(
    r"(?:[市州县区旗盟镇乡]|街道|地区)(?:\([^()]*\))?(?:人民政府|政府|街道办事处|办事处)?"
)


def _collected(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Put the levels of one collective together: 各市、州人民政府."""
    out: list[_Piece] = []
    for piece in pieces:
        if (
            out
            and piece.before == "、"
            and _ALL.fullmatch(text, out[-1].start, out[-1].end)
            and _AND_ALL.fullmatch(text, piece.start, piece.end)
        ):
            out[-1].end = piece.end
        else:
            out.append(piece)
    return out


def _goes_on(text: str, group: list[_Piece], piece: _Piece) -> bool:
    """Tell whether a blank or break cut one name in two."""
    if group[-1].end - group[0].start > _LONGEST_NAME:
        return False
    left = "".join(text[part.start : part.end] for part in group)
    right = text[piece.start : piece.end]
    if right[0] in load("rules")["marks"]:
        return False
    if right[0] in _OPEN or is_bare_ending(right) or len(left) == 1:
        return True
    if len(left) <= _STUMP and left[0] in _LEVELS and not is_organisation(right):
        return True  # 市 市 场监 管局: 市市 only looks whole
    return not is_complete(left) or (is_opening(left) and right[0] not in _LEVELS)


_LEVELS = "省市州县区旗各"
_STUMP = 2


def _name(text: str, group: list[_Piece], verb: str | None) -> list[Named]:
    """Strip marks, notes, quotes and closers, then part names joined by 和 or 及."""
    marks = load("rules")["marks"]
    pieces = [(piece.start, piece.end) for piece in group]
    marked = text[pieces[0][0]] in marks or text[pieces[-1][1] - 1] in marks
    strip_left = marks + " 由"
    pieces = _strip(text, pieces, strip_left, marks + " .。:")
    if pieces:
        pieces = _without_notes(text, pieces)
    if pieces:
        marked = marked or text[pieces[-1][1] - 1] in marks
        pieces = _strip(text, pieces, strip_left, marks + " .。:")
    if not pieces:
        return []
    if len(pieces) > 1:
        name = "".join(text[start:end] for start, end in pieces)
        return [Named(tuple(pieces), name, marked, verb)] if _is_name(name) else []
    start, end = pieces[0]
    return [
        Named(((first, last),), text[first:last], marked, verb)
        for first, last in _joined_names(text, start, end)
        if _is_name(text[first:last])
    ]


_LEADERS = re.compile("领导(?!小组|机构|机关|办)")  # 包村领导逐村包保: persons and what they do


def _is_name(name: str) -> bool:
    if len(name) > _LONGEST_NAME or is_clause(name) or _LEADERS.search(name):
        return False
    return bool(name) and name not in load("organisations")["placeholders"] and not is_note(name)


def _strip(
    text: str, pieces: list[tuple[int, int]], left: str, right: str
) -> list[tuple[int, int]]:
    out = list(pieces)
    while out:
        start, end = out[0]
        while start < end and text[start] in left:
            start += 1
        out[0] = (start, end)
        if start < end:
            break
        out.pop(0)
    while out:
        start, end = out[-1]
        while end > start and (text[end - 1] in right or closes_more(text[start:end])):
            end -= 1
        out[-1] = (start, end)
        if start < end:
            break
        out.pop()
    return out


def _without_notes(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut a bracketed note (首位为牵头单位,下同) and 等部门 off the end."""
    start, end = pieces[-1]
    if text[end - 1] in _CLOSE:
        opened = max(text.rfind(char, start, end) for char in _OPEN)
        if opened >= start and is_note(text[opened:end]):
            end = opened
    elif _is_note_tail(text, start, end):
        end = max(text.rfind(char, start, end) for char in _OPEN)
    match = re.search(rf"(?:{closer().pattern})$", text[start:end])
    if match and start < start + match.start():
        end = start + match.start()
    return [*pieces[:-1], (start, end)] if start < end else pieces[:-1]


def _is_note_tail(text: str, start: int, end: int) -> bool:
    """Tell whether a note was opened and the text ends inside it."""
    opened = max(text.rfind(char, start, end) for char in _OPEN)
    return opened >= start and is_note(text[opened:end])


def _joined_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part A及B where both sides are whole names; 自然资源和规划局 stays one."""
    out, first = [], start
    if end - start > _LONGEST_NAME:
        return [(start, end)]
    for match in _JOINERS.finditer(text, start, end):
        left, right = text[first : match.start()], text[match.end() : end]
        depth = sum(left.count(char) for char in _OPEN) - sum(left.count(char) for char in _CLOSE)
        if depth == 0 and len(left) > 1 and is_complete(left) and _whole(right):
            out.append((first, match.start()))
            first = match.end()
    return [*out, (first, end)]


def _whole(right: str) -> bool:
    return is_complete(right) and not is_bare_ending(right)
