"""The tasks of one part: its tables, its header-and-cells runs and its outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from taskner.notices.annexes import LONGEST_LETTER, Part
from taskner.notices.columns import Column, classify, find_run
from taskner.notices.drafts import Draft
from taskner.notices.fields import split_fields
from taskner.notices.grids import Head, Placed, find_head, grid_rows, to_grid
from taskner.notices.header import is_document_number
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.lines import Line, make_line
from taskner.notices.numbering import parse_numbering
from taskner.notices.outline import build_outline
from taskner.notices.page import is_furniture
from taskner.notices.prose import is_part_heading
from taskner.notices.roles import is_rule_note
from taskner.notices.rows import align
from taskner.notices.splitter import Splitter
from taskner.notices.tables import drafts_from_rows
from taskner.notices.wording import pattern

_NOTE = re.compile(r"\(?\s*(?:注|备注|说明|附注)\s*(?:[::]|\d?[.、])")
_MAX_NOTE = 400


@dataclass(slots=True)
class Found:
    """Tasks of a part and whether passages were set aside."""

    drafts: list[Draft] = field(default_factory=list)
    set_aside: bool = False


def find_tasks(part: Part, text: str) -> Found:
    """Read the tasks of one part of a notice.

    Args:
        part: The part with its lines.
        text: Folded text of the document.

    Returns:
        Drafts in text order.
    """
    found = Found()
    lines, explained = _without_explanations(part.lines)
    lines = [line for line in lines if not (_is_note(line.text) or is_document_number(line.text))]
    found.set_aside = explained
    head: Head | None = None
    plain: list[Line] = []  # text since the last table, cells of page layout too
    for table, group in groupby(lines, key=lambda line: line.cell and line.cell.table):
        stretch = list(group)
        if table is None:
            plain.extend(stretch)
            continue
        grid = to_grid(stretch)
        new = find_head(grid)
        if new is None and head and _same_width(grid, head):
            new = Head(0, head.columns, head.places)
        if new is None:
            plain.extend(_flat(stretch, text))
            continue
        head = new
        _read_text(plain, text, part, found)
        plain = []
        found.drafts.extend(drafts_from_rows(grid_rows(grid, new), new.columns))
    _read_text(plain, text, part, found)
    return found


def _without_explanations(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """Lines without a glossary at the end and without instructions for filling in."""
    kept: list[Line] = []
    skipping = False
    for index, line in enumerate(lines):
        if line.cell is None and len(line.text) <= _MAX_TITLE:
            if kept and pattern("prose", "glossary").fullmatch(line.text.rstrip(":")):
                return kept, True
            if pattern("prose", "instructions").search(line.text):
                skipping = index + 1 < len(lines)
                continue
        skipping = skipping and bool(parse_numbering(line.text)) and not _has_fields([line.text])
        if not skipping:
            kept.append(line)
    return kept, len(kept) < len(lines)


_MAX_TITLE = 12


def _same_width(grid: Sequence[dict[int, Placed]], head: Head) -> bool:
    """A table without header that goes on with the one above it (next page)."""
    wide = sum(len(row) == len(head.columns) for row in grid)
    return wide * 2 > len(grid)


def _flat(lines: Sequence[Line], text: str) -> list[Line]:
    """Cells of a table that is only page layout, as plain lines."""
    out: list[Line] = []
    for line in lines:
        start = line.start
        if "\n" not in line.text:
            out.append(Line(start, line.end, line.text))
            continue
        for piece in re.finditer(r"[^\n]+", line.text):
            made = make_line(text, start + piece.start(), start + piece.end())
            if made:
                out.append(made)
    return out


def _is_note(text: str) -> bool:
    if len(text) > _MAX_NOTE or classify(text) is not None:
        return False
    if pattern("prose", "reporting").match(text) and not _has_fields([text]):
        return True
    return bool(_NOTE.match(text)) or (is_rule_note(text) and not _has_fields([text]))


def _read_text(lines: list[Line], text: str, part: Part, found: Found) -> None:
    """Read lines outside grids: cells printed one a line, or an outline."""
    position = 0
    while position < len(lines):
        run = find_run(lines, position)
        stop = run.start if run else len(lines)
        _read_outline(lines[position:stop], text, part, found)
        if run is None:
            return
        cells: list[Line] = []
        end = run.end
        following = find_run(lines, end)
        while following and following.columns == run.columns:
            cells.extend(lines[end : following.start])  # the header again, on a new page
            end = following.end
            following = find_run(lines, end)
        last = following.start if following else len(lines)
        cells = [line for line in [*cells, *lines[end:last]] if not is_furniture(line.text)]
        end = last
        found.drafts.extend(_from_cells(cells, run.columns))
        position = end


def _from_cells(cells: list[Line], columns: tuple[Column, ...]) -> list[Draft]:
    return drafts_from_rows(align(cells, columns), columns)


def _read_outline(lines: Sequence[Line], text: str, part: Part, found: Found) -> None:
    has_fields = _has_fields(line.text for line in lines)
    if not lines or (not has_fields and not _may_be_plan(lines, part, found)):
        return
    kept = [line for line in lines if has_fields or not is_furniture(line.text)]
    root = build_outline(kept, text, has_fields=has_fields)
    split = Splitter(text, has_fields=has_fields).split(root)
    found.drafts.extend(split.drafts)
    found.set_aside = found.set_aside or split.set_aside


def _may_be_plan(lines: Sequence[Line], part: Part, found: Found) -> bool:
    """Text without units holds tasks unless it is the letter around an attachment."""
    if found.drafts:
        return False
    numbered = any(parse_numbering(line.text) or is_part_heading(line.text) for line in lines)
    if not part.letter:
        return numbered or any(len(line.text) > _LONG_PARAGRAPH for line in lines)
    if sum(len(line.text) for line in lines) > LONGEST_LETTER:
        return numbered
    attached = pattern("prose", "attached")
    return numbered and not any(attached.search(line.text) for line in lines)


_LONG_PARAGRAPH = 60


def _has_fields(texts: Iterator[str] | Sequence[str]) -> bool:
    return any(chunk.kind in UNIT_KINDS for one in texts for chunk in split_fields(one, 0))
