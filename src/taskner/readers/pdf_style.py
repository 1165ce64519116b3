"""How a PDF sets its text: sizes, edges, indents, distances of lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from taskner.readers.pdf_furniture import Sheet
from taskner.readers.pdf_joining import is_full
from taskner.readers.pdf_lines import Line

INDENT = 1.2
"""Ems from the left edge where a line counts as indented; the usual indent is two."""
_LARGER = 1.2
_SAME_EDGE = 4.0
_LEAST_FULL, _FULL_SHARE, _LEAST_WIDTH = 3, 0.1, 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a document sets its paragraphs.

    Attributes:
        size: Em of most of its text.
        columns: Left and right edge of the text, by width of the page.
        has_indents: Whether the first line of a paragraph is indented.
        steps: Distance of lines, by size.
    """

    size: float
    columns: dict[int, tuple[float, float]]
    has_indents: bool
    steps: dict[float, float]
    widths: dict[int, float]

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> Style:
        """Measure a document."""
        widths = {sheet.number: sheet.width for sheet in sheets}
        by_width: dict[int, list[Line]] = defaultdict(list)
        sizes: Counter[float] = Counter()
        for sheet in sheets:
            for line in _lines(sheet):
                sizes[line.size] += len(line.text)
                if line.column is None:
                    by_width[round(sheet.width)].append(line)
        size = sizes.most_common(1)[0][0] if sizes else 0.0
        columns = {width: _column(lines, width) for width, lines in by_width.items()}
        style = cls(size=size, columns=columns, has_indents=True, steps={}, widths=widths)
        return cls(
            size=size,
            columns=columns,
            has_indents=style.indents(sheets),
            steps=_steps(sheets),
            widths=widths,
        )

    def column(self, line: Line) -> tuple[float, float]:
        """Give left and right edge of the column in which a line stands."""
        if line.column is not None:
            return line.column
        return self.columns.get(round(self.widths[line.page]), (line.x0, line.x1))

    def indent(self, line: Line) -> float:
        """Give a line's indent in ems."""
        return (line.x0 - self.column(line)[0]) / line.size

    def is_title(self, line: Line) -> bool:
        """Say whether a line is set like a title: large, in the middle."""
        left, right = self.column(line)
        is_centred = abs(line.x - (left + right) / 2) <= line.size
        return is_centred and line.size >= _LARGER * self.size

    def indents(self, sheets: Sequence[Sheet]) -> bool:
        """Say whether lines that begin a paragraph are indented: those below short ones."""
        n_indented = n_flush = 0
        for sheet in sheets:
            for above, line in pairwise(_lines(sheet)):
                right = self.column(above)[1]
                is_start = line.y0 > above.y0 and not is_full(above, line, right=right)
                if is_start and is_full(line, line, right=right):
                    is_indented = self.indent(line) > INDENT
                    n_indented += is_indented
                    n_flush += not is_indented
        return n_indented >= n_flush


def _lines(sheet: Sheet) -> list[Line]:
    return [item for item in sheet.items if isinstance(item, Line)]


def _column(lines: Sequence[Line], width: int) -> tuple[float, float]:
    """Find the edges that several lines share; without such the page is set symmetrically.

    A right edge far inside the page is one of short lines that happen to be alike.
    """
    left = _edge(sorted(line.x0 for line in lines))
    right = -_edge(sorted(-line.reach for line in lines))
    n_full = sum(line.reach >= right - line.size for line in lines)
    is_shared = n_full >= max(_LEAST_FULL, _FULL_SHARE * len(lines))
    is_wide = right - left >= _LEAST_WIDTH * (width - 2 * left)
    return left, right if is_shared and is_wide else max(right, width - left)


def _edge(values: Sequence[float]) -> float:
    """Give the first value that another one is near to."""
    for value, following in pairwise(values):
        if following - value <= _SAME_EDGE:
            return value
    return values[0]


def _steps(sheets: Sequence[Sheet]) -> dict[float, float]:
    steps: dict[float, list[float]] = defaultdict(list)
    for sheet in sheets:
        for above, line in pairwise(_lines(sheet)):
            if line.size == above.size and line.y0 > above.y0:
                steps[line.size].append(line.y0 - above.y0)
    return {size: median(found) for size, found in steps.items()}
