"""Rows of a table, however it was printed, and how cells find their columns.

Cells that vanished, were merged or broken over lines are put back by the cheapest path through
the columns: a cell costs little in a column it reads like; skipping and going on cost something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from taskner.notices.cell_looks import SHORT, Look, look_at
from taskner.notices.columns import UNIT_COLUMNS, Column
from taskner.notices.figures import goes_on, is_figure, is_measure, row_starts
from taskner.notices.lines import Line
from taskner.notices.nodes import says_amount
from taskner.notices.numbering import bare_number
from taskner.notices.organisations import is_name_stump, unit_likeness


@dataclass(slots=True)
class Row:
    """One row: the lines of each column, or a heading across the table.

    ``placed`` is False where empty cells left no trace, so that columns are inferred. ``same``
    are the columns whose cells say that they repeat the one above (同上).
    """

    cells: dict[int, list[Line]] = field(default_factory=dict)
    heading: Line | None = None
    inherited: frozenset[int] = frozenset()
    placed: bool = True
    same: frozenset[int] = frozenset()


_DIGIT = re.compile(r"\d")
_LONG = 15
# Cost of leaving a column of a row empty. Content is hardly ever empty; names, leaders
# and units may be merged with the row above.
_SKIP = {
    "number": 3.0,
    "name": 0.7,
    "leader": 1.0,
    "content": 6.0,
    "topic": 0.9,
    "subject": 0.9,
    "period": 0.8,
    "lead": 2.0,
    "responsible": 2.0,
    "support": 1.0,
    "upper": 1.0,
    "deadline": 1.2,
    "progress": 1.5,
    "ignored": 0.3,
    "measure": 1.0,
    "value": 1.0,
}
_ROW, _GROUP_SKIP = 0.5, 0.4
_NEVER = 1e6
_APART, _JOINED = 4.0, 0.1  # a line right below another: a cell of its own, or the same


def _cost(kind: str, look: Look) -> float:  # noqa: C901, PLR0911, PLR0912
    """How badly a cell reads in a column of this kind."""
    length = len(look.line.text)
    units = look.units
    match kind:
        case "number":
            return 0.0 if look.chained else (3.0 if look.number else _NEVER)
        case "lead" | "responsible" | "support" | "upper" | "leader" | "deadline" if look.none:
            return 0.5
        case "lead" | "responsible" | "support" | "upper":
            return 6.0 * (1 - units) * (0.3 if look.marked else 1.0) + 3.0 * look.number
        case "deadline":
            return 0.0 if look.time and not units else 5.0
        case "leader":
            return 0.0 if look.person else 4.0
        case "topic":
            return 2.5 * units + 8.0 * look.number * look.chained + 0.4 * look.sentence
        case "name":
            return 3.0 * (length > SHORT) + 2.0 * look.sentence + 2.5 * units + 8.0 * look.number
        case "measure" if is_measure(look.line.text):
            return 3.0 * units
        case "measure" if _DIGIT.search(look.line.text):
            return 3.0
        case "value" | "measure":
            short = length <= _LONG
            return (
                (0.5 if short else 3.0)
                + 3.0 * units
                - 0.3 * bool(short and _DIGIT.search(look.line.text))
                + 0.7 * (kind == "value" and not is_figure(look.line.text))
            )
        case "ignored":
            return 1.0
        case "period":
            return 0.5 + 4.0 * units + 8.0 * look.number * look.chained
        case "progress" if length <= _LONG and _DIGIT.search(look.line.text):
            return 0.2 + 3.0 * units  # what was reached, before what is to be reached
    plain = 0.0 if look.sentence or length > _LONG else 1.2
    return plain + 4.0 * units + 6.0 * look.marked * (units > 0) + 8.0 * look.number * look.chained


def _continued(kind: str, above: Look, look: Look) -> float:  # noqa: PLR0911
    """Cost of taking two lines for one broken cell."""
    if kind == "number" or look.chained:
        return _NEVER
    if kind in UNIT_COLUMNS and look.item:
        return _APART
    if kind in UNIT_COLUMNS:
        ends = above.line.text[-1]
        # A second tier of units on its own line supports rather than leads.
        return 0.2 if ends in "、,;和及与" or not above.complete else 1.6 + 0.3 * (kind == "lead")
    if kind == "value" and goes_on(above.line.text, look.line.text):
        return 0.2
    if kind == "measure":
        return _APART if is_measure(look.line.text) else 1.5
    if _DIGIT.match(above.line.text[-1]) and _DIGIT.match(look.line.text):
        return _APART  # two amounts are two cells
    if kind in {"topic", "name", "subject"} and says_amount(look.line.text):
        return 1.5 + 2.0 * (not says_amount(above.line.text))  # a goal goes on with no name
    if kind in {"content", "progress", "period"}:
        return 1.8 if above.line.text[-1] in "。;" else 0.6
    return 1.5


def align(lines: Sequence[Line], columns: Sequence[Column]) -> list[Row]:
    """Put a run of cells into rows and columns.

    Args:
        lines: Cells in order of printing, row after row, without the header.
        columns: The columns in order.

    Returns:
        Rows in order; every line is in one of them.
    """
    if not lines:
        return []
    whole = _whole_rows(lines, columns)
    if whole:
        return whole
    starts = row_starts(lines, columns)
    if starts:
        pieces = [
            lines[start:end] for start, end in pairwise(dict.fromkeys([0, *starts, len(lines)]))
        ]
        return [row for piece in pieces for row in _align(piece, columns, numbers=1)]
    n_numbers = len(lines) if any(column.kind == "number" for column in columns) else 0
    return _align(lines, columns, numbers=n_numbers)


def _align(lines: Sequence[Line], columns: Sequence[Column], *, numbers: int) -> list[Row]:
    """Rows by the cheapest path; only the first cells, that many, may number rows."""
    looks = look_at(lines)
    for look in looks[numbers:]:
        look.chained = False  # figures that count up number no rows
    if is_name_stump(lines[-1].text):
        looks[-1].units = _STUMP_LIKENESS
    path = _best_path(looks, columns, joined=_joined(lines))
    rows: list[Row] = []
    for look, (column, is_new) in zip(looks, path, strict=True):
        if column == len(columns):
            rows.append(Row(heading=look.line))
            continue
        if is_new or not rows or rows[-1].heading:
            rows.append(Row(placed=False))
        rows[-1].cells.setdefault(column, []).append(look.line)
    return rows


_FEW_ROWS = 2
_STUMP_LIKENESS = 0.7
"""How much the cell in which a text breaks off (区交通) reads like units."""


def _whole_rows(lines: Sequence[Line], columns: Sequence[Column]) -> list[Row]:
    """Rows that all print every cell: what marks a row stands at equal distances."""
    width = len(columns)
    if len(lines) % width or len(lines) < _FEW_ROWS * width:
        return []
    place = next((i for i, column in enumerate(columns) if column.kind == "number"), None)
    marked = _units_in_place(lines, columns) if place is None else _count_up(lines[place::width])
    if not marked:
        return []
    return [
        Row(cells={column: [line] for column, line in enumerate(lines[start : start + width])})
        for start in range(0, len(lines), width)
    ]


def _count_up(lines: Sequence[Line]) -> bool:
    numbers = [bare_number(line.text) for line in lines]
    values = [number[1] if number else None for number in numbers]
    first = values[0]
    return first is not None and values == list(range(first, first + len(values)))


def _units_in_place(lines: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether units stand in all cells of their columns and in no others."""
    width = len(columns)
    return any(column.kind in UNIT_COLUMNS for column in columns) and all(
        (unit_likeness(line.text) == 1) == (columns[index % width].kind in UNIT_COLUMNS)
        for index, line in enumerate(lines)
    )


_SPACED = 0.6
"""Share of blank lines between cells from which a line without one goes on with its cell."""


def _joined(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it is printed right below another of the same cell.

    Only where a blank line stands between most cells does its absence tell anything.
    """
    close = [below.start - above.end == 1 for above, below in pairwise(lines)]
    if sum(close) > (1 - _SPACED) * len(close):
        return [False] * len(lines)
    return [False, *close]


def align_row(lines: Sequence[Line], columns: Sequence[Column]) -> Row:
    """Put the cells of one row into columns when some are missing.

    Args:
        lines: Its cells in order.
        columns: The columns in order.

    Returns:
        The row; cells keep their order.
    """
    looks = look_at(lines)
    path = _best_path(looks, columns, single=True)
    row = Row(placed=False)
    for look, (column, _is_new) in zip(looks, path, strict=True):
        row.cells.setdefault(min(column, len(columns) - 1), []).append(look.line)
    return row


def _best_path(
    looks: Sequence[Look],
    columns: Sequence[Column],
    *,
    single: bool = False,
    joined: Sequence[bool] = (),
) -> list[tuple[int, bool]]:
    """Cheapest sequence of (column, starts a row). Column ``len(columns)`` is a heading."""
    kinds = [column.kind for column in columns]
    n_columns = len(kinds)
    skips = [0.0]
    for index, kind in enumerate(kinds):
        # Units in front of the number are a column merged over the rows of a group.
        merged = kind in UNIT_COLUMNS and "number" in kinds[index:]
        skips.append(skips[-1] + (_GROUP_SKIP if merged else _SKIP[kind]))
    total = skips[-1]
    costs = [skips[column] for column in range(n_columns)] + [0.5]
    first = [cost + _cell(kinds, column, looks[0], single) for column, cost in enumerate(costs)]
    best, back = first, []
    for position in range(1, len(looks)):
        look, above = looks[position], looks[position - 1]
        apart = _APART if joined and joined[position] and not above.number else 0.0
        ends = [best[i] + total - skips[i + 1] for i in range(n_columns)] + [best[n_columns]]
        close = min(range(n_columns + 1), key=ends.__getitem__)
        new: list[float] = []
        choice: list[tuple[int, bool]] = []
        for column in range(n_columns + 1):
            wrap = _NEVER if single else ends[close] + _ROW + apart
            if column == n_columns:
                new.append(wrap + _cell(kinds, column, look, single))
                choice.append((close, True))
                continue
            options = [(wrap + skips[column], close, True)]
            options.extend(
                (best[i] + skips[column] - skips[i + 1] + apart, i, False) for i in range(column)
            )
            stay = best[column] + (_JOINED if apart else _continued(kinds[column], above, look))
            options.append((stay, column, False))
            cost, source, is_new = min(options)
            new.append(cost + _cell(kinds, column, look, single))
            choice.append((source, is_new))
        best = new
        back.append(choice)
    if single:  # a row that is whole leaves the columns after its last cell empty
        best = [best[i] + total - skips[i + 1] for i in range(n_columns)] + [best[n_columns]]
    state = min(range(n_columns + 1), key=best.__getitem__)
    path: list[tuple[int, bool]] = []
    for choice in reversed(back):
        source, is_new = choice[state]
        path.append((state, is_new))
        state = source
    path.append((state, True))
    return path[::-1]


def _cell(kinds: Sequence[str], column: int, look: Look, single: bool) -> float:  # noqa: FBT001
    if column == len(kinds):
        return 1.0 if look.heading and not single else _NEVER
    return _cost(kinds[column], look)
