import datetime as dt
from decimal import Decimal

import pytest

from taskner.linking.milestones import lend_to_milestones
from taskner.types import Deadline, Document, Quantity, Span, Target


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


def test_a_limit_in_the_name_of_a_row_is_no_target(link):
    name = "收入⟦T;k=level|20万元以上⟧⟦M#a|村占比⟧"
    task = link(("content", "指标", name), ("content", "全县", "85"))
    (target,) = task.targets
    assert target.span.text == "85"
    assert [metric.text for metric in target.metrics] == ["收入20万元以上村占比"]


def test_a_metric_begins_where_the_cell_of_a_row_begins(link):
    task = link(
        ("content", "指标", "配⟦M#a|售型住房⟧"), ("content", "任务量", "⟦T>a;k=level|130套⟧")
    )
    assert [metric.text for metric in task.targets[0].metrics] == ["配售型住房"]


def test_shares_in_columns_of_a_row_about_one_thing_are_of_its_metric():
    document = Document(id="d", text="一季度 办结率90% 办结20%")
    column = Deadline(span=Span.of(document, 0, 3, "DEADLINE"))
    metric = Span.of(document, 4, 7, "METRIC")
    goal, share = (Span.of(document, *at, "TARGET") for at in ((7, 10), (13, 16)))
    targets = lend_to_milestones(
        [
            Target(span=goal, metrics=(metric,), quantity=Quantity(value=Decimal(90), measure="%")),
            Target(
                span=share, deadlines=(column,), quantity=Quantity(value=Decimal(20), measure="%")
            ),
        ],
        frozenset({column}),
    )
    assert [(one.metrics, one.flags) for one in targets] == [
        ((metric,), ()),
        ((metric,), ("link_tied",)),
    ]


@pytest.mark.parametrize(("cell", "basis"), [("3%", "rise"), ("下降3%", "fall")])
def test_a_column_of_growth_says_less_than_its_cell(link, cell, basis):
    task = link(
        ("content", "指标", "粗钢产量"),
        ("content", "2026年目标", "20万吨"),
        ("content", "增速", cell),
    )
    assert [target.quantity.basis for target in task.targets] == ["level", basis]
