"""Rows whose aim is left empty: they are tasks of their own, told by their names."""

import pytest

from notice_reading import fields, names, read
from taskner.notices import parse_notice
from taskner.types import Document

HEADER = ["序号", "工作任务", "年度目标", "完成时限", "牵头单位", "配合单位"]
ROWS = [
    ["1", "推进河道清淤", "清淤河道12公里、惠及村民900户", "10月底", "县水利局", "县财政局"],
    ["2", "公园建设", "新建口袋公园3个", "12月底", "县城管局", "各乡镇"],
    ["3", "完善托育服务", "新增托位不少于80个", "6月底", "县卫健局", "县教育局"],
    ["4", "加强燃气安全监管", "", "全年", "县住建局", "各街道"],
    ["5", "发展文旅", "举办文化活动20场", "9月底", "县文旅局", "县财政局"],
]
TITLE = "东岭县2026年重点工作任务分解表\n"


def table(aim, border):
    cells = [HEADER, *([cell or aim for cell in row] for row in ROWS)]
    if border == "\n":
        return TITLE + "\n".join(cell for row in cells for cell in row if cell)
    if border == " | ":
        return TITLE + "\n".join(f"| {' | '.join(row)} |" for row in cells)
    return TITLE + "\n".join(border.join(row) for row in cells)


@pytest.mark.parametrize("aim", ["", "—", "/"])
@pytest.mark.parametrize("border", ["\t", " | ", "\n"])
def test_a_row_without_an_aim_is_a_task_told_by_its_name(aim, border):
    notice = read(table(aim, border))
    found = [(task.number, task.path, task.text, names(task)) for task in notice.tasks]
    assert found[2:4] == [
        ("3", ("完善托育服务",), "新增托位不少于80个", "县卫健局主 县教育局配"),
        ("4", (), "加强燃气安全监管", "县住建局主 各街道配"),
    ]
    assert len(found) == len(ROWS)
    assert fields(notice, "deadline")[2:4] == [["6月底"], ["全年"]]


def test_a_row_without_an_aim_in_a_workbook_is_a_task(block_table):
    text, blocks = block_table([HEADER, *([cell or None for cell in row] for row in ROWS)])
    tasks = parse_notice(Document(id="t", text=text, blocks=tuple(blocks))).tasks
    assert [task.number for task in tasks] == ["1", "2", "3", "4", "5"]
    assert (tasks[3].text, names(tasks[3])) == ("加强燃气安全监管", "县住建局主 各街道配")
    assert names(tasks[2]) == "县卫健局主 县教育局配"


def test_without_numbers_a_name_beside_units_is_a_task(block_table):
    text, blocks = block_table([row[1:] for row in [HEADER, *ROWS]])
    tasks = read(text, blocks).tasks
    assert [task.text for task in tasks][3] == "加强燃气安全监管"
    assert names(tasks[3]) == "县住建局主 各街道配"


def test_the_row_that_heads_a_group_is_no_task(block_table):
    group = ["一", "保障安全", None, None, None, None]
    text, blocks = block_table([HEADER, group, *ROWS])
    assert [task.number for task in read(text, blocks).tasks] == ["1", "2", "3", "4", "5"]
