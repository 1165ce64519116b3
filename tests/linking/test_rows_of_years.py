"""Rows of figures: a column for each year, measures in a column or in brackets."""

import datetime as dt

import pytest

from notice_reading import read
from taskner.linking import link_task
from taskner.types import Span

TITLE = "岚溪县海洋经济三年行动（2026—2028年）目标分解表\n"
PLAIN = "序号\t指标\t目标值\t责任单位\n"
OTHER = "2\t休渔\t—\t县渔政站\n"
HEAD = "序号|主要指标|单位|2025年|2026年|2027年目标|2028年|责任单位\n"


def _link(text, *tagged):
    """Targets as links leave them; ``tagged`` are texts with labels that a tagger finds."""
    notice = read(text)
    document = notice.document
    spans = []
    for words, label in tagged:
        start = document.text.index(words)
        spans.append(Span.of(document, start, start + len(words), label))
    return [
        link_task(document, task, spans, annex=notice.annexes[0], year=notice.year)
        for task in notice.tasks
    ]


def _short(target):
    quantity = target.quantity
    return (
        target.span.text,
        "".join(metric.text for metric in target.metrics),
        [one.period.last for one in target.deadlines],
        str(quantity.value) if quantity.upper is None else f"{quantity.value}-{quantity.upper}",
        quantity.measure,
    )


@pytest.mark.parametrize("border", ["|", "\t"])
def test_figures_of_years_are_of_the_rows_name_and_due_by_their_year(border):
    ends = [[dt.date(year, 12, 31)] for year in (2026, 2027, 2028)]
    rows = (
        "1|海水养殖产量|万吨|2.7|3.1|3.4|4以上|县海洋局\n"
        "2|新增冷库|座|1|/|2|2—3|县商务局\n"
        "3|港口效率全省排名|位|第11|前9|前8|前七|县港航中心\n"
    )
    tasks = _link(TITLE + (HEAD + rows).replace("|", border))
    found = [[_short(target) for target in task.targets] for task in tasks]
    assert found == [
        [
            ("3.1", "海水养殖产量", ends[0], "31000", "吨"),
            ("3.4", "海水养殖产量", ends[1], "34000", "吨"),
            ("4以上", "海水养殖产量", ends[2], "40000", "吨"),
        ],
        [
            ("2", "冷库", ends[1], "2", "座"),
            ("2—3", "冷库", ends[2], "2-3", "座"),
        ],
        [
            ("前9", "港口效率全省排名", ends[0], "9", "名"),
            ("前8", "港口效率全省排名", ends[1], "8", "名"),
            ("前七", "港口效率全省排名", ends[2], "7", "名"),
        ],
    ]


@pytest.mark.parametrize(
    ("name", "cell", "read"),
    [
        ("渔港改造（座/泊位）", "3/210", [("3", "3", "座"), ("210", "210", "泊位")]),
        ("氨氮浓度（毫克/升）", "≤1.2", [("≤1.2", "1.2", "毫克/升")]),
        ("出口额（万美元）", "840以上", [("840以上", "8400000", "美元")]),
        ("岸线整治（单位：公里）", "12—15", [("12—15", "12-15", "公里")]),
    ],
)
def test_a_measure_behind_the_name_of_a_row(name, cell, read):
    table = f"{PLAIN}1\t{name}\t{cell}\t县海洋局\n{OTHER}"
    task = _link(TITLE + table)[0]
    assert [(one[0], *one[3:]) for one in map(_short, task.targets)] == read
    assert {one[1] for one in map(_short, task.targets)} == {name.partition("（")[0]}


def test_a_number_in_a_sentence_about_the_row_counts_in_its_measure():
    table = f"{PLAIN}1\t新增渔家客房（间）\t350以上，其中精品民宿40\t县文旅局\n{OTHER}"
    (task, _) = _link(
        TITLE + table, ("350以上", "TARGET"), ("精品民宿", "METRIC"), ("40", "TARGET")
    )
    assert [(one[0], one[1], one[4]) for one in map(_short, task.targets)] == [
        ("350以上", "渔家客房", "间"),
        ("40", "精品民宿", ""),
    ]


def test_another_word_in_brackets_is_no_measure():
    table = f"{PLAIN}1\t渔民驿站（点）\t6处\t县海洋局\n{OTHER}"
    task = _link(TITLE + table, ("渔民驿站（点）", "METRIC"))[0]
    assert [one[1] for one in map(_short, task.targets)] == ["渔民驿站（点）"]


def test_a_coming_year_at_the_head_of_a_metric_is_its_deadline():
    text = (
        TITLE + "一、海洋牧场\n"
        "1．2026年底前投放鱼礁2万方，2028年深水网箱达到90口。（责任单位：县海洋局）\n"
    )
    (task,) = _link(
        text,
        ("2026年底前", "DEADLINE"),
        ("鱼礁", "METRIC"),
        ("2万方", "TARGET"),
        ("2028年深水网箱", "METRIC"),
        ("90口", "TARGET"),
    )
    assert [(one[1], one[2][0].year) for one in map(_short, task.targets)] == [
        ("鱼礁", 2026),
        ("深水网箱", 2028),
    ]


def test_a_bracket_that_says_when_work_begins_is_not_when_a_sum_is_spent():
    table = (
        "序号|项目名称|2026年目标|2027年目标|责任单位\n"
        "1|渔港|完成投资900万元（5月底前开工）|完成投资2100万元|县海洋局\n"
    )
    (task,) = _link(
        TITLE + table,
        ("900万元", "TARGET"),
        ("5月底前", "DEADLINE"),
        ("2100万元", "TARGET"),
    )
    assert [one[2] for one in map(_short, task.targets)] == [
        [dt.date(2026, 12, 31)],
        [dt.date(2027, 12, 31)],
    ]
