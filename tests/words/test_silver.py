"""Silver words keep every marked span whole."""

import pytest

from taskner.corpus.inline import parse_marks, read_inline
from taskner.words.segmenter import borders_of
from taskner.words.silver import dictionary_words, learn_cuts, silver_lines

TEXT = parse_marks("将⟦M#1|空置比例⟧控制在⟦T>1|5%以内⟧。\n")


def words(text, cuts):
    return [word for line in silver_lines(text, cuts) for word in line]


def test_words_of_the_dictionary_are_the_text():
    text = " 新建 公园3个。\u3000\n"
    assert "".join(dictionary_words(text)) == text
    assert "".join(dictionary_words(text, guesses=True)) == text


def test_no_marked_span_is_cut(root):
    for path in sorted((root / "corpora" / "authored").glob("*-2025.txt")):
        text = read_inline(path)
        borders = borders_of(text.text, words(text, learn_cuts([text])))
        crossed = [s for s in text.spans if s.start not in borders or s.end not in borders]
        assert crossed == []


def test_a_word_that_was_cut_once_is_cut_everywhere():
    assert dictionary_words("比例控制") == ["比例控制"]
    cuts = learn_cuts([TEXT])
    assert cuts == {"比例控制": (2,)}
    elsewhere = parse_marks("做好比例控制工作。")
    assert "比例控制" in words(elsewhere, {})
    assert words(elsewhere, cuts)[1:3] == ["比例", "控制"]


def test_a_number_is_cut_only_where_a_border_is():
    text = parse_marks("新增⟦M#1|AED⟧⟦T>1|160台⟧。")
    assert "AED160" in dictionary_words(text.text)
    cuts = learn_cuts([text])
    assert words(text, cuts) == ["新增", "AED", "160", "台", "。"]
    assert "AED160" in words(parse_marks("新增AED160台。"), cuts)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("公园 3个", [("公园",), ("3", "个")]),
        (" 公园\n\n公园 ", [("公园",), ("公园",)]),
        ("\u3000", []),
        ("", []),
    ],
)
def test_a_line_ends_at_every_space(text, lines):
    assert list(silver_lines(parse_marks(text), {})) == lines
