"""What a file is, whatever its suffix says."""

from __future__ import annotations

import codecs
import re
import zipfile
from enum import StrEnum
from io import BytesIO


class Kind(StrEnum):
    """What the content of a file is, in plain words with their article."""

    PDF = "a PDF file"
    WORD = "a Word file (.docx)"
    EXCEL = "an Excel file (.xlsx)"
    POWERPOINT = "a PowerPoint file (.pptx)"
    ODT = "an OpenDocument file (.odt)"
    ODS = "an OpenDocument file (.ods)"
    OPEN_DOCUMENT = "an OpenDocument file"
    OFD = "an OFD file"
    ZIP = "a zip archive"
    DAMAGED_ZIP = "a damaged zip archive"
    RAR = "a RAR archive"
    SEVEN_ZIP = "a 7z archive"
    ENCRYPTED = "an Office file that is protected by a password"
    OLD_WORD = "an old Word file (.doc)"
    OLD_EXCEL = "an old Excel file (.xls)"
    OLD_POWERPOINT = "an old PowerPoint file (.ppt)"
    OLD_OFFICE = "an old Office file"
    RTF = "an RTF file"
    WORD_XML = "a Word file saved as XML"
    EXCEL_XML = "an Excel file saved as XML"
    MHTML = "a web page (MHTML)"
    HTML = "a web page (HTML)"
    PNG = "a picture (PNG)"
    JPEG = "a picture (JPEG)"
    GIF = "a picture (GIF)"
    TIFF = "a picture (TIFF)"
    TEXT = "a text file"
    UNKNOWN = "a file of unknown content"


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Streams of an OLE file, as its directory spells them; "Book" is Excel 5.
_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("WordDocument", Kind.OLD_WORD),
    ("Workbook", Kind.OLD_EXCEL),
    ("Book", Kind.OLD_EXCEL),
    ("PowerPoint Document", Kind.OLD_POWERPOINT),
)
_PARTS = (
    ("word/", Kind.WORD),
    ("xl/", Kind.EXCEL),
    ("ppt/", Kind.POWERPOINT),
    ("OFD.xml", Kind.OFD),
)
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", Kind.ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", Kind.ODS),
    (b"application/vnd.oasis.opendocument.", Kind.OPEN_DOCUMENT),
)
_STARTS = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"Rar!", Kind.RAR),
    (b"7z\xbc\xaf", Kind.SEVEN_ZIP),
    (b"\x89PNG", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF8", Kind.GIF),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
)
_ENTRY = 128
_HEAD = 4_096
_PAGE_START = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(rb"<\?xml|<\?mso|<(?:w:wordDocument|pkg:package|Workbook)\b")
_OFFICE_XML = (
    (
        re.compile(rb"<w:wordDocument|<pkg:package|<\?mso-application[^>]*Word\.Document"),
        Kind.WORD_XML,
    ),
    (re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"), Kind.EXCEL_XML),
)
_PATTERNS = (
    (re.compile(rb"%PDF-"), Kind.PDF),
    (re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE), Kind.MHTML),
    (re.compile(rb"<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE), Kind.HTML),
)


def kind_of(data: bytes) -> Kind:
    """Say what the content of a file is that should be no text.

    Returns:
        The kind; ``UNKNOWN`` for content that is not recognised.
    """
    kind = kind_by_start(data)
    if kind is not Kind.UNKNOWN:
        return kind
    head = _start(data).replace(b"\0", b"")
    for pattern, kind in _PATTERNS:
        if pattern.search(head):
            return kind
    return Kind.TEXT if _is_text(data) else Kind.UNKNOWN


def kind_by_start(data: bytes) -> Kind:
    """Say what a file is by its first characters, so that a text may speak of any format.

    Returns:
        The kind; ``UNKNOWN`` for what begins like a text or like nothing that is known.
    """
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    head = _start(data)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    head = head.replace(b"\0", b"")  # UTF-16 has a NUL beside every ASCII character
    if _XML_START.match(head):
        for pattern, kind in _OFFICE_XML:
            if pattern.search(head):
                return kind
    return Kind.HTML if _PAGE_START.match(head) else Kind.UNKNOWN


def _start(data: bytes) -> bytes:
    """Give the first bytes without byte order marks and blanks."""
    head = data[:_HEAD]
    if not head.startswith(b"\xff\xd8"):
        head = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return head


def _kind_of_ole(data: bytes) -> Kind:
    """Tell by the first stream of the directory: those of embedded files stand behind it.

    Source: [MS-CFB] 2.6: entries of the directory have 128 bytes and begin with their name.
    """
    found: list[tuple[bool, int, Kind]] = []
    for stream, kind in _STREAMS:
        for match in re.finditer(re.escape(stream.encode("utf-16-le")), data):
            ends = data[match.end() : match.end() + 2] == b"\0\0"
            is_entry = ends and match.start() % _ENTRY == 0
            found.append((not is_entry, match.start(), kind))
    return min(found)[2] if found else Kind.OLD_OFFICE


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            declared = b""
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    declared = stream.read(100)
    except Exception:  # noqa: BLE001 - a damaged archive is still an archive
        return Kind.DAMAGED_ZIP
    for start, kind in _OPEN_DOCUMENTS:
        if declared.startswith(start):
            return kind
    for name, kind in _PARTS:
        if any(part.startswith(name) for part in names):
            return kind
    return Kind.ZIP


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
