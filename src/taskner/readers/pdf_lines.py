"""Glyphs to printed lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from statistics import median

from taskner.readers.pdf_page import Glyph

_LEAST_OVERLAP = 0.5
_LEAST_SIZE = 0.1
"""Damaged files hold glyphs of next to no size."""

_LARGEST_RATIO = 1.9
"""Beside type that is larger stand lines of their own: issuers beside the word 文件."""
_N_ROWS_BACK = 4
_HAN = re.compile(r"[\u3400-\u9fff]")
_WIDE_GAP = 0.9
_NARROW_GAP = 0.28
_SPACED_GAP = 0.15
_SPACED_SHARE = 0.8
_LEAST_SPACED = 4
_RAISED_SIZE = 0.75
_RAISED = 0.1
_RAISED_DIGITS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_NARROW = re.compile(r"[\u0020-\u00ff\u0100-\u024f\u0370-\u052f\u2070-\u209f\u2160-\u217f]")
_WORD = re.compile(r"[0-9A-Za-z.,%+\-/]")
_OPENING = "（(《〈“‘【〔［[「『"
_HANGING = "，。、；：！？"
_CLOSING = "）)》〉”’】〕］]」』，。、；：！？,;:!?%％"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line.

    Attributes:
        text: Without blanks at its ends.
        size: Em of most of its characters, in points.
        head: Width of its first word, which could not be printed on the line above
            when less was free there.
        page: Number of its page.
        reach: Right end without a closing mark, which may hang over the edge of the text.
        ends_blank: Whether a blank was printed after the last word.
        column: Left and right edge of the column it stands in, where a page has several.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    head: float
    page: int
    reach: float
    ends_blank: bool = False
    column: tuple[float, float] | None = None

    @property
    def width(self) -> float:
        """From its first glyph to its last."""
        return self.x1 - self.x0

    @property
    def x(self) -> float:
        """Middle from left to right."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class _Row:
    glyphs: list[Glyph]
    largest: Glyph


def to_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Sort glyphs into printed rows, from top to bottom, each from left to right."""
    rows: list[_Row] = []
    for glyph in sorted(glyphs, key=attrgetter("y")):
        row = max(
            (row for row in rows[-_N_ROWS_BACK:] if _is_beside(glyph, row.largest)),
            key=lambda row: _overlap(glyph, row.largest),
            default=None,
        )
        if row is None:
            rows.append(_Row([glyph], glyph))
            continue
        row.glyphs.append(glyph)
        if glyph.size > row.largest.size:
            row.largest = glyph
    rows.sort(key=lambda row: row.largest.y)
    return [
        sorted(row.glyphs, key=attrgetter("x0"))
        for row in rows
        if any(not glyph.text.isspace() for glyph in row.glyphs)
    ]


def to_line(row: Sequence[Glyph], *, page: int) -> Line:
    """Make a line of the glyphs of one row, from left to right; not all may be blanks."""
    visible = [glyph for glyph in row if not glyph.text.isspace()]
    size = Counter(max(_LEAST_SIZE, round(glyph.size, 1)) for glyph in visible).most_common(1)[0][0]
    middle = median(glyph.y for glyph in visible)
    visible = [_lowered(glyph, size, middle) for glyph in visible]
    right = max(glyph.x1 for glyph in visible)
    last = row[-1]
    return Line(
        text=_text(visible, _blanks_after(row), size),
        x0=visible[0].x0,
        y0=min(glyph.y0 for glyph in visible),
        x1=right,
        y1=max(glyph.y1 for glyph in visible),
        size=size,
        head=_head(visible),
        page=page,
        reach=visible[-2].x1 if visible[-1].text in _HANGING and len(visible) > 1 else right,
        ends_blank=last.text.isspace(),
    )


def gap(one: Glyph, other: Glyph) -> float:
    """Give the free width between two glyphs of a row."""
    return other.x0 - one.x1


def _overlap(glyph: Glyph, other: Glyph) -> float:
    return min(glyph.y1, other.y1) - max(glyph.y0, other.y0)


def _is_beside(glyph: Glyph, other: Glyph) -> bool:
    smaller = min(glyph.y1 - glyph.y0, other.y1 - other.y0)
    small, large = sorted((glyph, other), key=attrgetter("size"))
    is_alike = large.size <= _LARGEST_RATIO * small.size or not _HAN.match(small.text)
    return is_alike and _overlap(glyph, other) >= _LEAST_OVERLAP * smaller


def _lowered(glyph: Glyph, size: float, middle: float) -> Glyph:
    """Mark a raised digit as raised: a footnote's mark must not become part of a number."""
    is_raised = glyph.size < _RAISED_SIZE * size and glyph.y < middle - _RAISED * size
    if is_raised and glyph.text in _RAISED_DIGITS:
        return replace(glyph, text=_RAISED_DIGITS[glyph.text])
    return glyph


def _blanks_after(row: Sequence[Glyph]) -> list[bool]:
    """Say for each visible glyph whether a blank is printed after it."""
    blanks: list[bool] = []
    for glyph in row:
        if not glyph.text.isspace():
            blanks.append(False)
        elif blanks:
            blanks[-1] = True
    return blanks


def _text(glyphs: Sequence[Glyph], blanks: Sequence[bool], size: float) -> str:
    gaps = [gap(one, other) for one, other in pairwise(glyphs)]
    parts = [glyphs[0].text]
    is_blank = _spaced(gaps, blanks, size) or [
        _is_blank(one.text, other.text, free / size, has_blank=blank)
        for (one, other), free, blank in zip(pairwise(glyphs), gaps, blanks, strict=False)
    ]
    if len(glyphs) > 1 and all(is_blank):
        is_blank = [False] * len(gaps)  # 责 任 单 位: a word set wide
    for glyph, blank in zip(glyphs[1:], is_blank, strict=True):
        parts.append(" " + glyph.text if blank else glyph.text)
    return "".join(parts)


def _spaced(gaps: Sequence[float], blanks: Sequence[bool], size: float) -> list[bool] | None:
    """Find the blanks of a line that is set wide all along: only larger gaps count."""
    if len(gaps) < _LEAST_SPACED:
        return None
    wide = sum(
        blank or free > _SPACED_GAP * size for blank, free in zip(blanks, gaps, strict=False)
    )
    if wide < _SPACED_SHARE * len(gaps):
        return None
    usual = median(gaps)
    return [free > usual + _WIDE_GAP * size for free in gaps]


def _is_blank(one: str, other: str, free: float, *, has_blank: bool) -> bool:
    if _NARROW.match(one) and _NARROW.match(other):
        return has_blank or free > _NARROW_GAP
    return free > _WIDE_GAP


def _head(glyphs: Sequence[Glyph]) -> float:
    """Give the width of the glyphs that cannot be parted from the first one."""
    end = 1
    while end < len(glyphs):
        before, after = glyphs[end - 1].text, glyphs[end].text
        # Writer keeps a word after a comma, and the character before it, in one piece.
        is_word = _WORD.match(after) and (_WORD.match(before) or before in _CLOSING)
        if not (is_word or before in _OPENING or after in _CLOSING):
            break
        end += 1
    return glyphs[end - 1].x1 - glyphs[0].x0
