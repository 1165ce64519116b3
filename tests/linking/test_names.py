import pytest


@pytest.mark.parametrize(
    ("marked", "metrics"),
    [
        ("新开⟦M#a|民宿石溪乡⟧⟦T>a;k=level|20家⟧。", ["民宿"]),
        ("⟦M#b|民宿⟧新开：⟦M#a|石溪乡⟧⟦T>a;k=level|20家⟧。", ["民宿"]),
        ("⟦M#b|民宿⟧新开：⟦M#a|乡⟧⟦T>a;k=level|20家⟧。", ["民宿"]),
        ("⟦M#a|改造石溪乡政府⟧⟦T>a;k=level|2处⟧。", ["石溪乡政府"]),
        ("新开⟦M#a|石溪乡民宿⟧⟦T>a;k=level|20家⟧。", ["石溪乡民宿"]),
    ],
)
def test_a_metric_ends_before_the_name_of_a_unit(link, marked, metrics):
    task = link(
        ("content", "", marked), ("responsibility", "责任单位", "石溪乡政府"), units=("石溪乡政府",)
    )
    assert [metric.text for target in task.targets for metric in target.metrics] == metrics


def test_units_between_a_metric_and_its_numbers_are_no_words(link):
    task = link(
        ("content", "", "土地⟦M#a|流转面积⟧：石溪村⟦T>a|620亩⟧、上坪村⟦T>a|380亩以上⟧。"),
        ("responsibility", "责任单位", "石溪村、上坪村"),
        units=("石溪村", "上坪村"),
    )
    assert [metric.text for target in task.targets for metric in target.metrics] == ["流转面积"] * 2
