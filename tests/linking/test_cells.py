import datetime as dt

import pytest


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("6月底29，年底32以上", [("29", 6), ("32以上", 12)]),
        ("4月底前开工72，9月底前完工60", [("72", 4), ("60", 9)]),
        ("上半年1.1；全年2.2", [("1.1", 6), ("2.2", 12)]),
        ("2026年11月底前120", [("120", 11)]),
        ("1200", [("1200", None)]),
    ],
)
def test_dates_and_figures_of_a_cell_without_words(link, cell, read):
    task = link(("content", "指标名称", "管道更新"), ("content", "2026年目标", cell))
    found = [
        (
            target.span.text,
            next((one.period.last.month for one in target.deadlines if one.period.last), None),
        )
        for target in task.targets
    ]
    assert found == read
    assert {metric.text for target in task.targets for metric in target.metrics} == {"管道更新"}


def test_a_date_alone_is_no_figure(link):
    task = link(("content", "指标名称", "管道更新"), ("content", "2026年目标", "6月10日"))
    assert task.targets == ()


def test_a_year_before_a_figure_dates_it(link):
    task = link(("content", "指标名称", "管道更新"), ("content", "目标", "2027年30"))
    (target,) = task.targets
    assert target.quantity.value == 30
    assert target.deadlines[0].period.last == dt.date(2027, 12, 31)


def test_a_sentence_beside_figures_is_no_metric_and_keeps_its_targets(link):
    sentence = "抓好税源，做实⟦M#a|预算收入⟧；一季度清缴⟦M#b|欠税⟧⟦T>b;k=level|360万元⟧，一分不少。"
    task = link(("content", "目标任务", sentence), ("content", "区本级任务", "42亿元"))
    assert [target.span.text for target in task.targets] == ["360万元", "42亿元"]
    assert all(len(metric.text) < 6 for target in task.targets for metric in target.metrics)
