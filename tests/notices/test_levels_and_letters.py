"""Labels with a level of government, letters as numbers, titles without a title word."""

import pytest

from notice_reading import names, read, rows


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        (
            "省牵头单位：省水利厅\n市牵头单位：市水利局\n市配合单位：市财政局",
            "省水利厅主 市水利局主 市财政局配",
        ),
        # Who leads above says nothing of who leads here.
        ("省牵头单位：省水利厅\n责任单位：市水利局、市财政局", "省水利厅主 市水利局主 市财政局配"),
        ("牵头单位：市水利局\n责任单位：市财政局", "市水利局主 市财政局配"),
    ],
)
def test_the_lead_of_a_higher_level_leads_beside_the_own(fields, units):
    (task,) = read(f"岚州市2025年任务清单\n1*.建设供水工程3处。\n{fields}\n").tasks
    assert (task.number, task.text, names(task)) == ("1", "建设供水工程3处。", units)


def test_a_column_for_the_higher_level_leads_too():
    notice = read(
        "岚州市2025年任务清单\n"
        "| 序号 | 工作任务 | 省牵头单位 | 责任单位 |\n"
        "| 1 | 建设供水工程3处。 | 省水利厅 | 市水利局、市财政局 |\n"
        "| 2 | 治理河道9公里。 | 省水利厅 | 市水利局 |\n"
    )
    assert [names(task) for task in notice.tasks] == [
        "省水利厅主 市水利局主 市财政局配",
        "省水利厅主 市水利局主",
    ]


def test_letters_number_tasks_but_not_a_list_of_plots():
    notice = read(
        "岚溪县2025年征迁任务\n（一）城区\nA、完成征迁90户。牵头单位：县住建局\n"
        "B．A、B两个地块净地交付。牵头单位：县资规局\n（二）镇区\nA)拆除旧房8栋。牵头单位：东镇\n"
    )
    assert rows(notice) == [
        ("A", "完成征迁90户。", "县住建局主"),
        ("B", "A、B两个地块净地交付。", "县资规局主"),
        ("A", "拆除旧房8栋。", "东镇主"),
    ]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("岚溪县2024年督查的重大问题", "岚溪县2024年督查的重大问题"),
        ("2024年3月5日", None),
        ("督查的重大问题", None),
    ],
)
def test_a_first_line_with_a_year_is_the_title(first, title):
    notice = read(
        f"{first}\n1.修路3公里。（责任单位：县交通局）\n2.建桥1座。（责任单位：县交通局）\n"
    )
    assert notice.title == title
    assert len(notice.tasks) == 2


def test_a_clause_on_the_money_names_who_pays():
    notice = read(
        "岚溪县2025年工作\n1.修路3公里。\n2.建桥1座。\n以上两项责任单位为县交通局，由县财政局负责资金筹措。\n"
    )
    assert [names(task) for task in notice.tasks] == ["县交通局主 县财政局配"] * 2


def test_a_section_with_one_paragraph_is_headed_like_its_siblings():
    notice = read(
        "岚溪县2025年工作\n一、总量\n生产总值增长6%。（责任单位：县发改局）\n"
        "二、投资\n（一）开工项目9个。（责任单位：县发改局）\n（二）申报债券3亿元。（责任单位：县财政局）\n"
    )
    assert [(task.number, task.path) for task in notice.tasks] == [
        (None, ("一、总量",)),
        ("一", ("二、投资",)),
        ("二", ("二、投资",)),
    ]


def test_a_name_cut_by_blanks_after_its_level_is_one():
    (task,) = read("岚溪市2025年工作\n1.查店9家。\n责任单位：市 市 场监 管局、市 公安局\n").tasks
    assert names(task) == "市市场监管局主 市公安局配"
