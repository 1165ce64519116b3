"""What a file is goes before what it is called."""

import base64
import quopri

import pytest

from pdf_making import canvas, data, put
from taskner.errors import (
    EmptyFileError,
    EncodingError,
    NeedsConversionError,
    UnknownFormatError,
    UnreadableFileError,
    WrongFormatError,
)
from taskner.readers import SUFFIXES, read_bytes
from taskner.readers.signatures import Kind, kind_by_start, kind_of
from word_files import archive_of, paragraph, word_file

NESTED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
LINE = "新建公园3个以上。"
TEXT = f"一、任务\n1.{LINE}\n责任单位:县园林局\n"
PAGE = f"<html><head><meta charset=gb2312></head><body><p>{LINE}</p></body></html>"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def entry(name):
    """An entry of an OLE directory."""
    return name.encode("utf-16-le").ljust(64, b"\0") + bytes(64)


def pdf():
    drawing = canvas()
    put(drawing, 100, 100, LINE * 3)
    return data(drawing)


def mhtml(encoding):
    body = PAGE.encode("gb18030")
    pack = quopri.encodestring if encoding == "quoted-printable" else base64.encodebytes
    return (
        b"From: <Saved by Microsoft Internet Explorer>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: "
        + encoding.encode()
        + b"\r\n\r\n"
        + pack(body)
        + b"\r\n--b\r\n"
        b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlh\r\n--b--\r\n"
    )


WORD = word_file(paragraph(LINE))
UNKNOWN = (".bak", ".shtml", "")
FORMS = {
    "docx": (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf(), "application/pdf"),
    "html": (PAGE.encode("gb18030"), "text/html"),
    "mhtml": (mhtml("quoted-printable"), "multipart/related"),
}


@pytest.mark.parametrize(
    ("form", "suffix"),
    [
        (form, suffix)
        for form in FORMS
        for suffix in (*SUFFIXES, *UNKNOWN)
        # A text may be a message.
        if form != "mhtml" or suffix not in {".txt", ".md", ".text", ".csv", ".tsv", *UNKNOWN}
    ],
)
def test_a_wrong_suffix_does_no_harm(form, suffix):
    content, media_type = FORMS[form]
    document = read_bytes(content, name=f"通知{suffix}")
    assert LINE in document.text
    assert (document.source.media_type, document.source.reader) == (media_type, form)


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".wps", ".xls", ".pdf", ".rtf", ".odt"])
def test_text_under_an_office_suffix_is_text(suffix):
    document = read_bytes(TEXT.encode("gb18030"), name=f"通知{suffix}")
    assert document.text == TEXT
    assert document.source.media_type == "text/plain"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("suffix", [".mht", ".mhtml", ".doc", ".html"])
def test_a_page_saved_in_one_file_is_a_page(encoding, suffix):
    document = read_bytes(mhtml(encoding), name=f"通知{suffix}")
    assert document.text == LINE + "\n"


@pytest.mark.parametrize(
    "content",
    [
        b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx",
        b"MIME-Version: 1.0\r\n"
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 5_000,
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n" * 2,
    ],
)
def test_a_message_without_a_page_is_refused(content):
    with pytest.raises((EmptyFileError, UnreadableFileError), match=r"no text|parts inside parts"):
        read_bytes(content, name="a.mht")


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".wps"])
@pytest.mark.parametrize("start", ["", '<?xml version="1.0"?>\n', "\ufeff"])
def test_a_page_that_word_saved_is_a_page(suffix, start):
    page = (
        f'{start}<html xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">'
        "<head><meta name=ProgId content=Word.Document><style></style></head>"
        f"<body><p class=MsoNormal>{LINE}<o:p></o:p></p></body></html>"
    )
    document = read_bytes(page.encode(), name=f"通知{suffix}")
    assert document.text == LINE + "\n"
    assert document.source.reader == "html"


def test_a_text_may_speak_of_any_format():
    for first in (
        "PK赛成绩%PDF-1.4\n",
        "甲<html><table>\n",
        "MIME-Version: 1.0\n",
        "{rtf\n",
        "From: x\n",
    ):
        text = first + TEXT
        document = read_bytes(text.encode(), name="a.txt")
        assert document.text == text
        assert document.source.reader == "plain"


def test_standard_input_is_what_it_is():
    assert read_bytes(WORD, name="-").source.reader == "docx"
    assert read_bytes(FORMS["pdf"][0], name="-").source.reader == "pdf"
    assert read_bytes(PAGE.encode(), name="-").source.reader == "html"
    assert read_bytes(TEXT.encode(), name="-").source.reader == "plain"


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".doc", ".xls", ".rtf", ".mht"])
@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", r"a picture \(PNG\)"),
        (b"Rar!\x1a\x07\0", "a RAR archive"),
        (archive_of({"ppt/presentation.xml": "<a/>"}), "a PowerPoint file"),
        (OLE + entry("PowerPoint Document"), "an old PowerPoint file"),
    ],
)
def test_what_is_nothing_that_is_read_is_named(content, found, suffix):
    with pytest.raises(WrongFormatError, match=rf"a\{suffix}: the content is {found}"):
        read_bytes(content, name=f"a{suffix}")


def test_a_password_is_told_whatever_the_suffix():
    for suffix in (".doc", ".docx", ".xls", ".xlsx", ".txt"):
        with pytest.raises(UnreadableFileError, match="password"):
            read_bytes(OLE + entry("EncryptedPackage"), name=f"a{suffix}")


def test_ofd_files_say_what_to_do():
    for suffix in (".ofd", ".docx", ".pdf"):
        with pytest.raises(NeedsConversionError, match=r"is an OFD file, which .* as PDF"):
            read_bytes(archive_of({"OFD.xml": "<a/>"}), name=f"a{suffix}")


def test_neither_content_nor_suffix():
    for content in (TEXT.encode(), b"\x89PNG\r\n\x1a\n", b"PK"):
        with pytest.raises(UnknownFormatError, match=r"\.doc, \.docm, \.docx"):
            read_bytes(content, name="a.xyz")
    with pytest.raises(EncodingError):
        read_bytes(b"\x89PNG\r\n\x1a\n\0\0" + bytes(range(128, 256)) * 9, name="a.txt")


def test_the_first_stream_of_the_directory_tells():
    # A workbook with an embedded document, and a text in which the word occurs.
    book = OLE + entry("Root Entry") + entry("Workbook") + entry("WordDocument")
    assert kind_of(book) is Kind.OLD_EXCEL
    words = OLE + b"\1" + "Workbook".encode("utf-16-le") + bytes(111) + entry("WordDocument")
    assert kind_of(words) is Kind.OLD_WORD
    assert kind_of(OLE + entry("Book")) is Kind.OLD_EXCEL
    assert kind_of(OLE) is Kind.OLD_OFFICE


@pytest.mark.parametrize(
    "start", [b"", b"\xef\xbb\xbf", b" \r\n", b'<?xml version="1.0"?>\n', b"<!-- saved -->\r\n"]
)
def test_pages_begin_in_many_ways(start):
    for page in (b"<!DOCTYPE html>", b"<HTML lang=zh>"):
        assert kind_by_start(start + page) is Kind.HTML
    assert kind_by_start(start + b"<p>") is Kind.UNKNOWN
