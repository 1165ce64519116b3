"""Where a table printed one cell a line ends: at a section whose items name their own units."""

from __future__ import annotations

from collections.abc import Sequence

from taskner.notices.columns import UNIT_COLUMNS, Column
from taskner.notices.fields import split_fields
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.lines import Line
from taskner.notices.numbering import Numbering, bare_number, parse_numbering
from taskner.notices.outline import is_heading

_SECTION = 2.0
_ITEM_RANK = 3.0
_MOST = 0.5
"""Share of a section's items that name units in their own line, from which it is an outline."""


def find_outline(
    lines: Sequence[Line], start: int, end: int, columns: Sequence[Column]
) -> int | None:
    """Find the section below a table that is no part of it.

    Its items say who answers in their own lines (1、…。(牵头单位:甲局)), where the rows above
    do so in a column.

    Args:
        lines: Lines of a part.
        start: Index of the table's first cell.
        end: Index after its last possible cell.
        columns: The columns of the table.

    Returns:
        The index of the section's heading, or None when the table goes on to its end.
    """
    if not any(column.kind in UNIT_COLUMNS for column in columns):
        return None
    numbers = [parse_numbering(line.text) for line in lines[start:end]]
    for index in range(start, end - 1):
        if _opens_section(lines[index], numbers[index - start]) and _is_outline(
            lines[index + 1 : end], numbers[index + 1 - start :]
        ):
            return index
    return None


def _opens_section(line: Line, numbering: Numbering | None) -> bool:
    return (
        numbering is not None
        and numbering.rank <= _SECTION
        and line.cell is None
        and is_heading(line.text)
        and bare_number(line.text) is None
    )


def _is_outline(lines: Sequence[Line], numbers: Sequence[Numbering | None]) -> bool:
    """Whether items begin right below and most of the section's name units in their line."""
    first = numbers[0]
    if first is None or first.rank < _ITEM_RANK or first.value != 1:
        return False
    items: list[str] = []
    for line, numbering in zip(lines, numbers, strict=True):
        if numbering and numbering.rank <= _SECTION:
            break
        if numbering and numbering.rank == first.rank:
            items.append(line.text)
    named = sum(any(chunk.kind in UNIT_KINDS for chunk in split_fields(one, 0)) for one in items)
    return named > _MOST * len(items)
