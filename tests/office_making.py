"""Flat OpenDocument texts, which LibreOffice prints to PDF."""

import shutil
import subprocess
from html import escape

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
    }.items()
)
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


def paragraph_style(name, *, size=16, font=SERIF, step=None, indent=0, **properties):
    """A paragraph style; indent counts characters, step is the distance of lines."""
    # This version of LibreOffice leaves marks that hang over the edge out of the PDF.
    hanging = {"style:punctuation-wrap": "simple"}
    properties = {"fo:text-indent": f"{indent * size}pt"} | hanging | properties
    if step:
        properties["fo:line-height"] = f"{step}pt"
    face = {"fo:font-family": font, "style:font-family-asian": font}
    sizes = {"fo:font-size": f"{size}pt", "style:font-size-asian": f"{size}pt"}
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f"<style:paragraph-properties {_attributes(properties)}/>"
        f"<style:text-properties {_attributes(face | sizes)}/></style:style>"
    )


def paragraph(text, style="Body"):
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def table(rows, widths, *, n_header=1, style="Cell", text="CellText", head="CellText"):
    """A ruled table. A row holds texts, (text, row_span, col_span), or None where covered."""
    columns = "".join(f'<table:table-column table:style-name="W{width}"/>' for width in widths)
    printed = [_row(row, style, head if i < n_header else text) for i, row in enumerate(rows)]
    header = "".join(printed[:n_header])
    if header:
        header = f"<table:table-header-rows>{header}</table:table-header-rows>"
    body = "".join(printed[n_header:])
    return f'<table:table table:style-name="T{sum(widths)}">{columns}{header}{body}</table:table>'


def _row(row, style, text):
    return f"<table:table-row>{''.join(_cell(cell, style, text) for cell in row)}</table:table-row>"


def _cell(cell, style, text):
    if cell is None:
        return "<table:covered-table-cell/>"
    content, row_span, col_span = cell if isinstance(cell, tuple) else (cell, 1, 1)
    spans = _attributes(
        {"table:number-rows-spanned": row_span, "table:number-columns-spanned": col_span}
    )
    lines = "".join(paragraph(line, text) for line in content.split("\n"))
    return f'<table:table-cell table:style-name="{style}" {spans}>{lines}</table:table-cell>'


def document(
    body,
    *,
    styles="",
    widths=(),
    header="",
    footer="— <text:page-number/> —",
    page=(210, 297),
    valign="middle",
    border="0.5pt solid #000000",
    split=True,
):
    """A whole document.

    Args:
        body: Paragraphs and tables.
        styles: Further styles.
        widths: Widths of columns in millimetres, one list for each table.
        header: Content of the running header.
        footer: Content of the footer.
        page: Width and height in millimetres.
        valign: Where text stands in a cell.
        border: Borders of cells.
        split: Whether a row may break over pages.
    """
    width, height = page
    column_styles = "".join(
        f'<style:style style:name="W{one}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{one}mm"/></style:style>'
        for one in sorted({one for some in widths for one in some})
    )
    table_styles = "".join(
        f'<style:style style:name="T{one}" style:family="table"><style:table-properties '
        f'style:width="{one}mm" table:align="center"/></style:style>'
        for one in sorted({sum(some) for some in widths})
    )
    row_style = (
        '<style:default-style style:family="table-row"><style:table-row-properties '
        f'fo:keep-together="{"auto" if split else "always"}"/></style:default-style>'
    )
    head = f"<style:header>{_furniture(header)}</style:header>" if header else ""
    foot = f"<style:footer>{_furniture(footer)}</style:footer>" if footer else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>{row_style}</office:styles>
<office:automatic-styles>
{paragraph_style("Body", step=28, indent=2, **{"fo:text-align": "justify"})}
{paragraph_style("Flush", step=28, **{"fo:text-align": "justify"})}
{paragraph_style("Right", step=28, **{"fo:text-align": "end"})}
{paragraph_style("Title", size=22, font=SANS, **{"fo:text-align": "center"})}
{paragraph_style("CellText", size=12)}
{paragraph_style("CellHead", size=12, font=SANS, **{"fo:text-align": "center"})}
{paragraph_style("Furniture", size=10.5, **{"fo:text-align": "center"})}
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties
 fo:border="{border}" fo:padding="1mm" style:vertical-align="{valign}"/></style:style>
{column_styles}{table_styles}{styles}
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}mm"
 fo:page-height="{height}mm" fo:margin-top="25mm" fo:margin-bottom="20mm" fo:margin-left="26mm"
 fo:margin-right="26mm"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
{head}{foot}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def _furniture(content):
    return f'<text:p text:style-name="Furniture">{content}</text:p>'


def _attributes(values):
    return " ".join(f'{name}="{value}"' for name, value in values.items())


def print_pdfs(texts, folder):
    """Print flat texts with LibreOffice, all in one run; gives the content of each PDF."""
    paths = [folder / f"{index}.fodt" for index in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return print_files(paths, folder)


def print_files(paths, folder):
    """Print office files with LibreOffice, all in one run; gives the content of each PDF."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = shutil.which("soffice") or "soffice"
    options = ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [command, profile, *options, *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [(folder / f"{path.stem}.pdf").read_bytes() for path in paths]
