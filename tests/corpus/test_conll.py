import pytest

from taskner.corpus.cluener import read_cluener
from taskner.corpus.conll import read_conll, write_conll
from taskner.corpus.inline import parse_marks
from taskner.errors import CorpusError


def read(content):
    found = read_conll(content, id="yunxi")
    return found.texts, found.notes


def spans(text):
    return [(span.label, span.text) for span in text.spans]


def test_every_character_has_a_line_and_every_line_end_an_empty_one():
    text = parse_marks("建 ⟦T;k=level|3座⟧\n\n⟦U|局⟧\n", path="yunxi")
    content = write_conll([text]).files["yunxi.conll"].decode()
    assert content == "建\tO\n \tO\n3\tB-TARGET\n座\tI-TARGET\n\n\n局\tB-UNIT\n\n"
    ((back,), notes) = read(content)
    assert (back.text, spans(back)) == (text.text, spans(text))
    assert notes == ()


@pytest.mark.parametrize(
    "content",
    [
        "新 O\n驿 B-METRIC\n站 I-METRIC\n3 B-TARGET\n局 B-UNIT\n",
        "新 O\n驿 B-METRIC\n站 E-METRIC\n3 S-TARGET\n局 S-UNIT\n",
        "新\tO\n驿\tB-METRIC\n站\tL-METRIC\n3\tU-TARGET\n局\tU-UNIT\n",
        "新 O\n驿 B_METRIC\n站 E_METRIC\n3 S_TARGET\n局 S_UNIT\n\n",
        "新 v x O\r\n驿 n x B-METRIC\r\n站 n x I-METRIC\r\n3 m x B-TARGET\r\n局 n x B-UNIT\r\n",
    ],
)
def test_schemes_separators_and_columns_of_other_tools_are_read(content):
    ((text,), notes) = read(content)
    assert text.text.rstrip("\n") == "新驿站3局"
    assert spans(text) == [("METRIC", "驿站"), ("TARGET", "3"), ("UNIT", "局")]
    assert notes == ()


def test_illegal_tags_are_said_with_their_line():
    content = "驿 I-METRIC\n站 I-METRIC\n3 I-TARGET\n局 X-UNIT\n、 B-\n县 B-MONEY\n"
    ((text,), notes) = read(content)
    assert spans(text) == [("METRIC", "驿站"), ("TARGET", "3")]
    assert [(note.n, note.effect) for note in notes] == [
        (1, "mended"),
        (1, "mended"),
        (1, "lost"),
        (1, "lost"),
        (1, "lost"),
    ]
    assert [f"line {n}:" in note.detail for n, note in zip((1, 3, 4, 5), notes, strict=False)] == [
        True
    ] * 4


def test_a_span_without_end_tag_is_said_where_others_have_one():
    ((text,), notes) = read("驿 B-METRIC\n站 M-METRIC\n3 S-TARGET\n县 B-UNIT\n局 E-UNIT\n")
    assert len(text.spans) == 3
    assert ["line 1:" in note.detail and note.effect == "mended" for note in notes] == [True]


def test_a_file_may_hold_several_texts():
    texts, _ = read("-DOCSTART- O\n\n县 B-UNIT\n\n-DOCSTART- O\n\n局 B-UNIT\n")
    assert [(text.id, text.text.strip()) for text in texts] == [("yunxi", "县"), ("yunxi-2", "局")]


def test_cluener_ends_are_inclusive():
    record = {
        "text": "县文旅局牵头",
        "label": {"UNIT": {"县文旅局": [[0, 3]]}, "MONEY": {"牵": [[4, 4]]}},
    }
    found = read_cluener([record])
    assert spans(found.texts[0]) == [("UNIT", "县文旅局")]
    assert [(note.kind, note.n) for note in found.notes] == [("span", 1)]
    broken = read_cluener([record | {"label": {"UNIT": {"县文旅局": ["0-3"]}}}])
    assert [(note.kind, note.n) for note in broken.notes] == [("span", 1)]
    with pytest.raises(CorpusError, match="record 1 has no text"):
        read_cluener([{"label": {}}])
