"""Page furniture and wrapped lines: what the copy hides, and that offsets stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notice_reading import read
from taskner.notices.copies import read_copy
from taskner.types import Document

HEAD = "岚溪县2025年工作任务分解\n\n"


def copy_of(text):
    return read_copy(Document(id="text", text=text))


def shown(text):
    copy = copy_of(text)
    return "".join(text[start:end] for start, end in copy.pieces(0, len(text)))


@pytest.mark.parametrize(
    "mark",
    ["— 12 —", "- 3 -", "－３－", "第 2 页 共 9 页", "第2页/共9页", "Page 4 of 9", "3/9页", "·7·"],
)
def test_a_page_number_inside_a_sentence_is_hidden(mark):
    text = f"{HEAD}1．建成县级文化馆、图书馆分馆\n{mark}\n共16个。\n责任单位：县文旅局\n"
    (task,) = read(text).tasks
    assert task.text == "建成县级文化馆、图书馆分馆共16个。"
    assert [unit.name for unit in task.units] == ["县文旅局"]
    (content, _unit) = task.segments
    assert content.gaps


def test_a_page_number_between_items_joins_nothing():
    text = f"{HEAD}1．修路3公里。\n责任单位：县交通局\n— 2 —\n2．建桥1座。\n责任单位：县交通局\n"
    assert [task.text for task in read(text).tasks] == ["修路3公里。", "建桥1座。"]


@pytest.mark.parametrize(
    "text",
    [
        "一、产业发展\n第 2 页 共 3 页\n1．建成园区2个。",
        "县财政局、县审计局\n— 3 —\n各乡镇",
        "修路3公里。\n- 4 -\n建桥1座。",
    ],
)
def test_lines_that_are_whole_are_not_joined(text):
    first, _number, last = text.split("\n")
    assert shown(text) == f"{first}\n\n{last}"


def test_a_text_wrapped_at_a_page_width_reads_like_one_that_is_not():
    lines = [
        "一、加快建设城乡融合发展示范区，年内启动片",
        "区开发项目6个，完成投资9.5亿元，新增就业",
        "1200人。",
        "责任单位：县发展改革局、县自然资源和规划",
        "局、各乡镇",
        "二、整治农村人居环境，改造户厕2400座，创",
        "建示范村14个。",
        "责任单位：县农业农村局",
    ]
    wrapped, whole = read("\n".join(lines)).tasks, read("".join(lines).replace("二、", "\n二、"))
    assert [task.text for task in wrapped] == [
        "加快建设城乡融合发展示范区，年内启动片区开发项目6个，完成投资9.5亿元，新增就业1200人。",
        "整治农村人居环境，改造户厕2400座，创建示范村14个。",
    ]
    assert [task.text for task in whole.tasks] == [task.text for task in wrapped]
    names = [[unit.name for unit in task.units] for task in wrapped]
    assert names == [["县发展改革局", "县自然资源和规划局", "各乡镇"], ["县农业农村局"]]


def test_a_list_of_units_over_a_page_number_is_one_list():
    text = (
        f"{HEAD}1．新建桥梁3座。（牵头单位：县交通局；配合单位：县公路中心、\n\n— 2 —\n\n"
        "县城建集团、各镇人民政府（街道办事处））\n2．修路5公里。（责任单位：县交通局）\n"
    )
    named = [unit.name for unit in read(text).tasks[0].units]
    assert named == ["县交通局", "县公路中心", "县城建集团", "各镇人民政府（街道办事处）"]


def test_a_line_of_a_wrapped_text_that_stops_short_inside_a_sentence_goes_on():
    lines = [
        "1．全年完成固定资产投资增长9%以上，社会消费品零售",
        "总额增长7%，规上服务业营业收入增长8%，公共预算",
        "收入增长3%，新增市场主体1200户，居民收入稳步提高，城",
        "乡差距缩小。（责任单位：县发展改革局、县税务局、县",
        "统计局）",
        "2．新建停车位600个，新增充电桩90根，改造老旧小区供水管",
        "网12公里。（责任单位：县住房城乡建设局）",
    ]
    first = read(HEAD + "\n".join(lines)).tasks[0]
    assert "公共预算收入增长3%" in first.text
    assert "公共预算\n收入增长3%" in read(HEAD + "\n".join(lines)).document.text


def test_rows_that_lost_the_stop_after_their_number_are_no_wrapped_text():
    rows = [f"{n}新建乡村道路和排水沟渠{n}公里，县交通运输局" for n in range(1, 7)]
    assert copy_of("\n".join(rows)).gaps == ()


@given(st.text(alphabet="一、1.页第—- \n县局建，。|（）", max_size=120))
def test_the_copy_is_as_long_as_the_text_and_gaps_are_in_order(text):
    copy = copy_of(text)
    assert len(copy.text) == len(text)
    borders = [border for gap in copy.gaps for border in gap]
    assert borders == sorted(set(borders))
    assert all(copy.text[start:end].isspace() for start, end in copy.gaps)


@pytest.mark.parametrize(
    ("first", "second", "n_read"),
    [
        ("提升绿道。修建环湖绿道和沿河步道，配套照明与休憩设施，绿道", "总长达到9公里。", 1),
        ("提升绿道。修建环湖绿道和沿河步道，配套照明与休憩设施。", "绿道总长达到9公里。", 2),
        ("提升绿道。修建环湖绿道和沿河步道", "绿道总长达到9公里，步道6公里。", 2),
    ],
)
def test_a_line_that_breaks_off_inside_a_sentence_is_read_with_the_next(first, second, n_read):
    (task,) = read(f"{HEAD}1．{first}\n{second}\n责任单位：县住建局\n").tasks
    contents = [segment for segment in task.segments if segment.field == "content"]
    assert len(contents) == n_read
