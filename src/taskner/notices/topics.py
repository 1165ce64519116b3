"""Columns that name tasks: heading of the cell beside them, or what its target is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from taskner.notices.columns import CONTENT_COLUMNS, Column
from taskner.notices.lines import Line
from taskner.notices.numbering import parse_numbering
from taskner.notices.rows import Row
from taskner.notices.wording import load, pattern

_AMOUNT = re.compile(
    r"(?:不(?:少于|低于|超过|高于)|超过?|突破|[≥≤><约])?\d[\d.,]*[^\d,。;、]{0,6}(?:以上|以内|左右)?"
)
_FIGURES = re.compile(r"\d+")
_HAN_NUMBER = re.compile(r"[一二三四五六七八九十百]+")
_SAYS_MORE = re.compile(r"[\d,。;]")
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
    cells = [lines for lines in cells if not _is_stroke(lines)]
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


def put_names_back(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Move short content to the topic beside it where an empty cell left no trace.

    A numbered row with one cell fewer (4 | 加强巡查 | 全年 | 县甲局) prints what its task is
    called and no target, where the rows around it print both.

    Args:
        rows: The rows of a table.
        columns: Its columns.

    Returns:
        The rows; those that know the places of their cells are as they were.
    """
    kinds = [column.kind for column in columns]
    pairs = [i for i, pair in enumerate(pairwise(kinds)) if pair == ("topic", "content")]
    if len(pairs) != 1 or "number" not in kinds:
        return list(rows)
    topic, number = pairs[0], kinds.index("number")
    told = [row.cells[topic + 1] for row in rows if {topic, topic + 1} <= row.cells.keys()]
    if len(told) * 2 <= len(rows) or sum(map(_is_name, told)) * 2 > len(told):
        return list(rows)
    return [
        replace(row, cells={topic if i == topic + 1 else i: row.cells[i] for i in row.cells})
        if not row.placed
        and number in row.cells
        and topic not in row.cells
        and _is_name(row.cells.get(topic + 1, ()))
        else row
        for row in rows
    ]


def _is_name(lines: Sequence[Line]) -> bool:
    """A cell that names something and sets no target."""
    return bool(lines) and not (_is_spelled(lines) or _SAYS_MORE.search(lines[0].text))


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


def _is_stroke(lines: Sequence[Line]) -> bool:
    """A cell that stands for nothing, which tells nothing about the others."""
    return len(lines) == 1 and lines[0].text in load("organisations")["placeholders"]


def _is_target(lines: Sequence[Line]) -> bool:
    """A cell that gives a value without saying of what: 增长6%, 30家以上, 与上年持平."""
    text = "".join("".join(line.text.split()) for line in lines)
    return len(text) <= _LONGEST_TARGET and bool(pattern("titles", "bare_target").match(text))


_MERGEABLE = frozenset({"content", "subject"})  # a value or milestone left out is none


def merged_columns(rows: Sequence[Row], columns: Sequence[Column]) -> dict[int, set[int]]:
    """For each row the content columns whose cell covers several rows: they are its path."""
    contents = [i for i, column in enumerate(columns) if column.kind in _MERGEABLE]
    merged: dict[int, set[int]] = {}
    for column in contents:
        first: int | None = None
        for index, row in enumerate(rows):
            if row.heading:
                first = None
            elif column in row.cells and column not in row.inherited:
                first = index
            elif first is not None and any(
                other in row.cells and other not in row.inherited
                for other in contents
                if other != column
            ):
                merged.setdefault(first, set()).add(column)
                merged.setdefault(index, set()).add(column)
    return merged


def grouping_columns(rows: Sequence[Row], columns: Sequence[Column], names: set[int]) -> set[int]:
    """The columns whose cells name a group of rows: what a group prints ends with it."""
    contents = [i for i, column in enumerate(columns) if column.kind in CONTENT_COLUMNS]
    return {column for column in names if is_merged(rows, column, contents)}


def spanning_limits(rows: Sequence[Row], columns: Sequence[Column], grouping: set[int]) -> set[int]:
    """The columns of limits that a paste shows to be merged over the rows of a group.

    A paste prints a merged cell once and nothing below it. Where each group begins with a
    limit, an empty cell further down is one of these; anywhere else it may be just empty.
    """
    pasted = any(
        line.cell and line.cell.table < 0
        for row in rows
        for lines in row.cells.values()
        for line in lines
    )
    first = [row for row in rows if grouping & row.cells.keys()]
    if not pasted or len(first) < _SOME_GROUPS or not all(row.placed for row in rows):
        return set()
    return {
        i
        for i, column in enumerate(columns)
        if column.kind == "deadline" and all(i in row.cells for row in first)
    }


_SOME_GROUPS = 2


def numbered_names(rows: Sequence[Row], columns: Sequence[Column], names: set[int]) -> int | None:
    """The column of names that begin with the numbers of the rows (3.公园改造), counting up."""
    for column in sorted(names) if all(one.kind != "number" for one in columns) else ():
        cells = [row.cells[column][0].text for row in rows if column in row.cells]
        values = [numbering.value for numbering in map(parse_numbering, cells) if numbering]
        up = all(below in {above + 1, 1} for above, below in pairwise(values))
        if up and len(values) == len(cells) > 1:
            return column
    return None


def row_numbers(rows: Sequence[Row], columns: Sequence[Column]) -> set[str]:
    """The numbers printed like those of the rows that print content; none if these print none."""
    number = next((i for i, column in enumerate(columns) if column.kind == "number"), None)
    contents = [i for i, column in enumerate(columns) if column.kind == "content"]
    shapes: dict[str, set[str]] = {}
    told: set[str] = set()
    for row in rows:
        if number is None or number not in row.cells:
            continue
        token = row.cells[number][0].text
        shape = _HAN_NUMBER.sub("一", _FIGURES.sub("1", token))
        shapes.setdefault(shape, set()).add(token)
        if any(i in row.cells for i in contents):
            told.add(shape)
    return set().union(*(shapes[shape] for shape in told))
