"""What the tagger gets wrong must not become a wrong link."""


def metrics(task):
    return [tuple(metric.text for metric in target.metrics) for target in task.targets]


def test_metric_cut_in_two_is_joined(link):
    task = link(("content", "", "新建⟦M#a|镇级⟧⟦M#b|养蜂基地⟧⟦T>a,b;k=level|4个⟧。"))
    assert metrics(task) == [("镇级养蜂基地",)]


def test_metric_cut_in_two_after_the_number(link):
    task = link(("content", "", "新建⟦T>a,b;k=level|4个⟧⟦M#a|镇级⟧⟦M#b|养蜂基地⟧。"))
    assert metrics(task) == [("镇级养蜂基地",)]


def test_metric_far_from_any_target_is_dropped(link):
    task = link(
        ("content", "", "发展⟦M#a|林下经济⟧。加快集体林改，种植⟦M#b|黄精⟧⟦T>b;k=level|500亩⟧。")
    )
    assert metrics(task) == [("黄精",)]


def test_missed_metric_before_its_number_leaves_the_cell_empty(link):
    task = link(("content", "", "培育示范牧场⟦T;k=level|40家⟧、⟦M#b|奶业驿站⟧⟦T>b;k=level|6个⟧。"))
    assert metrics(task) == [(), ("奶业驿站",)]


def test_missed_metric_after_its_number_leaves_the_cell_empty(link):
    task = link(("content", "", "打造⟦T>a;k=level|9个⟧⟦M#a|样板林场⟧、⟦T;k=level|20个⟧护林驿站。"))
    assert metrics(task) == [("样板林场",), ()]


def test_missed_second_metric_is_not_replaced_by_the_first(link):
    task = link(
        (
            "content",
            "",
            "⟦M#a|病媒密度合格率⟧达到⟦T>a;k=level|95%⟧，健康素养水平达到⟦T;k=level|38%⟧。",
        )
    )
    assert metrics(task) == [("病媒密度合格率",), ()]


def test_joined_metrics_share_their_number(link):
    task = link(("content", "", "⟦M#a|图书馆、文化馆分馆⟧各⟦T>a;k=level|12个⟧。"))
    assert metrics(task) == [("图书馆、文化馆分馆",)]
