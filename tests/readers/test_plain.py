import codecs
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taskner.errors import (
    EmptyFileError,
    EncodingError,
    ReadError,
    UnknownFormatError,
    UnreadableFileError,
)
from taskner.readers import SUFFIXES, document_from_text, read, read_bytes

TEXT = "北岭县重点工作分解\n\n1.全年新建公园3个以上。\n责任单位：园林中心，财政局\n"
TRADITIONAL = "全年新建公園三個以上，責任單位為園林中心與財政局。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode("gb18030"),
        TEXT.encode() + b"\0" * 5_000,
    ],
    ids=["utf-8", "bom", "gb", "16le+", "16be+", "16le", "16be", "32", "crlf", "cr", "padded"],
)
def test_every_encoding_gives_the_same_text(data):
    document = read_bytes(data, name="dir/通知.txt")
    assert document.text == TEXT
    assert document.id == "通知"
    assert document.source.sha256 == sha256(data).hexdigest()
    assert (document.source.reader, document.source.media_type) == ("plain", "text/plain")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_any_nul_byte_is_recognised(codec):
    text = "推进公园建设、责任单位园林中心、财政局、住建局"
    assert read_bytes(text.encode(codec), name="a.txt").text == text


def test_traditional_text_in_big5_is_detected():
    text = TRADITIONAL * 20
    assert read_bytes(text.encode("big5"), name="a.txt").text == text


def test_nul_characters_between_others_keep_their_place():
    text = "新建公园3个，" * 20 + "甲\0乙"
    assert read_bytes(text.encode(), name="a.txt").text == text


def test_another_script_in_utf8_is_text_too():
    assert read_bytes("สวัสดี\n".encode(), name="a.txt").text == "สวัสดี\n"


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\0\0\0\0", codecs.BOM_UTF8, "\u3000\n".encode()]
)
def test_nothing_to_read_is_an_empty_file(data):
    with pytest.raises(EmptyFileError, match=r"a\.txt"):
        read_bytes(data, name="a.txt")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00" + bytes(range(128, 256)) * 9,
        b"\x01\x02\x03\x04ab" * 50,
        codecs.BOM_UTF8 + b"\xff\xfe\xfd",
        TEXT.encode()[:-2] + b"\xff\xff" + TEXT.encode(),
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(EncodingError, match="GB18030"):
        read_bytes(data, name="a.txt")


@settings(deadline=None)
@given(st.text(alphabet="甲乙局 \t\n。0a", min_size=1))
@example(" \n 甲 \n乙")
def test_blocks_are_the_lines_that_are_not_blank(text):
    if not text.strip():
        with pytest.raises(EmptyFileError):
            document_from_text(text)
        return
    document = document_from_text(text)
    assert document.text == text
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [text[block.start : block.end] for block in document.blocks] == lines


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    for name in ("a.txt", "a.html", "-"):
        try:
            document = read_bytes(data, name=name)
        except ReadError:
            continue
        assert document.blocks


def test_a_file_is_read_by_its_suffix(tmp_path):
    path = tmp_path / "通知.TXT"
    path.write_bytes(TEXT.encode("gb18030"))
    document = read(path)
    assert document.text == TEXT
    assert document.source.path == str(path)
    assert read(str(path)) == document


def test_an_unknown_suffix_names_the_known_ones(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK")
    with pytest.raises(UnknownFormatError, match=r"\.htm, \.html, \.md"):
        read(path)
    assert ".txt" in SUFFIXES


def test_folders_and_missing_files_are_named(tmp_path):
    with pytest.raises(UnreadableFileError, match="folder"):
        read(tmp_path)
    with pytest.raises(UnreadableFileError, match="no such file"):
        read(tmp_path / "a.txt")
    with pytest.raises(UnreadableFileError):
        read("a\0.txt")


def test_standard_input_may_be_text_or_html():
    assert read_bytes(TEXT.encode(), name="-").source.reader == "plain"
    document = read_bytes(b"\n<!DOCTYPE html><p>" + TEXT.encode() + b"</p>", name="-")
    assert (document.id, document.source.reader) == ("stdin", "html")


def test_a_line_of_a_million_characters_is_read():
    text = "新建公园3个。 " * 130_000
    assert len(read_bytes(text.encode("gb18030"), name="a.txt").text) == len(text)


@pytest.mark.shared
def test_offsets_point_into_the_real_files(shared):
    for path in sorted((shared / "notices").glob("*.txt")):
        assert read(path).text == path.read_text("utf-8")
