"""Short forms of what the PDF reader gives, for comparing in tests."""

import pdf_making as pdf
from taskner.readers import read_bytes


def read(drawing):
    """The document of a canvas, or of the bytes of a PDF."""
    data = drawing if isinstance(drawing, bytes) else pdf.data(drawing)
    return read_bytes(data, name="通知.pdf")


def texts(document, *, kind=None):
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if kind in (None, block.kind)
    ]


def cells(document, *, spans=False):
    """(row, column, text), or (row, column, row_span, col_span, text), of each cell."""
    found = []
    for block in document.blocks:
        if block.kind == "cell":
            span = (block.row_span, block.col_span) if spans else ()
            text = document.text[block.start : block.end]
            found.append((block.row, block.column, *span, text))
    return found


def numbered(rows):
    """What ``cells`` gives for a table of texts."""
    return [
        (row, column, text)
        for row, line in enumerate(rows, start=1)
        for column, text in enumerate(line, start=1)
        if text
    ]
