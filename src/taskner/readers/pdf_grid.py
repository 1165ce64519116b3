"""Strokes to grids: which of them are borders of a table, and what cells they leave."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taskner.readers.pdf_page import Stroke

_SAME = 3.0
"""Distance, in points, below which two borders are one."""
_NARROWEST = 6.0
"""Width and height, in points, that a cell has at least: no text is smaller."""
_LEAST_COVER = 0.6
_LEAST_LENGTH = 6.0
_MOST_BORDERS = 3_000
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of a grid, from its edges ``columns`` and ``rows``; the ends are exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The borders of one table and its cells, row by row.

    Attributes:
        xs: Edges of columns, from left to right.
        ys: Edges of rows, from top to bottom.
        areas: Cells; together they cover the grid once.
        is_closed: Whether a border was drawn under the last row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    is_closed: bool = True

    def find(self, x: float, y: float) -> tuple[int, int] | None:
        """Give row and column of a point, or None outside the grid."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        return row, min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)


@dataclass(slots=True)
class _Border:
    """A straight border: where it stands across, and from where to where it runs."""

    at: float
    start: float
    end: float
    group: int = -1


def find_grids(strokes: Sequence[Stroke]) -> list[Grid]:
    """Find the tables that a page draws, from top to bottom.

    Args:
        strokes: Horizontal and vertical strokes of a page.

    Returns:
        Grids with at least two columns or rows; none stands inside another.
    """
    levels = _borders((s.y0 + s.y1, s.x0, s.x1) for s in strokes if s.is_horizontal)
    uprights = _borders((s.x0 + s.x1, s.y0, s.y1) for s in strokes if not s.is_horizontal)
    if not levels or not uprights or len(levels) + len(uprights) > _MOST_BORDERS:
        return []
    _connect(levels, uprights)
    groups: dict[int, tuple[list[_Border], list[_Border]]] = {}
    for level in levels:
        groups.setdefault(level.group, ([], []))[0].append(level)
    for upright in uprights:
        if upright.group in groups:
            groups[upright.group][1].append(upright)
    grids: list[Grid] = []
    for group in groups.values():
        grid = _grid(*group)
        if grid is not None and len(grid.areas) > 1:
            grids.append(grid)
    outer = [grid for grid in grids if not any(_is_inside(grid, other) for other in grids)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _borders(lines: Iterable[tuple[float, float, float]]) -> list[_Border]:
    """Join what lies in one line: double lines, dashes, the borders of neighbouring cells."""
    borders: list[_Border] = []
    for bundle in _bundles(sorted((twice / 2, start, end) for twice, start, end in lines)):
        at = sum(line[0] for line in bundle) / len(bundle)
        current: _Border | None = None
        for _, start, end in sorted(bundle, key=lambda line: line[1:]):
            if current is None or start > current.end + _SAME:
                current = _Border(at, start, end)
                borders.append(current)
            else:
                current.end = max(current.end, end)
    return [border for border in borders if border.end - border.start >= _LEAST_LENGTH]


def _bundles(
    lines: Sequence[tuple[float, float, float]],
) -> list[list[tuple[float, float, float]]]:
    bundles: list[list[tuple[float, float, float]]] = []
    for line in lines:
        if bundles and line[0] - bundles[-1][0][0] <= _SAME:
            bundles[-1].append(line)
        else:
            bundles.append([line])
    return bundles


def _connect(levels: list[_Border], uprights: list[_Border]) -> None:
    """Number the groups of borders that touch each other."""
    parents = list(range(len(levels) + len(uprights)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    heights = [level.at for level in levels]
    for offset, upright in enumerate(uprights, start=len(levels)):
        first = bisect_left(heights, upright.start - _SAME)
        last = bisect_right(heights, upright.end + _SAME)
        for index in range(first, last):
            if levels[index].start - _SAME <= upright.at <= levels[index].end + _SAME:
                parents[root(index)] = root(offset)
    for index, border in enumerate([*levels, *uprights]):
        border.group = root(index)


def _grid(levels: list[_Border], uprights: list[_Border]) -> Grid | None:
    if len(levels) + len(uprights) <= 2 or not uprights:  # noqa: PLR2004
        return None
    # The outermost edges may be left undrawn: on open sides, or where a page ends.
    xs = _edges([one.at for one in uprights], [e for one in levels for e in (one.start, one.end)])
    ys = _edges([one.at for one in levels], [e for one in uprights for e in (one.start, one.end)])
    n_cells = (len(xs) - 1) * (len(ys) - 1)
    if not 0 < n_cells <= _MOST_CELLS:
        return None
    walls_x = _walls(uprights, xs, ys)
    walls_y = _walls(levels, ys, xs)
    is_closed = any(walls_y[len(ys) - 1])
    for index in (0, len(xs) - 1):
        walls_x[index] = [True] * (len(ys) - 1)
    for index in (0, len(ys) - 1):
        walls_y[index] = [True] * (len(xs) - 1)
    return Grid(xs=xs, ys=ys, areas=tuple(_areas(walls_x, walls_y)), is_closed=is_closed)


def _edges(at: Sequence[float], ends: Sequence[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for value in sorted([*at, min(ends), max(ends)]):
        if not edges or value - edges[-1] > _NARROWEST:
            edges.append(value)
    return tuple(edges)


def _walls(
    borders: Iterable[_Border], across: Sequence[float], along: Sequence[float]
) -> list[list[bool]]:
    """Say for each edge and each step along it whether a border is drawn there."""
    walls = [[False] * (len(along) - 1) for _ in across]
    for border in borders:
        edge = _nearest(across, border.at)
        for step, (start, end) in enumerate(pairwise(along)):
            cover = min(end, border.end) - max(start, border.start)
            if cover >= _LEAST_COVER * (end - start):
                walls[edge][step] = True
    return walls


def _nearest(edges: Sequence[float], at: float) -> int:
    index = bisect_left(edges, at)
    is_before = index == len(edges) or (index > 0 and at - edges[index - 1] < edges[index] - at)
    return index - is_before


def _areas(walls_x: list[list[bool]], walls_y: list[list[bool]]) -> Iterable[Area]:
    """Cut the grid into cells: each grows right and then down until a border stops it."""
    n_rows, n_columns = len(walls_y) - 1, len(walls_x) - 1
    taken = [[False] * n_columns for _ in range(n_rows)]
    for row in range(n_rows):
        for column in range(n_columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < n_columns and not walls_x[right][row] and not taken[row][right]:
                right += 1
            down = row + 1
            while down < n_rows and _is_open(walls_x, walls_y, down, column, right):
                down += 1
            for i in range(row, down):
                taken[i][column:right] = [True] * (right - column)
            yield Area(row, column, down, right)


def _is_open(
    walls_x: list[list[bool]], walls_y: list[list[bool]], row: int, column: int, right: int
) -> bool:
    """Say whether no border parts a row of the grid from the cell above it."""
    if any(walls_y[row][column:right]):
        return False
    is_whole = not any(walls_x[index][row] for index in range(column + 1, right))
    ends_alike = walls_x[right][row] and walls_x[column][row]
    return is_whole and ends_alike


def _is_inside(grid: Grid, other: Grid) -> bool:
    return (
        grid is not other
        and other.xs[0] - _SAME <= grid.xs[0]
        and grid.xs[-1] <= other.xs[-1] + _SAME
        and other.ys[0] - _SAME <= grid.ys[0]
        and grid.ys[-1] <= other.ys[-1] + _SAME
        and (other.xs[-1] - other.xs[0]) * (other.ys[-1] - other.ys[0])
        > (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])
    )
