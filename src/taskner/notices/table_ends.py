"""Where a table printed one cell a line ends: at a section whose items name their own units."""

from __future__ import annotations

from collections.abc import Sequence

from taskner.notices.columns import UNIT_COLUMNS, Column
from taskner.notices.fields import split_fields
from taskner.notices.labels import UNIT_KINDS, label_spans
from taskner.notices.lines import Line
from taskner.notices.nodes import is_heading
from taskner.notices.numbering import bare_number, parse_numbering

_SECTION = 2.0
_ITEM_RANK = 3.0
_MOST = 0.5
"""Share of a section's items that name their units themselves, from which it is an outline."""


def find_outline(
    lines: Sequence[Line], start: int, end: int, columns: Sequence[Column]
) -> int | None:
    """Find the section below a table that is no part of it.

    Its items say who answers in a bracket (1、…。(牵头单位:甲局)) or a labelled line below,
    where the rows above do so in a column.

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
    first: int | None = None  # of headings that follow each other: 二、… above (一)…
    for index in range(start, end - 1):
        if not _opens_section(lines[index]):
            first = None
            continue
        first = index if first is None else first
        if _is_outline(lines[index + 1 : end]):
            return first
    return None


def _opens_section(line: Line) -> bool:
    numbering = parse_numbering(line.text)
    return (
        numbering is not None
        and numbering.rank <= _SECTION
        and line.cell is None
        and is_heading(line.text)
        and bare_number(line.text) is None
    )


def _is_outline(lines: Sequence[Line]) -> bool:
    """Whether items begin right below and most of the section's name their units themselves."""
    first = parse_numbering(lines[0].text)
    if first is None or first.rank < _ITEM_RANK:
        return False
    named: list[bool] = []
    for line in lines:
        if _opens_section(line):
            break
        numbering = parse_numbering(line.text)
        if numbering and numbering.rank == first.rank:
            named.append(_names_units(line.text))
        elif named and _is_label(line.text):
            named[-1] = True
    return sum(named) > _MOST * len(named)


def _names_units(text: str) -> bool:
    return any(chunk.kind in UNIT_KINDS for chunk in split_fields(text, 0))


def _is_label(text: str) -> bool:
    """Whether a line begins with the label of its units, which no cell of a row prints."""
    return any(start == 0 and kind in UNIT_KINDS for start, _end, (kind, _) in label_spans(text))
