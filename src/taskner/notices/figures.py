"""Figures of one row: which cells are one figure, and which cannot be told to their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from taskner.notices.columns import Column
from taskner.notices.lines import Line
from taskner.notices.numbering import bare_number
from taskner.notices.wording import load, pattern
from taskner.values import parse_quantity

_DIGIT = re.compile(r"\d")
_OPEN = re.compile(
    r"(?:[低少高多超大小优好]于|超过|不超|突破|达到?|[至到在为占比较]|增长|提[高升]|增加|上升|下降"
    r"|降低|减少|压减|稳定|保持|维持|排名|位居|完成|力争|确保|争取)$"
)
_REMARK = re.compile(r"\(.*\)|左右|以[上下内]|个?百分点")
_FEWEST = 2
_FARTHEST = 3  # widths of the table that a row and its heading may take


@lru_cache(maxsize=4096)
def is_measure(text: str) -> bool:
    """Tell whether a cell says what figures count in: 万人次, 微克/立方米, %."""
    if _DIGIT.search(text):
        return False
    read = parse_quantity(f"1{text}")
    return read is not None and bool(read.measure)


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Tell whether a line can be a whole cell of figures: 30, 与上年持平, or — for none."""
    plain = "".join(text.split())
    if _DIGIT.search(plain) or plain in load("organisations")["placeholders"]:
        return True
    return bool(pattern("titles", "bare_target").match(plain)) and not _OPEN.search(plain)


def goes_on(above: str, below: str) -> bool:
    """Tell whether two lines are one cell of figures: 与去年 and 一致, 30 and (含续建)."""
    if is_figure(above):
        return bool(_REMARK.fullmatch(below))
    joined = "".join((above + below).split())
    return bool(pattern("titles", "bare_target").match(joined))


def row_starts(lines: Sequence[Line], columns: Sequence[Column]) -> list[int]:
    """Find where the rows of a numbered table of figures begin.

    Its figures count up by chance like its numbers; those that number the rows stand about as
    far apart as the table is wide.

    Args:
        lines: Cells in order of printing, without the header.
        columns: The columns in order.

    Returns:
        Indices of the cells that number the rows; empty for other tables, and where the
        numbers do not count up so.
    """
    if columns[0].kind != "number" or not any(_runs(columns)):
        return []
    width = len(columns)
    numbers = [bare_number(line.text) for line in lines]
    values = [number[1] if number else None for number in numbers]
    first = next((index for index, value in enumerate(values[:_FEWEST]) if value is not None), None)
    costs: dict[int, int] = {} if first is None else {first: 0}  # below a heading of the group
    above: dict[int, int] = {}
    for index, value in enumerate(values):
        ways = [
            (costs[place] + abs(index - place - width), place)
            for place in range(max(0, index - _FARTHEST * width), index)
            if place in costs and value is not None and values[place] == value - 1
        ]
        if ways:
            costs[index], above[index] = min(ways)
    ends = [(cost + abs(len(lines) - place - width), place) for place, cost in costs.items()]
    cost, place = min(ends, default=(0, 0))
    places = [place]
    while place in above:
        place = above[place]
        places.append(place)
    return places[::-1] if cost < width * len(places) / 2 else []


def unsettled(cells: dict[int, list[Line]], columns: Sequence[Column]) -> frozenset[int]:
    """Find the figures of a row whose columns cannot be told.

    Columns of figures side by side (one for each place) look alike. Where empty cells left no
    trace, a row with fewer figures than columns does not show which are missing.

    Args:
        cells: The cells of the row as they were put into columns.
        columns: The columns in order.

    Returns:
        The columns of such cells; empty where each figure has its place.
    """
    doubtful: set[int] = set()
    for run in _runs(columns):
        printed = [cells[column] for column in run if column in cells]
        wrapped = any(len(lines) > 1 for lines in printed)
        if len(printed) < len(run) or (wrapped and not all(map(_is_one, printed))):
            doubtful.update(column for column in run if column in cells)
    return frozenset(doubtful)


def _runs(columns: Sequence[Column]) -> Iterator[list[int]]:
    """Columns of figures that stand side by side."""
    for kind, run in groupby(range(len(columns)), key=lambda column: columns[column].kind):
        places = list(run)
        if kind == "value" and len(places) >= _FEWEST:
            yield places


def _is_one(lines: Sequence[Line]) -> bool:
    """Whether the lines of a cell are one figure, which a remark may follow: 30 and (含续建)."""
    first, rest = lines[0].text, lines[1:]
    if rest and goes_on(first, rest[0].text):
        return True
    return is_figure(first) and not any(is_figure(line.text) for line in rest)
