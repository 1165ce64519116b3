"""From the workbook to its tasks: layouts that sheets have and other files do not."""

import io

from openpyxl import Workbook

from taskner.notices import parse_notice
from taskner.readers import read_bytes

HEAD = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")


def _sheet(workbook, name, rows, *, merged=()):
    sheet = workbook.create_sheet(name)
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)


def _notice(*sheets):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows, *merged in sheets:
        _sheet(workbook, name, rows, merged=merged)
    stream = io.BytesIO()
    workbook.save(stream)
    return parse_notice(read_bytes(stream.getvalue(), name="a.xlsx"))


def _tasks(notice):
    return [
        (task.annex, task.number, task.path, task.text, [unit.name for unit in task.units])
        for task in notice.tasks
    ]


def test_sheets_that_are_annexes():
    notice = _notice(
        (
            "附件1",
            [
                ("石湾县2025年重点工作分解表",),
                HEAD,
                (1, "增加值增长8%", "县经信局", "县统计局", "年底"),
            ],
            "A1:E1",
        ),
        (
            "附件2",
            [
                ("石湾县2025年民生实事责任表",),
                HEAD,
                (1, "建公园3个", "县住建局", "各街道", "9月底"),
            ],
            "A1:E1",
        ),
    )
    assert [annex.title for annex in notice.annexes] == [
        "石湾县2025年重点工作分解表",
        "石湾县2025年民生实事责任表",
    ]
    assert _tasks(notice) == [
        ("1", "1", (), "增加值增长8%", ["县经信局", "县统计局"]),
        ("2", "1", (), "建公园3个", ["县住建局", "各街道"]),
    ]


def test_merged_titles_groups_and_units_and_who_filled_the_table_in():
    notice = _notice(
        (
            "Sheet1",
            [
                ("石湾县2025年重点工作任务分解表",),
                ("（共3项）", None, None, None, None, None, "单位：个"),
                ("序号", "类别", "工作任务", "年度目标", None, "责任单位", "完成时限"),
                (None, None, None, "上半年", "全年", None, None),
                (1, "城建", "新建公园", "1个", "3个", "县住建局、县财政局", "年底前"),
                (2, None, "新建绿道", "5公里", "12公里", "县林业局", "年底前"),
                (3, "民生", "改造老旧小区", "2个", "6个", "县建设局", "8月底"),
                (4, None, "新增学位", "100个", "500个", None, None),
                ("填表人：", "周敏", None, "审核人：", "陈立"),
            ],
            *("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"),
            *("B5:B6", "B7:B8", "F7:F8", "G7:G8"),
        )
    )
    assert notice.title == "石湾县2025年重点工作任务分解表"
    assert _tasks(notice) == [
        ("0", "1", ("城建",), "新建公园\n1个\n3个", ["县住建局", "县财政局"]),
        ("0", "2", ("城建",), "新建绿道\n5公里\n12公里", ["县林业局"]),
        ("0", "3", ("民生",), "改造老旧小区\n2个\n6个", ["县建设局"]),
        ("0", "4", ("民生",), "新增学位\n100个\n500个", ["县建设局"]),
    ]


def test_a_table_that_goes_on_after_blank_rows_and_on_the_next_sheet():
    head = ("序号", "工作任务", "责任单位")
    notice = _notice(
        ("Sheet1", [head, (1, "建公园3个", "县住建局"), (), (), (2, "建绿道9公里", "县林业局")]),
        ("Sheet2", [(3, "建学校2所", "县教育局"), (4, "建泵站5座", "县水利局")]),
    )
    assert [task.number for task in notice.tasks] == ["1", "2", "3", "4"]
    assert [unit.name for task in notice.tasks for unit in task.units] == [
        *("县住建局", "县林业局", "县教育局", "县水利局"),
    ]


def test_a_sheet_that_is_used_as_a_page():
    lines = ["关于下达2025年重点任务的通知", "各乡镇：", "一、工业"]
    lines += ["1.新增企业5家。责任单位：县经信局", "2.技改投资12亿元。责任单位：县发改局"]
    notice = _notice(("Sheet1", [(line,) for line in lines]))
    assert notice.title == lines[0]
    assert [task.text for task in notice.tasks] == ["新增企业5家。", "技改投资12亿元。"]
