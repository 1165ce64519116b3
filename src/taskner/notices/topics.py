"""Columns that name tasks: heading of the cell beside them, or what its target is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from taskner.notices.columns import Column
from taskner.notices.lines import Line
from taskner.notices.numbering import parse_numbering
from taskner.notices.rows import Row
from taskner.notices.wording import pattern

_AMOUNT = re.compile(
    r"(?:不(?:少于|低于|超过|高于)|超过?|突破|[≥≤><约])?\d[\d.,]*[^\d,。;、]{0,6}(?:以上|以内|左右)?"
)
_LONG_CELL = 20
_LONGEST_TARGET = 40


def resolve_topics(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Column, ...]:
    """Decide what the columns are that name tasks.

    Beside sentences, or merged over several rows, such a column is a heading of them;
    beside bare targets (指标 | 增长6%) it is what the targets are about.

    Args:
        rows: The rows of a table.
        columns: Its columns.

    Returns:
        The columns, each topic made a name or a subject.
    """
    columns = [_amounts_are_content(rows, index, column) for index, column in enumerate(columns)]
    contents = [i for i, column in enumerate(columns) if column.kind == "content"]
    cells = [row.cells[i] for row in rows for i in contents if i in row.cells]
    n_spelled = sum(map(_is_spelled, cells))
    is_bare = sum(map(_is_target, cells)) * 2 > len(cells)
    has_topic = any(column.kind == "topic" for column in columns)
    out = []
    for index, column in enumerate(columns):
        kind = column.kind
        merged = kind in {"topic", "name"} and is_merged(rows, index, contents)
        if kind == "topic":
            own = [row.cells[index] for row in rows if index in row.cells]
            is_short = sum(not _is_spelled(lines) for lines in own) * 2 > len(own)
            tells = merged or n_spelled * 2 > len(cells) or not is_bare
            kind = "name" if cells and is_short and tells else "subject"
        elif kind == "name" and is_bare and not (merged or has_topic or _is_last(columns, index)):
            kind = "subject"
        out.append(replace(column, kind=kind))
    return tuple(out)


def _amounts_are_content(rows: Sequence[Row], index: int, column: Column) -> Column:
    """A column titled like a task (任务量) whose cells are amounts names none."""
    cells = [row.cells[index] for row in rows if index in row.cells]
    amounts = sum(_is_amount(lines[0].text) for lines in cells)
    if column.kind != "topic" or amounts * 2 <= len(cells):
        return column
    return replace(column, kind="content")


def _is_amount(text: str) -> bool:
    """Whether a cell is a number of things: 15个; 3.建筑业发展 is a name with its number."""
    return _AMOUNT.fullmatch(text) is not None and parse_numbering(text) is None


def _is_last(columns: Sequence[Column], index: int) -> bool:
    """Whether no content stands behind a column, or another name stands nearer to it."""
    behind = [column.kind for column in columns[index + 1 :]]
    return "content" not in behind or "name" in behind[: behind.index("content")]


def is_merged(rows: Sequence[Row], index: int, contents: Iterable[int]) -> bool:
    """Tell whether a column's cells cover several rows, which print content of their own.

    Args:
        rows: The rows of a table.
        index: The column.
        contents: The columns of content.

    Returns:
        True when a row prints content but no cell of its own in the column.
    """
    return any(
        (index not in row.cells or index in row.inherited)
        and any(i in row.cells and i not in row.inherited for i in contents)
        for row in rows
    )


def _is_spelled(lines: Sequence[Line]) -> bool:
    """A cell that says something rather than names it."""
    return len(lines) > 1 or len(lines[0].text) >= _LONG_CELL or lines[0].text[-1] in "。;"


def _is_target(lines: Sequence[Line]) -> bool:
    """A cell that gives a value without saying of what: 增长6%, 30家以上, 与上年持平."""
    text = "".join("".join(line.text.split()) for line in lines)
    return len(text) <= _LONGEST_TARGET and bool(pattern("titles", "bare_target").match(text))
