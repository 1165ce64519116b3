import pytest

from taskner.linking.project_facts import without_project_facts
from taskner.types import Document, Span


def left(marked):
    """Texts that stay of the targets between [ and ]."""
    pieces = marked.replace("]", "[").split("[")
    document = Document(id="x", text="".join(pieces))
    spans, at = [], 0
    for index, piece in enumerate(pieces):
        if index % 2:
            spans.append(Span.of(document, at, at + len(piece), "TARGET"))
        at += len(piece)
    return [span.text for span in without_project_facts(document, spans)]


@pytest.mark.parametrize(
    "sentence",
    [
        "推进县妇幼保健院扩建（总投资[1.4亿元]，设置床位[160张]）。",
        "开工建设柳溪水库（总库容[900万立方米]）。",
        "加快文体中心（建筑面积[2万平方米]）主体施工。",
        "新建换电站3座（每座设计仓位[24个]）。",
        "G529湖西段（[6.5公里]，双向六车道）9月开工。",
        "县中医院门诊楼（三期，[90张]床位）年底前封顶。",
        "松坪镇石墨提纯项目（总投资[7亿元]，占地[120亩]）4月底前动工。",
    ],
)
def test_sum_and_size_of_a_project_are_no_targets(sentence):
    assert left(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("推进县妇幼保健院扩建（总投资1.4亿元），完成投资[6000万元]。", ["6000万元"]),
        ("推进县妇幼保健院扩建（年内完成投资[6000万元]）。", ["6000万元"]),
        ("推进县妇幼保健院扩建（总投资1.4亿元，今年完成[6000万元]）。", ["6000万元"]),
        ("加快产业项目（总投资[30亿元]）。", ["30亿元"]),
        ("实施重点项目（总投资[90亿元]）。", ["90亿元"]),
        ("新建绿道（[12公里]），9月开工。", ["12公里"]),
        ("改造农村公路（[80公里]）9月完工。", ["80公里"]),
        ("配齐校医（每所学校[1名]）。", ["1名"]),
        ("4个工业项目（总投资[7亿元]）4月底前动工。", ["7亿元"]),
        ("开工工业项目[15个]（总投资[90亿元]）。", ["15个", "90亿元"]),
        ("新开工一批技改项目（总投资[12亿元]）。", ["12亿元"]),
        ("招引产业项目（总投资[5亿元以上]）。", ["5亿元以上"]),
    ],
)
def test_what_several_projects_add_up_to_or_an_aim_stays(sentence, targets):
    assert left(sentence) == targets
