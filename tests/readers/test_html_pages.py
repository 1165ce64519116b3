"""Pages as sites, browsers, Word and WPS save them."""

import time
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskner.errors import EmptyFileError, TasknerError, UnreadableFileError, WrongFormatError
from taskner.notices import parse_notice
from taskner.readers import ReaderConfig, read_bytes
from taskner.readers.layout import Layout
from taskner.readers.mhtml import read_mhtml

PROSE = "".join(f"<p>{n}.全年新建公园{n}个以上，绿道{n}公里。</p>" for n in range(1, 30))


def _read(html, *, name="通知.html", codec="utf-8"):
    return read_bytes(html.encode(codec), name=name)


def _lines(html, **options):
    document = _read(html, **options)
    return [document.text[block.start : block.end] for block in document.blocks]


def _cells(html):
    document = _read(html)
    return [
        (block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", ["1. 甲", "2. 乙", "3. 丙"]),
        ("start=5", ["5. 甲", "6. 乙", "7. 丙"]),
        ("start=-1", ["-1. 甲", "0. 乙", "1. 丙"]),
        ("start=x", ["1. 甲", "2. 乙", "3. 丙"]),
        ("reversed", ["3. 甲", "2. 乙", "1. 丙"]),
        ("reversed start=9", ["9. 甲", "8. 乙", "7. 丙"]),
        ("type=a", ["a. 甲", "b. 乙", "c. 丙"]),
        ("type=I", ["I. 甲", "II. 乙", "III. 丙"]),
        ('style="list-style-type: cjk-ideographic" start=10', ["十、甲", "十一、乙", "十二、丙"]),
        ('style="list-style: simp-chinese-informal inside"', ["一、甲", "二、乙", "三、丙"]),
        ('style="list-style-type:cjk-heavenly-stem"', ["甲、甲", "乙、乙", "丙、丙"]),
        ('style="list-style-type:decimal-leading-zero"', ["01. 甲", "02. 乙", "03. 丙"]),
        ('style="list-style:none"', ["甲", "乙", "丙"]),
        ('style="list-style-type:disc"', ["甲", "乙", "丙"]),
        ('style="list-style-position:inside"', ["1. 甲", "2. 乙", "3. 丙"]),
    ],
)
def test_lists_are_numbered_as_a_browser_prints_them(attributes, expected):
    assert _lines(f"<ol {attributes}><li>甲<li>乙<li>丙</ol>") == expected


def test_items_set_their_number_and_hold_lists_and_paragraphs():
    html = (
        "<ol><li value=3><p>甲</p><p>续</p><ol type=i><li>子<li>孙</ol><li>乙"
        "<li type=A>丙<li><ol><li>内</ol></li></ol><ul><li>无</ul>"
    )
    assert _lines(html) == ["3. 甲", "续", "i. 子", "ii. 孙", "4. 乙", "E. 丙", "6. 1. 内", "无"]


def test_an_item_with_a_number_of_its_own_gets_none():
    html = "<ol><li>1.甲<li>（二）乙<li>③丙<li>3.5万亩<li>三个</ol>"
    assert _lines(html) == ["1.甲", "（二）乙", "③丙", "4. 3.5万亩", "5. 三个"]


def test_lists_in_cells_are_numbered_too():
    html = "<table><tr><td>序号<td>内容<td>单位<tr><td>1<td><ol><li>甲<li>乙</ol><td>局</table>"
    assert (2, 2, "1. 甲\n2. 乙") in _cells(html)


@pytest.mark.parametrize(
    "html",
    [
        "<pre>\n一  行\n 二行\n\n三行</pre>尾\n文",
        "<p style='white-space:pre-wrap'>一  行\n 二行\n\n<b>三\n</b>行</p>".replace("三\n", "三"),
        "<div style='white-space: pre-line'>一  行<span>\n二行\n三行</span></div>",
    ],
)
def test_breaks_that_the_page_keeps_are_breaks(html):
    assert [line.replace("  ", " ") for line in _lines(html)][:3] == ["一 行", "二行", "三行"]


def test_breaks_of_the_source_are_none_elsewhere():
    html = "<pre>甲\n<span style='white-space:normal'>乙\n丙</span></pre><p>丁\n戊</p>"
    assert _lines(html) == ["甲", "乙丙", "丁戊"]


def test_marks_on_units_are_kept():
    html = (
        "<table><tr><td>序号<td>工作任务<td>责任单位<tr><td>1<td>建公园3个"
        "<td>县住建局<sup>*</sup>、<sup>★</sup>县林业局&#9733;<sub>▲</sub>&ensp;等</table>"
    )
    assert _cells(html)[-1][2] == "县住建局*、★县林业局★▲\u2002等"


FOOT = [(3, 1, "注"), (3, 2, "完")]


def test_a_caption_and_what_stands_between_rows_is_above_the_table():
    html = (
        "<table>乱<caption>表一 任务</caption><form><tr><td>序号<td>内容</tr></form>"
        "<p>夹</p><tfoot><tr><td>注<td>完</tfoot><tbody><tr><td>1<td>甲</tbody></table>"
    )
    assert _lines(html)[:3] == ["乱", "表一 任务", "夹"]
    assert _cells(html) == [(1, 1, "序号"), (1, 2, "内容"), (2, 1, "1"), (2, 2, "甲"), *FOOT]


def test_spans_that_overlap_or_end_nowhere_keep_every_cell():
    html = (
        "<table><thead><tr><td rowspan=9>甲<td>乙</thead><tr><td rowspan=0>丙<td rowspan=2>丁"
        "<td colspan=0>戊<tr><td colspan=3 rowspan=2>己<tr><td>庚<td rowspan='2 '>辛</table>"
    )
    assert _cells(html) == [
        *((1, 1, "甲"), (1, 2, "乙"), (2, 1, "丙"), (2, 2, "丁"), (2, 3, "戊")),
        *((3, 3, "己"), (4, 2, "庚"), (4, 6, "辛")),
    ]


def test_hidden_cells_take_no_column():
    html = (
        "<table><tr><td>序号<td style='display:none'>编码<td>内容<td>单位"
        "<tr><td>1<td hidden>x<td>甲<td>局<tr><td>2<td>乙<td>所</table>"
    )
    assert [cell for cell in _cells(html) if cell[1] == 2] == [
        (1, 2, "内容"),
        (2, 2, "甲"),
        (3, 2, "乙"),
    ]


def test_what_no_reader_sees_is_left_out():
    html = (
        f"{PROSE}<template>藏1</template><noscript>藏2</noscript><p hidden>藏3</p>"
        "<style>藏4</style><span style='visibility: hidden'>藏5</span><xml>藏6</xml>"
        "<p>现<del>藏7</del><span style='mso-hide:all'>藏8</span>在</p>"
        "<ruby>字<rp>(</rp><rt>藏9</rt></ruby><div style='mso-element:comment-list'>藏0</div>"
    )
    lines = _lines(html)
    assert lines[29:] == ["现在", "字"]


def test_numbers_that_word_prints_are_kept():
    html = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><!--[if gte mso 9]><xml>"
        "<o:x>藏</o:x></xml><![endif]--></head><body><p style='mso-list:l0 level1 lfo1'>"
        "<![if !supportLists]><span style='mso-list:Ignore'>一、<span style='font:7pt Times'>&nbsp;"
        "</span></span><![endif]><span>产业</span><o:p></o:p></p><p><!--[if !supportLists]-->"
        "<span style='mso-list:Ignore'>（1）</span><!--[endif]-->新增企业5家<o:p>&nbsp;</o:p></p>"
        "<p><span style='font-family:Wingdings;mso-list:Ignore'>Ø<span style='font:7pt Times'>"
        "&nbsp;</span></span>县<font face=Wingdings>«</font>局</p></body></html>"
    )
    assert _lines(html) == ["一、 产业", "（1）新增企业5家", "➢ 县★局"]


def test_character_data_and_empty_elements_of_xhtml():
    html = (
        '<?xml version="1.0" encoding="gb2312"?><!DOCTYPE html><html '
        'xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head><body>'
        "<div class='nav'/><p><![CDATA[甲 < 乙 & 丙]]></p><a name='x'/><p/>尾<br/>完</body></html>"
    )
    assert _lines(html, name="a.xhtml") == ["甲 < 乙 & 丙", "尾", "完"]
    assert _lines("<p>甲<![CDATA[乙</p>丙<p>丁") == ["甲丙", "丁"]


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_outweighs_the_declared_charset(codec, declared):
    html = f'<meta http-equiv=Content-Type content="text/html; charset={declared}"><p>新建公园3个'
    assert _lines(html, codec=codec) == ["新建公园3个"]


METADATA = (
    "<table><tr><td>索引号<td>X-1/2025<td>发文机关<td>石湾县人民政府办公室<tr><td>成文日期"
    "<td>2025年3月8日<td>发文字号<td>石政办发〔2025〕12号<tr><td>公开方式<td>主动公开<td>有效性<td>有效</table>"
)
LINE = (
    "<p>发文机关：石湾县人民政府办公室　发文字号： 石政办发〔2025〕12号　成文日期：2025-03-08 "
    "索引号：X-1</p>"
)
LETTER = (
    "<h1>关于分解重点工作的通知</h1><p>各乡镇：</p><p>现将任务分解如下。</p>"
    "<p>1.新增企业5家。责任单位：县经信局</p><p>2.建公园3个。责任单位：县住建局</p>"
)


@pytest.mark.parametrize("metadata", [METADATA, LINE])
def test_a_number_that_only_the_metadata_print_is_the_notices(metadata):
    notice = parse_notice(_read(metadata + LETTER + PROSE))
    assert notice.number == "石政办发〔2025〕12号"
    assert notice.issuer == "石湾县人民政府办公室"
    assert str(notice.issued) == "2025-03-08"
    assert notice.title == "关于分解重点工作的通知"
    without = parse_notice(_read(LETTER + PROSE))
    assert [task.text for task in notice.tasks] == [task.text for task in without.tasks]
    assert "主动公开" not in notice.document.text


def test_metadata_without_a_number_tell_nothing():
    html = METADATA.replace("石政办发〔2025〕12号", "无").replace("2025年3月8日", "—")
    assert _lines(html + LETTER + PROSE)[:2] == [
        "发文机关：石湾县人民政府办公室",
        "关于分解重点工作的通知",
    ]


def _saved(pages, *, encoding="utf-8", **options):
    message = MIMEMultipart("related", **options)
    for location, html in pages:
        part = MIMEText(html, "html", encoding)
        part["Content-Location"] = location
        message.attach(part)
    picture = MIMEText("x", "plain")
    picture.replace_header("Content-Type", "image/png")
    message.attach(picture)
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("suffix", ["mht", "mhtml"])
def test_a_page_saved_with_its_pictures(encoding, suffix):
    data = _saved([("http://127.0.0.1/a.html", LETTER), ("b.html", "<p>旁")], encoding=encoding)
    document = read_bytes(data, name=f"通知.{suffix}")
    assert document.text.startswith("关于分解重点工作的通知\n各乡镇：\n")
    assert "旁" not in document.text
    assert document.source.reader == "mhtml"


def test_the_frames_of_a_saved_page_are_read_in_place_of_it():
    table = "<table><tr><td>序号<td>内容<tr><td>1<td>甲</table>"
    frames = "<frameset><frame src='x/1.htm'><frame  SRC=\"cid/2.htm\"></frameset>"
    data = _saved(
        [("main.htm", frames), ("file:///C:/x/1.htm", table), ("2.htm", table), ("3.htm", "旁")]
    )
    tables = [block.table for block in read_bytes(data, name="a.mht").blocks]
    assert tables == [1] * 4 + [2] * 4


def test_frames_without_their_pages_say_so():
    with pytest.raises(UnreadableFileError, match="frames"):
        _read("<html><frameset cols='1,2'><frame src=a.html><frame src=b.html></frameset></html>")


@pytest.mark.parametrize(
    "data", [LETTER.encode(), "任务".encode(), b"%PDF-1.7", b"PK\3\4", b"\0\1\2\3" * 99]
)
def test_another_file_under_the_suffix_of_a_saved_page_is_named(data):
    with pytest.raises(WrongFormatError):
        # As the reader says it; a file under this suffix is read as what it is.
        read_mhtml(data, Layout(path="a.mhtml", config=ReaderConfig()))


def test_a_saved_page_of_many_parts_inside_parts_is_refused():
    nested = b"MIME-Version: 1.0\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2_000)
    )
    with pytest.raises(UnreadableFileError, match="parts"):
        read_bytes(nested, name="a.mht")
    with pytest.raises(EmptyFileError):
        read_bytes(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", name="a.mht")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "深" + "</div>" * 100_000,
        "<table><tr><td>" * 3_000 + "深",
        "<ol><li>" * 3_000 + "深",
        "<span><div>" * 50_000 + "深",
    ],
)
def test_nesting_without_end_is_an_error_in_no_time(html):
    start = time.process_time()
    with pytest.raises(UnreadableFileError, match="too deeply"):
        _read(html)
    assert time.process_time() - start < 10


def test_deep_nesting_that_can_be_read_is_read_in_no_time():
    html = "<div class=nav><ol><li><table><tr><td>" * 250 + PROSE
    start = time.process_time()
    document = _read(html)
    assert "绿道29公里" in document.text
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td rowspan=2 colspan=1000>甲<td>乙" * 15_000,
        f"<tr>{'<td rowspan=65534>甲' * 1_000}{'<tr><td>甲<td>乙' * 15_000}",
    ],
)
def test_spans_that_are_made_to_take_time_take_none_and_lose_nothing(rows):
    start = time.process_time()
    text = _read(f"<table>{rows}</table>").text
    assert (text.count("甲"), text.count("乙")) == (rows.count("甲"), rows.count("乙"))
    assert time.process_time() - start < 15


@pytest.mark.parametrize(
    "html",
    [
        f"<p>头</p><img src='data:{'A' * 12_000_000}'><p>尾</p>",
        f"<p>头</p><p>{'长' * 4_000_000}</p><p>尾</p>",
        f"<p>头</p><!--{'A' * 12_000_000}--><p>尾</p>",
        f"<p>头</p><p {'a=1 ' * 300_000}>尾</p>",
        f"<p>头</p>{'<![CDATA[' * 300_000}<p>尾</p>",
        f"<p>头</p>{'<x/' * 300_000}><p>尾</p>",
        f"<?xml version='1.0'?><html xmlns='x'><p>头</p>{'<x ' * 300_000}><p>尾</p>",
        f"<p>头</p>{'&nbsp;' * 300_000}&#0;&#xD800;&#99999999;&bogus;<p>尾</p>",
        "<p>头</p>" + "<p>\0</p>\0" * 50_000 + "<p>尾\0</p>",
    ],
    ids=["attribute", "text", "comment", "attributes", "cdata", "tags", "xml", "entities", "nul"],
)
def test_huge_pieces_lose_nothing(html):
    start = time.process_time()
    lines = _lines(html)
    assert (lines[0], lines[-1]) == ("头", "尾")
    assert time.process_time() - start < 10


TAGS = ["<table>", "<tr>", "<td rowspan=3>", "<td colspan=9>", "</table>", "甲", "\n", "<h1>"]
TAGS += ["<ol start=3>", "<li>", "<li value=-2>", "</ol>", "<pre>", "</pre>", "<del>"]
TAGS += ["<p style='white-space:pre'>", "<caption>", "<form>", "</form>", "<tfoot>"]
TAGS += ["<font face=Symbol>a"]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.sampled_from(TAGS),
        max_size=40,
    )
)
def test_any_mix_of_tags_is_read_or_refused(pieces):
    try:
        document = _read("".join(pieces))
    except TasknerError:
        return
    assert document.text.count("甲") <= "".join(pieces).count("甲")
