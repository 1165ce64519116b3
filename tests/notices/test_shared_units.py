"""Units said once for several tasks: of a chapter, of numbered tasks before, and added to them."""

import pytest

from notice_reading import names, read, rows

HEAD = "青禾县人民政府关于分解2025年重点工作的通知\n各乡镇人民政府:\n现将任务分解如下。\n"
ITEMS = "1.新建小学3所。\n2.修路5公里。{added}\n二、保障民生\n责任单位:县民政局\n3.建公墓2座。\n"


@pytest.mark.parametrize(
    "chapter",
    [
        "一、补短板(牵头单位:县教育局;协办单位:县财政局)\n",
        "一、补短板\n牵头单位为县教育局,协办单位为县财政局。\n",
        "一、补短板\n本节所有任务的牵头单位为县教育局,配合单位为县财政局。\n",
        "一、补短板\n本部分各项工作均由县教育局牵头,县财政局配合。\n",
    ],
)
@pytest.mark.parametrize(
    ("added", "more"),
    [
        ("", ""),
        ("(增加县残联、县交\n通局配合)", " 县残联配 县交通局配"),
        ("〔本项另增加配合单位:县残联〕", " 县残联配"),
        ("(增列县残联为协办单位)", " 县残联配"),
        ("增加县残联配合。", " 县残联配"),
        ("[另由县残联参与]", " 县残联配"),
    ],
)
def test_units_of_a_chapter_hold_for_its_tasks_and_some_have_more(chapter, added, more):
    notice = read(HEAD + chapter + ITEMS.format(added=added))
    assert rows(notice) == [
        ("1", "新建小学3所。", "县教育局主 县财政局配"),
        ("2", "修路5公里。", f"县教育局主 县财政局配{more}"),
        ("3", "建公墓2座。", "县民政局主"),
    ]


@pytest.mark.parametrize("text", ["(增加学位300个)", "(增加的县财政局编制除外)", "增加社区"])
def test_what_grows_is_no_unit(text):
    notice = read(HEAD + f"1.新建小学3所{text}。\n责任单位:县教育局\n2.修路1公里。(县交通局负责)\n")
    assert [names(task) for task in notice.tasks] == ["县教育局主", "县交通局主"]


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("(第1、3项由县教育局牵头,县财政局配合)", (1, 3)),
        ("〔第2、3项均由县教育局牵头,县财政局配合〕", (2, 3)),
        ("第2至3项任务由县教育局牵头,县财政局配合。", (2, 3)),
        ("(以上两项由县教育局牵头,县财政局配合)", (2, 3)),
        ("[第1~3项责任单位为县教育局、县财政局]", (1, 2, 3)),
    ],
)
def test_a_line_names_the_units_of_tasks_before_it(said, whose):
    text = (
        "一、城区\n1.修路9公里。(县交通局负责)\n二、乡村\n1.建校3所。\n2.扩班6个。\n3.建园1座。\n"
    )
    notice = read(HEAD + text + said + "\n4.建桥1座。(县交通局负责)\n")
    found = [names(task) for task in notice.tasks]
    shared = "县教育局主 县财政局配"
    assert found[0] == found[4] == "县交通局主"
    assert found[1:4] == [shared if number in whose else "" for number in (1, 2, 3)]
    assert [task.text for task in notice.tasks[1:4]] == ["建校3所。", "扩班6个。", "建园1座。"]


@pytest.mark.parametrize(
    "printed",
    [
        "（县发展改革局牵头，县自然资源\n和规划局、县水利局配合）",
        "【县发展改革局、县自然资源和规划局\n  、县水利局按职责分工负\n责】",
        "〔牵头单位：县发展改革\n局；配合单位：县自然\n资源和规划局、县水利局〕",
    ],
)
def test_a_bracket_of_units_goes_on_in_the_next_line(printed):
    notice = read(
        f"{HEAD}1.修渠5公里{printed}。\n2.修路1公里。（县交通局负责）\n以上任务按年考核。\n"
    )
    assert [names(task) for task in notice.tasks] == [
        "县发展改革局主 县自然资源和规划局配 县水利局配",
        "县交通局主",
    ]


def test_a_date_with_a_blank_opens_no_item():
    text = "1.修渠5公里，\n6 月底前开工。\n责任单位：县水利局\n2.建闸1座。\n责任单位：县水利局\n"
    assert [task.number for task in read(HEAD + text).tasks] == ["1", "2"]
