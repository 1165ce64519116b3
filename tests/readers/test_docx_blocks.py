"""The blocks of Word files: paragraphs, headings, text boxes, pages."""

import docx
import pytest

from taskner.errors import EmptyFileError
from taskner.readers import read_bytes
from word_files import paragraph, run, save, style, table, text_box, word_file


def read(body, **parts):
    data = body if isinstance(body, bytes) else word_file(body, **parts)
    return read_bytes(data, name="通知.docx")


def blocks(document):
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def lines(document):
    return document.text.splitlines()


def pages(document):
    return [(document.text[block.start : block.end], block.page) for block in document.blocks]


def test_a_file_made_with_python_docx_is_read_in_the_order_of_its_body():
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "页眉"
    word.sections[0].footer.paragraphs[0].text = "页脚"
    word.add_heading("关于分解2031年重点工作的通知", 0)
    word.add_heading("总体要求", 1)
    commented = word.add_paragraph("各镇人民政府：")
    word.add_comment(commented.runs, text="批注", author="甲")
    word.add_paragraph("新建公园", style="List Bullet")
    grid = word.add_table(rows=3, cols=3)
    for row, texts in zip(grid.rows, (("序号", "任务", "单位"), "1建甲", "2修乙"), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    grid.cell(1, 2).merge(grid.cell(2, 2)).text = "县园林局"
    word.add_paragraph("特此通知")
    document = read(save(word))
    assert blocks(document) == [
        ("title", "关于分解2031年重点工作的通知"),
        ("heading", "总体要求"),
        ("paragraph", "各镇人民政府："),
        ("paragraph", "• 新建公园"),
        *(("cell", text) for text in ("序号", "任务", "单位", "1", "建", "县园林局", "2", "修")),
        ("paragraph", "特此通知"),
    ]
    assert document.blocks[9].row_span == 2
    assert document.source.reader == "docx"


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".DOCX"])
def test_suffixes(suffix):
    document = read_bytes(word_file(paragraph("文")), name=f"通知{suffix}")
    assert (document.id, document.text) == ("通知", "文\n")


def test_a_file_without_text_is_empty():
    with pytest.raises(EmptyFileError):
        read(save(docx.Document()))


LEVEL = '<w:outlineLvl w:val="{}"/>'


@pytest.mark.parametrize(
    ("kind", "name", "properties", "base"),
    [
        ("title", "Title", "", None),
        ("title", "公文标题", "", "Title"),
        ("heading", "Heading1", "", None),
        ("heading", "自定", "", "Heading2"),
        ("heading", "标题 3", "", None),
        ("heading", "大纲", LEVEL.format(0), None),
        ("paragraph", "大纲", LEVEL.format(9), "Heading1"),
        ("paragraph", "正文文本", "", None),
    ],
)
def test_styles_make_titles_and_headings(kind, name, properties, base):
    added = (
        "" if base is None and not properties else style(name, properties=properties, based_on=base)
    )
    if name == "标题 3":
        added = style(name)
    document = read(paragraph("文", style=name), styles=added)
    assert blocks(document) == [(kind, "文")]


def test_the_outline_level_of_the_paragraph_itself_counts_first():
    document = read(paragraph("文", properties=LEVEL.format(1)))
    assert blocks(document) == [("heading", "文")]
    document = read(paragraph("文", style="Heading1", properties=LEVEL.format(9)))
    assert blocks(document) == [("paragraph", "文")]


def test_blocks_inside_controls_and_wrappers_are_read():
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('甲')}"
        f"<w:sdt><w:sdtContent>{paragraph('乙')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
        f"<w:customXml>{paragraph('丙')}</w:customXml>"
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{paragraph('丁')}</mc:Choice>"
        f"<mc:Fallback>{paragraph('重')}</mc:Fallback></mc:AlternateContent>"
        f"<w:ins>{paragraph('戊')}</w:ins><w:del>{paragraph('删')}</w:del>"
        f"<w:moveFrom>{paragraph('移')}</w:moveFrom>"
    )
    assert lines(read(body)) == list("甲乙丙丁戊")


@pytest.mark.parametrize("vml", [False, True])
def test_text_boxes_follow_the_paragraph_they_are_anchored_in(vml):
    box = text_box(paragraph("盒一") + paragraph("盒二"), vml=vml)
    body = paragraph(content=run("前") + box + run("后")) + paragraph("尾")
    assert lines(read(body)) == ["前后", "盒一", "盒二", "尾"]


def test_alternative_content_is_read_once():
    both = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice>'
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    drawn = text_box(paragraph("盒")).removeprefix("<w:r>").removesuffix("</w:r>")
    old = text_box(paragraph("盒"), vml=True).removeprefix("<w:r>").removesuffix("</w:r>")
    assert lines(read(paragraph("前", content=both.format(drawn, old)))) == ["前", "盒"]
    # A choice without text, as of a program we do not know, leaves the word to the fallback.
    assert lines(read(paragraph("前", content=both.format("<w:drawing/>", old)))) == ["前", "盒"]


def test_text_boxes_hold_tables_and_further_boxes():
    inner = text_box(paragraph("里"), vml=True)
    box = text_box(paragraph("盒", content=inner) + table([["一", "二"]]))
    document = read(paragraph("前", content=box) + table([["三", "四"]]))
    assert lines(document) == ["前", "盒", "里", "一", "二", "三", "四"]
    assert [block.table for block in document.blocks] == [None, None, None, 1, 1, 2, 2]


def test_word_art_is_text_of_its_own():
    art = '<w:r><w:pict><v:shape><v:textpath string="云溪县人民政府文件"/></v:shape></w:pict></w:r>'
    assert lines(read(paragraph("前", content=art))) == ["前", "云溪县人民政府文件"]


def test_a_hidden_run_hides_its_text_box():
    box = text_box(paragraph("盒")).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    assert lines(read(paragraph("前", content=box))) == ["前"]


GONE = "<w:rPr><w:{}/></w:rPr>"


@pytest.mark.parametrize("tag", ["del", "moveFrom"])
def test_a_deleted_paragraph_mark_joins_two_paragraphs(tag):
    body = (
        paragraph("前", properties=GONE.format(tag), content=text_box(paragraph("盒")))
        + paragraph("中", properties=GONE.format(tag))
        + paragraph("后", style="Heading1")
        + paragraph("尾")
    )
    assert blocks(read(body)) == [("heading", "前中后"), ("paragraph", "盒"), ("paragraph", "尾")]


def test_text_before_a_deleted_mark_is_kept_where_nothing_follows():
    gone = paragraph("前", properties=GONE.format("del"))
    assert lines(read(gone + table([["甲", "乙"]]) + gone)) == ["前", "甲", "乙", "前"]
    assert lines(read(table([[("", gone), "乙"]]))) == ["前", "乙"]


NOTED = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'
SECTION = '<w:sectPr><w:type w:val="{}"/></w:sectPr>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph("一") + paragraph("二"), [None, None]),
        # Explicit breaks alone tell too few pages.
        (paragraph("一", content=BREAK) + paragraph("二"), [None, None]),
        (paragraph("一") + paragraph(content=NOTED + run("二")) + paragraph("三"), [1, 2, 2]),
        (paragraph("一", content=NOTED + run("续")) + paragraph("二"), [1, 2]),
        # Word notes an explicit break a second time on the page it begins.
        (
            paragraph("一", content=BREAK)
            + paragraph(content=NOTED + run("二"))
            + paragraph(content=NOTED + run("三")),
            [1, 2, 3],
        ),
        (
            paragraph("一", content=NOTED + run("续"))
            + paragraph("二", properties="<w:pageBreakBefore/>"),
            [1, 3],
        ),
        (
            paragraph("一", properties=SECTION.format("nextPage"))
            + paragraph(content=NOTED + run("二"), properties=SECTION.format("continuous"))
            + paragraph("三"),
            [1, 2, 2],
        ),
    ],
)
def test_pages_are_those_that_word_noted(body, expected):
    assert [block.page for block in read(body).blocks] == expected


def test_cells_of_a_row_begin_on_the_page_of_the_row():
    long = ("", paragraph("长", content=NOTED + run("文")))
    body = table([["一", long, long, "二"], ["三", "四", "五", "六"]]) + paragraph("尾")
    assert [block.page for block in read(body).blocks] == [1, 1, 1, 1, 2, 2, 2, 2, 2]
