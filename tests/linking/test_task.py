from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from taskner.linking import link_task
from taskner.types import Annex, Document, Period, Span, Task

PLAIN = ("content", "", "新增⟦M#a|雨量站⟧⟦T>a;k=level|60座以上⟧。")


def dates(target):
    return [(deadline.span.text, deadline.period.last) for deadline in target.deadlines]


def test_quantity_is_read(link):
    (target,) = link(PLAIN).targets
    assert target.quantity.value == Decimal(60)
    assert (target.quantity.measure, target.quantity.comparator) == ("座", ">=")
    assert target.flags == ("no_deadline",)


def test_basis_and_aim_come_from_the_words_before(link):
    (target,) = link(("content", "", "力争⟦M#a|航班量⟧增长⟦T>a;k=up|7%⟧。")).targets
    assert (target.quantity.basis, target.quantity.aim) == ("rise", "strive")


def test_value_that_cannot_be_read_is_flagged(link):
    (target,) = link(("content", "", "完成⟦M#a|清点⟧⟦T>a;k=level|1+1项⟧。")).targets
    assert target.quantity is None
    assert "value_unparsed" in target.flags


def test_due_column_governs_targets_without_a_deadline(link):
    task = link(
        (
            "content",
            "",
            "⟦D#1|6月底前⟧栽⟦M#a|行道树⟧⟦T>a@1;k=level|90株⟧；设⟦M#b|花坛⟧⟦T>b;k=level|4个⟧。",
        ),
        ("deadline", "完成时限", "⟦D#2|11月底前⟧"),
    )
    assert [dates(target) for target in task.targets] == [
        [("6月底前", date(2026, 6, 30))],
        [("11月底前", date(2026, 11, 30))],
    ]
    assert [deadline.span.text for deadline in task.deadlines] == ["11月底前"]


def test_due_cell_counts_even_if_the_tagger_missed_it(link):
    task = link(PLAIN, ("deadline", "完成时限", " 12月底 "))
    assert dates(task.targets[0]) == [("12月底", date(2026, 12, 31))]


def test_later_of_two_due_cells_governs(link):
    task = link(PLAIN, ("deadline", "", "⟦D#1|9月底⟧"), ("deadline", "", "⟦D#2|4月底⟧"))
    assert dates(task.targets[0]) == [("9月底", date(2026, 9, 30))]
    assert len(task.deadlines) == 2


def test_milestones_of_a_plan_column_do_not_date_the_whole(link):
    task = link(
        ("content", "任务", "新增⟦M#a|雨量站⟧⟦T>a;k=level|60座⟧。"),
        ("content", "节点", "⟦D#1|3月底前⟧完成⟦T>a@1;k=level|20座⟧；⟦D#2|8月底前⟧全部并网。"),
    )
    first, second = task.targets
    assert dates(first) == []
    assert dates(second) == [("3月底前", date(2026, 3, 31))]
    assert [metric.text for metric in second.metrics] == ["雨量站"]
    assert "link_tied" in second.flags


def test_milestone_takes_the_metric_of_its_measure(link):
    goals = "翻修⟦M#a|茶亭⟧⟦T>a;k=level|16座⟧，补种⟦M#b|樟树⟧⟦T>b;k=level|240株⟧；"
    milestone = "⟦D#1|6月底前⟧完成⟦T>a@1;k=level|5座⟧。"
    task = link(("content", "", goals + milestone))
    assert task.targets[-1].metrics[0].text == "茶亭"
    assert "link_tied" in task.targets[-1].flags


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        ("⟦T>a;k=up|3个⟧和⟦T>b;k=up|5个百分点⟧", [(3, "个百分点"), (5, "个百分点")]),
        ("⟦T>a;k=up|1.5⟧、⟦T>b;k=up|2个百分点⟧", [(Decimal("1.5"), "个百分点"), (2, "个百分点")]),
    ],
)
def test_points_printed_once_are_those_of_the_number_before_too(link, numbers, read):
    task = link(("content", "", f"⟦M#a|河道保洁率⟧、⟦M#b|管网入户率⟧分别提高{numbers}。"))
    quantities = [target.quantity for target in task.targets]
    assert [(one.value, one.measure) for one in quantities] == read
    assert {one.basis for one in quantities} == {"rise"}


@pytest.mark.parametrize(
    ("numbers", "comparators"),
    [
        ("分别⟦T>a;k=level|不低于60座⟧和⟦T>b;k=level|70座⟧", [">=", ">="]),
        ("依次⟦T>a;k=level|≤60座⟧、⟦T>b;k=level|70座⟧", ["<=", "<="]),
        ("分别⟦T>a;k=level|不低于60座⟧和⟦T>b;k=level|70座左右⟧", [">=", "~"]),
        ("达⟦T>a;k=level|不低于60座⟧，建成⟦T>b;k=level|70座⟧", [">=", "="]),
    ],
)
def test_a_bound_before_numbers_dealt_out_is_of_each(link, numbers, comparators):
    task = link(("content", "", f"⟦M#a|茶亭⟧、⟦M#b|风雨桥⟧{numbers}。"))
    assert [target.quantity.comparator for target in task.targets] == comparators


def test_things_before_points_are_things(link):
    text = "完成⟦M#a|泵站改造⟧⟦T>a;k=level|3个⟧，⟦M#b|入户率⟧提高⟦T>b;k=up|5个百分点⟧。"
    assert [one.quantity.measure for one in link(("content", "", text)).targets] == [
        "个",
        "个百分点",
    ]


def test_hedge_behind_a_number_is_for_the_next_number_only(link):
    text = "⟦M#a|产值⟧增长⟦T>a;k=up|6%⟧、力争⟦T>a;k=up|7%⟧，⟦M#b|税收⟧增长⟦T>b;k=up|5%⟧。"
    aims = [target.quantity.aim for target in link(("content", "", text)).targets]
    assert aims == ["plain", "strive", "plain"]


def test_hedge_at_the_head_of_a_clause_holds_on(link):
    text = "确保⟦M#a|产值⟧增长⟦T>a;k=up|6%⟧、⟦M#b|税收⟧增长⟦T>b;k=up|5%⟧。"
    aims = [target.quantity.aim for target in link(("content", "", text)).targets]
    assert aims == ["ensure", "ensure"]


def test_deadline_without_a_target_is_the_task_s(link):
    task = link(("content", "", "环湖步道⟦D#1|国庆节前⟧贯通。"))
    assert [deadline.span.text for deadline in task.deadlines] == ["国庆节前"]
    assert "no_deadline" not in task.flags


def test_year_of_the_annex_stands_in():
    text = "年底前完成。"
    document = Document(id="d", text=text)
    task = Task(id="1", annex="0", number=None, path=(), leader=None, start=0, end=6, text=text)
    spans = [Span.of(document, 0, 3, "DEADLINE")]
    annex = Annex(id="0", title=None, start=0, period=Period(last=date(2031, 12, 31)))
    linked = link_task(document, task, spans, annex=annex, year=None)
    assert linked.deadlines[0].period.last == date(2031, 12, 31)


@pytest.mark.parametrize(
    ("target_score", "metric_score", "low"),
    [
        (0.99, 0.99, False),
        (0.3, 0.99, True),
        (0.99, 0.2, True),
        (None, None, False),
        (0.9, 0.0, True),
    ],
)
def test_low_scores_are_flagged(target_score, metric_score, low):
    text = "雨量站60座"
    document = Document(id="d", text=text)
    task = Task(id="1", annex="0", number=None, path=(), leader=None, start=0, end=6, text=text)
    spans = [
        replace(Span.of(document, 0, 3, "METRIC"), score=metric_score),
        replace(Span.of(document, 3, 6, "TARGET"), score=target_score),
    ]
    annex = Annex(id="0", title=None, start=0)
    linked = link_task(document, task, spans, annex=annex, year=2026)
    assert ("low_score" in linked.targets[0].flags) is low


@pytest.mark.parametrize(
    ("marked", "rows"),
    [
        # coordinated nouns: one metric where only the last stands alone, else one each
        (
            "⟦M#a|城镇⟧、⟦M#b|农村居民消费支出⟧分别增长⟦T>a;k=up|5%⟧、⟦T>b;k=up|7%⟧。",
            [("5%", ["城镇、农村居民消费支出"]), ("7%", ["城镇、农村居民消费支出"])],
        ),
        (
            "⟦M#a|省控、⟧⟦M#b|市控断面优良率⟧分别达到⟦T>a;k=level|90%⟧、⟦T>b;k=level|85%⟧。",
            [("90%", ["省控、市控断面优良率"]), ("85%", ["省控、市控断面优良率"])],
        ),
        (
            "⟦M#a|船舶签证率、进港核查率⟧均达⟦T>a;k=level|96%⟧。",
            [("96%", ["船舶签证率", "进港核查率"])],
        ),
        (
            "⟦M#a|链主企业和配套企业⟧分别达到⟦T>a;k=level|8家⟧、⟦T>a;k=level|70家⟧。",
            [("8家", ["链主企业"]), ("70家", ["配套企业"])],
        ),
        (
            "⟦M#a|签证率、核查率⟧、⟦M#b|报备率⟧分别达⟦T>a;k=level|96%⟧、⟦T>a;k=level|90%⟧、⟦T>b;k=level|85%⟧。",
            [("96%", ["签证率"]), ("90%", ["核查率"]), ("85%", ["报备率"])],
        ),
        ("⟦M#a|铁矿、锰矿采出率⟧均达⟦T>a;k=level|80%⟧。", [("80%", ["铁矿、锰矿采出率"])]),
        ("⟦M#a|茶园产量、果园产量⟧⟦T>a;k=level|9万吨⟧。", [("9万吨", ["茶园产量、果园产量"])]),
        # times and sizes that tell which things are meant
        (
            "改造⟦D#1|1998年底前⟧建成⟦M#a|的砖混住宅⟧⟦T>a;k=level|31幢⟧。",
            [("31幢", ["1998年底前建成的砖混住宅"])],
        ),
        ("更换使用⟦M#a|超15年的水表⟧⟦T>a;k=level|700只⟧。", [("700只", ["使用超15年的水表"])]),
        ("建成⟦D#1|九年⟧⟦M#a|一贯制学校⟧⟦T>a;k=level|2所⟧。", [("2所", ["九年一贯制学校"])]),
        (
            "开工投资⟦M#a|3000万元以上农产品项目⟧⟦T>a;k=level|6个⟧。",
            [("6个", ["投资3000万元以上农产品项目"])],
        ),
        # the place of a rank is no deadline
        ("⟦M#a|园区评价⟧进入⟦D#1|全市前⟧⟦T>a;k=level|4名⟧。", [("前4名", ["园区评价"])]),
        ("⟦M#a|投诉办结率⟧⟦T>a;k=level|95%⟧,争取⟦D#1|全市前三⟧。", [("95%", ["投诉办结率"])]),
        ("⟦M#a|园区评价⟧⟦D#1|年底前⟧达标⟦T>a@1;k=level|4个⟧。", [("4个", ["园区评价"])]),
    ],
)
def test_what_a_target_counts(link, marked, rows):
    targets = link(("content", "", marked)).targets
    assert [(one.span.text, [m.text for m in one.metrics]) for one in targets] == rows
    dated = "年底前" in marked and "建成" not in marked
    assert all(bool(one.deadlines) == dated for one in targets)
