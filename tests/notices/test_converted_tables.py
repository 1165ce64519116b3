"""Tables as converters leave them: markup in cells, labels in a cell of units, 同上."""

import pytest

from notice_reading import fields, names, read, rows
from taskner.notices.copies import read_copy
from taskner.types import Document

HEAD = "# 岚溪县2026年任务分解\n\n## 表1　重点任务\n\n"
TABLE = (
    "| 序号 | 类别 | 时限要求 | 工作目标 | 责任分工 | 县领导 |\n|:-:|---|---|:---|---|---|\n"
    "| 1 | **林业** | 9月底前 | 1\\. 造林300亩；<br>2\\. 修路5公里 "
    "| 主办单位：县林业局<br>配合：县交通局、各乡镇 | 周&nbsp;敏 |\n"
    "| 2 |  | 〃 | 建苗圃2座 | 同上 | （同上） |\n"
    "| 序号 | 类别 | 时限要求 | 工作目标 | 责任分工 | 县领导 |\n"
    "| 3 | __教育__ | 长期 | 建校1所 | 牵头：县教育局（县考试院）、县财政局；配合：/ | 王 凯 |\n"
    "| 4 | | 11月 | 扩班6个 |  | 同前 |\n\n<!-- 3/3 -->\n![](a/b.png)\n"
)


def test_a_piped_table_with_markup_reads_like_one_without():
    notice = read(HEAD + TABLE)
    assert notice.title == "岚溪县2026年任务分解"
    assert rows(notice) == [
        ("1", "1. 造林300亩；\n2. 修路5公里", "县林业局主 县交通局配 各乡镇配"),
        ("2", "建苗圃2座", "县林业局主 县交通局配 各乡镇配"),
        ("3", "建校1所", "县教育局（县考试院）主 县财政局主"),
        ("4", "扩班6个", "县教育局（县考试院）主 县财政局主"),
    ]
    assert [task.path for task in notice.tasks] == [("林业",)] * 2 + [("教育",)] * 2
    assert [task.leader for task in notice.tasks] == ["周敏", "周敏", "王 凯", "王 凯"]
    assert fields(notice, "deadline") == [["9月底前"]] * 2 + [["长期"], ["11月"]]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        (
            "牵头单位：县水利局\n配合单位：县气象局、\n县供电公司",
            "县水利局主 县气象局配 县供电公司配",
        ),
        ("县水利局；配合：县气象局", "县水利局主 县气象局配"),
        ("责任单位：县水利局、县气象局", "县水利局主 县气象局配"),
        ("县水利局\n县气象局", "县水利局主 县气象局配"),
    ],
)
def test_labels_in_a_cell_of_units_give_the_roles(block_table, cell, units):
    table = [["序号", "目标任务", "责任单位"], ["1", "修渠5公里", cell], ["2", "建闸1座", "同上"]]
    notice = read(*block_table(table))
    assert [names(task) for task in notice.tasks] == [units, units]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("第一行<br/>第二行", "第一行\n    第二行"),
        ("| 甲<br>乙 |", "| 甲    乙 |"),
        ("增长**6%**以上", "增长  6%  以上"),
        ("5<sup>2</sup>倍&ensp;", "5     2      倍      "),
        (r"1\. 带\*的牵头", "1.  带* 的牵头"),
        ("带**的为牵头", "带**的为牵头"),
        ("得分<60且>50", "得分<60且>50"),
        ("#1机组", "#1机组"),
    ],
)
def test_markup_is_blanked_and_nothing_moves(printed, read_as):
    assert read_copy(Document(id="t", text=printed)).text == read_as
