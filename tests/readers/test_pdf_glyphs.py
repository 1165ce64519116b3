import re
from io import BytesIO

import pytest
from reportlab.lib.utils import ImageReader

import pdf_making as pdf
from pdf_reading import read, texts
from taskner.errors import NoTextLayerError, ScannedPagesError, UnmappedTextError
from taskner.readers.pdf_glyphs import mended
from taskner.readers.pdf_page import Glyph, Page

PROSE = "全年新增规上企业30家以上，新建绿道25公里，完成山地果园改造7.5万亩。"


def _picture(drawing, *, width=595, height=842):
    """A grey picture that covers a part of the page, as a scanner makes it."""
    from PIL import Image  # noqa: PLC0415

    content = BytesIO()
    Image.new("L", (60, 84), 200).save(content, "PNG")
    drawing.drawImage(ImageReader(content), 0, 0, width, height)


def _without_characters(data):
    """The same file, but its fonts no longer say which characters they show."""
    return re.sub(rb"/ToUnicode \d+ 0 R", lambda match: b" " * len(match[0]), data)


def test_bold_by_printing_twice_is_read_once():
    drawing = pdf.canvas()
    for shift in (0, 0.4, 0.8):
        pdf.put(drawing, 72 + shift, 100 + shift / 2, "人人参与，新建公园11个，产值增长3.33%")
    assert texts(read(drawing)) == ["人人参与，新建公园11个，产值增长3.33%"]


def test_radicals_and_compatibility_characters_become_characters():
    drawing = pdf.canvas()
    pdf.put(drawing, 72, 100, "⼯业⽤⽔⼤户⻔⻋⻓")
    text = read(drawing).text
    assert not re.search("[\u2e80-\u2fdf\uf900-\ufaff]", text)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⼯", "工"),
        ("⽤", "用"),
        ("⻓", "长"),
        ("⻔", "门"),
        ("\uf9d8", "律"),
        ("〇", "〇"),
        ("①", "①"),
    ],
)
def test_characters_are_mapped_in_their_blocks_only(printed, meant):
    page = Page(number=1, width=100, height=100, glyphs=(Glyph(printed, 10, 10, 20, 20, 10),))
    assert mended(page).glyphs[0].text == meant


@pytest.mark.parametrize("blank", [" ", "　"])
def test_blanks_between_all_characters_go(blank):
    drawing = pdf.canvas()
    pdf.put(drawing, 72, 100, blank.join("新建公园３个"))
    pdf.put(drawing, 72, 140, blank.join("责任单位"))
    pdf.put(drawing, 72, 180, "附件 1：重点任务 责任分解表")
    assert texts(read(drawing)) == ["新建公园３个", "责任单位", "附件1：重点任务责任分解表"]


def test_latin_words_keep_their_blanks_and_numbers_too():
    drawing = pdf.canvas()
    pdf.put(drawing, 72, 100, "引进 Blue Sky Energy 项目 12 个，投资 3 200 万元")
    assert texts(read(drawing)) == ["引进Blue Sky Energy项目12个，投资3 200万元"]


def test_a_raised_mark_is_no_digit_of_a_number():
    drawing = pdf.canvas()
    pdf.put(drawing, 72, 100, "新增规上企业30")
    pdf.put(drawing, 72 + 6 * 16 + 17, 93, "1", size=8)
    pdf.put(drawing, 72 + 6 * 16 + 22, 100, "家，PM")
    pdf.put(drawing, 72 + 10 * 16 + 11, 103, "2.5", size=8)
    pdf.put(drawing, 72 + 11 * 16 + 10, 100, "浓度下降")
    assert texts(read(drawing)) == ["新增规上企业30¹家，PM2.5浓度下降"]


@pytest.mark.parametrize("n_marks", [1, 20])
def test_cid_marks_of_a_bad_conversion_are_an_error_where_they_are_many(n_marks):
    drawing = pdf.canvas()
    pdf.paragraph(drawing, 100, PROSE)
    pdf.put(drawing, 72, 300, "(cid:123)新建公园(cid:7)个" + "(cid:12)" * (n_marks - 1), size=9)
    if n_marks == 1:
        text = read(drawing).text
        assert "cid" not in text
        assert "�新建公园�个" in text  # a digit may be missing: it is not 公园个
    else:
        with pytest.raises(UnmappedTextError, match="page 1"):
            read(drawing)


def test_pages_of_pictures_are_an_error_of_their_own():
    drawing = pdf.canvas()
    for _ in range(2):
        _picture(drawing)
        drawing.showPage()
    with pytest.raises(NoTextLayerError, match=r"通知\.pdf.*OCR"):
        read(drawing)


def test_a_page_number_on_a_scan_is_no_text():
    drawing = pdf.canvas()
    for page in (1, 2):
        _picture(drawing)
        pdf.centre(drawing, 810, f"- {page} -", size=10.5)
        drawing.showPage()
    with pytest.raises(NoTextLayerError):
        read(drawing)


def test_no_scanned_page_is_lost_in_silence():
    drawing = pdf.canvas()
    pdf.paragraph(drawing, 100, PROSE)
    drawing.showPage()
    _picture(drawing)
    drawing.showPage()
    _picture(drawing)
    with pytest.raises(ScannedPagesError, match="page 2, 3 of 3"):
        read(drawing)


def test_seals_and_pictures_beside_text_and_empty_pages_are_no_loss():
    drawing = pdf.canvas()
    _picture(drawing, width=120, height=120)
    pdf.paragraph(drawing, 100, PROSE)
    drawing.showPage()
    drawing.showPage()
    _picture(drawing)  # a text layer over the scan
    pdf.paragraph(drawing, 100, PROSE)
    assert texts(read(drawing)) == [PROSE, PROSE]


def test_text_whose_characters_are_unknown_is_an_error():
    drawing = pdf.canvas()
    drawing.setFont("Symbol", 16)
    pdf.paragraph(drawing, 100, PROSE)
    data = pdf.data(drawing)
    assert _without_characters(data) == data  # no such table in this font
    damaged = data.replace(b"UniGB-UCS2-H", b"Identity-H  ")
    with pytest.raises(UnmappedTextError, match="does not say"):
        read(damaged)
