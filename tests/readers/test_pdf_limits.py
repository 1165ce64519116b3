import time
import tracemalloc
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

import pdf_making as pdf
from pdf_reading import read, texts
from taskner.errors import (
    EmptyFileError,
    ReadTimeoutError,
    TasknerError,
    UnreadableFileError,
    WrongFormatError,
)
from taskner.readers import ReaderConfig, read_bytes
from taskner.readers.layout import Layout
from taskner.readers.pdf import read_pdf
from taskner.readers.pdf_limits import check_pdf

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[6 0 R]>>"
)
DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>"
)
SHOWN = b"BT /F 16 Tf 72 700 Td <65B0589E> Tj ET\n"
TEXT = "新增\n"


def _file(objects):
    """A PDF of numbered objects; the first is its root."""
    content = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(content), max(objects) + 1
    content += b"xref\n0 %d\n0000000000 65535 f \n" % size
    content += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    content += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(content)


def _stream(content, *, more=b"", times=1):
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode" * times
    return b"<</Length %d/Filter[%s]%s>>stream\n%s\nendstream" % (
        len(content),
        filters,
        more,
        content,
    )


def _form(content, names):
    called = b"".join(b"/X%d %d 0 R" % (number, number) for number in names)
    return _stream(
        content,
        more=b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>" % called,
    )


def _one_page(content=None, *, kids=b"3 0 R", count=1, box=b"0 0 595 842", more=None):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R" % box
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        3: page + b"/Resources<</Font<</F 5 0 R>>/XObject<</X7 7 0 R>>>>>>",
        4: content or _stream(SHOWN),
        5: FONT,
        6: DESCENDANT,
    }
    return _file(objects | (more or {}))


def test_the_plain_file_is_read():
    assert read(_one_page()).text == TEXT


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"a" * 99, "old"),
        (b"\x89PNG\r\n\x1a\n" + b"a" * 99, "PNG"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"\xef\xbb\xbf<html><body>a", "HTML"),
        ("通知".encode(), "a text file"),
    ],
)
def test_other_files_named_pdf_are_called_what_they_are(data, found):
    # As the reader of PDFs says it; a file under this suffix is read as what it is.
    with pytest.raises(WrongFormatError, match=f"the content is .*({found}).* not a PDF"):
        read_pdf(data, Layout(path="a.pdf", config=ReaderConfig()))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "no sound PDF"),
        (_one_page()[:-120], "end is missing"),
        (_one_page(kids=b"3 0 R 99 0 R", count=2), "page 2 is damaged"),
        (_one_page(kids=b"2 0 R 3 0 R", count=5), "damaged"),
        (_one_page(kids=b"3 0 R " * 2001, count=2001), "2,001 pages.*max_pages = 2000"),
        (_one_page(more={7: _form(b"/X7 Do /X7 Do", [7])}), "without end"),
        (
            _one_page(
                more={n: _form(b"/X%d Do\n" % (n + 1) * 30, [n + 1]) for n in range(7, 12)}
                | {12: _form(b"", [])}
            ),
            "without end",
        ),
        (_one_page(_stream(SHOWN * 101_000)), "100,000 pieces"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_says_why(data, says):
    start = time.perf_counter()
    with pytest.raises(UnreadableFileError, match=says):
        read(data)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("times", [1, 2])
def test_a_stream_that_unpacks_to_too_much_is_refused_unread(times):
    data = _one_page(_stream(SHOWN + b" " * 30_000_000, times=times))
    assert len(data) < 50_000
    assert read(data).text == TEXT
    with pytest.raises(UnreadableFileError, match="max_expanded_bytes = 20000000"):
        read_bytes(data, name="a.pdf", config=ReaderConfig(max_expanded_bytes=20_000_000))


def test_pictures_are_not_counted_as_they_are_not_unpacked():
    picture = _stream(b"\0" * 1_000_000, more=b"/Subtype/Image/Width 1000/Height 1000")
    data = _one_page(more={7: picture})
    config = ReaderConfig(max_expanded_bytes=100_000)
    assert read_bytes(data, name="a.pdf", config=config).text == TEXT


@pytest.mark.parametrize(
    "data",
    [
        _one_page(count=10**9),
        _one_page(count=-5),
        _one_page(box=b"0 0 99999999999 99999999999"),
        _one_page(box=b"0 0 0 0"),
        _one_page(box=b"595 842 0 0"),
        _one_page(box=b"0 0 nan 1e999"),
        _one_page(more={n: b"<</A %d 0 R>>" % (n + 1) for n in range(8, 20_000)}),
        _one_page(more={8: b"[" * 100_000 + b"]" * 100_000}),
        b"junk\n" * 30 + _one_page(),
        _one_page() + b"\n" * 5_000,
    ],
)
def test_strange_but_whole_files_are_read(data):
    assert read(data).text == TEXT


def test_many_objects_beside_nested_drawings_take_little_memory():
    drawings = {7: _form(b"/X8 Do", [8]), 8: _form(b"", [])}
    data = _one_page(more=drawings | dict.fromkeys(range(9, 30000), b"<</A 8 0 R>>"))
    tracemalloc.start()
    try:
        check_pdf(data, path="a.pdf", config=ReaderConfig())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000  # a copy of 64 KB for each object would be 2 GB


def test_a_page_of_strokes_is_read_in_time():
    strokes = b""
    for i in range(15_000):
        x, y = 13 * i % 590, 7 * i % 840
        strokes += b"%d %d m %d %d l S\n" % (x, y, x + i % 2 * 30, y + (i + 1) % 2 * 30)
    net = b"".join(
        b"0 %d m 9000 %d l S %d 0 m %d 9000 l S\n" % (i, i, i, i) for i in range(0, 8_000, 7)
    )
    start = time.perf_counter()
    assert "新" in read(_one_page(_stream(strokes + SHOWN))).text
    assert read(_one_page(_stream(net + SHOWN), box=b"0 0 9000 9000")).text == TEXT
    assert time.perf_counter() - start < 40


def test_a_page_that_shows_nothing_is_an_empty_file():
    with pytest.raises(EmptyFileError):
        read(_one_page(_stream(b" ")))


def test_a_password_is_an_error_and_an_owner_password_none():
    for password, is_open in (("geheim", False), ("", True)):
        drawing = pdf.canvas(encrypt=StandardEncryption(password, ownerPassword="chef"))
        pdf.paragraph(drawing, 100, "一、新建公园3个。")
        if is_open:
            assert texts(read(drawing)) == ["一、新建公园3个。"]
        else:
            with pytest.raises(UnreadableFileError, match="password"):
                read(drawing)


def test_the_time_limit_is_kept_between_pages():
    drawing = pdf.canvas()
    for _ in range(3):
        pdf.paragraph(drawing, 100, "一、新建公园3个。")
        drawing.showPage()
    data = pdf.data(drawing)
    with pytest.raises(ReadTimeoutError, match="max_seconds"):
        read_bytes(data, name="a.pdf", config=ReaderConfig(max_seconds=0.0))


def test_every_cut_and_every_flipped_byte_gives_a_document_or_an_error():
    drawing = pdf.canvas()
    pdf.table(drawing, 100, [50, 150], [["序号", "任务"], ["1", "新建公园3个"]])
    data = pdf.data(drawing)
    for place in range(0, len(data), 97):
        for damaged in (data[:place], data[:place] + b"\xff" + data[place + 1 :]):
            try:
                document = read_bytes(damaged, name="a.pdf")
            except TasknerError:
                continue
            assert document.blocks
