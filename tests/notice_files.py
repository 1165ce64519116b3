"""One notice in every format: docx, xlsx and HTML from the ``[build]`` table of a layout fixture.

A fixture gives ``before`` and ``after`` (paragraphs), and either ``rows`` with ``merges`` (top,
left, bottom, right, inclusive) or ``outline`` (level from 1, or 0 without number; the number as
the list prints it; text).
"""

from html import escape
from io import BytesIO

import docx
import openpyxl

from word_files import level, lists, paragraph, save, word_file

_LEVELS = (
    level(0, "chineseCounting", "%1、", more='<w:suff w:val="nothing"/>')
    + level(1, "chineseCounting", "（%2）", more='<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.", more='<w:suff w:val="nothing"/>')
)


def build_docx(build):
    """The notice as a Word file; an outline gets automatic numbers."""
    if "outline" in build:
        return _outline_docx(build)
    document = docx.Document()
    for text in build["before"]:
        document.add_paragraph(text)
    rows = build["rows"]
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for top, left, bottom, right in build.get("merges", ()):
        table.cell(top, left).merge(table.cell(bottom, right))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text:
                table.cell(row, column).text = text
    for text in build.get("after", ()):
        document.add_paragraph(text)
    return save(document)


def _outline_docx(build):
    body = "".join(paragraph(text) for text in build["before"])
    for depth, _number, text in build["outline"]:
        body += paragraph(text, num=1, ilvl=depth - 1) if depth else paragraph(text)
    body += "".join(paragraph(text) for text in build.get("after", ()))
    return word_file(body, numbering=lists(_LEVELS))


def build_xlsx(build):
    """The notice as a sheet: paragraphs across the table, an outline a line a row."""
    book = openpyxl.Workbook()
    sheet = book.active
    rows = build.get("rows") or [[number + text] for _depth, number, text in build["outline"]]
    width = len(rows[0])
    for text in build["before"]:
        _across(sheet, text, width)
    first = len(build["before"]) + 1
    for row, cells in enumerate(rows, first):
        for column, text in enumerate(cells, 1):
            if text:
                sheet.cell(row, column, text)
    for top, left, bottom, right in build.get("merges", ()):
        sheet.merge_cells(
            start_row=first + top,
            start_column=left + 1,
            end_row=first + bottom,
            end_column=right + 1,
        )
    for text in build.get("after", ()):
        _across(sheet, text, width)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _across(sheet, text, width):
    row = sheet.max_row + (sheet.cell(1, 1).value is not None)
    sheet.cell(row, 1, text)
    if width > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def build_html(build):
    """The notice as a web page."""
    parts = [f"<p>{escape(text)}</p>" for text in build["before"]]
    if "outline" in build:
        parts += [f"<p>{escape(number + text)}</p>" for _depth, number, text in build["outline"]]
    else:
        parts.append(f"<table>{_html_rows(build)}</table>")
    parts += [f"<p>{escape(text)}</p>" for text in build.get("after", ())]
    page = "\n".join(parts)
    return f'<html><head><meta charset="utf-8"></head><body>\n{page}\n</body></html>'.encode()


def _html_rows(build):
    spans, covered = {}, set()
    for top, left, bottom, right in build.get("merges", ()):
        spans[top, left] = f' rowspan="{bottom - top + 1}" colspan="{right - left + 1}"'
        places = {
            (row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
        }
        covered |= places - {(top, left)}
    out = ""
    for row, cells in enumerate(build["rows"]):
        printed = "".join(
            f"<td{spans.get((row, column), '')}>{escape(text)}</td>"
            for column, text in enumerate(cells)
            if (row, column) not in covered
        )
        out += f"<tr>{printed}</tr>\n"
    return out


BUILDERS = {"docx": build_docx, "xlsx": build_xlsx, "html": build_html}
