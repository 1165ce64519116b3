"""Places in a text, given both as its own offsets and as offsets of its folded form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taskner.corpus.folded import FoldedText

Place = tuple[int, int, int, int]
"""Start and end in the text, start and end in the folded text."""


class Places:
    """Gives places in a text, and finds them again in it or in a copy."""

    def __init__(self, text: str, folded: FoldedText, *, is_exact: bool = True) -> None:
        """Take a text; ``is_exact`` tells that places were given in this very text."""
        self.text = text
        self._folded = folded
        self._is_exact = is_exact

    def place(self, start: int, end: int) -> Place:
        """Give a range as a place."""
        return start, end, *self._folded.fold_range(start, end)

    def find(self, place: Place) -> tuple[int, int]:
        """Give the range that a place means here."""
        start, end, folded_start, folded_end = place
        if self._is_exact:
            return start, end
        return self._folded.find_range(folded_start, folded_end)

    def quote(self, wanted: str, *, near: int = 0) -> list[Place | str]:
        """Give words of the text as places; characters that it lacks stand as they are.

        Args:
            wanted: The words.
            near: Where in the text they are looked for first.
        """
        return list(self._quote(wanted, near))

    def _quote(self, wanted: str, near: int) -> Iterator[Place | str]:
        at = 0
        while at < len(wanted):
            length, start = self._longest(wanted, at, near)
            if length == 0:
                yield wanted[at]
                at += 1
                continue
            yield self.place(start, start + length)
            at += length

    def _longest(self, wanted: str, at: int, near: int) -> tuple[int, int]:
        """Find how much of the words from ``at`` the text holds in one piece, and where."""
        low, high, found = 0, len(wanted) - at, 0
        while low < high:
            middle = (low + high + 1) // 2
            start = self._find(wanted[at : at + middle], near)
            if start < 0:
                high = middle - 1
            else:
                low, found = middle, start
        return low, found

    def _find(self, piece: str, near: int) -> int:
        start = self.text.find(piece, near)
        return start if start >= 0 else self.text.find(piece)

    def unquote(self, quoted: Sequence[Sequence[int] | str]) -> str:
        """Give the words that :meth:`quote` gave as places."""
        pieces = []
        for item in quoted:
            if isinstance(item, str):
                pieces.append(item)
            else:
                start, end, folded_start, folded_end = item
                low, high = self.find((start, end, folded_start, folded_end))
                pieces.append(self.text[low:high])
        return "".join(pieces)
