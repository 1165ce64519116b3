"""What of a paragraph's runs is seen."""

import pytest

from taskner.errors import EmptyFileError
from taskner.readers import read_bytes
from word_files import field, paragraph, run, style, word_file


def text_of(content, *, styles="", properties=""):
    data = word_file(paragraph(content=content, properties=properties), styles=styles)
    try:
        return read_bytes(data, name="a.docx").text
    except EmptyFileError:
        return ""


def sym(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def in_font(font, text):
    return run(text, properties=f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


def raised(text):
    return run(text, properties='<w:vertAlign w:val="superscript"/>')


def tracked(tag, content):
    return f'<w:{tag} w:id="1" w:author="甲">{content}</w:{tag}>'


FIELDS = [
    (field("PAGE", "7"), "7"),
    (field("HYPERLINK &quot;x&quot;", "文"), "文"),
    (field("XE &quot;索引&quot;"), ""),
    (field("IF 1 = 1", "是"), "是"),
    # A field in the code of another is code; one in its result is text.
    (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + field("PAGE", "9")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + field("DATE", "5月")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "5月",
    ),
    (f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>', "3"),
    (f'<w:fldSimple w:instr=" TOC \\o">{run("一、目录项")}</w:fldSimple>', ""),
    (field("TOC \\o &quot;1-3&quot;", "一、目录项"), ""),
    ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>', ""),
    ('<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
    (field("eq \\o\\ac(○,3)"), "③"),
    (field("EQ \\o\\ac(○,牵)"), "牵"),
    (field("eq \\o(★,☆)"), "★☆"),
    (field("eq \\f(1,3)"), ""),
]
ONE, THREE, MOST = (f"<m:r><m:t>{text}</m:t></m:r>" for text in ("1", "3", "≥95%"))
CASES = [
    (run("甲") + run("乙"), "甲乙"),
    ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲 乙"),
    ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲\n乙\n丙"),
    ("<w:r><w:t> 甲\n</w:t></w:r><w:r><w:t>\n乙</w:t></w:r>", "甲乙"),
    (run("甲 ") + run(" 乙"), "甲  乙"),
    ("<w:r><w:t>办\u00ad理</w:t><w:softHyphen/><w:t>好</w:t></w:r>", "办理好"),
    ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>", "A-1"),
    (f'<w:hyperlink r:id="rId9">{run("链")}</w:hyperlink>', "链"),
    (f"<w:smartTag>{run('甲')}<w:smartTag>{run('乙')}</w:smartTag></w:smartTag>", "甲乙"),
    (f"<w:customXml>{run('甲')}</w:customXml>", "甲"),
    (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控')}</w:sdtContent></w:sdt>", "控"),
    (
        f"<w:r><w:ruby><w:rt>{run('yún')}</w:rt><w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r>",
        "云",
    ),
    # Tracked changes: what was put in stays, what was taken out goes.
    (tracked("ins", run("新")) + tracked("del", "<w:r><w:delText>旧</w:delText></w:r>"), "新"),
    (tracked("del", run("旧")), ""),
    (tracked("moveTo", run("到")) + tracked("moveFrom", run("从")), "到"),
    (tracked("ins", tracked("del", "<w:r><w:delText>旧</w:delText></w:r>") + run("新")), "新"),
    # Hidden text.
    (run("藏", properties="<w:vanish/>") + run("见"), "见"),
    (run("见", properties='<w:vanish w:val="0"/>'), "见"),
    (run("见", properties="<w:webHidden/><w:caps/><w:strike/>"), "见"),
    # Notes and comments stand elsewhere.
    ('<w:r><w:t>甲</w:t><w:footnoteReference w:id="1"/><w:annotationRef/></w:r>', "甲"),
    ('<w:commentRangeStart w:id="0"/>' + run("甲") + '<w:commentRangeEnd w:id="0"/>', "甲"),
    # Symbols.
    (sym("Wingdings", "F0AB"), "★"),
    (sym("Wingdings", "00FC"), "✓"),
    (sym("Wingdings 2", "F052"), "☑"),
    (sym("Wingdings 3", "F070"), "▲"),
    (sym("Symbol", "F0B3"), "≥"),
    (sym("宋体", "25B2"), "▲"),
    (sym("Wingdings", "F0FF") + run("甲"), "甲"),
    (sym("Wingdings", "") + sym("x", "zz") + sym("x", "FFFFFFFF") + run("甲"), "甲"),
    (in_font("Wingdings", "\uf0ab") + run("县教育局"), "★县教育局"),
    (in_font("Wingdings", "l") + in_font("Symbol", "£"), "●≤"),
    (in_font("Wingdings", "县教育局"), "县教育局"),
    (run("\uf0ab甲\uf0b7"), "★甲•"),
    (in_font("仿宋", "Ab1"), "Ab1"),
    # A power written as a raised digit must not read as another number.
    (run("10") + raised("4"), "10⁴"),
    (run("PM") + run("2.5", properties='<w:vertAlign w:val="subscript"/>'), "PM2.5"),
    # Formulas.
    (f"<m:oMath>{MOST}</m:oMath>", "≥95%"),
    (f"<m:oMath><m:f><m:num>{ONE}</m:num><m:den>{THREE}</m:den></m:f></m:oMath>", "1/3"),
    (f"<m:oMath><m:sSup><m:e>{ONE}</m:e><m:sup>{THREE}</m:sup></m:sSup></m:oMath>", "1^3"),
    *FIELDS,
]


@pytest.mark.parametrize(("content", "text"), CASES)
def test_what_is_seen_of_a_paragraph(content, text):
    assert text_of(content) == (text + "\n" if text else "")


@pytest.mark.parametrize(("content", "text"), FIELDS)
def test_a_field_leaves_the_text_around_it_alone(content, text):
    assert text_of(run("前") + content + run("后")) == f"前{text}后\n"


def test_styles_hide_text_and_show_it_again():
    styles = style("Secret", run_properties="<w:vanish/>", kind="character") + style(
        "Open", run_properties='<w:vanish w:val="0"/>', based_on="Secret", kind="character"
    )
    content = run("藏", properties='<w:rStyle w:val="Secret"/>') + run(
        "见", properties='<w:rStyle w:val="Open"/>'
    )
    assert text_of(content, styles=styles) == "见\n"
    styles = style("Hidden", run_properties="<w:vanish/>")
    content = run("藏") + run("见", properties='<w:vanish w:val="false"/>')
    assert text_of(content, styles=styles, properties='<w:pStyle w:val="Hidden"/>') == "见\n"


def test_a_table_of_contents_over_several_paragraphs_is_left_out():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entry = run("一、总则") + field("PAGEREF x", "1")
    body = (
        paragraph(content=begin + entry)
        + paragraph(content=entry)
        + paragraph(content=end)
        + paragraph("一、总则")
    )
    assert read_bytes(word_file(body), name="a.docx").text == "一、总则\n"
    # Without its end the field is passed over: text must not be lost to it.
    body = body.replace(end, "")
    assert read_bytes(word_file(body), name="a.docx").text.splitlines()[-1] == "一、总则"


def test_a_control_with_the_contents_is_left_out_with_its_title():
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    content = paragraph("目录") + paragraph("一、总则 1")
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    assert read_bytes(word_file(control + paragraph("文")), name="a.docx").text == "文\n"


def test_the_end_of_a_field_in_deleted_text_does_not_count():
    content = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        + tracked("del", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + run("文")
    )
    assert text_of(content) == "文\n"
