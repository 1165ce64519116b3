"""From the coordinates of a PDF page to those of a reader's eye."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The visible box of a page in the file's coordinates, and its rotation.

    Attributes:
        box: Left, bottom, right, top; y grows upwards.
        turn: Quarter turns, clockwise, by which the page is shown.
    """

    box: Box
    turn: int = 0

    @property
    def width(self) -> float:
        """Width of the page as shown."""
        left, bottom, right, top = self.box
        return top - bottom if self.turn % 2 else right - left

    @property
    def height(self) -> float:
        """Height of the page as shown."""
        left, bottom, right, top = self.box
        return right - left if self.turn % 2 else top - bottom

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Give a box of the file's coordinates as left, top, right, bottom on the shown page."""
        left, _, right, top = self.box
        shown = (x0 - left, top - y1, x1 - left, top - y0)
        return turned(shown, self.turn, width=right - left, height=top - self.box[1])


def turned(box: Box, turn: int, *, width: float, height: float) -> Box:
    """Turn a box with its page.

    Args:
        box: Left, top, right, bottom.
        turn: Quarter turns, clockwise.
        width: Width of the page before.
        height: Height of the page before.
    """
    x0, y0, x1, y1 = box
    if turn % 4 == 1:
        return height - y1, x0, height - y0, x1
    if turn % 4 == 2:  # noqa: PLR2004
        return width - x1, height - y1, width - x0, height - y0
    if turn % 4 == 3:  # noqa: PLR2004
        return y0, width - x1, y1, width - x0
    return box
