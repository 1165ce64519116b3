"""PDF: the text layer as paragraphs, and tables as cells.

Only what the file says is read: no text is recognised in pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic

from taskner.errors import (
    NoTextLayerError,
    ReadTimeoutError,
    ScannedPagesError,
    UnmappedTextError,
)
from taskner.readers.encoding import plausibility
from taskner.readers.layout import Layout
from taskner.readers.pdf_columns import to_items
from taskner.readers.pdf_flow import join_tables, write
from taskner.readers.pdf_furniture import Sheet, remove_furniture
from taskner.readers.pdf_glyphs import mended
from taskner.readers.pdf_limits import check_pdf
from taskner.readers.pdf_lines import Line, to_rows
from taskner.readers.pdf_page import Glyph, Page
from taskner.readers.pdf_source import opened
from taskner.readers.pdf_tables import Table, split_tables, to_cell_lines

_MOST_UNMAPPED = 0.2
_LEAST_PLAUSIBLE = 0.5
_LEAST_TEXT = 20
_PICTURE = 0.4
_OUTLINES = 300


def read_pdf(data: bytes, layout: Layout) -> None:
    """Add the paragraphs and table cells of a PDF, without headers and page numbers.

    Raises:
        NoTextLayerError: The pages are pictures.
        ScannedPagesError: Some of the pages are pictures.
        UnmappedTextError: The file does not say what characters a page shows.
        WrongFormatError: It is no PDF.
        UnreadableFileError: No sound PDF, or one with a password.
        OverLimitError: It has too many pages or unpacks to too much.
        ReadTimeoutError: Its pages take too long.
    """
    check_pdf(data, path=layout.path, config=layout.config)
    sheets: list[Sheet] = []
    pictures: set[int] = set()
    end = monotonic() + layout.config.max_seconds
    with opened(data, path=layout.path, config=layout.config) as pages:
        for page in pages:
            if monotonic() > end:
                raise ReadTimeoutError(path=layout.path, value=layout.config.max_seconds)
            if page.picture >= _PICTURE or page.n_drawn >= _OUTLINES:
                pictures.add(page.number)
            sheets.append(to_sheet(page, path=layout.path))
    remove_furniture(sheets)
    _check_pictures(sheets, pictures, path=layout.path)
    join_tables(sheets)
    write(sheets, layout)


def to_sheet(page: Page, *, path: str) -> Sheet:
    """Give the lines and tables of a page in reading order.

    Raises:
        UnmappedTextError: The file does not say what characters the page shows.
    """
    page = mended(page)
    _check_mapped(page, path)
    tables, glyphs = split_tables(page)
    turned = [glyph for glyph in glyphs if glyph.turn]
    upright = [glyph for glyph in glyphs if not glyph.turn]
    return Sheet(
        number=page.number,
        width=page.width,
        height=page.height,
        items=list(_in_order(tables, upright, page.number)),
        asides=to_cell_lines(turned, page=page.number),
    )


def _in_order(
    tables: Sequence[Table], glyphs: Sequence[Glyph], page: int
) -> Iterator[Line | Table]:
    """Give the text above each table, the table, and the text below the last one."""
    left = list(glyphs)
    for table in tables:
        above = [glyph for glyph in left if glyph.y < table.y0]
        left = [glyph for glyph in left if glyph.y >= table.y0]
        yield from to_items(to_rows(above), page=page)
        yield table
    yield from to_items(to_rows(left), page=page)


def _check_mapped(page: Page, path: str) -> None:
    text = "".join(glyph.text for glyph in page.glyphs if not glyph.text.isspace())
    is_unmapped = text.count("\ufffd") > _MOST_UNMAPPED * len(text)
    is_gibberish = len(text) >= _LEAST_TEXT and plausibility(text) < _LEAST_PLAUSIBLE
    if is_unmapped or is_gibberish:
        raise UnmappedTextError(path=path, page=page.number)


def _check_pictures(sheets: Sequence[Sheet], pictures: set[int], *, path: str) -> None:
    """Let no page that only shows a picture be lost in silence."""
    unread = [sheet.number for sheet in sheets if not sheet.items and sheet.number in pictures]
    if not unread:
        return
    if not any(sheet.items for sheet in sheets):
        raise NoTextLayerError(path=path)
    pages = ", ".join(map(str, unread))
    raise ScannedPagesError(path=path, pages=pages, n_pages=len(sheets))
