"""What a file is, whatever its suffix says."""

from __future__ import annotations

import codecs
import re
import zipfile
from io import BytesIO

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Streams of an OLE file, as its directory spells them.
_STREAMS = (
    ("EncryptedPackage", "an Office file that is protected by a password"),
    ("WordDocument", "an old Word file (.doc)"),
    ("Workbook", "an old Excel file (.xls)"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)"),
)
_PARTS = (
    ("word/", "a Word file (.docx)"),
    ("xl/", "an Excel file (.xlsx)"),
    ("ppt/", "a PowerPoint file (.pptx)"),
    ("OFD.xml", "an OFD file"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_STARTS = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
)
_HEAD = 4_096
_PATTERNS = (
    (re.compile(rb"%PDF-"), "a PDF file"),
    (re.compile(rb"<w:wordDocument|<pkg:package|Word\.Document"), "a Word file saved as XML"),
    (re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"), "an Excel file saved as XML"),
    (re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE), "a web page (MHTML)"),
    (
        re.compile(rb"<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE),
        "a web page (HTML)",
    ),
)


def kind_of(data: bytes) -> str:
    """Say in plain words what the content of a file is.

    Returns:
        A phrase with its article, such as ``an old Word file (.doc)``; for content that
        is not recognised, ``a file of unknown content``.
    """
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    plain = head.replace(b"\0", b"")  # UTF-16 has a NUL beside every ASCII character
    for pattern, name in _PATTERNS:
        if pattern.search(plain):
            return name
    return "a text file" if _is_text(data) else "a file of unknown content"


def _kind_of_ole(data: bytes) -> str:
    for stream, name in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return name
    return "an old Office file"


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            kind = b""
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    kind = stream.read(100)
    except Exception:  # noqa: BLE001 - a damaged archive is still an archive
        return "a damaged zip archive"
    if kind.startswith(_OPEN_DOCUMENT):
        return "an OpenDocument file (.odt, .ods)"
    for start, name in _PARTS:
        if any(part.startswith(start) for part in names):
            return name
    return "a zip archive"


def _is_text(data: bytes) -> bool:
    sample = data[:_HEAD]
    for codec in ("utf-8", "gb18030", "utf-16"):
        try:
            # Not final: a character cut at the end of the sample is no fault of the file.
            text = codecs.getincrementaldecoder(codec)().decode(sample)
        except UnicodeError:  # UTF-16 without its mark too
            continue
        if not any(character < " " and character not in "\t\r\n\f" for character in text):
            return True
    return False
