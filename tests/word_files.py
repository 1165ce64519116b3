"""Word files for tests: made by python-docx, with raw XML where it has no call."""

import zipfile
from functools import cache
from io import BytesIO

import docx
from docx.opc.oxml import serialize_part_xml
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


@cache
def _parts():
    """The parts of python-docx's template, with the few styles that tests name."""
    document = docx.Document()
    styles = document.styles.element
    for name in styles.xpath("w:style/@w:styleId"):
        if name not in _KEPT:
            styles.remove(styles.get_by_id(name))
    with zipfile.ZipFile(BytesIO(save(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_KEPT = {"Normal", "Title", "Heading1", "Heading2", "Heading3", "ListBullet", "ListNumber"}


def word_file(body, *, numbering=None, styles=""):
    """Make a Word file whose body is raw XML.

    ``numbering`` replaces the lists of python-docx's template; ``styles`` are added to its
    styles, in place of those of the same name.
    """
    parts = dict(_parts())
    root = parse_xml(parts["word/document.xml"])
    for child in root.body[:-1]:
        root.body.remove(child)
    for place, child in enumerate(_parse(body)):
        root.body.insert(place, child)
    parts["word/document.xml"] = serialize_part_xml(root)
    if numbering is not None:
        root = parse_xml(parts["word/numbering.xml"])
        root[:] = _parse(numbering)
        parts["word/numbering.xml"] = serialize_part_xml(root)
    if styles:
        root = parse_xml(parts["word/styles.xml"])
        for style_ in _parse(styles):
            old = root.get_by_id(style_.get(qn("w:styleId")))
            if old is not None:
                root.remove(old)
            root.append(style_)
        parts["word/styles.xml"] = serialize_part_xml(root)
    return archive_of(parts)


def archive_of(parts):
    """Pack parts, by name, into a file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _parse(xml):
    return list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))


def replace_part(data, name, content):
    """Give the same file with one part changed; ``None`` leaves the part out."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = content
    return archive_of({part: text for part, text in parts.items() if text is not None})


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


def text_box(content, *, vml=False):
    """Write a run with a text box, as Word 2010 (DrawingML) or Word 2003 (VML) does."""
    if vml:
        return (
            f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>"
        )
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
    graphic = f'<a:graphic><a:graphicData uri="shape">{shape}</a:graphicData></a:graphic>'
    return f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"


def field(code, result=""):
    """Write a complex field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    shown = mark("separate") + run(result) if result else ""
    code = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark("begin") + code + shown + mark("end")


def style(name, *, properties="", run_properties="", based_on=None, kind="paragraph"):
    based = "" if based_on is None else f'<w:basedOn w:val="{based_on}"/>'
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )
