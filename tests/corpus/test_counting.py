"""What a corpus holds, counted; how much its items resemble each other."""

from dataclasses import replace

import pytest

from taskner.corpus.figures import standings_of
from taskner.corpus.hand_table import read_hand_table
from taskner.corpus.inline import parse_marks
from taskner.corpus.likeness import likenesses, longest_shared_run, openings, plain_item
from taskner.corpus.punctuation import punctuation_of, variants_of
from taskner.errors import ConfigError
from taskner.types import Document, Notice, Task


def with_task(marked):
    """A text whose task is its second line."""
    text = parse_marks(marked, path="a.txt")
    start = text.text.index("\n") + 1
    end = text.text.index("\n", start)
    task = Task(
        id="1",
        annex="1",
        number=None,
        path=(),
        leader=None,
        start=start,
        end=end,
        text=text.text[start:end],
    )
    document = Document(id=text.id, text=text.text)
    return replace(text, ledger=Notice(document=document, tasks=(task,)))


def test_figures_are_told_by_where_they_stand():
    text = with_task(
        "去年修路31公里\n"
        "按“1+5+N”布局，由30%提到⟦T>a;k=level|45%⟧⟦M#a|5A级景区占比⟧，S302线⟦D#1|6月底前⟧通车。\n"
        "电话5110223"
    )
    assert list(standings_of(text)) == [
        ("outside the tasks", None),
        ("in a task, in no mark", "slogan or name in quotation marks"),
        ("in a task, in no mark", "slogan or name in quotation marks"),
        ("in a task, in no mark", "value to start from"),
        ("in a target", None),
        ("in a metric", None),
        ("in a task, in no mark", "road, line, building, equipment"),
        ("in a deadline", None),
        ("outside the tasks", None),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("修路，建桥；种树：各２处（含在建）。", "full width"),
        ("修路,建桥;种树:各2处(含在建)。收入2,400元", "ASCII"),
        ("修路，建桥;种树，办学:各2处", "mixed"),
        ("收入2,400元，支出1,100元；", "full width"),
    ],
)
def test_punctuation(text, kind):
    assert punctuation_of(text) == kind


def test_variants_of_characters():
    assert variants_of("１２．城鎮 老舊小區") == [
        "full-width digits",
        "numbers of items with a full-width point",
        "blanks inside words",
        "traditional characters",
    ]
    assert variants_of("12.城镇老旧小区，改造12个") == []


def test_likeness_is_of_both_items_and_of_the_smaller():
    items = {"a": "新建公园八处", "b": "今年新建公园八处以上", "c": "补种行道树三百棵"}
    (pair,) = likenesses(items)
    assert (pair.first, pair.second) == ("a", "b")
    assert pair.containment == 1
    assert pair.jaccard == pytest.approx(2 / 6)


def test_items_are_compared_without_width_script_and_blanks():
    assert plain_item("老舊 小區，\n１２個") == plain_item("老旧小区,12个")


def test_openings():
    assert openings(["新建公园", "新建绿道", "改造"], width=2) == {"新建": 2, "改造": 1}


@pytest.mark.parametrize(
    ("own", "length", "runs"),
    [
        ("全县新建公园八处。", 6, ("新建公园八处",)),
        ("新建。公园。", 2, ("公园", "新建")),
        ("qwerty", 0, ()),
    ],
)
def test_longest_shared_run(own, length, runs):
    assert longest_shared_run([own], ["今年新建公园八处以上"], most=20) == (length, runs)


def test_runs_longer_than_asked_are_shown_at_the_length_asked():
    assert longest_shared_run(["新建公园八处"], ["新建公园八处"], most=4)[0] == 4


TABLE = """
[layouts]
L1 = "leader as heading"

[sectors.water]
bodies = ["水利"]
topics = ["水库"]

[notices.a]
place = "甲县"
manner = "unclear"
level = "county"
sector = "general"
layouts = { 1 = ["L1"] }
"""


@pytest.fixture
def read_table(save):
    def read(old="", new=""):
        texts = [replace(with_task("一\n加固水库3座\n"), id="a")]
        return read_hand_table(save("table.toml", TABLE.replace(old, new) if old else TABLE), texts)

    return read


def test_the_table_tells_a_sector_by_words_where_no_unit_is_named(read_table):
    table = read_table()
    (task,) = with_task("一\n加固水库3座\n").ledger.tasks
    assert table.sector_of("a", task) == "water"
    assert table.sector_of("a", replace(task, text="种树")) is None
    assert table.notices["a"].layouts == {"1": ("L1",)}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("[notices.a]", "[notices.b]", "notices"),
        ("{ 1 =", "{ 2 =", "notices.a.layouts"),
        ('["L1"]', "[]", "notices.a.layouts"),
        ('["L1"]', '["L1", "L2"]', "layouts"),
        ('"general"', '"weather"', "notices.a.sector"),
        ('place = "甲县"\n', "", "notices.a"),
        ("level", "rank", "notices.a.rank"),
    ],
)
def test_a_table_that_is_not_complete_is_refused(read_table, old, new, key):
    with pytest.raises(ConfigError) as caught:
        read_table(old, new)
    assert caught.value.facts["key"] == key
