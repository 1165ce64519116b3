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


@pytest.mark.parametrize(
    ("cell", "metrics"),
    [
        ("增长⟦T;k=up|9%⟧，其中⟦M#b|渔业投资⟧增长⟦T>b;k=up|14%⟧", [["港航投资"], ["渔业投资"]]),
        ("⟦T;k=level|70家⟧（⟦M#b|拖轮⟧⟦T>b;k=level|12家⟧）", [["港航投资"], ["拖轮"]]),
        ("⟦D#1|年底⟧达到⟦T;k=level|70家⟧", [["港航投资"]]),
        (
            "新增⟦T;k=level|8个⟧，其中⟦D#1|三季度⟧开放⟦T;k=level|5个⟧",
            [["港航投资"], ["港航投资"]],
        ),
        # nouns and clauses of their own, before the number or behind it
        ("抓好导航，建成⟦T>b;k=level|4座⟧⟦M#b|灯塔⟧", [["灯塔"]]),
        ("建成⟦T>b;k=level|4座⟧⟦M#b|灯塔⟧，抓好日常维护管理", [["灯塔"]]),
        ("优化审批，压缩至⟦T;k=level|3天⟧", [[]]),
    ],
)
def test_the_name_of_a_row_is_what_a_number_at_the_head_of_its_cell_counts(link, cell, metrics):
    task = link(("content", "任务名称", "⟦U|港航投资⟧"), ("content", "指标要求", cell))
    assert [[one.text for one in target.metrics] for target in task.targets] == metrics


def test_the_name_of_a_row_says_nothing_where_the_column_sets_no_aim(link):
    task = link(
        ("content", "责任领导", "李海"), ("content", "内容", "压缩至⟦T;k=level|3天⟧以内，早办")
    )
    assert [target.metrics for target in task.targets] == [()]
