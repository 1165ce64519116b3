"""Tables whose titles take two rows, pasted with tabs, between pipes, and as cells of a file."""

import pytest

from notice_reading import fields, names, read
from taskner.types import Block

SPLIT = [  # None goes on with the cell to its left
    ["序号", "领域", "年度工作", None, None, "责任分工", None, "分管领导"],
    ["", "", "考核指标", "上年完成数", "目标", "牵头单位", "配合单位", ""],
    ["1", "渔业\n（20分）", "渔业产值", "31.5", "36", "县海洋局", "县财政局\n县统计局", "于 澜"],
    ["2", "", "增殖放流", "4100", "增长9%以上", "", "石桥镇", ""],
    ["3", "航运", "集装箱吞吐量", "17；2.5%", "21，增长12%", "县港航中心\n县交通局", "/", "戚望舒"],
    ["合计", "", "", "", "3项", "", "", ""],
]
YEARS = [
    ["序号", "指标名称", "计量单位", "逐年目标", None, None, "责任单位"],
    ["", "", "", "2026年", "2027年", "2028年", ""],
    ["1", "海水养殖产量", "万吨", "3.1", "3.4", "4以上", "县海洋局"],
    ["2", "新增冷库", "座", "/", "2", "2—3", "县商务局"],
]


def _tabs(table):
    return "".join(
        "\t".join(f'"{cell}"' if "\n" in (cell or "") else cell or "" for cell in row) + "\n"
        for row in table
    ), ()


def _pipes(table):
    rows = [[(cell or "").replace("\n", "、") for cell in row] for row in table]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows), ()


def _cells(table):
    text, blocks = "", []
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            if not cell:
                continue
            wide = 1
            while number == 0 and column + wide < len(row) and row[column + wide] is None:
                wide += 1
            place = {"table": 1, "row": number + 3, "column": column + 1, "col_span": wide}
            blocks.append((len(text), len(text) + len(cell), place))
            text += cell + "\n"
    return text, blocks


def _read(table, write):
    text, blocks = write(table)
    title = "岚溪县2026年海洋经济目标分解表\n"
    shift = len(title)
    return read(
        title + text,
        [Block(start=a + shift, end=b + shift, kind="cell", **place) for a, b, place in blocks],
    )


@pytest.mark.parametrize("write", [_tabs, _pipes, _cells])
def test_titles_below_a_title_are_columns(write):
    notice = _read(SPLIT, write)
    assert [(task.number, "".join(task.text.split()), names(task)) for task in notice.tasks] == [
        ("1", "渔业产值36", "县海洋局主 县财政局配 县统计局配"),
        ("2", "增殖放流增长9%以上", "县海洋局主 石桥镇配"),
        ("3", "集装箱吞吐量21，增长12%", "县港航中心主 县交通局主"),
    ]


@pytest.mark.parametrize("write", [_tabs, _pipes, _cells])
@pytest.mark.parametrize(
    "years",
    [
        ("2026年", "2027年", "2028年"),
        ("第一年", "第二年", "第三年"),
        ("2026", "2027目标", "到2028年底"),
    ],
)
def test_years_below_a_title_are_periods(write, years):
    notice = _read([YEARS[0], ["", "", "", *years, ""], *YEARS[2:]], write)
    text = notice.document.text
    dated = [
        [
            (text[one.start : one.end], text[one.due[0] : one.due[1]])
            for one in task.segments
            if one.due
        ]
        for task in notice.tasks
    ]
    said = [year.removesuffix("目标").removeprefix("到") for year in years]
    assert dated == [
        list(zip(("3.1", "3.4", "4以上"), said, strict=True)),
        list(zip(("2", "2—3"), said[1:], strict=True)),
    ]


def test_one_year_in_a_title_is_no_period():
    table = [
        ["序号", "指标名称", "2025年完成", "2026年目标", "责任单位"],
        *[["1", "海水养殖产量", "2.9", "3.1", "县海洋局"]] * 2,
    ]
    notice = _read(table, _tabs)
    assert all(one.due is None for task in notice.tasks for one in task.segments)
    assert notice.tasks[0].text.split() == ["海水养殖产量", "3.1"]


LIMITS = (
    "序号\t类别\t工作任务\t完成时限\t牵头单位\n"
    "1\t港口\t疏浚航道9公里\t{0}\t县港航中心\n2\t\t修复堤岸3公里\t\t县水利局\n"
)
OTHER = "3\t渔业\t投放鱼礁2万方\t10月底前\t县海洋局\n4\t\t改造渔船60艘\t\t\n"


@pytest.mark.parametrize(("first", "passed"), [("6月底前", ["6月底前"]), ("", [])])
def test_a_limit_merged_over_a_group_is_told_by_every_group_having_one(first, passed):
    notice = read(f"岚溪县2026年任务表\n{LIMITS.format(first)}{OTHER}")
    limits = fields(notice, "deadline")
    assert limits == [passed, passed, ["10月底前"], ["10月底前"]]
    assert names(notice.tasks[1]) == "县水利局主"


@pytest.mark.parametrize("bracket", ["[]", "（）", "【】"])
def test_a_bracket_with_units_runs_over_a_line(bracket):
    left, right = bracket
    notice = read(
        "岚溪县2026年海洋经济工作方案\n括号内排在首位的为牵头单位。\n一、主要任务\n"
        f"（一）做强渔港。年内改造渔港2座。{left}县海洋局、县财政局{right}\n"
        f"（二）做美海岸。年内整治岸线7公里。{left}县水利局、各沿\n海镇、县文旅局{right}\n"
        f"（三）做活港口。年内新开航线3条。{left}县港航中心、县商务局{right}\n"
    )
    assert [task.text for task in notice.tasks][1] == "做美海岸。年内整治岸线7公里。"
    assert [names(task) for task in notice.tasks] == [
        "县海洋局主 县财政局配",
        "县水利局主 各沿海镇配 县文旅局配",
        "县港航中心主 县商务局配",
    ]


@pytest.mark.parametrize("base", ["基期值", "2025年实绩", "基数（上年）", "当前水平"])
def test_quotes_in_the_first_column_and_numbers_in_the_second(base):
    notice = _read(
        [
            ["板块", "编号", "目标要求", None, None, "责任单位", None, "时限"],
            ["", "", "指标名称", base, "2026年度目标", "牵头", "协同", ""],
            [
                "滨海\n旅游",
                "1",
                "过夜游客",
                "182",
                "200以上",
                "县文旅局",
                "县商务局\n县统计局",
                "12月底",
            ],
            ["", "2", "等级民宿", "6", "8—10", "", "", "11月底"],
            ["海上\n运输", "3", "客运航线", "4", "5", "县港航中心", "—", "年底"],
        ],
        _tabs,
    )
    assert [("".join(task.text.split()), names(task)) for task in notice.tasks] == [
        ("过夜游客200以上", "县文旅局主 县商务局配 县统计局配"),
        ("等级民宿8—10", "县文旅局主 县商务局配 县统计局配"),
        ("客运航线5", "县港航中心主"),
    ]
    assert fields(notice, "deadline") == [["12月底"], ["11月底"], ["年底"]]
