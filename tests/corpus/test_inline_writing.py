from dataclasses import replace

import pytest
from hypothesis import given

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.inline import parse_marks
from taskner.corpus.inline_writing import to_inline
from taskner.errors import CorpusError
from taskner.types import Document, Span


def build(text, *marks):
    document = Document(id="notice", text=text)
    built = [
        Mark(span=Span.of(document, start, end, label), **rest) for start, end, label, rest in marks
    ]
    return AnnotatedText(id="notice", text=text, marks=tuple(built))


@given(annotated_texts(apart=True))
@QUICK
def test_marks_written_and_read_again_say_the_same(text):
    marked, notes = to_inline(text)
    read = parse_marks(marked, path=text.id)
    assert read.text == text.text
    # Units of targets and facts stand in a ledger, which this text has none of.
    expected = [replace(mark, units=(), id=None) for mark in text.marks]
    assert [replace(mark, id=None) for mark in read.marks] == expected
    assert {note.kind for note in notes} <= {"link.unit", "fact", "id"}


def test_marked_texts_are_written_as_they_were_read(root):
    for path in sorted((root / "corpora" / "authored").glob("*.txt")):
        marked = path.read_text(encoding="utf-8")
        assert to_inline(parse_marks(marked)) == (marked, [])


@pytest.mark.shared
def test_the_gold_is_written_as_it_was_read(shared):
    for path in sorted((shared / "gold").glob("*.txt")):
        marked = path.read_text(encoding="utf-8")
        assert to_inline(parse_marks(marked)) == (marked, [])


def test_ids_are_given_out_where_there_are_none_or_the_same_twice():
    text = build(
        "书房12座驿站3个年内",
        (0, 2, "METRIC", {"id": "a"}),
        (2, 5, "TARGET", {"metrics": (0,), "change": "level"}),
        (5, 7, "METRIC", {"id": "a"}),
        (7, 9, "TARGET", {"metrics": (2, 0), "deadlines": (4,)}),
        (9, 11, "DEADLINE", {}),
    )
    marked, notes = to_inline(text)
    assert marked == "⟦M#a|书房⟧⟦T>a;k=level|12座⟧⟦M#b|驿站⟧⟦T>b,a@1|3个⟧⟦D#1|年内⟧"
    assert notes == []


def test_links_that_reach_too_far_are_counted():
    text = build(
        "书房" + "、" * 700 + "12座",
        (0, 2, "METRIC", {}),
        (702, 705, "TARGET", {"metrics": (0,)}),
    )
    marked, notes = to_inline(text)
    assert parse_marks(marked).marks[1].metrics == ()
    assert [(note.kind, note.n) for note in notes] == [("link.metric", 1)]


def test_attributes_that_a_mark_has_no_room_for_are_counted():
    metrics = [(n, n + 1, "METRIC", {}) for n in range(60)]
    text = build("书" * 60 + "各1座", *metrics, (61, 63, "TARGET", {"metrics": tuple(range(60))}))
    marked, notes = to_inline(text)
    kept = len(parse_marks(marked).marks[-1].metrics)
    assert 20 < kept < 60
    assert [(note.kind, note.n) for note in notes] == [("link.metric", 60 - kept)]


def test_a_text_that_holds_the_brackets_of_marks_is_an_error():
    for text in ("甲\n乙⟦", "⟧甲"):
        with pytest.raises(CorpusError, match="bracket of marks"):
            to_inline(AnnotatedText(id="notice", text=text))
