"""What one page of a PDF shows: glyphs and straight strokes, where the eye sees them.

Lengths are points. The origin is the top left corner of the page as it is read, after
its rotation; x grows to the right, y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character and its box.

    Attributes:
        text: One code point; a ligature may give more.
        size: Height of the font, its em.
        turn: Quarter turns of the glyph, clockwise, against the reading direction.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    turn: int = 0

    @property
    def x(self) -> float:
        """Middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Middle from top to bottom."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal or vertical stroke, a possible border of a cell."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The content of one page.

    Attributes:
        number: From 1.
        glyphs: In the order in which the file draws them; blanks are kept.
        strokes: In no order.
        n_unmapped: Glyphs for which the file does not say what character they are.
        picture: Share of the page that its largest picture covers, in [0, 1].
        n_drawn: Drawn paths and pictures, for telling an empty page.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    n_unmapped: int = 0
    picture: float = 0.0
    n_drawn: int = 0
