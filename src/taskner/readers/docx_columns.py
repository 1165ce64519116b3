"""The columns of a Word table as a reader sees them.

A grid has an edge for every place where some cell of some row begins. Edges that were
dragged by hand miss each other by a hair, and then one column is two or three in the
grid. Counted that way, a cell would not stand under its title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

_HAIR = 200
"""Twentieths of a point: edges nearer than one character of 10 points are one edge."""


class Edges:
    """The edges between columns that cells use, those a hair apart taken together."""

    def __init__(self, widths: Sequence[int], cells: Iterable[tuple[int, int]]) -> None:
        """Number the columns.

        Args:
            widths: Of the grid's columns, in twentieths of a point; 0 where not known.
            cells: For each cell its first edge and the edge after it, as grid numbers.
        """
        pairs = set(cells)
        used = sorted({edge for pair in pairs for edge in pair})
        known = bool(used) and used[-1] <= len(widths) and all(widths[: used[-1]])
        places = [0, *accumulate(widths)] if known else []
        self._columns: dict[int, int] = {}
        column = 0
        together: list[int] = []  # edges that are one
        for edge in used:
            near = known and together and places[edge] - places[together[0]] < _HAIR
            # A cell between two edges keeps them apart, however narrow it is.
            if not near or any((first, edge) in pairs for first in together):
                column += 1
                together = []
            together.append(edge)
            self._columns[edge] = column
        self.n_columns = max(0, column - 1)

    def column(self, edge: int) -> int:
        """Give the column that begins at an edge, from 1."""
        return self._columns[edge]
