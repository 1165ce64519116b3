"""Where cells stand, and what they hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskner.readers import read_bytes
from taskner.readers.docx_columns import Edges
from word_files import level, lists, paragraph, table, word_file

DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(count):
    return f'<w:gridSpan w:val="{count}"/>'


def cell(text="", properties=""):
    return properties, paragraph(text)


def read(body, **parts):
    return read_bytes(word_file(body, **parts), name="a.docx")


def cells(document):
    """Text, row, column, row span, column span of each cell."""
    return [
        (
            document.text[block.start : block.end],
            block.row,
            block.column,
            block.row_span,
            block.col_span,
        )
        for block in document.blocks
        if block.kind == "cell"
    ]


def test_cells_merged_across_and_down():
    rows = [
        [cell("序号", DOWN), cell("任务", DOWN), cell("单位", span(2))],
        [cell("", ON), cell("", ON), "牵头", "配合"],
        ["1", "建", cell("甲", DOWN), "乙"],
        ["2", "修", cell("看不见", ON), "丙"],
        [cell("合计", span(2)), cell("丁", span(2))],
    ]
    assert cells(read(table(rows))) == [
        ("序号", 1, 1, 2, 1),
        ("任务", 1, 2, 2, 1),
        ("单位", 1, 3, 1, 2),
        ("牵头", 2, 3, 1, 1),
        ("配合", 2, 4, 1, 1),
        ("1", 3, 1, 1, 1),
        ("建", 3, 2, 1, 1),
        ("甲", 3, 3, 2, 1),
        ("乙", 3, 4, 1, 1),
        ("2", 4, 1, 1, 1),
        ("修", 4, 2, 1, 1),
        ("丙", 4, 4, 1, 1),
        ("合计", 5, 1, 1, 2),
        ("丁", 5, 3, 1, 2),
    ]


def test_rows_may_begin_late_and_end_early():
    rows = table([["一", "二", "三"], ["四"], ["五", "六"]], widths=[900, 900, 900])
    late = '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>'
    first, second, rest = rows.split("<w:tr>", 2)
    rows = f"{first}<w:tr>{second}{late}{rest}"
    assert [place[:3] for place in cells(read(rows))] == [
        ("一", 1, 1),
        ("二", 1, 2),
        ("三", 1, 3),
        ("四", 2, 3),
        ("五", 3, 1),
        ("六", 3, 2),
    ]


def test_a_merged_cell_ends_where_a_row_does_not_go_on_with_it():
    rows = [
        [cell("甲", DOWN), "一"],
        ["乙", "二"],
        [cell("丙", ON), "三"],
        [cell("丁", ON), "四"],
    ]
    places = cells(read(table(rows)))
    assert [place for place in places if place[2] == 1] == [
        ("甲", 1, 1, 1, 1),
        ("乙", 2, 1, 1, 1),
        ("丙", 3, 1, 2, 1),
    ]
    assert [place[0] for place in places] == list("甲一乙二丙三四")


def test_a_continued_cell_with_nothing_above_begins_one():
    rows = [[cell("甲", ON), "一"], [cell("乙", ON), "二"]]
    assert cells(read(table(rows)))[0] == ("甲", 1, 1, 2, 1)


def test_old_files_span_columns_by_merging_cells_along_the_row():
    rows = [
        [cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "乙"],
        ["一", "二", "三"],
    ]
    assert cells(read(table(rows)))[:2] == [("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1)]


def test_edges_of_the_grid_that_no_cell_uses_do_not_count():
    rows = [[cell("甲", span(3)), cell("乙", span(999_999_999))], [cell("丙", span(3)), "丁"]]
    places = [place[2] for place in cells(read(table(rows, widths=[9] * 4)))]
    assert places == [1, 2, 1, 2]


def test_edges_a_hair_apart_are_one():
    # The second row was dragged 3 mm to the right: four grid columns, two of them hairs.
    widths = [600, 150, 3000, 120, 2000]
    rows = [
        ["序号", cell("任务", span(2)), cell("单位", span(2))],
        [cell("1", span(2)), cell("建", span(2)), "甲"],
        [cell("2", span(2)), cell("修", span(1)), cell("乙", span(2))],
    ]
    places = [
        (text, column, across)
        for text, _, column, _, across in cells(read(table(rows, widths=widths)))
    ]
    assert places == [
        *(("序号", 1, 1), ("任务", 2, 1), ("单位", 3, 1)),
        *(("1", 1, 1), ("建", 2, 1), ("甲", 3, 1)),
        *(("2", 1, 1), ("修", 2, 1), ("乙", 3, 1)),
    ]


def test_a_narrow_column_with_a_cell_stays_a_column():
    rows = [["一", "二", "三"]]
    places = [place[2] for place in cells(read(table(rows, widths=[50, 50, 50])))]
    assert places == [1, 2, 3]


@pytest.mark.parametrize("widths", [[], [0, 0, 0], [100]])
def test_a_grid_without_widths_is_counted_as_it_is(widths):
    edges = Edges(widths, [(0, 1), (1, 2), (2, 3)])
    assert [edges.column(edge) for edge in range(4)] == [1, 2, 3, 4]


pairs = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda one: (one[0], sum(one)))


@given(st.lists(pairs, min_size=1), st.lists(st.integers(0, 500), max_size=40))
def test_columns_keep_the_order_of_edges_and_no_cell_vanishes(cells, widths):
    edges = Edges(widths, cells)
    used = sorted({edge for pair in cells for edge in pair})
    columns = [edges.column(edge) for edge in used]
    assert columns == sorted(columns)
    assert columns[0] == 1
    assert columns[-1] == edges.n_columns + 1
    assert all(edges.column(first) < edges.column(last) for first, last in cells)


def test_a_cell_holds_paragraphs_lists_and_nested_tables_on_lines():
    nested = table([["甲", "乙"], [("", paragraph("丙") + paragraph("丁")), "戊"]])
    content = paragraph("一") + paragraph("二", num=1) + nested + paragraph("三", num=1)
    numbering = lists(level(0, "decimal", "（%1）"))
    document = read(table([[("", content), "右"]]) + table([["左", "右"]]), numbering=numbering)
    assert cells(document)[0][0] == "一\n（1） 二\n甲 乙\n丙 丁 戊\n（2） 三"
    assert [block.table for block in document.blocks] == [1, 1, 2, 2]


def test_a_table_of_one_column_is_a_frame_around_text():
    inner = table([["序号", "任务"], ["1", "建"]])
    document = read(table([[("", paragraph("前") + inner)], ["后"]]) + table([["甲", "乙"]]))
    assert [
        (block.kind, block.table, document.text[block.start : block.end])
        for block in document.blocks
    ] == [
        ("paragraph", None, "前"),
        *(("cell", 2, text) for text in ("序号", "任务", "1", "建")),
        ("paragraph", None, "后"),
        *(("cell", 3, text) for text in ("甲", "乙")),
    ]


def test_deleted_rows_and_cells_are_left_out():
    rows = table([["一", "二"], ["删", "删"], ["三", cell("删", "<w:cellDel/>"), "四"]])
    first, second, third, fourth = rows.split("<w:tr>")
    rows = f"{first}<w:tr>{second}<w:tr><w:trPr><w:del/></w:trPr>{third}<w:tr>{fourth}"
    assert [place[:3] for place in cells(read(rows))] == [
        ("一", 1, 1),
        ("二", 1, 2),
        ("三", 2, 1),
        ("四", 2, 3),
    ]


def test_rows_and_cells_inside_controls_are_read():
    rows = table([["一", "二"], ["三", "四"]])
    before, first, second = rows.split("<w:tr>")
    second = second.removesuffix("</w:tbl>")
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    head, _, tail = second.partition("</w:tc>")
    second = control.format(f"{head}</w:tc>") + tail
    rows = f"{before}<w:tr>{first}" + control.format(f"<w:tr>{second}") + "</w:tbl>"
    assert [place[:3] for place in cells(read(rows))] == [
        ("一", 1, 1),
        ("二", 1, 2),
        ("三", 2, 1),
        ("四", 2, 2),
    ]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(-3, 6), st.sampled_from(["", DOWN, ON])), max_size=6),
        min_size=1,
        max_size=6,
    )
)
def test_no_two_cells_of_any_table_begin_at_one_place(rows):
    filled = [[cell("文", span(count) + merge) for count, merge in row] for row in rows]
    places = cells(read(table([*filled, ["一", "二"]], widths=[1000] * 40)))
    assert len({place[1:3] for place in places}) == len(places)
    assert all(min(place[1:]) >= 1 for place in places)
