"""PDFs for tests, drawn by reportlab with a font that every viewer brings along."""

from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 72.0, 523.0


def canvas(*, width=WIDTH, height=HEIGHT, **options):
    """A canvas that writes to memory; ``data`` gives the finished file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    drawing = Canvas(BytesIO(), pagesize=(width, height), invariant=1, **options)
    drawing.setFont(FONT, 16)
    return drawing


def data(drawing):
    return drawing.getpdfdata()


def put(drawing, x, y, text, *, size=16):
    """Print a line; y is the distance of its baseline from the top."""
    drawing.setFont(FONT, size)
    drawing.drawString(x, drawing._pagesize[1] - y, text)


def centre(drawing, y, text, *, size=16):
    drawing.setFont(FONT, size)
    drawing.drawCentredString(drawing._pagesize[0] / 2, drawing._pagesize[1] - y, text)


def wrap(text, *, size, width):
    """Break a text as a typesetter does: numbers and words stay whole."""
    lines, line, word = [], "", ""
    for character in text + "\0":
        if (character.isascii() and character.isalnum()) or character in ".%":
            word += character
            continue
        for piece in filter(None, (word, character.strip("\0"))):
            is_wide = pdfmetrics.stringWidth(line + piece, FONT, size) > width
            if is_wide and piece not in "，。、；：）":
                lines.append(line)
                line = ""
            line += piece
        word = ""
    return [*lines, line]


def paragraph(drawing, y, text, *, size=16, step=28, left=LEFT, right=RIGHT, indent=2):
    """Print a paragraph and give the baseline below it."""
    body = wrap("　" * indent + text, size=size, width=right - left)
    for line in body:
        put(drawing, left, y, line, size=size)
        y += step
    return y


def table(drawing, y, widths, rows, *, size=12, step=18, padding=5, left=LEFT):
    """Print a ruled table of texts, row by row, and give the height where it ends."""
    height = drawing._pagesize[1]
    for row in rows:
        cells = [
            [
                line
                for part in text.split("\n")
                for line in wrap(part, size=size, width=w - 2 * padding)
            ]
            for text, w in zip(row, widths, strict=True)
        ]
        tall = max(map(len, cells)) * step + 2 * padding
        x = left
        for lines, width in zip(cells, widths, strict=True):
            drawing.rect(x, height - y - tall, width, tall)
            for index, line in enumerate(lines):
                put(drawing, x + padding, y + padding + (index + 0.8) * step, line, size=size)
            x += width
        y += tall
    return y


def merged_table(drawing, y, widths, heights, cells, *, size=12, step=18, padding=5, left=LEFT):
    """Print a ruled table whose cells may span rows and columns.

    Cells are (row, column, row_span, col_span, text), counted from 0.
    """
    for row, column, row_span, col_span, text in cells:
        x, top = left + sum(widths[:column]), y + sum(heights[:row])
        width = sum(widths[column : column + col_span])
        tall = sum(heights[row : row + row_span])
        drawing.rect(x, drawing._pagesize[1] - top - tall, width, tall)
        lines = [
            line
            for part in text.split("\n")
            for line in wrap(part, size=size, width=width - 2 * padding)
        ]
        for index, line in enumerate(lines):
            put(drawing, x + padding, top + padding + (index + 0.8) * step, line, size=size)
    return y + sum(heights)
