"""Windows over texts longer than the model reads at once.

Windows overlap; each piece is scored where it has at least ``context`` pieces on each
side, or the text's own border.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``start:end`` are read; scores of ``keep_start:keep_end`` are kept."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def plan_windows(n_pieces: int, *, size: int, context: int) -> list[Window]:
    """Cover a text of ``n_pieces`` by windows.

    Args:
        n_pieces: Length of the text in pieces.
        size: Most pieces in a window.
        context: Pieces read on each side of the kept ones, at least.

    Returns:
        Windows whose kept ranges tile ``0:n_pieces`` in order.

    Raises:
        ValueError: The window has no room between its contexts.
    """
    if size <= 2 * context:
        message = f"a window of {size} pieces has no room between two contexts of {context}"
        raise ValueError(message)
    if n_pieces <= size:
        return [Window(0, n_pieces, 0, n_pieces)] if n_pieces else []
    windows = []
    keep_start = 0
    start = 0
    while True:
        end = min(start + size, n_pieces)
        start = max(0, end - size)
        keep_end = n_pieces if end == n_pieces else end - context
        windows.append(Window(start, end, keep_start, keep_end))
        if end == n_pieces:
            return windows
        keep_start = keep_end
        start = keep_start - context
