"""Text that no program takes for something else."""

from __future__ import annotations

import re

# Characters that XML 1.0 forbids; a terminal would obey some of them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠﹦﹢﹣﹫−]")


def printable(text: str) -> str:
    """Drop characters that XML forbids or that control a terminal."""
    return _ILLEGAL.sub("", text)


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet might run the text.

    Source: OWASP, CSV injection; full-width forms are folded by some East Asian versions.
    """
    return _FORMULA.match(text) is not None


def one_line(text: str) -> str:
    """Join the lines of a span: a break between Han characters was the layout's, not a space."""
    return re.sub(r"\s*\n\s*", "", text).strip()
