"""Which punctuation a text is printed with, and which other variants of characters."""

from __future__ import annotations

import re
from typing import Literal

from taskner.folding import fold

Punctuation = Literal["full width", "ASCII", "mixed"]

_FULL = re.compile(r"[，；：（）！？]")
_HALF = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)|[()!?]")
_SHARE = 0.98
"""What is above this share of one kind is of that kind: a stray sign makes no text mixed."""

VARIANTS: dict[str, re.Pattern[str]] = {
    "full-width digits": re.compile(r"[０-９]"),
    "straight quotation marks": re.compile(r'"'),
    "numbers of items with a full-width point": re.compile(r"[\d０-９]．"),
    "blanks inside words": re.compile(r"[\u4e00-\u9fff] [\u4e00-\u9fff]"),
}


def punctuation_of(text: str) -> Punctuation:
    """Say which punctuation is printed; signs between digits (2,400) do not count."""
    n_full, n_half = len(_FULL.findall(text)), len(_HALF.findall(text))
    if n_full > _SHARE * (n_full + n_half):
        return "full width"
    return "ASCII" if n_half > _SHARE * (n_full + n_half) else "mixed"


def variants_of(text: str) -> list[str]:
    """Give the variants that a text has, and whether it has traditional characters."""
    found = [name for name, pattern in VARIANTS.items() if pattern.search(text)]
    pairs = zip(text, fold(text), strict=True)
    if any(one != other and "\u4e00" <= one <= "\u9fff" for one, other in pairs):
        found.append("traditional characters")
    return found
