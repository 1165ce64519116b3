import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskner.errors import EmptyFileError, EncodingError, UnreadableFileError
from taskner.readers import read_bytes

PROSE = "".join(f"<p>{n}.全年新建公园{n}个以上，绿道{n}公里。</p>" for n in range(1, 30))


def _read(html, *, codec="utf-8"):
    return read_bytes(html.encode(codec), name="通知.html")


def _blocks(document, *, kind=None):
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if kind in (None, block.kind)
    ]


def _cells(document):
    return [
        (block.table, block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]


def test_paragraphs_breaks_and_headings_are_blocks():
    document = _read(
        "<h1>关于分解<br>工作的通知</h1><h2>一、公园</h2>"
        "<div>新建\n公园 <b>3</b>个<br/>责任&nbsp;单位：园林中心<p>A &amp;\n B</p>尾</div>"
    )
    assert _blocks(document, kind="title") == ["关于分解\n工作的通知"]
    assert _blocks(document, kind="heading") == ["一、公园"]
    assert _blocks(document, kind="paragraph") == [
        "新建公园 3个",
        "责任 单位：园林中心",
        "A & B",
        "尾",
    ]
    assert document.source.media_type == "text/html"


def test_a_declared_title_marks_its_paragraph():
    document = _read(
        '<head><meta name="ArticleTitle" content="关于分解的通知"><title>站点</title></head>'
        f"<body><div class=bt>关于 分解的通知</div>{PROSE}</body>"
    )
    assert _blocks(document, kind="title") == ["关于 分解的通知"]
    assert "站点" not in document.text


def test_tables_are_cells_with_places_and_spans():
    document = _read(
        "<table><tr><th>序号<th>任务<th colspan=2>单位"
        "<tr><td rowspan=2>1<td>建公园<br>3个<td>园林中心<td>财政局"
        "<tr><td>建绿道<td colspan=x><td>住建局</table>"
    )
    assert _cells(document) == [
        (1, 1, 1, "序号"),
        (1, 1, 2, "任务"),
        (1, 1, 3, "单位"),
        (1, 2, 1, "1"),
        (1, 2, 2, "建公园\n3个"),
        (1, 2, 3, "园林中心"),
        (1, 2, 4, "财政局"),
        (1, 3, 2, "建绿道"),
        (1, 3, 4, "住建局"),
    ]
    assert [block.row_span for block in document.blocks][3] == 2
    assert [block.col_span for block in document.blocks][2] == 2


def test_nested_tables_are_flattened_into_their_cell():
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    document = _read(
        f"<table><tr><td>序号<td>内容<td>单位<tr><td>1<td>{inner}<td>局</table>"
        "<table><tr><td>a<td>b</table>"
    )
    assert _cells(document)[4] == (1, 2, 2, "甲 1\n乙 2")
    assert _cells(document)[-1] == (2, 1, 2, "b")


def test_a_table_that_lays_out_the_page_is_no_data():
    document = _read(
        f"<table><tr><td>左栏<td><div>{PROSE}</div><table><tr><td>序号<td>单位<tr><td>1<td>局"
        "</table></td></table>"
    )
    assert _cells(document) == [
        (1, 1, 1, "序号"),
        (1, 1, 2, "单位"),
        (1, 2, 1, "1"),
        (1, 2, 2, "局"),
    ]
    assert _blocks(document)[0] == "左栏"
    assert _blocks(document)[1].startswith("1.全年")


def test_what_surrounds_the_article_is_set_aside():
    metadata = (
        "<table><tr><td>索引号<td>X-1<td>发文机关<td>府办<tr><td>成文日期<td>2025年<td>文号<td>无"
        "</table>"
    )
    document = _read(
        "<script>var a='脚本';</script><style>p{}</style>"
        '<div class="topNav"><a href=/>首页</a> <a>政务公开</a></div>'
        "<ul><li><a>要闻动态</a><li><a>政策文件</a><li><a>互动交流</a></ul>"
        f"{metadata}<p>发布时间：2025-02-01 信息来源：府办 浏览次数：9</p><h1>工作分解</h1>{PROSE}"
        '<div style="display: none">藏起来</div><select><option>友情链接</select>'
        "<div><p>主管单位：某办</p><p>网站标识码：3300000000 某ICP备1号</p></div>"
    )
    assert _blocks(document)[0] == "工作分解"
    assert len(document.blocks) == 30
    assert document.text.endswith("29公里。\n")


@pytest.mark.parametrize(
    "wrapper",
    ['<div class="nav">{}</div>', '<div id="printFoot">{}</div>', "<aside>{}</aside>"],
)
def test_an_article_is_kept_whatever_its_wrapper_is_called(wrapper):
    rows = "".join(f"<tr><td>{n}<td>公园{n}个<td>局" for n in range(9))
    for article in (PROSE, f"<table>{rows}</table>"):
        document = _read(wrapper.format(article) + "<p>尾</p>" * 500)
        assert "公园8个" in document.text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", "no-such-charset", "rot13"])
def test_a_wrong_charset_declaration_does_no_harm(codec, declared):
    html = f'<html><head><meta charset="{declared}"></head><body>{PROSE}</body></html>'
    assert _read(html, codec=codec).text.startswith("1.全年新建公园1个以上，绿道1公里。\n2.")


def test_a_damaged_byte_of_a_declared_charset_is_forgiven():
    data = f"<meta charset=gb2312><body>{PROSE * 3}".encode("gb18030") + b"\xff\xff</body>"
    assert "新建公园29个" in read_bytes(data, name="a.html").text


def test_xhtml_entities_are_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", "utf-8")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    document = _read(
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY e0 "弹">{bomb}'
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>&e11;&x;正文</p></body></html>'
    )
    assert "正文" in document.text
    assert "秘密" not in document.text
    assert "弹弹" not in document.text


def test_nesting_too_deep_to_read_whole_is_an_error():
    with pytest.raises(UnreadableFileError, match="too deeply"):
        _read("<div>" * 3_000 + "深" + "</div>" * 3_000)


@pytest.mark.parametrize("html", ["<html></html>", "<script>a</script>", "<!-- a -->", "<p>&nbsp;"])
def test_a_page_without_text_is_empty(html):
    with pytest.raises(EmptyFileError):
        _read(html)


def test_huge_spans_and_long_lines_take_no_time():
    start = time.perf_counter()
    cells = "<td rowspan=999999999 colspan=999999999>局" * 50
    document = _read(f"<table><tr>{cells}<tr><td>1<td>2</table><p>{'长 ' * 500_000}</p>")
    assert document.blocks[-1].end > 900_000
    assert time.perf_counter() - start < 10


@settings(deadline=None)
@given(st.text(alphabet="<>/=\"'& \n甲pdivtablehr1&#;", max_size=200))
def test_any_markup_is_read_or_refused(html):
    try:
        document = _read(html)
    except (EmptyFileError, EncodingError):
        return
    assert all(_blocks(document))
