"""Running headers, footers and page numbers: lines of the page, not of the notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from taskner.readers.pdf_lines import Line
from taskner.readers.pdf_tables import Table

_BAND = 0.12
"""Share of a page's height, at its top and bottom, where furniture stands."""
_LEAST_BAND = 90.0
_SAME_HEIGHT = 6.0
_SAME_SIZE = 0.05
_LEAST_PAGES = 2
_LEAST_SHARE = 0.4
_N_OUTER = 3
_APART = 1.25
_DIGITS = re.compile(r"\d+")
_MARKED_NUMBER = re.compile(
    r"(?:[-–—―－─·•~～<《\[【(（]\s*){1,3}\d{1,4}(?:\s*[-–—―－─·•~～>》\]】)）]){1,3}"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/／、]?\s*[(（]?\s*共\s*\d{1,4}\s*页\s*[)）]?)?"
    r"|共\s*\d{1,4}\s*页\s*[,，/／、]?\s*第\s*\d{1,4}\s*页"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
    r"|(?:Page|P\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_CONTINUED = re.compile(
    r"[（(]?\s?(?:续表|接上页|续上表|续)\s?[\d一二三四五六七八九十]{0,3}\s?[）)]?[:：]?"
)


@dataclass(slots=True, kw_only=True)
class Sheet:
    """The items of one page in reading order, and lines that stand aside, turned."""

    number: int
    width: float
    height: float
    items: list[Line | Table]
    asides: list[Line] = field(default_factory=list)


def remove_furniture(sheets: Sequence[Sheet]) -> None:
    """Take headers, footers and page numbers out of the pages.

    A line goes when it is printed in the outer band of its page and is a marked page
    number; a bare number that counts with the pages; or repeated at the same height on
    many pages (but for digits) and set apart from the text by its size or by free space.
    Without free space a size of its own is enough where not even digits differ.
    """
    repeated = _repeated(sheets)
    usual = _usual_size(sheets, repeated)
    offsets = Counter(
        int(line.text) - sheet.number
        for sheet in sheets
        for line in _outer(sheet)
        if _BARE_NUMBER.fullmatch(line.text)
    )
    for sheet in sheets:
        outer = _outer(sheet)
        numbers = [
            line
            for line in outer
            if _MARKED_NUMBER.fullmatch(line.text)
            or _is_page_number(line, sheet, offsets, n_sheets=len(sheets))
        ]
        running = [line for line in outer if _key(line) in repeated and line not in numbers]
        text = [item for item in sheet.items if item not in numbers and item not in running]
        gone = [*numbers, *(line for line in running if _is_apart(line, text, usual))]
        sheet.items = [item for item in sheet.items if item not in gone]
        if sheet.items and isinstance(first := sheet.items[0], Line):
            is_followed = len(sheet.items) > 1 and isinstance(sheet.items[1], Table)
            if is_followed and _CONTINUED.fullmatch(first.text):
                del sheet.items[0]


def _usual_size(sheets: Sequence[Sheet], repeated: set[tuple[str, int]]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for item in sheet.items:
            if isinstance(item, Line) and _key(item) not in repeated:
                sizes[item.size] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _outer(sheet: Sheet) -> list[Line]:
    """Give the first and last lines of a page that stand in its outer bands."""
    lines = sorted((item for item in sheet.items if isinstance(item, Line)), key=lambda i: i.y0)
    band = max(_BAND * sheet.height, _LEAST_BAND)
    top = [line for line in lines if line.y1 <= band]
    bottom = [line for line in lines if line.y0 >= sheet.height - band]
    return [*top[:_N_OUTER], *bottom[-_N_OUTER:]]


def _key(line: Line) -> tuple[str, int]:
    text = "".join(_DIGITS.sub("#", line.text).split())
    return text, round(line.y0 / _SAME_HEIGHT)


def _repeated(sheets: Sequence[Sheet]) -> set[tuple[str, int]]:
    counts = Counter(key for sheet in sheets for key in {_key(line) for line in _outer(sheet)})
    # Even and odd pages may have headers of their own.
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(sheets))
    return {key for key, n_pages in counts.items() if n_pages >= least}


def _is_page_number(line: Line, sheet: Sheet, offsets: Counter[int], *, n_sheets: int) -> bool:
    if not _BARE_NUMBER.fullmatch(line.text):
        return False
    offset = int(line.text) - sheet.number
    is_counted = offsets[offset] >= _LEAST_PAGES
    is_only = n_sheets == 1 and offset == 0 and line.y0 >= (1 - _BAND) * sheet.height
    return is_counted or is_only


def _is_apart(line: Line, text: Sequence[Line | Table], usual: float) -> bool:
    """Say whether size or free space sets a line apart from the text of its page."""
    is_small = line.size < usual / _APART
    is_other = abs(line.size - usual) > _SAME_SIZE * usual and not _DIGITS.search(line.text)
    distances = [max(item.y0 - line.y1, line.y0 - item.y1) for item in text]
    return is_small or is_other or not distances or min(distances) > _APART * line.size
