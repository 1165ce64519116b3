"""Cells that name units: one list, several labelled ones (牵头:甲局;配合:乙局), or 同上."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskner.notices.columns import UNIT_COLUMNS, Column
from taskner.notices.drafts import Draft
from taskner.notices.fields import Chunk, split_labelled
from taskner.notices.labels import UNIT_KINDS, Kind
from taskner.notices.lines import Line
from taskner.notices.rows import Row

_SAME = re.compile(r"[(\[]?(?:同上(?:一?[行栏项条单件])?|同前)[)\]]?|[〃″]")
_PASSING = UNIT_COLUMNS | {"deadline", "leader"}


def without_same(row: Row, columns: Sequence[Column]) -> Row:
    """Take out the cells of units, limits and leaders that only say 同上.

    Args:
        row: A row.
        columns: The columns of its table.

    Returns:
        The row, its ``same`` naming those columns.
    """
    same = {
        column
        for column, lines in row.cells.items()
        if columns[column].kind in _PASSING and len(lines) == 1 and _SAME.fullmatch(lines[0].text)
    }
    if not same:
        return row
    cells = {column: lines for column, lines in row.cells.items() if column not in same}
    return replace(row, cells=cells, same=frozenset(same))


def cell_fields(lines: Sequence[Line], kind: Kind, title: str) -> list[Chunk]:
    """Give the fields of a cell.

    Args:
        lines: The cell, line by line.
        kind: What its column holds.
        title: The title of its column.

    Returns:
        One field; where labels or lines of labels stand in a cell of units, one for each.
    """
    whole = [Chunk(lines[0].start, lines[-1].end, kind, title)]
    if kind not in UNIT_COLUMNS:
        return whole
    found: list[Chunk] = []
    labelled = False
    for line in lines:
        parts = split_labelled(line.text, line.start)
        if any(part.kind not in {*UNIT_KINDS, "text"} for part in parts):
            return whole
        for part in parts:
            if part.kind != "text":
                labelled = True
                found.append(part)
            elif found:  # a list that goes on in the next line
                found[-1] = replace(found[-1], end=part.end)
            else:
                found.append(Chunk(part.start, part.end, kind, title))
    return found if labelled else whole


def repeat_units(draft: Draft, before: Draft, text: str) -> None:
    """Give a task whose fields of units say 同上 those of the task before it.

    Args:
        draft: The task. What it repeats becomes inherited.
        before: The task before it.
        text: Folded text of the document.
    """
    same = [
        chunk
        for chunk in draft.fields
        if chunk.kind in UNIT_KINDS and _SAME.fullmatch(text[chunk.start : chunk.end])
    ]
    if not same:
        return
    draft.fields = [chunk for chunk in draft.fields if chunk not in same]
    given = [chunk for chunk in (*before.inherited, *before.fields) if chunk.kind in UNIT_KINDS]
    kinds = {chunk.kind for chunk in same}
    alike = [chunk for chunk in given if chunk.kind in kinds]
    draft.inherited += alike or ([] if draft.has_units else given)
