"""Wordings that tell roles, where a reader finds them."""

import pytest

from taskner.corpus.inline import parse_marks
from taskner.corpus.role_wording import NO_WORD, wordings_of

CASES = {
    "verbs behind lists": (
        "修桥2座。（⟦U:lead|县交通局⟧牵头，⟦U:co|县财政局⟧、⟦U:co|桥头镇⟧配合）",
        [("牵头", "verb"), ("配合", "verb"), ("配合", "verb")],
    ),
    "verbs that name no lead": (
        "（⟦U:lead|县民政局⟧、⟦U:co|县残联⟧按职责分工负责）",
        [("按职责分工负责", "verb"), ("按职责分工负责", "verb")],
    ),
    "labels, full width and ASCII": (
        "主办单位:⟦U:lead|区教育局⟧；协办单位：⟦U:co|区财政局⟧、⟦U:co|区编办⟧",
        [("主办单位", "label"), ("协办单位", "label"), ("协办单位", "label")],
    ),
    "a label with a note, a unit with one": (
        "责任科室（单位）：⟦U:lead|建管科⟧（首位牵头，下同）、⟦U:co|设计院⟧",
        [("责任科室", "label"), ("责任科室", "label")],
    ),
    "two columns": (
        "任务\n牵头单位\n配 合 单 位\n1\n修渠\n⟦U:lead|市水利局⟧\n⟦U:co|市农业局⟧\n",
        [("牵头单位", "column"), ("配合单位", "column")],
    ),
    "a column of a table of pipes": (
        "| 任务 | 责任单位（列首位的牵头） |\n| 修路 | ⟦U:lead|建设局⟧、⟦U:co|城投公司⟧ |",
        [("责任单位", "column"), ("责任单位", "column")],
    ),
    "a title over two lines": ("牵头\n单位\n1\n⟦U:lead|市科技局⟧", [("牵头单位", "column")]),
    "no word": ("种树3万株。（⟦U:lead|县林业局⟧）", [(NO_WORD, "none")]),
}


@pytest.mark.parametrize("name", CASES)
def test_wording(name):
    marked, expected = CASES[name]
    found = [wording for _, wording in wordings_of(parse_marks(marked, path="a.txt"))]
    assert [(wording.text, wording.place) for wording in found] == expected


def test_marks_of_the_lead_stand_on_either_side():
    marked = "责任单位：★⟦U:lead|甲局⟧、⟦U:lead|乙局⟧*、⟦U:co|丙局⟧"
    found = [wording for _, wording in wordings_of(parse_marks(marked, path="a.txt"))]
    assert [wording.mark for wording in found] == ["★", "*", ""]
    assert {wording.text for wording in found} == {"责任单位"}


def test_pieces_of_a_name_count_once():
    marked = "责任单位：⟦U:lead#x|桑陵县水务⟧\n⟦U:lead#x|投资公司⟧"
    assert len(list(wordings_of(parse_marks(marked, path="a.txt")))) == 1
