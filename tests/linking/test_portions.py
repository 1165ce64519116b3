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
