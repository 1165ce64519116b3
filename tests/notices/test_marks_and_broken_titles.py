"""Items numbered 第一条, ★1. and 1.2.3; titles broken in two; leaders printed above their task."""

import pytest

from notice_reading import fields, names, read, rows
from taskner.notices.numbering import parse_numbering

HEAD = "青禾县人民政府关于分解2025年重点工作的通知\n各乡镇人民政府:\n现将任务分解如下。\n"


@pytest.mark.parametrize(
    ("line", "token", "rest"),
    [
        ("第三条  新建粮库2座", "三", "新建粮库2座"),
        ("第12件:新建粮库2座", "12", "新建粮库2座"),
        ("1.2.3 新建粮库2座", "1.2.3", "新建粮库2座"),
        ("1.2.3新建粮库2座", "1.2.3", "新建粮库2座"),
        ("4.1 新建粮库2座", "4.1", "新建粮库2座"),
        ("1.2 公办幼儿园新建3所", "1.2", "公办幼儿园新建3所"),
        ("1.2 家庭医生签约5万人", "1.2", "家庭医生签约5万人"),
        ("1.2、万企帮万村覆盖9村", "1.2", "万企帮万村覆盖9村"),
    ],
)
def test_numbers_of_items(line, token, rest):
    numbering = parse_numbering(line)
    assert (numbering.token, line[numbering.length :]) == (token, rest)


@pytest.mark.parametrize(
    "line", ["第一条生产线投产", "第二项目部", "2.9 亿元", "2.9亿元", "3.0 版平台", "2025.3.1 前"]
)
def test_what_only_looks_like_one(line):
    assert parse_numbering(line) is None


def test_marked_numbers_open_items_and_no_item_is_lost_among_them():
    notice = read(
        HEAD + "★1.新建粮库2座\n责任单位:县粮食中心\n"
        "2.种植油茶900亩\n责任单位:县林业局\n●3.改造公厕12座\n责任单位:县住建局\n"
        "标★为县级督办事项。\n附件:1.粮库清单\n2.油茶明细表(略)\n"
    )
    assert rows(notice) == [
        ("1", "新建粮库2座", "县粮食中心主"),
        ("2", "种植油茶900亩", "县林业局主"),
        ("3", "改造公厕12座", "县住建局主"),
    ]


def test_a_line_with_an_amount_and_units_is_a_task_above_bullets():
    notice = read(
        HEAD + "1.种植油茶900亩\n责任单位:县林业局\n●改造公厕12座\n责任单位:县住建局\n"
        "2.修路5公里\n责任单位:县交通局\n"
    )
    assert [task.text for task in notice.tasks] == ["种植油茶900亩", "改造公厕12座", "修路5公里"]


@pytest.mark.parametrize(
    ("bracket", "units", "due"),
    [
        ("牵头单位为县商务局,责任单位为县税务局、各乡镇", "县商务局主 县税务局配 各乡镇配", []),
        ("县商务局牵头,县税务局配合,9月底前开工", "县商务局主 县税务局配", ["9月底前"]),
        (
            "县商务局负责,5月底前开工,9月底前完工",
            "县商务局主",
            ["5月底前", "9月底前"],
        ),
    ],
)
def test_brackets_that_say_who_and_when(bracket, units, due):
    notice = read(HEAD + f"1.新建市场3个。({bracket})\n2.修路5公里。(责任单位:县交通局)\n")
    assert notice.tasks[0].text == "新建市场3个。"
    assert names(notice.tasks[0]) == units
    assert sorted(fields(notice, "deadline")[0]) == due


def test_a_rule_on_who_leads_is_no_label():
    notice = read(HEAD + "1.修路5公里。(责任单位:县交通局、县财政局,责任单位为首位的牵头)\n")
    assert "首位" not in names(notice.tasks[0])


def test_a_header_broken_over_lines():
    head = "序 号 工作任务 分管 领导 牵头 单位 责任单位 (部门) 完成 时限".replace(" ", "\n")
    first = "1 新建粮库2座,改造旧仓5座。 王甲 县粮食中心 县财政局 6月底".replace(" ", "\n")
    second = "1 种植油茶900亩,新增苗圃3处。 李乙 县林业局 各乡镇 9月底".replace(" ", "\n")
    notice = read(f"{HEAD}{head}\n一、粮食\n{first}\n二、林业\n{second}\n")
    assert rows(notice) == [
        ("1", "新建粮库2座,改造旧仓5座。", "县粮食中心主 县财政局配"),
        ("1", "种植油茶900亩,新增苗圃3处。", "县林业局主 各乡镇配"),
    ]
    assert [task.leader for task in notice.tasks] == ["王甲", "李乙"]
    assert fields(notice, "deadline") == [["6月底"], ["9月底"]]


def test_a_goal_does_not_go_on_with_the_name_of_its_task():
    notice = read(
        f"{HEAD}序号\n工作任务\n目标要求\n责任单位\n"
        "1\n供水提质\n自来水普及率达到97%以上\n管网漏损率控制在9%以内\n县水务局\n"
        "2\n停车治理\n新增停车泊位500个,其中充电泊位60个。\n县城管局\n"
    )
    assert notice.tasks[0].path == ("供水提质",)
    assert "自来水普及率达到97%以上" in notice.tasks[0].text


def test_a_leader_above_a_task_leads_it_and_a_schedule_below_belongs_to_it():
    notice = read(
        HEAD + "●领办领导:县长 王甲\n领办事项:建设新区,征迁90亩。\n责任单位:县住建局\n"
        "目标节点:6月底前征迁30亩。\n"
        "●领办领导:副县长 李乙\n领办事项:建设医院,新增床位200张。\n责任单位:县卫健局\n"
        "目标节点:9月底前开工。\n"
    )
    assert [(task.leader, names(task)) for task in notice.tasks] == [
        ("县长 王甲", "县住建局主"),
        ("副县长 李乙", "县卫健局主"),
    ]
    assert "6月底前征迁30亩" in notice.tasks[0].text


def test_a_mark_opens_an_item_that_begins_with_for():
    notice = read(
        HEAD + "★为全县60岁以上老人免费体检5万人\n责任单位:县卫健局\n"
        "★新建公厕12座\n责任单位:县住建局\n标★为省定实事。\n"
    )
    assert [task.text for task in notice.tasks] == [
        "为全县60岁以上老人免费体检5万人",
        "新建公厕12座",
    ]
    assert [names(task) for task in notice.tasks] == ["县卫健局主", "县住建局主"]


def test_projects_beside_telephone_numbers_are_tasks_and_contacts_are_none():
    table = "| 序号 | 项目名称 | 责任人 | 联系电话 |\n| --- | --- | --- | --- |\n"
    notice = read(
        HEAD + table + "| 1 | 新建公厕12座 | 甲 | 555 |\n| 2 | 种植油茶900亩 | 乙 | 556 |\n"
    )
    assert [task.text for task in notice.tasks] == ["新建公厕12座", "种植油茶900亩"]
    notice = read(HEAD + table + "| 1 | 石滩镇 | 甲 | 555 |\n| 2 | 柳坪乡 | 乙 | 556 |\n")
    assert not notice.tasks
    assert "set_aside" in notice.flags


def test_deeds_for_the_people_are_what_is_done_and_not_what_is_paid():
    notice = read(
        HEAD + "一、改善出行条件\n实施内容：新改建村道90公里，改造危桥6座。\n"
        "资金：2.4亿元，其中县级配套3000万元。\n牵头单位：县交通局\n配合单位：县财政局\n"
        "完成时限：11月底前\n二、提升供水保障\n实施内容：新建水厂2座，统筹各级资金：水利、财政各半。\n"
        "资金来源：专项债券1.1亿元。\n牵头单位：县水利局\n完成时限：10月底前\n"
        "有关要求：各单位每季度报送1次进展，满意度低于85%的书面说明。\n"
    )
    assert [task.text for task in notice.tasks] == [
        "新改建村道90公里，改造危桥6座。",
        "新建水厂2座，统筹各级资金：水利、财政各半。",
    ]
    assert [names(task) for task in notice.tasks] == ["县交通局主 县财政局配", "县水利局主"]


def test_files_listed_below_a_notice_are_no_tasks():
    notice = read(
        HEAD + "1.新建粮库2座\n责任单位:县粮食中心\n2.种植油茶900亩\n责任单位:县林业局\n\n"
        "相关附件:\n1.2025年重点工作分解方案.docx(41KB)\n2.解读|一图读懂方案\n打印本页\n"
    )
    assert [task.text for task in notice.tasks] == ["新建粮库2座", "种植油茶900亩"]


def test_a_line_that_breaks_off_at_a_comma_is_no_title():
    notice = read(
        HEAD + "(一)大力推进新一轮山塘整治,\n加固山塘12座。(县水利局)\n"
        "(二)山塘管护\n聘用管护员40名。(县水利局)\n"
    )
    assert [("".join(task.text.split()), task.path) for task in notice.tasks] == [
        ("大力推进新一轮山塘整治,加固山塘12座。", ()),
        ("聘用管护员40名。", ("山塘管护",)),
    ]
