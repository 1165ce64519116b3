"""A copy of the text in which variants of one character look the same.

Every code point is folded to exactly one code point, so offsets into the copy are
offsets into the original. Parser, tagger and values read the copy; what is printed
comes from the original.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

# Presentation forms: Kangxi radicals (as PDF fonts give them), compatibility
# ideographs, small and vertical forms, half and full width.
_PRESENTATION = (
    *range(0x2E80, 0x2FE0),
    *range(0xF900, 0xFB00),
    *range(0xFE30, 0xFE70),
    *range(0xFF00, 0xFFF0),
)
# What is seen as a blank: spaces of every width, and marks of no width at all.
_BLANKS = (
    *range(0x2000, 0x2010),
    *(0x00A0, 0x00AD, 0x1680, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF),
    *range(0x09),
    *range(0x0E, 0x20),
    0x7F,
)
# The letter O typed for a zero: 31OO户, 14O台; not H2O, CO2.
_LETTER_ZEROS = re.compile(r"(?<![A-Za-z0-9.,])\d[\d.,]*O[\dO]*(?=[\u4e00-\u9fff%])")
_LINE_BREAKS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
"""A line break in a cell, as converters to Markdown print it."""

# Dashes that NFKC leaves alone; — and – stay, they mean ranges.
_SIGNS = {"‐": "-", "‑": "-", "−": "-", "〜": "~", "∶": ":", "∕": "/"}


def fold(text: str) -> str:
    """Fold width, and traditional to simplified, without changing the length.

    Commas, colons, brackets, digits and letters become ASCII; 。、“”《》【】〔〕 stay.
    A character that has no counterpart of one code point stays too. The letter O among the
    digits of a number is a zero.

    Args:
        text: Any text.

    Returns:
        Text of the same number of code points; folding it again changes nothing.
    """
    folded = text.translate(_table())
    return _LETTER_ZEROS.sub(_zeros, folded) if "O" in folded else folded


def _zeros(match: re.Match[str]) -> str:
    return match[0].replace("O", "0")


@cache
def _table() -> dict[int, int]:
    """Give the folded code point of each one that changes."""
    table = _traditional()
    simplified = dict(table)
    for code in _PRESENTATION:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain not in (chr(code), " "):
            table[code] = simplified.get(ord(plain), ord(plain))
    table |= {ord(sign): ord(plain) for sign, plain in _SIGNS.items()}
    table |= dict.fromkeys(_BLANKS, ord(" "))
    return table | dict.fromkeys(_LINE_BREAKS, ord("\n"))


def _traditional() -> dict[int, int]:
    text = (files("taskner") / "data" / "traditional.toml").read_text("utf-8")
    data = tomllib.loads(text)
    traditional, simplified = ("".join(data[key].split()) for key in ("traditional", "simplified"))
    return {ord(old): ord(new) for old, new in zip(traditional, simplified, strict=True)}
