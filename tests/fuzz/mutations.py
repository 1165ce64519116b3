"""Sound files made unsound: bytes, XML trees, parts of archives, objects and streams of PDFs."""

import re
import zipfile
import zlib
from copy import deepcopy
from io import BytesIO

from lxml import etree

_MOST_BYTES = 4_000_000
_MOST_ELEMENTS = 20_000
_NUMBERS = ("0", "-1", "1", "255", "65536", "4294967296", "9" * 30, "1e308", "NaN", "")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TEXTS = [
    *("一、", "（一）", "1.", "1.1.1", "①", "第一章", "附件1", "★", "\t", "责任单位：", "12月底前"),
    *("1.2万亿元", "30%", "三分之一", "2—3家", "９９", "㈠", "Ⅲ", "（", "）", "《", "；；", "𠀀"),
    *(
        "\u3000",
        "\u200b",
        "\ufeff",
        "\u202e",
        "\u0301",
        "\u2028",
        "0" * 400,
        "（" * 300,
        "1." * 300,
    ),
]
_WORDS = [
    *(text.encode() for text in _TEXTS),
    *(b"\0", b"\r\n", b"<", b">", b"/>", b"<!--", b"]]>", b"&#x10FFFF;", b"&#0;", b'"'),
]
_PDF_WORDS = [
    *(b"<<", b">>", b"(", b"[", b"]", b"stream\n", b"endobj ", b"/Kids [1 0 R]", b"/Parent 3 0 R"),
    *(b"/Contents 5 0 R", b"/Rotate 90", b"/UserUnit 9999", b"/MediaBox [0 0 1e9 1e9]"),
    *(b" q ", b" Q ", b" BT ", b" ET ", b" 1 1 9 9 re S ", b" 0 0 0 0 0 0 cm ", b" Tj ", b" Tf "),
    *(b" 0 0 l S ", b" W n ", b" /F1 0 Tf ", b" 1e9 0 0 1e9 0 0 Tm ", b" 3 Tr ", b" 99999 Tc "),
]
_MAIN = re.compile(r"document|sheet\d|styles|numbering|Strings|workbook")
_REFERENCE = re.compile(rb"\b\d+ 0 R")
_STREAM = re.compile(rb"(stream\r?\n)(.*?)(\s*endstream)", re.DOTALL)


def mutate(reader, data, others, rng):
    """Give a changed copy of a file.

    Args:
        reader: Which reader it is for: ``docx``, ``xlsx`` or ``pdf``.
        data: The file.
        others: Files of the same kind, to take pieces from.
        rng: The source of chance.
    """
    if rng.random() < 0.1:
        return mutate_bytes(data, rng, _WORDS, others)
    change = mutate_pdf if reader == "pdf" else mutate_archive
    return change(data, rng, others)[:_MOST_BYTES]


def mutate_bytes(data, rng, words, others=()):
    """Change some bytes, wherever they are."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(out) + 1)
        end = min(len(out), at + rng.choice((1, 2, 4, 30, 300, 3_000)))
        choice = rng.randrange(9)
        if choice == 0 and at < len(out):
            out[at] ^= 1 << rng.randrange(8)
        elif choice == 1:
            del out[at:end]
        elif choice == 2:
            out[at:at] = bytes(out[at:end]) * rng.choice((1, 2, 10, 200))
        elif choice == 3:
            out[at:at] = rng.choice(words)
        elif choice == 4:
            out[at:end] = rng.randbytes(end - at)
        elif choice == 5 and rng.random() < 0.3:
            del out[at:]
        elif choice == 6 and others:
            other = rng.choice(others)
            start = rng.randrange(len(other) + 1)
            out[at:end] = other[start : start + (end - at)]
        elif spans := [match.span() for match in _NUMBER.finditer(out)]:
            first, last = rng.choice(spans)
            out[first:last] = rng.choice(_NUMBERS).encode()
    return bytes(out[:_MOST_BYTES])


def mutate_archive(data, rng, _others):
    """Change the parts of a docx or xlsx, or which parts there are."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    main = [at for at, (name, _) in enumerate(parts) if _MAIN.search(name)]
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.choice(main) if rng.random() < 0.8 else rng.randrange(len(parts))
        name, part = parts[at]
        choice = rng.randrange(12)
        if choice == 0:
            parts[at] = (name, rng.choice((b"", rng.choice(parts)[1])))
        elif choice == 1:
            parts.append((name, mutate_bytes(part, rng, _WORDS)))
        elif choice == 2 or not name.endswith((".xml", ".rels")):
            parts[at] = (name, mutate_bytes(part, rng, _WORDS))
        else:
            parts[at] = (name, _mutate_xml(part, rng))
    if rng.random() < 0.03:
        del parts[rng.randrange(len(parts))]
    return pack(parts)


def pack(parts):
    """Give an archive of parts, of which several may have one name."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts:
            archive.NameToInfo.pop(name, None)  # no warning of a name that is there twice
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _mutate_xml(data, rng):
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        return mutate_bytes(data, rng, _WORDS)
    for _ in range(rng.choice((1, 2, 4, 10))):
        elements = [element for element in root.iterdescendants() if isinstance(element.tag, str)]
        if 0 < len(elements) < _MOST_ELEMENTS:
            _change_element(rng.choice(elements), rng.choice(elements), rng)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _change_element(element, other, rng):
    parent = element.getparent()
    choice = rng.randrange(9)
    if choice == 0:
        parent.remove(element)
    elif choice == 1:
        size = sum(1 for _ in element.iter())
        for _ in range(min(rng.choice((1, 2, 20, 400)), _MOST_ELEMENTS // size + 1)):
            parent.insert(parent.index(element), deepcopy(element))
    elif choice == 2:
        other.append(deepcopy(element))
    elif choice == 3:
        for _ in range(rng.choice((1, 5, 60, 200))):  # the element, around itself
            wrapper = deepcopy(element)
            del wrapper[:]
            element.getparent().replace(element, wrapper)
            wrapper.append(element)
    elif choice in {4, 5} and element.attrib:
        values = (*_NUMBERS, *other.attrib.values(), "99999999", "x" * 2_000, "true")
        element.set(rng.choice(list(element.attrib)), rng.choice(values))
    elif choice == 6 and element.attrib:
        del element.attrib[rng.choice(list(element.attrib))]
    elif choice == 7:
        element.text = (element.text or "") + rng.choice(_TEXTS) * rng.choice((1, 3, 100))
    else:
        element.tag = other.tag


def mutate_pdf(data, rng, others):
    """Change objects, references, dictionaries and what pages draw."""
    pieces = re.split(rb"(?<=endobj)\s", data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = rng.randrange(len(pieces))
        choice = rng.randrange(8)
        if choice == 0 and len(pieces) > 3:
            del pieces[at]
        elif choice == 1:
            pieces.insert(at, rng.choice(pieces))
        elif choice == 2:
            other = b"%d 0 R" % rng.randrange(1, 20)
            pieces[at] = _REFERENCE.sub(
                lambda found, other=other: rng.choice((found[0], other)), pieces[at]
            )
        elif choice == 3:
            pieces[at] = mutate_bytes(pieces[at], rng, _PDF_WORDS, others)
        else:
            streams = [n for n, piece in enumerate(pieces) if _STREAM.search(piece)]
            at = rng.choice(streams) if streams else at
            pieces[at] = _STREAM.sub(lambda found: _change_stream(found, rng), pieces[at], count=1)
    return b"\n".join(pieces)


def _change_stream(found, rng):
    """Change what a stream holds, unpacked where it is packed; its length is not corrected."""
    begin, content, end = found.groups()
    try:
        content = zlib.compress(mutate_bytes(zlib.decompress(content), rng, _PDF_WORDS), 1)
    except zlib.error:
        content = mutate_bytes(content, rng, _PDF_WORDS)
    return begin + content + end
