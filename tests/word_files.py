"""Word files for tests: made by python-docx, with raw XML where it has no call."""

import zipfile
from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def save(document):
    """Give the bytes of a python-docx document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word_file(body, *, numbering=None, styles="", document=None):
    """Make a Word file whose body is raw XML.

    ``numbering`` replaces the lists of python-docx's template; ``styles`` are added to its styles.
    """
    document = document or docx.Document()
    root = document.element.body
    for child in list(root)[:-1]:
        root.remove(child)
    for child in reversed(_parse(body)):
        root.insert(0, child)
    if numbering is not None:
        lists = document.part.numbering_part.element
        for child in list(lists):
            lists.remove(child)
        lists.extend(_parse(numbering))
    for style in _parse(styles):
        name = style.get(qn("w:styleId"))
        for old in document.styles.element.xpath(f'w:style[@w:styleId="{name}"]'):
            old.getparent().remove(old)
        document.styles.element.append(style)
    return save(document)


def _parse(xml):
    return list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))


def replace_part(data, name, content):
    """Give the same file with one part changed; ``None`` leaves the part out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        if content is not None:
            new.writestr(name, content)
    return out.getvalue()


def run(text, *, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text="", *, num=None, ilvl=0, style=None, properties="", content=""):
    """Write a paragraph: text, list and level, style, further properties, raw content."""
    style = "" if style is None else f'<w:pStyle w:val="{style}"/>'
    number = (
        ""
        if num is None
        else f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>'
    )
    text = run(text) if text else ""
    return f"<w:p><w:pPr>{style}{number}{properties}</w:pPr>{text}{content}</w:p>"


def level(ilvl, form, text, *, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*abstracts, nums=None):
    """Write numbering: each abstract list from its levels, and lists made from them.

    ``nums`` maps a list's number to its abstract list, or to (abstract list, overrides).
    """
    nums = nums or {number: number - 1 for number in range(1, len(abstracts) + 1)}
    out = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
        for number, levels in enumerate(abstracts)
    )
    for number, target in nums.items():
        abstract, overrides = target if isinstance(target, tuple) else (target, "")
        out += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
    return out


def start_override(ilvl, start):
    return f'<w:lvlOverride w:ilvl="{ilvl}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def table(rows, *, widths=None):
    """Write a table; a cell is its text, or (properties, content) in XML."""
    count = max(len(row) for row in rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths or [1000] * count)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(map(_row, rows))}</w:tbl>"


def _row(cells):
    out = "<w:tr>"
    for cell in cells:
        properties, content = cell if isinstance(cell, tuple) else ("", paragraph(cell))
        out += f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"
    return out + "</w:tr>"
