"""The copy of a document that the parser reads: folded, without furniture, wraps and markup.

A page number between two halves of a sentence, and a line end that only the width of a
page made, are blanks in the copy. It is as long as the text, so its offsets are the text's;
``gaps`` tells what is not shown when a task is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taskner.folding import fold
from taskner.notices.columns import UNIT_COLUMNS, classify
from taskner.notices.labels import label_spans
from taskner.notices.markup import without_markup
from taskner.notices.numbering import BULLETS, bare_number, parse_numbering
from taskner.notices.organisations import unit_likeness
from taskner.notices.own_labels import with_usual_labels
from taskner.types import Document

_LINE = re.compile(r"[^\n]+")
_PAGE_NUMBER = re.compile(
    r"[—\-–·~]{1,2}\s*\d{1,4}\s*[—\-–·~]{1,2}"
    r"|第\s*\d{1,4}\s*页\s*[,/]?\s*(?:[(]?\s*共\s*\d{1,4}\s*页\s*[)]?)?"
    r"|(?:Page|page|P\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|\d{1,4}\s*/\s*\d{1,4}\s*页"
)
_STOPS = "。;!?:"
_OPEN, _CLOSE = "([〔【《“", ")]〕】》”"
_INNER = re.compile(r"[,、。;(]")
_LONGEST_TITLE = 60
_FULL = 0.8
"""Share of the widest line from which a line counts as full."""
_USUAL = 0.9
"""Share of the lines up to which a width is usual; wider ones stand out a little."""
_LEAST_USUAL = 40
"""Columns of the narrowest page whose usual width is believed."""
_NEAR_FULL = 0.7
"""The same for a line that visibly stops inside a sentence, in a text known to be wrapped."""
_MOST_COLUMNS = 120
"""Widest line, in columns, of a text that was wrapped: what is wider is a paragraph."""
_FEW_FULL = 4
_WRAPPED = 0.7
_MOST_SHORT = 0.7
_LEAST_PROSE = 12
_FIRST_FIGURE = re.compile(r"\d{1,3}(?![\d.,])")
_FEW_ROWS = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """A folded text and the stretches of it that are no print: in order, none overlapping."""

    text: str
    gaps: tuple[tuple[int, int], ...] = ()

    def gaps_in(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The gaps that lie in a stretch."""
        if not self.gaps:
            return ()
        first = bisect_left(self.gaps, (start, start))
        last = bisect_left(self.gaps, (end, end))
        return self.gaps[first:last]

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """What is left of a stretch without the gaps in it."""
        out: list[tuple[int, int]] = []
        for gap_start, gap_end in self.gaps_in(start, end):
            if start < gap_start:
                out.append((start, gap_start))
            start = gap_end
        if start < end:
            out.append((start, end))
        return out


@dataclass(slots=True)
class _Printed:
    """A line of the folded text, trimmed, and whether it is a page's own."""

    start: int
    end: int
    text: str
    furniture: bool = False


def read_copy(document: Document) -> Copy:
    """Make the copy of a document that the parser reads.

    Args:
        document: Any document. Only text outside its cells is changed: readers that know
            cells know lines too.

    Returns:
        The copy.
    """
    cells = [(b.start, b.end) for b in document.blocks if b.kind == "cell"]
    text, markup = without_markup(fold(document.text), cells)
    text = with_usual_labels(text, cells)
    lines = list(_lines(text, cells))
    _mark_furniture(lines)
    gaps = join_gaps(
        [*_page_gaps(text, lines), *_wrap_gaps(text, lines), *_bracket_gaps(text, lines)]
    )
    out, position = [], 0
    for start, end in gaps:
        out += [text[position:start], " " * (end - start)]
        position = end
    return Copy("".join([*out, text[position:]]), tuple(join_gaps([*gaps, *markup])))


def join_gaps(gaps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Gaps in order, those that touch or overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(gaps):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _lines(text: str, cells: Sequence[tuple[int, int]]) -> Iterator[_Printed]:
    borders = sorted(cells)
    position = 0
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + match[0].index(line)
        while position < len(borders) and borders[position][1] <= start:
            position += 1
        if position < len(borders) and borders[position][0] < start + len(line):
            continue
        yield _Printed(start, start + len(line), line)


def _mark_furniture(lines: Sequence[_Printed]) -> None:
    """Page numbers, and a title that is printed again beside one."""
    seen: set[str] = set()
    for line in lines:
        line.furniture = bool(_PAGE_NUMBER.fullmatch(line.text))
    for index, line in enumerate(lines):
        beside = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        again = line.text in seen and classify(line.text) not in _COLUMNS
        if again and any(_PAGE_NUMBER.fullmatch(other.text) for other in beside):
            line.furniture = True
        elif len(line.text) <= _LONGEST_TITLE and parse_numbering(line.text) is None:
            seen.add(line.text)


_COLUMNS = {"number", "name", "topic", "leader", "deadline", *UNIT_COLUMNS}
"""A header printed again begins with one of these below a page's number: it is no page's own."""


def _page_gaps(text: str, lines: Sequence[_Printed]) -> Iterator[tuple[int, int]]:
    """Furniture with the line ends around it where a sentence runs on across it."""
    above: _Printed | None = None
    first: int | None = None
    for line in lines:
        if line.furniture:
            first = line.start if first is None else first
            yield line.start, line.end
            continue
        lists = above is not None and _list_goes_on(above.text, line.text)
        breaks = above is not None and (lists or _breaks_off(above.text))
        if above and first is not None and breaks and _goes_on(line.text):
            for match in re.finditer(r"\s+", text[above.end : line.start]):
                yield above.end + match.start(), above.end + match.end()
        above, first = line, None


def _breaks_off(line: str) -> bool:
    """Whether a line before a page's end stops inside a sentence or bracket."""
    if sum(map(line.count, _OPEN)) > sum(map(line.count, _CLOSE)):
        return True
    if line[-1] in _STOPS or line[-1] in _CLOSE or unit_likeness(line) == 1:
        return False
    return len(line) >= _LEAST_PROSE and bool(_INNER.search(line))


def _list_goes_on(above: str, line: str) -> bool:
    """Whether a list of units stops at a page's end behind its mark: 甲局、 | 乙局)."""
    return above.endswith("、") and unit_likeness(line.rstrip(_CLOSE + "。;")) > 0


def _goes_on(line: str) -> bool:
    """Whether a line can be the rest of a sentence."""
    if parse_numbering(line) or bare_number(line) or line[0] in BULLETS or "|" in line:
        return False
    return not any(start == 0 for start, _end, _label in label_spans(line))


def _wrap_gaps(text: str, lines: Sequence[_Printed]) -> Iterator[tuple[int, int]]:
    """Line ends inside sentences, in a text that was wrapped at the width of a page."""
    shown = [line for line in lines if not line.furniture]
    widths = [sum(2 if char > "\xff" else 1 for char in line.text) for line in shown]
    widest = max(widths, default=0)
    if widest > _MOST_COLUMNS:
        return
    usual = sorted(widths)[int(_USUAL * len(widths))] if widths else 0
    if usual >= max(_LEAST_USUAL, _FULL * widest):
        widest = usual
    full = [width >= _FULL * widest for width in widths]
    near = [width >= _NEAR_FULL * widest for width in widths]
    open_ = [line.text[-1] not in _STOPS for line in shown]
    n_full, n_wrapped = sum(full), sum(map(all, zip(full, open_, strict=True)))
    if n_wrapped < _FEW_FULL or n_wrapped < _WRAPPED * n_full:
        return
    if n_full < (1 - _MOST_SHORT) * len(shown) or any("|" in line.text for line in shown):
        return
    counted = _counted(shown)
    for index, (line, following) in enumerate(pairwise(shown)):
        inside = near[index] and _breaks_off(line.text) and unit_likeness(following.text) < 1
        if not ((full[index] or inside) and open_[index]) or index + 1 in counted:
            continue
        goes_on = _goes_on(following.text) or line.text.endswith("是")  # 后面的是 | 承办单位:…
        rows = "\t" in line.text or "\t" in following.text  # of a pasted table
        if text.count("\n", line.end, following.start) == 1 and goes_on and not rows:
            yield line.end, following.start


def _bracket_gaps(text: str, lines: Sequence[_Printed]) -> Iterator[tuple[int, int]]:
    """Line ends inside a bracket that a line below closes: (牵头单位:甲局、乙 | 局)."""
    shown = [line for line in lines if not line.furniture]
    for index, line in enumerate(shown):
        depth, ends = _n_unclosed(line.text), []
        for above, below in pairwise(shown[index : index + 1 + _MOST_BELOW] if depth else ()):
            joins = text.count("\n", above.end, below.start) == 1 and _goes_on(below.text)
            if not joins or "|" in above.text:
                break
            ends.append((above.end, below.start))
            depth += sum(map(below.text.count, _BRACKETS)) - sum(map(below.text.count, _CLOSED))
            if depth <= 0:
                yield from ends
                break


_BRACKETS, _CLOSED = "([〔【", ")]〕】"
_MOST_BELOW = 3
"""Lines on which a bracket goes on."""


def _n_unclosed(line: str) -> int:
    depth = 0
    for char in line:
        depth = max(0, depth + (char in _BRACKETS) - (char in _CLOSED))
    return depth


def _counted(lines: Sequence[_Printed]) -> set[int]:
    """Lines that count up from 1 in their first figures: rows whose number lost its stop."""
    found: list[int] = []
    for index, line in enumerate(lines):
        match = _FIRST_FIGURE.match(line.text)
        if match and int(match[0]) == len(found) + 1:
            found.append(index)
    return set(found) if len(found) >= _FEW_ROWS else set()
