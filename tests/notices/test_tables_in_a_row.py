"""Several lists in one notice: titles between tables, headers that come again."""

import pytest

from notice_reading import names, read

HEADER = "序号\n指标名称\n计量单位\n上年实绩\n2026年目标\n考核科室\n责任单位（首位牵头）\n"


def test_a_header_that_counts_anew_opens_a_table_and_its_title_is_no_cell():
    notice = read(
        "岚溪市2026年发展指标任务\n"
        f"表一 经济指标\n{HEADER}"
        "1\n外贸进出口额\n亿元\n41\n46\n综合科\n市商务局、市税务局\n"
        "2\n新增市场主体\n户\n900\n1200\n综合科\n市市场监管局\n"
        f"表二 民生指标\n{HEADER}"
        "1\n婴幼儿托位\n个\n310\n400\n社会科\n市卫健委\n"
        "2\n公园改造\n座\n2\n5\n社会科\n市城管局、市财政局\n"
    )
    assert [task.text for task in notice.tasks] == [
        "外贸进出口额\n亿元\n46",
        "新增市场主体\n户\n1200",
        "婴幼儿托位\n个\n400",
        "公园改造\n座\n5",
    ]
    assert names(notice.tasks[0]) == "市商务局主 市税务局配"
    assert [task.path for task in notice.tasks] == [()] * 4


def test_a_header_on_a_new_page_goes_on_with_its_table():
    notice = read(
        f"岚溪市2026年发展指标任务\n{HEADER}"
        "1\n外贸进出口额\n亿元\n41\n46\n综合科\n市商务局\n"
        f"{HEADER}"
        "2\n新增市场主体\n户\n900\n1200\n综合科\n市市场监管局\n"
    )
    assert [task.number for task in notice.tasks] == ["1", "2"]


def test_numbered_lists_are_annexes():
    notice = read(
        "岚溪乡2026年重点工作清单的通知\n各村：\n现将清单印发给你们。\n岚溪乡人民政府\n2026年2月3日\n"
        "清单一\n2026年重点工作清单\n序号\n工作任务\n责任单位\n"
        "1\n新种茶园300亩，4月底前完成。\n农业服务中心\n2\n整修水渠5公里。\n水利站\n"
        "清单二\n2026年包村清单\n"
        "一、石桥村（包村领导：周一川）\n1、硬化屯路600米。\n2、种植油茶200亩。\n"
        "二、上坪村（包村领导：吴为民）\n1、改造危房3户。\n"
    )
    assert [(task.annex, task.number, task.leader) for task in notice.tasks] == [
        ("1", "1", None),
        ("1", "2", None),
        ("2", "1", "周一川"),
        ("2", "2", "周一川"),
        ("2", "1", "吴为民"),
    ]
    assert [unit.span.text for unit in notice.tasks[2].units] == ["石桥村"]


def test_words_explained_after_a_report_are_no_tasks():
    notice = read(
        "政府工作报告\n二、2026年重点工作\n"
        "今年工作的总体要求是：坚持稳中求进，锚定目标，统筹发展和安全，推动经济社会发展迈上新台阶。\n"
        "1．新建学校3所，改造道路12公里，让群众出行更方便，让孩子上学更便利，全年完工。\n"
        "附：名词解释\n1．“三通”：指通路、通水、通电，2020年已完成。\n"
    )
    assert len(notice.tasks) == 1
    assert notice.tasks[0].text.startswith("新建学校3所")


def test_a_planning_bureau_in_a_table_without_a_title_is_no_title():
    notice = read(
        "序号\n工作任务\n责任单位\n"
        "1\n盘活闲置用地300亩，12月底前完成。\n市财政局、市税务局、市自然资源和规划局\n"
        "2\n新建停车位900个。\n市城管局\n"
    )
    assert [task.number for task in notice.tasks] == ["1", "2"]
    assert notice.title is None


def test_a_table_of_figures_that_gives_no_task_is_not_dropped_in_silence():
    notice = read(
        "附件1 任务表\n| 序号 | 工作任务 | 责任单位 |\n| --- | --- | --- |\n"
        "| 1 | 建成便民市场2个。 | 县商务局 |\n| 2 | 新建公厕6座。 | 县住建局 |\n"
        "附件2 分解表\n| 乡镇 | 造林（亩） | 修渠（公里） |\n| --- | --- | --- |\n"
        "| 石滩镇 | 400 | 2.5 |\n| 柳坪乡 | 900 | 7 |\n"
    )
    assert [task.number for task in notice.tasks] == ["1", "2"]
    assert "set_aside" in notice.flags


LED = "序号\n工作任务\n年度目标\n牵头领导\n牵头单位\n配合单位\n完成时限\n"


def test_cells_that_merged_cells_leave_out_are_those_above_and_dates_stay_in_their_row():
    notice = read(
        f"岚溪县2026年重点工作任务分解表\n{LED}一、交通水利（3项）\n"
        "1\n滨河路延伸\n硬化路面3.4公里，架设桥梁2座。\n韩立秋\n县公路中心\n县财政局、\n石桥镇\n8月底前\n"
        "2\n渡口改造\n改造渡口5处；\n更换渡船9艘。\n10月底前贯通\n"
        f"{LED}3\n灌区配套\n衬砌渠道21公里。\n持续推进\n"
        "二、市容（1项）\n4\n公厕提升\n新建公厕6座。\n白雨生\n县城管局\n县住建局\n全年\n"
    )
    assert [task.number for task in notice.tasks] == ["1", "2", "3", "4"]
    merged = "县公路中心主 县财政局配 石桥镇配"
    assert [names(task) for task in notice.tasks] == [merged] * 3 + ["县城管局主 县住建局配"]
    assert [task.leader for task in notice.tasks] == ["韩立秋"] * 3 + ["白雨生"]
    assert [
        notice.document.text[one.start : one.end]
        for task in notice.tasks
        for one in task.segments
        if one.field == "deadline"
    ] == ["8月底前", "10月底前贯通", "持续推进", "全年"]
    assert notice.tasks[2].text == "衬砌渠道21公里。"


def test_a_name_over_several_rows_ends_what_the_rows_above_it_pass_down():
    notice = read(
        "岚溪县2026年任务表\n序号\n项目名称\n工作任务\n牵头单位\n"
        "1\n老城更新\n修缮民居40栋，年底前完成。\n县住建局\n2\n铺设管网6公里，年底前完成。\n"
        "3\n渔港建设\n疏浚航道2公里，年底前完成。\n"
    )
    assert [names(task) for task in notice.tasks] == ["县住建局主", "县住建局主", ""]


TABBED = "岚溪县2026年任务表\n序号\t工作任务\t责任单位\n"


@pytest.mark.parametrize(
    ("broken", "units"),
    [
        ("★县林业局、\n县财政局", "县林业局主 县财政局配"),
        ("★县林业局\n县财政局、石桥镇", "县林业局主 县财政局配 石桥镇配"),
        ("★县林业局、县财政局、\n石桥镇、\n柳坪镇", "县林业局主 县财政局配 石桥镇配 柳坪镇配"),
    ],
)
def test_a_line_without_tabs_goes_on_with_the_units_of_the_row_above(broken, units):
    notice = read(
        f"{TABBED}一、生态\n1\t新造林700亩。\t{broken}\n2\t清淤河道9公里。\t★县水利局、\n县城管局\n"
        "二、民生\n3\t新建公厕6座。\t★县住建局、县城管局\n岚溪县人民政府办公室\n2026年2月9日\n"
    )
    assert [names(task) for task in notice.tasks] == [
        units,
        "县水利局主 县城管局配",
        "县住建局主 县城管局配",
    ]
    assert [task.path for task in notice.tasks] == [("一、生态",)] * 2 + [("二、民生",)]


@pytest.mark.parametrize("between", ["\n", "\t"])
def test_the_number_of_a_task_may_stand_before_its_name(between):
    rows = [
        ("工作任务", "具体要求", "责任单位"),
        ("1.公园", "新建口袋公园3座，改造旧公园2座。", "县城管局"),
        ("2.公路", "新修通村公路5公里，养护公路90公里。", "县交通局"),
        ("3.茶园", "新种标准茶园1200亩，改良品种700亩。", "县农业农村局"),
    ]
    notice = read("岚溪县2026年任务表\n" + "".join(between.join(row) + "\n" for row in rows))
    assert [(task.number, task.path) for task in notice.tasks] == [
        (row[0][0], (row[0],)) for row in rows[1:]
    ]
    assert [names(task) for task in notice.tasks] == [row[2] + "主" for row in rows[1:]]


@pytest.mark.parametrize("first", ["序号", "类别"])
@pytest.mark.parametrize(
    "between", ["— 5 —\n\n", "7\n\n", "", "- 2 -\n\n岚溪县2026年实事任务清单（续表）\n\n"]
)
def test_a_header_below_the_number_of_a_page_goes_on_with_its_table(first, between):
    titles = [first, "工作任务", "牵头单位", "责任单位", "备注"]
    rows = [
        ("改造山塘6口，9月底前完成。", "县水利局", "县财政局、县农业农村局", "续建2口"),
        ("新建公厕4座，11月底前开放。", "县城管局", "/", "—"),
        ("种植行道树900株，3月底前完成。", "县林业局", "县交通局", "市级资金"),
    ]
    marks = ["1", "2", "3"] if first == "序号" else ["水利", "市政", "绿化"]
    cells = [[mark, *row] for mark, row in zip(marks, rows, strict=True)]
    page = ["\n\n".join(line) + "\n\n" for line in (titles, cells[0], cells[1], titles, cells[2])]
    notice = read("岚溪县2026年实事任务清单\n\n" + "".join([*page[:3], between, *page[3:]]))
    assert [(task.text, names(task)) for task in notice.tasks] == [
        ("改造山塘6口，9月底前完成。", "县水利局主 县财政局配 县农业农村局配"),
        ("新建公厕4座，11月底前开放。", "县城管局主"),
        ("种植行道树900株，3月底前完成。", "县林业局主 县交通局配"),
    ]
