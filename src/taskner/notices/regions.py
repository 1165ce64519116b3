"""The tasks of one part: its tables, its header-and-cells runs and its outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from taskner.folding import fold
from taskner.notices.annexes import LONGEST_LETTER, Part
from taskner.notices.columns import classify, lists_contacts, with_caption
from taskner.notices.drafts import Draft, read_heading
from taskner.notices.dumps import starts_above, whole_cells
from taskner.notices.explanations import without_explanations, without_names
from taskner.notices.fields import names_units
from taskner.notices.glued import find_glued
from taskner.notices.grids import Head, Placed, find_head, grid_rows, to_grid
from taskner.notices.header import is_document_number
from taskner.notices.header_runs import find_next_run, find_run
from taskner.notices.leading_units import find_habit
from taskner.notices.lines import Line, make_line
from taskner.notices.nodes import is_heading, says_amount
from taskner.notices.numbering import parse_numbering
from taskner.notices.outline import build_outline
from taskner.notices.page import is_furniture
from taskner.notices.prose import is_bulletin, is_part_heading, opens_next_steps
from taskner.notices.remarks import without_remarks
from taskner.notices.roles import is_rule_note
from taskner.notices.rows import align
from taskner.notices.splitter import Splitter
from taskner.notices.table_ends import find_outline
from taskner.notices.tables import drafts_from_rows
from taskner.notices.wording import pattern

_NOTE = re.compile(r"\(?\s*(?:注|备注|说明|附注)\s*(?:[::]|\d?[.、])")
_MARK = r"[★☆▲△●◆■※*]"
# A bare mark opens an item too: ★为全县老人体检5万人.
_OTHER_NOTE = re.compile(
    r"\(?\s*附\s*:"
    rf"|(?:(?:标注?|带|加|有)[“\"(]?{_MARK}[”\")]?|[“\"(]{_MARK}[”\")]|{_MARK}(?:号|标志))"
    r"的?(?:项目|事项|任务)?为"
    rf"|(?:标注?|带|加|有)?[“\"(]?{_MARK}[”\")]?(?:号|标志)?的?(?:项目|事项|任务)?(?:是|表示)"
)
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
    lines, explained = without_explanations(part.lines)
    lines = [line for line in lines if not (_is_note(line.text) or is_document_number(line.text))]
    lines = without_names(lines)
    found.set_aside = explained
    head: Head | None = None
    plain: list[Line] = []  # text since the last table, cells of page layout too
    unread: list[tuple[int, int]] = []
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
            if sum(_FIGURE.fullmatch(line.text) is not None for line in stretch) >= _SOME_FIGURES:
                unread.append((stretch[0].start, stretch[-1].end))
            plain.extend(_flat(stretch, text))
            continue
        if lists_contacts(new.columns) and not any(says_amount(line.text) for line in stretch):
            found.set_aside = True
            continue
        head = new
        columns = with_caption(new.columns, plain[-1].text if plain else "")
        heading = _heading_above(plain)
        _read_text(plain[:-1] if heading else plain, text, part, found, above_table=True)
        plain = []
        found.drafts.extend(drafts_from_rows(grid_rows(grid, new), columns, heading=heading))
    _read_text(plain, text, part, found)
    # A table of figures whose titles say nothing is never dropped in silence.
    found.set_aside = found.set_aside or any(
        not any(start <= draft.content[0].start < end for draft in found.drafts)
        for start, end in unread
    )
    return found


_FIGURE = re.compile(r"[\d.,]+%?")
_SOME_FIGURES = 4


def _heading_above(lines: Sequence[Line]) -> Line | None:
    """The last line above a table when it heads the table's tasks."""
    if not lines or not is_heading(lines[-1].text):
        return None
    numbering = parse_numbering(lines[-1].text)
    named = read_heading(lines[-1].text)
    is_section = numbering is not None and numbering.rank <= _SECTION
    # A bare name above a table is its issuer or the reader, not who leads its tasks.
    leads = named.leader or (named.unit and numbering is not None)
    return lines[-1] if is_section or leads else None


_SECTION = 2.0


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
    if _NOTE.match(text):
        return True
    notes = pattern("prose", "reporting").match(text) or _OTHER_NOTE.match(text)
    return bool(notes or is_rule_note(text)) and not names_units([text])


def _read_text(
    lines: list[Line], text: str, part: Part, found: Found, *, above_table: bool = False
) -> None:
    """Read lines outside grids: cells printed one a line, or an outline."""
    glued = find_glued(lines, text)
    if glued:
        _read_text(lines[: glued.start], text, part, found, above_table=True)
        found.drafts.extend(glued.drafts)
        _read_text(lines[glued.end :], text, part, found, above_table=above_table)
        return
    position = 0
    while position < len(lines):
        run = find_run(lines, position)
        if run:
            begin = run.start - starts_above(lines[position:], run.start - position, text)
            lines = [*lines[:begin], *whole_cells(lines[begin:], text)]
            run = find_run(lines, begin)
        stop = run.start if run else len(lines)
        caption = lines[stop - 1].text if run and stop > position else ""
        heading = _heading_above(lines[position:stop]) if run else None
        leads_in = above_table or run is not None
        _read_outline(lines[position : stop - bool(heading)], text, part, found, leads_in=leads_in)
        if run is None:
            return
        cells: list[Line] = []
        end = run.end
        following = find_next_run(lines, run)
        while following and following.columns == run.columns and not following.counts_anew(lines):
            titled = _CONTINUED.search(lines[following.start - 1].text) is not None
            cells.extend(lines[end : following.start - titled])  # the header again, on a new page
            end = following.end
            following = find_next_run(lines, following)
        last = following.start if following else len(lines)
        outline = find_outline(lines, end, last, run.columns)
        if outline is not None:
            following, last = None, outline
        trailing = _heading_above(lines[end:last]) if following else None
        own = last - bool(trailing or (following and _is_table_title(lines[last - 1].text)))
        cells = _matter([*cells, *lines[end:own]])
        rows = align(cells, run.columns)
        columns = with_caption(run.columns, caption)
        found.drafts.extend(drafts_from_rows(rows, columns, heading=heading))
        position = last - bool(trailing)


_TABLE_TITLE = re.compile(
    r"(?:附?表|清单)[一二三四五六七八九十\d].{0,40}|.{2,40}(?:表|清单)(?:\(.{0,20}\))?"
)


_CONTINUED = re.compile(r"(?:表|清单|台账)\(?续[表)]?\)?$")
"""The title of a table above its header on a further page: 任务清单(续)."""


def _is_table_title(text: str) -> bool:
    """Whether the line above a header names the table: 表二 民生指标."""
    return bool(_TABLE_TITLE.fullmatch(text))


def _matter(cells: Sequence[Line]) -> list[Line]:
    """Cells without page furniture; a word of a menu that stands alone is a cell."""
    furniture = [is_furniture(line.text) for line in cells]
    beside = [False, *furniture, False]
    return [
        line
        for index, line in enumerate(cells)
        if not furniture[index]
        or (len(line.text) <= _MENU_WORD and not (beside[index] or beside[index + 2]))
    ]


_MENU_WORD = 4


def _read_outline(
    lines: Sequence[Line], text: str, part: Part, found: Found, *, leads_in: bool
) -> None:
    texts = [line.text for line in lines]
    has_fields = names_units(texts) or find_habit(texts, text) is not None
    if not lines or (not has_fields and not _may_be_plan(lines, part, found, leads_in=leads_in)):
        return
    if not has_fields and is_bulletin(fold(part.title or "")):
        found.set_aside = True
        ahead = (i for i, line in enumerate(lines) if opens_next_steps(line.text))
        lines = lines[next(ahead, len(lines)) :]
    kept = [line for line in lines if has_fields or not is_furniture(line.text)]
    kept = without_remarks(kept) if has_fields else kept
    root = build_outline(kept, text, has_fields=has_fields)
    split = Splitter(text, has_fields=has_fields).split(root)
    found.drafts.extend(split.drafts)
    found.set_aside = found.set_aside or split.set_aside


def _may_be_plan(lines: Sequence[Line], part: Part, found: Found, *, leads_in: bool) -> bool:
    """Text without units holds tasks unless it is the letter around an attachment.

    A few plain paragraphs above a table lead in to it.
    """
    if found.drafts:
        return False
    numbered = any(parse_numbering(line.text) or is_part_heading(line.text) for line in lines)
    if leads_in and not numbered and sum(len(line.text) for line in lines) <= LONGEST_LETTER:
        return False
    if not part.letter:
        return numbered or any(len(line.text) > _LONG_PARAGRAPH for line in lines)
    if sum(len(line.text) for line in lines) > LONGEST_LETTER:
        return numbered
    attached = pattern("prose", "attached")
    return numbered and not any(attached.search(line.text) for line in lines)


_LONG_PARAGRAPH = 60
