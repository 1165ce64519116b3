"""Agreement of two annotations of one text."""

import pytest

from taskner.errors import CorpusError
from taskner.studies.agreement import (
    agreement,
    agreement_of_change,
    disagreements,
    main,
    pair_annotations,
)

FIRST = "新增⟦M#a|停车泊位⟧⟦T>a;k=level|300个⟧。\n责任单位：⟦U:lead|县住建局⟧、⟦U:co|县城投集团⟧\n"
SECOND = "⟦M#a|新增停车泊位⟧⟦T>a;k=up|300个⟧。\n责任单位：⟦U:lead|县住建局⟧、⟦U:lead|县城投集团⟧\n"


@pytest.fixture
def folders(tmp_path):
    def write(first=FIRST, second=SECOND, name="yunting.txt"):
        for folder, text in (("first", first), ("second", second)):
            (tmp_path / folder).mkdir(exist_ok=True)
            if text:
                (tmp_path / folder / name).write_text(text, encoding="utf-8")
        return tmp_path / "first", tmp_path / "second"

    return write


def test_borders_links_roles_and_change_are_told_apart(folders):
    (pair,) = pair_annotations(*folders())
    scores = agreement(*pair)
    assert scores["spans.METRIC"].true == 0
    assert scores["spans.METRIC.relaxed"].true == 1
    assert scores["spans.TARGET"].f1 == 1
    assert scores["links.metric"].true == 0
    assert (scores["roles"].true, scores["roles"].gold) == (1, 2)
    assert (agreement_of_change([pair]).true, agreement_of_change([pair]).gold) == (0, 1)


def test_the_same_annotation_agrees_wholly(folders):
    (pair,) = pair_annotations(*folders(second=FIRST))
    assert {count.f1 for _, count in agreement(*pair).items()} == {1.0, None}
    assert disagreements(*pair) == []


def test_disagreements_say_where_and_who(folders):
    (pair,) = pair_annotations(*folders())
    assert disagreements(*pair) == [
        "yunting:1\tsecond only\tMETRIC\t新增停车泊位",
        "yunting:1\tfirst only\tMETRIC\t停车泊位",
    ]


def test_another_text_is_an_error_that_says_where(folders):
    (pair,) = pair_annotations(*folders(second=SECOND.replace("县住建局", "区住建局")))
    with pytest.raises(CorpusError, match="character 17"):
        agreement(*pair)


def test_a_text_without_namesake_or_an_empty_folder_is_an_error(folders):
    with pytest.raises(CorpusError, match="has no text of that name"):
        pair_annotations(*folders(first=""))
    with pytest.raises(CorpusError, match="no marked texts"):
        pair_annotations(*folders(first="")[:1] * 2)


def test_the_command_prints_a_table(folders, capsys):
    assert main([*map(str, folders()), "--list"]) == 0
    printed = capsys.readouterr().out
    assert "| spans.METRIC |" in printed
    assert "first only\tMETRIC\t停车泊位" in printed
