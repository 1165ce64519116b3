"""PDF bytes to pages, by PDFium.

PDFium is the engine of a browser and reads broken files; it must not be entered by two
threads at once, so everything here runs under one lock.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ctypes import c_double
from threading import RLock
from typing import Any

from taskner.errors import OverLimitError, UnreadableFileError
from taskner.readers.config import ReaderConfig
from taskner.readers.pdf_frame import Frame
from taskner.readers.pdf_page import Glyph, Page
from taskner.readers.pdf_strokes import Drawn, read_drawn

_LOCK = RLock()
_NEEDS_PASSWORD = 4  # FPDF_ERR_PASSWORD
_ASCENT, _DESCENT = 0.88, 0.12  # of the em box of a Han glyph, above and below the baseline
_QUARTER = math.pi / 2
_OBLIQUE = 0.1
"""Angle, in radians, from which text is a watermark rather than text of the page."""
_MOST_GLYPHS = 200_000
_MOST_OBJECTS = 200_000
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-"}


@contextmanager
def opened(data: bytes, *, path: str, config: ReaderConfig) -> Iterator[Iterator[Page]]:
    """Open a PDF and give its pages, one after the other.

    Raises:
        UnreadableFileError: No sound PDF, or one with a password.
        OverLimitError: It has too many pages.
    """
    import pypdfium2  # noqa: PLC0415

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            needs_password = getattr(error, "err_code", None) == _NEEDS_PASSWORD
            detail = "it is protected by a password" if needs_password else "it is no sound PDF"
            raise UnreadableFileError(path=path, detail=detail) from error
        with closing(document):
            n_pages = len(document)
            if n_pages == 0:
                raise UnreadableFileError(path=path, detail="it has no pages")
            if n_pages > config.max_pages:
                found, limit = f"{n_pages:,} pages", config.max_pages
                raise OverLimitError(path=path, found=found, limit="max_pages", value=limit)
            yield (_read_page(document, index, path) for index in range(n_pages))


def _read_page(document: Any, index: int, path: str) -> Page:
    import pypdfium2  # noqa: PLC0415

    try:
        page = document[index]
        with closing(page):
            n_objects = pypdfium2.raw.FPDFPage_CountObjects(page.raw)
            if n_objects > _MOST_OBJECTS:
                detail = f"page {index + 1} has {n_objects:,} parts, more than {_MOST_OBJECTS:,}"
                raise UnreadableFileError(path=path, detail=detail)
            frame = _frame(page)
            drawn = read_drawn(page, frame)
            with closing(page.get_textpage()) as text_page:
                return _page(text_page.raw, index + 1, frame, drawn, path)
    except pypdfium2.PdfiumError as error:
        detail = f"page {index + 1} is damaged"
        raise UnreadableFileError(path=path, detail=detail) from error


def _frame(page: Any) -> Frame:
    box = page.get_cropbox()
    is_box = box[2] - box[0] > 0 < box[3] - box[1] and all(map(math.isfinite, box))
    if not is_box:
        width, height = page.get_size()
        box = (0.0, 0.0, width, height)
    return Frame(box=box, turn=page.get_rotation() // 90)


def _page(raw: Any, number: int, frame: Frame, drawn: Drawn, path: str) -> Page:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    n_glyphs = pdfium.FPDFText_CountChars(raw)
    if n_glyphs > _MOST_GLYPHS:
        detail = f"page {number} has {n_glyphs:,} characters, more than {_MOST_GLYPHS:,}"
        raise UnreadableFileError(path=path, detail=detail)
    reader = _GlyphReader(raw, frame)
    glyphs = [glyph for index in range(n_glyphs) if (glyph := reader.read(index))]
    return Page(
        number=number,
        width=frame.width,
        height=frame.height,
        glyphs=tuple(glyphs),
        strokes=drawn.strokes,
        n_unmapped=reader.n_unmapped,
        picture=drawn.picture,
        n_drawn=drawn.n_objects,
    )


class _GlyphReader:
    """Reads glyphs one by one; the C structures are made once."""

    def __init__(self, raw: Any, frame: Frame) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415

        self._pdfium = pdfium
        self._raw = raw
        self._frame = frame
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._origin = (c_double(), c_double())
        self.n_unmapped = 0

    def read(self, index: int) -> Glyph | None:
        """Give the glyph at an index, or None for what shows nothing on the page."""
        pdfium, raw = self._pdfium, self._raw
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            return None
        angle = pdfium.FPDFText_GetCharAngle(raw, index)
        turn = round(angle / _QUARTER)
        if abs(angle - turn * _QUARTER) > _OBLIQUE:
            return None
        if not (
            pdfium.FPDFText_GetLooseCharBox(raw, index, self._box)
            and pdfium.FPDFText_GetMatrix(raw, index, self._matrix)
            and pdfium.FPDFText_GetCharOrigin(raw, index, *self._origin)
        ):
            return None
        text = self._text(index)
        box, matrix = self._box, self._matrix
        size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        edges = (box.left, box.bottom, box.right, box.top)
        x, y = self._origin[0].value, self._origin[1].value
        if not all(map(math.isfinite, (*edges, size, x, y))) or size <= 0:
            return None
        if turn % 4 == 0:  # the boxes of some fonts reach into the next line
            edges = (x, y - _DESCENT * size, max(box.right, x), y + _ASCENT * size)
        elif turn % 4 == 2:  # noqa: PLR2004
            edges = (min(box.left, x), y - _ASCENT * size, x, y + _DESCENT * size)
        placed = self._frame.place(*edges)
        return Glyph(text, *placed, size, (turn + self._frame.turn) % 4)

    def _text(self, index: int) -> str:
        code = self._pdfium.FPDFText_GetUnicode(self._raw, index)
        if self._pdfium.FPDFText_HasUnicodeMapError(self._raw, index) == 1 or not code:
            self.n_unmapped += 1
            return "\ufffd"
        is_character = code <= sys.maxunicode and not 0xD800 <= code < 0xE000  # noqa: PLR2004
        text = chr(code) if is_character else "\ufffd"
        return _HYPHENS.get(text, text)
