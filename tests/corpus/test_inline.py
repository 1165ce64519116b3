import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.corpus.inline import parse_marks
from taskner.errors import MarksError


def test_marks_give_spans_and_links():
    marked = (
        "⟦D#1|年底前⟧新增⟦M#a|村级驿站⟧⟦T>a@1;k=level|12个⟧，⟦M#b|游客量⟧增长⟦T>b;k=up|8%⟧。\n"
        "责任单位：⟦U:lead|县文旅局⟧、⟦U:co|县财政局⟧"
    )
    parsed = parse_marks(marked)
    assert parsed.text == "年底前新增村级驿站12个，游客量增长8%。\n责任单位：县文旅局、县财政局"
    assert [mark.span.text for mark in parsed.marks] == [
        "年底前",
        "村级驿站",
        "12个",
        "游客量",
        "8%",
        "县文旅局",
        "县财政局",
    ]
    first, second = parsed.marks[2], parsed.marks[4]
    assert (first.metrics, first.deadlines, first.change) == ((1,), (0,), "level")
    assert (second.metrics, second.deadlines, second.change) == ((3,), (), "up")
    assert [mark.role for mark in parsed.marks[5:]] == ["lead", "co"]


def test_the_nearest_mark_with_an_id_is_meant():
    parsed = parse_marks("⟦M#a|甲⟧⟦T>a;k=level|1个⟧\n⟦M#a|乙⟧⟦T>a;k=level|2个⟧")
    assert parsed.marks[1].metrics == (0,)
    assert parsed.marks[3].metrics == (2,)


@pytest.mark.parametrize(
    ("marked", "line", "part"),
    [
        ("一\n⟦X|二⟧", 2, "malformed"),
        ("⟦U|⟧", 1, "malformed"),
        ("⟦U|甲\n乙⟧", 1, "malformed"),
        ("甲⟧", 1, "closed"),
        ("⟦T>z;k=level|3个⟧", 1, "not near"),
        ("⟦T>a;k=sideways|3个⟧", 1, "attributes"),
    ],
)
def test_bad_marks_name_their_line(marked, line, part):
    with pytest.raises(MarksError, match=part) as caught:
        parse_marks(marked, path="notice.txt")
    assert caught.value.facts["line"] == line


@given(st.text(alphabet="ab市局，。\n0123 "))
def test_a_text_without_marks_is_itself(text):
    parsed = parse_marks(text)
    assert parsed.text == text
    assert parsed.marks == ()


@pytest.mark.shared
def test_the_gold_restores_its_sources(shared):
    n_marks = 0
    for path in sorted((shared / "gold").glob("*.txt")):
        parsed = parse_marks(path.read_text(encoding="utf-8"), path=path.name)
        assert parsed.text == (shared / "notices" / path.name).read_text(encoding="utf-8")
        n_marks += len(parsed.marks)
    assert n_marks == 1236 + 1217 + 746 + 37
