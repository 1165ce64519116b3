import pytest

UNITS = ["水务局", "云岭区政府", "石浦县政府", "白沙镇"]
FIELD = ("responsibility", "责任单位", "水务局、云岭区政府、石浦县政府、白沙镇")
EVERYONE = (0, 1, 2, 3)


def units_of(link, content):
    task = link(("content", "", content), FIELD, units=UNITS)
    return [target.units for target in task.targets]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("清淤⟦M#a|河道⟧⟦T>a;k=level|9公里⟧。", [EVERYONE]),
        ("云岭区完成⟦M#a|清淤⟧⟦T>a;k=level|3处⟧、石浦县完成⟦T>a;k=level|5处⟧。", [(1,), (2,)]),
        (
            "云岭区、石浦县分别完成⟦M#a|清淤⟧⟦T>a;k=level|3处⟧、⟦T>a;k=level|5处⟧。",
            [(1,), (2,)],
        ),
        (
            "云岭区、石浦县各新建⟦M#a|泵站⟧⟦T>a;k=level|2座⟧，更换⟦M#b|闸门⟧⟦T>b;k=level|8扇⟧。",
            [(1, 2), EVERYONE],
        ),
        (
            "新建⟦M#a|泵站⟧⟦T>a;k=level|8座⟧，其中云岭3座、白沙镇政府驻地⟦T;k=level|2座⟧。",
            [EVERYONE, EVERYONE],
        ),
        (
            "新建⟦M#a|泵站⟧⟦T>a;k=level|8座⟧，其中云岭⟦T>a;k=level|3座⟧、石浦⟦T>a;k=level|5座⟧。",
            [EVERYONE, (1,), (2,)],
        ),
        ("白沙镇建成⟦M#a|泵站⟧⟦T>a;k=level|2座⟧。", [EVERYONE]),
    ],
)
def test_units_of_targets(link, content, expected):
    assert units_of(link, content) == expected


def test_shares_by_place_keep_the_metric(link):
    content = (
        "新建⟦M#a|泵站⟧⟦T>a;k=level|8座⟧，其中云岭⟦T>a;k=level|3座⟧、石浦县⟦T>a;k=level|5座⟧。"
    )
    task = link(("content", "", content), FIELD, units=UNITS)
    assert [[metric.text for metric in target.metrics] for target in task.targets] == [
        ["泵站"],
        ["泵站"],
        ["泵站"],
    ]


@pytest.mark.parametrize(
    ("content", "scopes"),
    [
        (
            (
                "安装⟦M#a|路灯⟧⟦T>a;k=level|90盏⟧（双桥村⟦T;k=level|50盏⟧、柳林社区⟦T;k=level|30盏⟧、"
                "其他村合计⟦T;k=level|10盏⟧）。"
            ),
            [None, "双桥村", "柳林社区", "其他村"],
        ),
        (
            "改造⟦M#a|危桥⟧⟦T>a;k=level|6座⟧，分到各镇：石岭镇⟦T;k=level|4座⟧，桐湾镇⟦T;k=level|2座⟧。",
            [None, "石岭镇", "桐湾镇"],
        ),
        # A unit of the task is named by its index, and what is left to others is not its own.
        (
            (
                "清淤⟦M#a|河道⟧⟦T>a;k=level|9公里⟧（白沙镇⟦T;k=level|5公里⟧、云岭区⟦T;k=level|3公里⟧、"
                "其他镇⟦T;k=level|1公里⟧）。"
            ),
            [None, None, None, "其他镇"],
        ),
        ("在双桥村⟦T>a;k=level|2处⟧⟦M#a|渡口⟧设岗。", [None]),
    ],
)
def test_shares_of_places_that_are_no_units(link, content, scopes):
    task = link(("content", "", content), FIELD, units=UNITS)
    assert [target.scope for target in task.targets] == scopes
    assert len({target.metrics for target in task.targets}) == 1
