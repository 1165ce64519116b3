"""Tables of figures printed one cell a line, a column for each place."""

import pytest

from notice_reading import read

HEADER = "岚溪县2026年分镇任务表\n序号\n指标\n单位\n全县\n石桥镇\n柳坪镇\n南岗乡\n"
BEDS = "1\n新增养老床位\n张\n460\n210\n150\n100\n"
TREES = "3\n新造林\n亩\n800\n—\n300\n500\n"


def _figures(task, notice):
    text = notice.document.text
    return {one.context: text[one.start : one.end] for one in task.segments}


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            "PM10浓度\n微克/立方米\n≤52\n≤50\n≤49\n与去年\n一致",
            ["≤52", "≤50", "≤49", "与去年\n一致"],
        ),
        ("公园改造\n座\n52\n不少于\n20\n2\n30", ["52", "不少于\n20", "2", "30"]),
        ("新修渠道\n公里\n9\n3\n2\n(含续建)\n4", ["9", "3", "2\n(含续建)", "4"]),
        ("困难家庭厨房\n适老化改造\n户\n90\n30\n20\n40", ["90", "30", "20", "40"]),
    ],
)
def test_a_cell_broken_over_two_lines_moves_no_figure(row, cells):
    notice = read(f"{HEADER}{BEDS}2\n{row}\n{TREES}")
    assert [task.number for task in notice.tasks] == ["1", "2", "3"]
    titles = ["全县", "石桥镇", "柳坪镇", "南岗乡"]
    assert [_figures(notice.tasks[1], notice).get(title) for title in titles] == cells
    assert "value_unparsed" not in notice.tasks[1].flags
    assert _figures(notice.tasks[2], notice)["柳坪镇"] == "300"


@pytest.mark.parametrize(
    "row", ["公园改造\n座\n52\n20\n32", "公园改造\n座\n52\n12\n20\n不下达\n任务"]
)
def test_figures_whose_places_the_print_does_not_show_are_told_not_dealt_out(row):
    notice = read(f"{HEADER}{BEDS}2\n{row}\n{TREES}")
    assert [task.number for task in notice.tasks] == ["1", "2", "3"]
    assert "value_unparsed" in notice.tasks[1].flags
    assert notice.tasks[1].text.startswith("公园改造\n座\n52\n")
    assert _figures(notice.tasks[1], notice) == {"指标": "公园改造", "单位": "座"}
    assert [task.flags for task in notice.tasks[::2]] == [("no_unit",)] * 2


@pytest.mark.parametrize("name", ["公园无障碍改造", "困难家庭适老化改造", "长者食堂"])
def test_what_is_done_for_the_old_is_no_button_of_a_page(name):
    notice = read(f"{HEADER}{BEDS}2\n{name}\n处\n9\n3\n2\n4\n{TREES}")
    assert [task.number for task in notice.tasks] == ["1", "2", "3"]
