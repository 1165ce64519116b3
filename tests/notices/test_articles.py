"""Notices told as articles: signs for numbers, a phrase a line, units above their tasks."""

import pytest

from notice_reading import fields, names, read, rows
from taskner.folding import fold
from taskner.notices.line_ends import is_figure_line
from taskner.notices.numbering import parse_numbering
from taskner.notices.prose import is_caption
from taskner.notices.unit_heads import read_unit_head

HEAD = "云坪发布\n2026年2月9日 20:15\n云坪县2026年任务清单来了\n2025年全县新增企业31家。\n"
FOOT = (
    "注：排第一的为牵头单位。\n接下来，\n督查室每月晒进度。\n前10名留言的送水杯1个！\n"
    "— THE END —\n编辑 | 小云\n精彩回顾\n· 5条新线路开通\n阅读 1200\n"
)


@pytest.mark.parametrize(
    ("line", "rank", "token", "rest"),
    [
        ("❷ 路更宽", 5.0, "❷", "路更宽"),
        ("㉑路更宽", 5.0, "㉑", "路更宽"),
        ("2️⃣ 路更宽", 5.0, "2", "路更宽"),
        ("⑵路更宽", 4.0, "⑵", "路更宽"),
        ("⒉路更宽", 3.0, "⒉", "路更宽"),
        ("㈡路更宽", 2.0, "㈡", "路更宽"),
        ("PART.02", 1.0, "02", ""),
    ],
)
def test_signs_that_are_numbers(line, rank, token, rest):
    found = parse_numbering(line)
    assert (found.rank, found.token, found.value % 19) == (rank, token, 2)
    assert line[found.length :] == rest


@pytest.mark.parametrize(
    "line",
    [
        "18个",
        "不少于12家",
        "≤26微克/立方米",
        "1.6亿元以上。",
        "26个（890户）",
        "增长6%左右",
        "三成",
    ],
)
def test_lines_that_only_say_how_much(line):
    assert is_figure_line(fold(line))


@pytest.mark.parametrize(
    "line", ["6月底前", "2026年", "3号线通车", "新建公园3个", "2家，其中甲镇1家", "第三"]
)
def test_lines_that_say_more_or_a_date(line):
    assert not is_figure_line(fold(line))


@pytest.mark.parametrize(
    ("line", "units", "rest"),
    [
        ("📌 县教育局、县住建局 ➤", "县教育局、县住建局", ""),
        ("县水利局｜县林业局 >>", "县水利局｜县林业局", ""),
        ("3.县教育局 => 新建学校2所", "县教育局", "新建学校2所"),
        ("县教育局丨新建学校2所", "县教育局", "新建学校2所"),
    ],
)
def test_units_in_front_of_an_arrow(line, units, rest):
    head = read_unit_head(fold(line))
    assert (line[head.start : head.end], line[head.rest :]) == (units, rest)


@pytest.mark.parametrize(
    "line", ["覆盖率由88% → 90%", "一起看 ↓", "县教育局", "县教育局→县住建局", "A → B"]
)
def test_other_arrows_have_no_units_in_front(line):
    assert read_unit_head(fold(line)) is None


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("▲ 图为云坪茶园", True),
        ("▲2024年投产的茶厂，已有工人90名", True),
        ("△ 茶园一角（航拍图）", True),
        ("▲ 5月15日前修渠12公里", False),
        ("▲2026年建成的茶园达到300亩以上", False),
        ("▲修渠12公里", False),
    ],
)
def test_captions(line, holds):
    assert is_caption(fold(line)) is holds


@pytest.mark.parametrize(
    ("first", "second"), [("❶ ", "❷ "), ("1️⃣ ", "2️⃣ "), ("01\n", "02\n"), ("⒈", "⒉")]
)
@pytest.mark.parametrize("label", ["『责任单位』", "〖责任单位〗", "【责任单位】"])
def test_a_title_its_lines_and_the_units_below(first, second, label):
    notice = read(
        f"{HEAD}\nPART 01\n▍产业要旺\n\n{first}茶香飘出去\n\n今年，\n\n新建茶园\n900亩\n\n"
        f"引进茶企3家\n6月底前全部投产\n\n{label}县农业农村局、县林业局\n▲ 茶园一角（资料图）\n\n"
        f"{second}路要修好\n改造县道\n12公里以上。\n{label}县交通局\n\n{FOOT}"
    )
    assert rows(notice) == [
        (
            notice.tasks[0].number,
            "今年，新建茶园\n900亩\n引进茶企3家\n6月底前全部投产",
            "县农业农村局主 县林业局配",
        ),
        (notice.tasks[1].number, "改造县道\n12公里以上。", "县交通局主"),
    ]
    assert [task.path[-1].lstrip("❶❷⒈⒉12️⃣ ") for task in notice.tasks] == ["茶香飘出去", "路要修好"]
    read_as_one = [segment.gaps for segment in notice.tasks[0].segments][:2]
    assert [len(gaps) for gaps in read_as_one] == [2, 1]
    assert [one.runs_on for one in notice.tasks[0].segments[:2]] == [True, False]


def test_a_name_above_its_figure_is_no_title():
    notice = read(
        f"{HEAD}① 新建茶园\n900亩\n【责任单位】县林业局\n② 修路\n3公里\n【责任单位】县交通局\n"
    )
    assert [task.text for task in notice.tasks] == ["新建茶园\n900亩", "修路\n3公里"]


@pytest.mark.parametrize(("bullet", "arrow"), [("◆ ", " →"), ("🔹", " >>"), ("", "➤")])
def test_units_above_their_tasks(bullet, arrow):
    notice = read(
        f"{HEAD}PART 01\n▌城市更新\n{bullet}县住建局、县城管局{arrow}\n"
        "改造小区\n26个\n新增车位800个。\n"
        f"{bullet}县交通局{arrow}\n✅ 修路12公里\n✅ 开通线路3条\n"
        f"{bullet}县水利局{arrow}\n1.修渠9公里\n2.清淤6处\n{bullet}县林业局{arrow}植树3万株\n"
    )
    assert [(task.text, names(task)) for task in notice.tasks] == [
        ("改造小区\n26个\n新增车位800个。", "县住建局主 县城管局配"),
        ("修路12公里", "县交通局主"),
        ("开通线路3条", "县交通局主"),
        ("修渠9公里", "县水利局主"),
        ("清淤6处", "县水利局主"),
        ("植树3万株", "县林业局主"),
    ]
    assert not any("局" in part for task in notice.tasks for part in task.path)
    assert fields(notice, "content")[0] == ["改造小区\n26个", "新增车位800个。"]
