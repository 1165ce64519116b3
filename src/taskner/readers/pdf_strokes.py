"""The straight strokes and pictures of a PDF page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from taskner.readers.pdf_frame import Frame
from taskner.readers.pdf_page import Stroke

_THIN = 3.0
"""Thickness, in points, up to which a filled box is a stroke."""
_STRAIGHT = 1.0
_WHITE = 250
_MOST_STROKES = 20_000
_MOST_SEGMENTS = 5_000
_DEEPEST = 8
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(slots=True)
class Drawn:
    """What a page shows besides text.

    Attributes:
        picture: Share of the page that its largest picture covers, in [0, 1].
        n_objects: Paths and pictures.
    """

    strokes: tuple[Stroke, ...] = ()
    picture: float = 0.0
    n_objects: int = 0


@dataclass(slots=True)
class _Collector:
    frame: Frame
    strokes: list[Stroke] = field(default_factory=list)
    picture: float = 0.0
    n_objects: int = 0

    def add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Keep a straight stroke of the file's coordinates."""
        box = self.frame.place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if len(self.strokes) < _MOST_STROKES and all(map(math.isfinite, box)):
            self.strokes.append(Stroke(*box))


def read_drawn(page: Any, frame: Frame) -> Drawn:
    """Give the strokes of a page that may be borders, and the size of its pictures.

    A page with more strokes than a table can have is a drawing; the rest is left out.

    Args:
        page: A ``pypdfium2.PdfPage``.
        frame: Its visible box.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    collector = _Collector(frame)
    for item, matrix in _objects(pdfium, page.raw):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            collector.n_objects += 1
            _read_path(pdfium, item, matrix, collector)
        elif kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
            collector.n_objects += 1
            _read_picture(pdfium, item, matrix, collector)
    return Drawn(tuple(collector.strokes), collector.picture, collector.n_objects)


def _objects(pdfium: Any, page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Give the objects of a page and of the forms in it, each with its form's matrix."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _unfold(pdfium, pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0)


def _unfold(pdfium: Any, item: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, matrix
    elif depth < _DEEPEST:
        inner = _multiply(_matrix(pdfium, item), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _unfold(pdfium, pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _matrix(pdfium: Any, item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, _, _ = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, *_move(second, (e, f))


def _move(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _read_picture(pdfium: Any, item: Any, matrix: Matrix, collector: _Collector) -> None:
    edges = [c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *edges):
        return
    left, bottom, right, top = (edge.value for edge in edges)
    (x0, y0), (x1, y1) = _move(matrix, (left, bottom)), _move(matrix, (right, top))
    frame = collector.frame
    box = frame.place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    if not all(map(math.isfinite, box)):
        return
    width = max(0.0, min(box[2], frame.width) - max(box[0], 0.0))
    height = max(0.0, min(box[3], frame.height) - max(box[1], 0.0))
    collector.picture = max(collector.picture, width * height / (frame.width * frame.height))
    if min(width, height) <= _THIN:  # some printers draw borders as pictures
        collector.add(x0, y0, x1, y1)


def _read_path(pdfium: Any, item: Any, matrix: Matrix, collector: _Collector) -> None:
    n_segments = pdfium.FPDFPath_CountSegments(item)
    fill, stroked = c_int(), c_int()
    if n_segments > _MOST_SEGMENTS or not pdfium.FPDFPath_GetDrawMode(item, fill, stroked):
        return
    is_stroked = bool(stroked.value) and not _is_white(pdfium.FPDFPageObj_GetStrokeColor, item)
    is_filled = bool(fill.value) and not _is_white(pdfium.FPDFPageObj_GetFillColor, item)
    if not (is_stroked or is_filled):
        return
    inner = _multiply(_matrix(pdfium, item), matrix)
    for outline in _outlines(pdfium, item, n_segments):
        points = [point and _move(inner, point) for point in outline]
        _read_outline(points, collector, is_stroked=is_stroked)


def _read_outline(points: list[Point | None], collector: _Collector, *, is_stroked: bool) -> None:
    """Take the strokes of one outline; None stands for a curve."""
    corners = [point for point in points if point is not None]
    if not corners:
        return
    x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
    y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
    if min(x1 - x0, y1 - y0) <= _THIN:
        collector.add(x0, y0, x1, y1)
    elif is_stroked:
        for start, end in pairwise(points):
            if start is None or end is None:
                continue
            if min(abs(start[0] - end[0]), abs(start[1] - end[1])) <= _STRAIGHT:
                collector.add(*start, *end)


def _outlines(pdfium: Any, item: Any, n_segments: int) -> Iterator[list[Point | None]]:
    """Give each outline of a path as its corners; None follows a corner before a curve."""
    x, y = c_float(), c_float()
    points: list[Point | None] = []
    first: Point | None = None
    for index in range(n_segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if points:
                yield points
            points, first = [point], point
        else:
            points += [point] if kind == pdfium.FPDF_SEGMENT_LINETO else [None, point]
        if first and pdfium.FPDFPathSegment_GetClose(segment):
            points.append(first)
    if points:
        yield points


def _is_white(read: Any, item: Any) -> bool:
    colors = [c_uint() for _ in range(4)]
    if not read(item, *colors):
        return False
    red, green, blue, alpha = (color.value for color in colors)
    return alpha == 0 or min(red, green, blue) >= _WHITE
