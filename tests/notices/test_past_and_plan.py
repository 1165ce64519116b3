"""Whole reports: what was done is told from what is to be done. All texts are invented."""

import pytest

from taskner.notices import parse_notice
from taskner.readers import document_from_text

TITLE = "汀澜市政府工作报告\n——2025年1月8日在汀澜市人民代表大会上\n各位代表：\n"
DONE = "我们推进项目建设。新建泵站16座，改造管网70公里，群众满意率保持在92%，营商环境继续优化。\n"
PLAN = "抓实项目建设。新建泵站22座，改造管网90公里，群众满意率提高到95%，办成民生实事。\n"


def read(text):
    notice = parse_notice(document_from_text(TITLE + text, name="tinglan"))
    return [task.text for task in notice.tasks], notice


def test_headings_without_number_part_past_from_plan():
    tasks, notice = read(f"2024年工作回顾\n{DONE}2025年重点工作\n{PLAN}")
    assert tasks == [PLAN.strip()]
    assert notice.tasks[0].path == ("2025年重点工作",)
    assert "set_aside" in notice.flags


def test_sections_stand_under_a_heading_without_number():
    tasks, notice = read(f"2024年工作回顾\n一、项目\n{DONE}2025年重点工作\n一、项目\n{PLAN}")
    assert tasks == [PLAN.strip()]
    assert notice.tasks[0].path == ("2025年重点工作", "一、项目")


def test_a_section_that_reviews_and_plans_keeps_its_plan():
    past = "五年来，泵站累计建成60座，管网总长位居全省第二，用水普及率达到了99%。\n"
    ahead = "到2030年，泵站总数力争达到100座，用水普及率稳定在99%以上。\n"
    tasks, notice = read(f"一、“十四五”时期成就和“十五五”时期主要目标\n{past}{ahead}")
    assert tasks == [ahead.strip()]
    assert "set_aside" in notice.flags


@pytest.mark.parametrize("heading", ["总体情况", "存在的主要问题", "工作推进情况", "取得的成绩"])
def test_a_section_that_reports_holds_no_task(heading):
    tasks, notice = read(f"一、{heading}\n{DONE}二、下一步打算\n{PLAN}")
    assert tasks == [PLAN.strip()]
    assert "set_aside" in notice.flags


def test_a_section_that_reports_is_read_where_it_names_who_answers():
    task = "（一）新建泵站22座。（牵头单位：市水务局；责任单位：市财政局）\n"
    tasks, _notice = read(
        f"一、存在的问题\n{task}二、下一步打算\n（一）改造管网。（市水务局负责）\n"
    )
    assert tasks[0] == "新建泵站22座。"
    assert len(tasks) == 2


def test_a_glossary_is_no_list_of_tasks():
    tasks, notice = read(f"一、2025年重点工作\n{PLAN}名词解释\n1.一网统管：指用3个平台管理城市。\n")
    assert tasks == [PLAN.strip()]
    assert "set_aside" in notice.flags


def test_work_on_the_government_itself_is_kept_and_the_call_is_not():
    own = (
        "各位代表！做好今年工作，对政府提出了新要求。要厉行法治，健全重大决策程序，自觉接受监督。"
        "要提高效能，清理证明事项，压缩审批时限，推行一窗办理。要严守纪律，坚持勤俭办事，"
        "管好公共资金，严查群众身边的不正之风。要真抓实干，少开会、开短会，多到基层解决难题，"
        "把说过的事一件一件办好。\n"
    )
    call = "各位代表！让我们携起手来，跑出发展加速度！\n"
    tasks, notice = read(f"一、2025年重点工作\n{PLAN}{own}{call}")
    assert tasks == [PLAN.strip(), own.strip()]
    assert "set_aside" in notice.flags


def test_instructions_for_filling_in_are_no_tasks():
    items = "1.新建泵站22座。\n责任单位：市水务局\n"
    tasks, _notice = read(f"{items}填表说明：\n1.投资以万元为单位。\n2.每月更新一次。\n")
    assert tasks == ["新建泵站22座。"]


def test_the_year_of_a_review_with_a_plan_is_that_of_the_plan():
    text = "汀澜镇2024年工作总结和2025年工作计划\n一、2025年重点工作\n" + PLAN
    assert parse_notice(document_from_text(text, name="tinglan")).year == 2025
