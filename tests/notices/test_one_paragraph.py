"""Notices pasted as one paragraph: letter, headings and items without a line break."""

import pytest

from notice_reading import names, read

LETTER = (
    "东岭县人民政府办公室关于印发2026年县重点工作任务分解的通知东政办发〔2026〕9号"
    "各乡镇人民政府，县政府各部门：为做好全年工作，现将《2026年县重点工作任务分解》印发给你们，"
    "请抓好落实。排在第一位的为牵头单位。东岭县人民政府办公室2026年2月16日2026年县重点工作任务分解"
)
TASKS = (
    "一、壮大特色产业1．全年新建茶园800亩，6月底前新增加工厂2家。（责任单位：县农业农村局、县林业局）"
    "2．引进企业5家。（责任单位：县招商局）"
    "二、持续改善民生3．新建学校2所。（责任单位：县教育局）4．提升养老服务水平。（责任单位：县民政局）"
    "三、守住安全底线5．排查隐患600处。（责任单位：县应急局）"
)
EXPECTED = [
    ("1", "一、壮大特色产业", "全年新建茶园800亩，6月底前新增加工厂2家。"),
    ("2", "一、壮大特色产业", "引进企业5家。"),
    ("3", "二、持续改善民生", "新建学校2所。"),
    ("4", "二、持续改善民生", "提升养老服务水平。"),
    ("5", "三、守住安全底线", "排查隐患600处。"),
]
ANEW = TASKS.replace("3．", "1．").replace("4．", "2．").replace("5．", "1．")


@pytest.mark.parametrize("letter", [LETTER, LETTER + "\n", ""])
@pytest.mark.parametrize(
    "tasks", [TASKS, TASKS.replace("责任单位：", ""), TASKS.replace("．", "、")]
)
def test_headings_between_items_are_cut_out_and_items_open_tasks(letter, tasks):
    found = read(letter + tasks).tasks
    assert [(task.number, *task.path, task.text) for task in found] == EXPECTED
    assert names(found[2]) == "县教育局主"


def test_the_letter_is_no_task_and_gives_title_issuer_date_and_rule():
    notice = read(LETTER + TASKS)
    assert notice.title == "东岭县人民政府办公室关于印发2026年县重点工作任务分解的通知"
    assert (notice.number, notice.issuer) == ("东政办发〔2026〕9号", "东岭县人民政府办公室")
    assert (str(notice.issued), notice.year) == ("2026-02-16", 2026)
    assert names(notice.tasks[0]) == "县农业农村局主 县林业局配"


def test_items_that_count_anew_below_each_heading():
    assert [task.number for task in read(LETTER + ANEW).tasks] == ["1", "2", "1", "2", "1"]


def test_a_section_a_line():
    lines = TASKS.replace("二、", "\n二、").replace("三、", "\n三、")
    found = read(f"{LETTER}\n{lines}").tasks
    assert [(task.number, *task.path, task.text) for task in found] == EXPECTED


def test_a_list_without_headings_begins_at_its_first_number():
    items = (
        "1．新建茶园800亩。（责任单位：县林业局）2．引进企业5家。（责任单位：县招商局）"
        "3．新建学校2所。（责任单位：县教育局）"
    )
    found = read(LETTER + items).tasks
    assert [task.text for task in found] == ["新建茶园800亩。", "引进企业5家。", "新建学校2所。"]


def test_figures_in_a_sentence_open_no_items():
    text = (
        "1．统一、规范办理流程2．0版上线，新建站点12处，第一、二季度完成3．5公里。"
        "（责任单位：县数据局）"
    )
    (task,) = read(f"东岭县2026年任务\n{text}\n").tasks
    assert task.text.endswith("完成3．5公里。")
