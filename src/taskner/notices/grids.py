"""Tables whose cells know their place: HTML, Word, spreadsheets and piped text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskner.notices.columns import Column, classify, is_header, make_columns
from taskner.notices.lines import Line
from taskner.notices.numbering import bare_number, parse_numbering
from taskner.notices.rows import Row, align_row

_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"[。;]")
_MAX_HEADING = 60
_AMOUNT = re.compile(r"\d(?![^(]*\))")


@dataclass(slots=True)
class Placed:
    """A line in a row of the grid: ``own`` is False where it spans down from above."""

    line: Line
    own: bool


def to_grid(lines: Sequence[Line]) -> list[dict[int, Placed]]:
    """Lay the cells of one table out by row and column, merged cells repeated downwards.

    Args:
        lines: Lines with a cell, in reading order.

    Returns:
        For each printed row its cells by column.
    """
    rows: dict[int, dict[int, Placed]] = {}
    for line in lines:
        cell = line.cell
        if cell is not None:
            rows.setdefault(cell.row, {})[cell.column] = Placed(line, own=True)
    numbers = sorted(rows)
    places = {number: index for index, number in enumerate(numbers)}
    for line in lines:
        cell = line.cell
        if cell is None or cell.row_span <= 1:
            continue
        for number in numbers[places[cell.row] + 1 :]:
            if number >= cell.row + cell.row_span:
                break
            rows[number].setdefault(cell.column, Placed(line, own=False))
    return [rows[number] for number in numbers]


@dataclass(frozen=True, slots=True)
class Head:
    """Header of a grid: index of its first data row, and the column at each place."""

    body: int
    columns: tuple[Column, ...]
    places: tuple[int, ...]


def find_head(grid: Sequence[dict[int, Placed]], start: int = 0) -> Head | None:
    """Find the header row of a grid, with a second row of titles under merged ones.

    Args:
        grid: Rows from :func:`to_grid`.
        start: Row to search from.

    Returns:
        The header, or None for a table that has none.
    """
    for index in range(start, len(grid)):
        row = grid[index]
        heads = {place: row[place].line for place in sorted(row)}
        if not reads_as_header([line.text for line in heads.values()]):
            continue
        body = index + 1
        above: dict[int, str] = {}
        spans = _spans(row)
        if spans and body < len(grid) and _is_second_head(grid[body], spans):
            below = grid[body]
            for place, span in spans.items():
                for sub in range(place, place + span):
                    if sub in below and below[sub].own:
                        heads[sub] = below[sub].line
                        above[sub] = row[place].line.text
            body += 1
        places = tuple(sorted(heads))
        lines = [heads[place] for place in places]
        columns = make_columns(
            [line.text for line in lines],
            [(line.start, line.end) for line in lines],
            above=[above.get(place, "") for place in places],
        )
        return Head(body, columns, places)
    return None


def _spans(row: dict[int, Placed]) -> dict[int, int]:
    """How many columns the titles of a header take that take more than one.

    Pasted and piped rows print a merged title above its first column and nothing above the
    others.
    """
    own = sorted(place for place, placed in row.items() if placed.own)
    cells = {place: cell for place in own if (cell := row[place].line.cell)}
    width = max((cell.width for cell in cells.values()), default=0)
    ends = [*own[1:], width]
    spans = {
        place: end - place if cells[place].table < 0 else cells[place].col_span
        for place, end in zip(own, ends, strict=True)
        if place in cells
    }
    if width and all(classify(row[place].line.text) != "number" for place in own):
        return {}  # a row without a number is not told from one of titles
    return {place: span for place, span in spans.items() if span > 1}


def reads_as_header(titles: Sequence[str]) -> bool:
    """Tell whether the cells of a row are titles.

    Unknown ones (regions, own shares) are short and hold no figures.
    """
    kinds = [classify(title) for title in titles]
    unknown = [title for title, kind in zip(titles, kinds, strict=True) if kind is None]
    few = len(unknown) * 2 <= len(titles)
    plain = all(len(title) <= _MAX_UNKNOWN and not _DIGIT.search(title) for title in unknown)
    return is_header(kinds) and (few or plain)


_MAX_UNKNOWN = 10


def _is_second_head(row: dict[int, Placed], spans: dict[int, int]) -> bool:
    own = [place for place, placed in row.items() if placed.own]
    covered = {sub for place, span in spans.items() for sub in range(place, place + span)}
    return bool(own) and all(
        place in covered and len(row[place].line.text) <= _MAX_SECOND for place in own
    )


_MAX_SECOND = 16


def grid_rows(grid: Sequence[dict[int, Placed]], head: Head) -> list[Row]:
    """Read the data rows under a header.

    Args:
        grid: Rows from :func:`to_grid`.
        head: Their header.

    Returns:
        Rows with the lines of each column; repeated headers are left out.
    """
    rows: list[Row] = []
    index_of = {place: index for index, place in enumerate(head.places)}
    n_columns = len(head.columns)
    above = grid[head.body - 1] if head.body else {}
    second = [above[place].line.text for place in sorted(above) if above[place].own]
    for placed in grid[head.body :]:
        own = [placed[place].line for place in sorted(placed) if placed[place].own]
        titles = [line.text for line in own]
        if not own or reads_as_header(titles) or titles == second:
            continue
        if len(own) == 1 and n_columns > 2 and _is_heading(placed, own[0], head):  # noqa: PLR2004
            rows.append(Row(heading=own[0]))
            continue
        last = max(placed)
        if own[0].cell and own[0].cell.table < 0 and _ragged(placed, head):
            rows.append(align_row(own, head.columns))
            continue
        row = Row()
        inherited = set()
        for place in sorted(placed):
            column = index_of.get(place, n_columns - 1 if place > last else None)
            if column is None:
                column = max((i for p, i in index_of.items() if p <= place), default=0)
            row.cells.setdefault(column, []).append(placed[place].line)
            if not placed[place].own:
                inherited.add(column)
        row.inherited = frozenset(inherited)
        rows.append(row)
    return rows


def _ragged(placed: dict[int, Placed], head: Head) -> bool:
    """A piped row that prints fewer cells than the header: which are missing is unknown."""
    width = max(
        (one.line.cell.width for one in placed.values() if one.line.cell), default=max(placed) + 1
    )
    return width != max(head.places) + 1


def _is_heading(placed: dict[int, Placed], line: Line, head: Head) -> bool:
    cell = line.cell
    if cell is None or len(line.text) > _MAX_HEADING or _STOP.search(line.text):
        return False
    if cell.table < 0 and parse_numbering(line.text) is None and _AMOUNT.search(line.text):
        return False  # the only cell that a piped row prints of a merged one
    wide = cell.col_span >= len(head.columns) - 1
    if len(placed) > 1 or wide:
        return wide
    # Sheets seldom merge the row of a heading: it stands alone where the numbers stand.
    place = min(placed)
    in_numbers = place == head.places[0] and head.columns[0].kind == "number"
    return place == 0 or (in_numbers and bare_number(line.text) is None)
