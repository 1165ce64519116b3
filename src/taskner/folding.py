"""A copy of the text in which variants of one character look the same.

Every code point is folded to exactly one code point, so offsets into the copy are
offsets into the original. Parser, tagger and values read the copy; what is printed
comes from the original.
"""

from __future__ import annotations

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTH |= {0x3000: 0x20, 0x00A0: 0x20, 0x3002: ord("。")}


def fold(text: str) -> str:
    """Fold width (and traditional to simplified) without changing the length.

    Args:
        text: Any text.

    Returns:
        Text of the same number of code points.
    """
    return text.translate(_WIDTH)
