"""A text without blanks and with its width folded, and where each character came from.

Two copies of a notice that differ in line ends, blanks and the width of punctuation fold
to the same text. Unlike :mod:`taskner.folding` the rule is fixed for good, since hashes
of it are published: Unicode NFKC of each code point, without separators (Z) and controls
(C), which Unicode's stability policy keeps as they are.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import cache
from hashlib import sha256
from itertools import accumulate


class FoldedText:
    """A folded text with the way back to its source."""

    def __init__(self, source: str) -> None:
        """Fold a text."""
        pieces = [_folded(character) for character in source]
        self.text = "".join(pieces)
        self._starts = [0, *accumulate(map(len, pieces))]

    @property
    def sha256(self) -> str:
        """The hash of the folded text."""
        return text_sha256(self.text)

    def fold_range(self, start: int, end: int) -> tuple[int, int]:
        """Give the folded range of a range of the source."""
        return self._starts[start], self._starts[end]

    def find_range(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the source that a folded range stands for, without blanks around.

        Args:
            start: In the folded text.
            end: Not before start.
        """
        low = self.find(start)
        return low, max(low, bisect_left(self._starts, end))

    def find(self, at: int) -> int:
        """Give the character of the source that holds a folded position."""
        return min(bisect_right(self._starts, at), len(self._starts)) - 1


def text_sha256(text: str) -> str:
    """Give the hash of a text's UTF-8 bytes."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _folded(character: str) -> str:
    normal = unicodedata.normalize("NFKC", character)
    return "".join(c for c in normal if unicodedata.category(c)[0] not in "ZC")
