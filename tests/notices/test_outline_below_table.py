"""A list of items below a table of cells, headings with bullets, rows wrapped in the middle."""

import pytest

from notice_reading import names, read, rows
from taskner.notices.organisations import is_clause

TABLE = (
    "松坪县水利局关于印发2026年重点工作责任分解的通知\n各科室：\n现印发给你们。\n"
    "一、重点任务\n工作任务\n具体要求\n责任科室\n时限\n"
    "1.河道治理\n整治河道12公里，新建堤防3公里。\n河道科\n10月底前\n"
    "2.农村供水\n改造管网40公里。\n供水科\n县水质监测站\n年底前\n"
)
SECTION = (
    "二、行业管理\n"
    "1、开展节水行动。创建节水单位15家。（牵头单位：节水办；配合单位：供水科）\n"
    "▲6月底前完成水平衡测试20户。\n"
    "2、整治侵占水域。（牵头单位：河道科）\n"
    "▲排查岸线85公里，拆除违建9处。\n▲落实“一河一策”，巡查实现全覆盖。\n"
)


def test_a_section_whose_items_name_their_units_ends_a_table_of_cells():
    found = rows(read(TABLE + SECTION))
    assert [row[1:] for row in found[:2]] == [
        ("整治河道12公里，新建堤防3公里。", "河道科主"),
        ("改造管网40公里。", "供水科主 县水质监测站配"),
    ]
    assert found[2:] == [
        ("1", "开展节水行动。创建节水单位15家。", "节水办主 供水科配"),
        (None, "6月底前完成水平衡测试20户。", "节水办主 供水科配"),
        (None, "排查岸线85公里，拆除违建9处。", "河道科主"),
        (None, "落实“一河一策”，巡查实现全覆盖。", "河道科主"),
    ]
    (last,) = read(TABLE + SECTION).tasks[-1:]
    assert last.path == ("二、行业管理", "2、整治侵占水域")


@pytest.mark.parametrize(
    "section",
    [
        "二、行业管理\n（一）节水\n1．创建节水单位15家。（节水办）\n（二）防汛\n2．清淤沟渠8公里。（河道科）\n",
        "二、行业管理\n1．创建节水单位15家。\n责任科室：节水办\n2．清淤沟渠8公里。\n责任科室：河道科\n",
    ],
)
def test_items_under_subsections_or_above_labelled_lines_end_a_table_too(section):
    tasks = read(TABLE + section).tasks[2:]
    assert [(task.text, names(task)) for task in tasks] == [
        ("创建节水单位15家。", "节水办主"),
        ("清淤沟渠8公里。", "河道科主"),
    ]
    assert {task.path[0] for task in tasks} == {"二、行业管理"}


def test_a_title_above_a_flattened_header_is_no_column():
    notice = read(
        "附件1 目标表\n序号 目标任务 责任部门\n1 产值增长6%. 县经信局\n2 引进项目7个. 县商务局\n"
    )
    assert rows(notice) == [
        ("1", "产值增长6%.", "县经信局主"),
        ("2", "引进项目7个.", "县商务局主"),
    ]


def test_a_heading_inside_a_table_of_cells_does_not_end_it():
    inside = "二、水土保持\n3.坡地治理\n治理坡地30公顷。\n水保科\n11月底前\n"
    assert [names(task) for task in read(TABLE + inside).tasks][2:] == ["水保科主"]


def test_an_item_with_a_date_or_figure_is_a_task_above_its_bullets():
    head = "松坪县2026年工作任务\n"
    notice = read(
        head + "1、9月底前编好县志。（县档案馆）\n▲开展走访。\n"
        "2、5月启动普查。（牵头单位：县统计局）\n▲培训普查员60名。\n"
    )
    assert "5月启动普查。" in [task.text for task in notice.tasks]


@pytest.mark.parametrize(
    ("second", "units"),
    [
        ("出让商业用地90亩. 县住建局、县资源局", "县住建局主 县资源局配"),
        ("出让商业用地90亩。 县住建局", "县住建局主"),
        ("出让商业用地90亩.\n县住建局、县资源局", "县住建局主 县资源局配"),
    ],
)
def test_units_end_the_second_line_of_a_row_flattened_with_blanks(second, units):
    notice = read(
        "松坪县2026年目标任务分解表\n(列首位的为牵头部门)\n序号 目标任务 责任部门\n"
        f"1 产值增长6%. 县经信局\n2 新建厂房5万平方米;\n{second}\n3 引进项目7个. 县商务局\n"
    )
    content = second.split()[0]
    assert rows(notice)[1] == ("2", f"新建厂房5万平方米;\n{content}", units)
    assert [row[2] for row in rows(notice)][::2] == ["县经信局主", "县商务局主"]


@pytest.mark.parametrize(
    "clause",
    [
        "整治险工险段6处",
        "8月底前完成渠道清淤75公里",
        "培训护林员300人次",
        "新增蓄水量1.5万立方米以上",
    ],
)
def test_what_is_done_so_often_is_no_unit(clause):
    assert is_clause(clause)
    notice = read(f"1.抓好水利工作。\n责任单位：县水利局、{clause}\n")
    assert names(notice.tasks[0]) == "县水利局主"


@pytest.mark.parametrize(
    "name", ["整治办", "建设二处", "建设局第2管理所", "12345热线办", "改造办3组"]
)
def test_a_name_with_a_verb_or_a_figure_stays_a_unit(name):
    assert not is_clause(name)
