"""Mends the glyphs of a page: direction, doubles, radicals that stand for characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from taskner.readers.pdf_frame import turned
from taskner.readers.pdf_page import Glyph, Page, Stroke

_DOUBLE = 0.2
"""Distance, in ems, below which the same character printed twice is one in bold."""
_NEAR = 2.0
_MOST_OTHERS = 0.1
_MARKED_CID = re.compile(r"\(cid:\d{1,6}\)")
# Kangxi radicals and compatibility ideographs have their character in NFKC.
_COMPATIBLE = (*range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
# The radicals of the supplement that are characters of their own have none.
# Source: EquivalentUnifiedIdeograph of the Unicode character database.
_SUPPLEMENT = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "民母虎西见角贝车長镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_CHARACTERS = {ord(radical): character for radical, character in _SUPPLEMENT.items()} | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBLE
}


def mended(page: Page) -> Page:
    """Give the page turned upright, without doubled glyphs, with characters for radicals."""
    glyphs = _single(_without_cid_marks(page.glyphs))
    glyphs = [
        replace(glyph, text=glyph.text.translate(_CHARACTERS))
        if ord(glyph.text[0]) in _CHARACTERS
        else glyph
        for glyph in glyphs
    ]
    return _upright(replace(page, glyphs=tuple(glyphs)))


def _without_cid_marks(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Put one unknown character for each ``(cid:12)``, which a bad conversion printed."""
    text = "".join(glyph.text[0] for glyph in glyphs)
    kept: list[Glyph] = []
    position = 0
    for match in _MARKED_CID.finditer(text):
        kept += glyphs[position : match.start()]
        first, last = glyphs[match.start()], glyphs[match.end() - 1]
        kept.append(replace(first, text="\ufffd", x1=max(first.x1, last.x1)))
        position = match.end()
    return [*kept, *glyphs[position:]] if position else glyphs


def _single(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Leave out glyphs that print the same character again at nearly the same place."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.text.isspace():
            kept.append(glyph)
            continue
        column, row = int(glyph.x // glyph.size), int(glyph.y // glyph.size)
        reach = min(_DOUBLE * glyph.size, max(glyph.x1 - glyph.x0, glyph.size / 4) / 2)
        is_double = any(
            abs(other.x - glyph.x) < reach and abs(other.y - glyph.y) < reach
            for i in (column - 1, column, column + 1)
            for j in (row - 1, row, row + 1)
            for other in seen.get((glyph.text, i, j), ())
        )
        if not is_double:
            kept.append(glyph)
            seen[glyph.text, column, row].append(glyph)
    return kept


def _upright(page: Page) -> Page:
    """Turn a page whose text runs down, up or on its head; columns of vertical text too."""
    turn = -_direction(page.glyphs) % 4
    if turn == 0:
        return page
    width, height = page.width, page.height

    def box(one: Glyph | Stroke) -> tuple[float, float, float, float]:
        return turned((one.x0, one.y0, one.x1, one.y1), turn, width=width, height=height)

    is_swapped = bool(turn % 2)
    return replace(
        page,
        width=height if is_swapped else width,
        height=width if is_swapped else height,
        glyphs=tuple(Glyph(g.text, *box(g), g.size, _turn(g, turn)) for g in page.glyphs),
        strokes=tuple(Stroke(*box(stroke)) for stroke in page.strokes),
    )


def _turn(glyph: Glyph, turn: int) -> int:
    # Upright glyphs one below the other are vertical writing: they turn with nothing.
    return (glyph.turn + turn) % 4 if glyph.turn else 0


def _direction(glyphs: Sequence[Glyph]) -> int:
    """Say which way most text runs: 0 right, 1 down, 2 left, 3 up."""
    votes: Counter[int] = Counter()
    for one, other in pairwise(glyphs):
        right, down = other.x - one.x, other.y - one.y
        if max(abs(right), abs(down)) > _NEAR * one.size or not (right or down):
            continue
        if abs(right) >= abs(down):
            votes[0 if right > 0 else 2] += 1
        else:
            votes[1 if down > 0 else 3] += 1
    direction, n_votes = votes.most_common(1)[0] if votes else (0, 0)
    # A table of narrow cells has many steps down too: all of the page must agree.
    return direction if n_votes >= (1 - _MOST_OTHERS) * votes.total() else 0
