import pytest

from taskner.linking.sheet import share_scope


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("云岭区", "云岭区"),
        ("全市", "全市"),
        ("区本级任务数", "区本级任务数"),
        ("石 浦 县", "石浦县"),
        ("工作任务", None),
        ("目标任务", None),
        ("责任单位", None),
        ("", None),
        ("三、加快建设宜居宜业的现代化滨海新区", None),
    ],
)
def test_scope_of_a_column_title(title, scope):
    assert share_scope(title) == scope


def test_share_columns_take_the_task_metric(link):
    task = link(
        ("content", "主要指标", "⟦M#a|雨水花园⟧⟦T>a;k=level|30处⟧"),
        ("content", "云岭区", "⟦T;k=level|20处⟧"),
        ("content", "石浦县", "⟦T;k=level|10处⟧"),
    )
    assert [(target.scope, target.metrics[0].text) for target in task.targets] == [
        (None, "雨水花园"),
        ("云岭区", "雨水花园"),
        ("石浦县", "雨水花园"),
    ]


def test_slashed_shares_go_in_order(link):
    task = link(
        ("content", "任务", "签约⟦M#a|项目⟧⟦T>a;k=level|90个⟧，⟦M#b|投资⟧⟦T>b;k=level|80亿元⟧"),
        ("content", "区本级", "⟦T;k=level|40个⟧/⟦T;k=level|35亿元⟧"),
    )
    assert [target.metrics[0].text for target in task.targets] == ["项目", "投资", "项目", "投资"]


def test_share_without_a_plain_source_stays_empty(link):
    task = link(
        ("content", "任务", "签约⟦M#a|项目⟧⟦T>a;k=level|90个⟧，⟦M#b|投资⟧⟦T>b;k=level|80亿元⟧"),
        ("content", "区本级", "⟦T;k=level|40个⟧"),
    )
    assert task.targets[-1].metrics == ()
    assert task.targets[-1].link_score is None


def test_progress_columns_are_not_read(link):
    task = link(
        ("content", "任务", "清运⟦M#a|渣土⟧⟦T>a;k=level|90车⟧"),
        ("progress", "进展", "已清运⟦T;k=level|40车⟧"),
    )
    assert [target.span.text for target in task.targets] == ["90车"]


def test_figures_of_a_share_column_take_the_metrics_without_a_target_in_order(link):
    task = link(
        (
            "content",
            "任务",
            "新开工⟦M#a|技改项目⟧，抓实⟦M#b|到位资金⟧；盘活⟦T>c|7宗⟧⟦M#c|闲置地块⟧。",
        ),
        ("content", "市下达任务", "⟦T;k=level|28个⟧/⟦T;k=level|110亿元⟧"),
    )
    shares = [target for target in task.targets if target.scope]
    assert [(target.scope, target.metrics[0].text) for target in shares] == [
        ("市下达任务", "技改项目"),
        ("市下达任务", "到位资金"),
    ]
