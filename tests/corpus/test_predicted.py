from dataclasses import replace

from hypothesis import given

from ledgers import GOLD
from notice_strategies import QUICK, notices
from taskner.corpus.annotated import LINK_ENDS
from taskner.corpus.inline import parse_marks
from taskner.corpus.inline_writing import to_inline
from taskner.corpus.predicted import marks_of_notice
from taskner.corpus.tally import count_cells


def test_a_notice_becomes_marks_with_links_and_roles():
    (text,), notes = (read := marks_of_notice(GOLD)).texts, read.notes
    marked, _ = to_inline(text)
    assert marked == (
        "1.⟦D#1|年内⟧新增⟦M#a|云汐书房⟧⟦T>a@1;k=level|12座以上⟧。\n"
        "责任单位：⟦U:lead|县文旅局⟧、⟦U:co|东渚镇⟧\n"
        "2.推进河道整治。\n责任单位：⟦U:lead|县水利局⟧\n"
        "3.培训⟦M#b|护林员⟧⟦T>b;k=level|300人次⟧，建成⟦M#c|瞭望塔⟧⟦T>c;k=level|3座⟧。\n"
        "责任单位：⟦U:lead|县林业局⟧\n"
    )
    assert [mark.units for mark in text.marks if mark.span.label == "TARGET"] == [
        (3, 4),
        (10,),
        (10,),
    ]
    assert [(note.kind, note.n, note.cause) for note in notes] == [
        ("ledger", count_cells(GOLD), "choice")
    ]


def test_a_unit_of_several_tasks_is_marked_once():
    task = GOLD.tasks[1]
    twin = replace(task, id="0/9", units=tuple(replace(u, role="support") for u in task.units))
    (text,), notes = (
        (read := marks_of_notice(replace(GOLD, tasks=(task, task, twin)))).texts,
        read.notes,
    )
    assert [(mark.span.text, mark.role) for mark in text.marks] == [("县水利局", "lead")]
    assert [note.kind for note in notes] == ["role", "ledger"]


@given(notices())
@QUICK
def test_any_notice_becomes_marks_that_are_its_slices(notice):
    (text,) = marks_of_notice(notice).texts
    for mark in text.marks:
        assert mark.span.text == text.text[mark.span.start : mark.span.end]
        for kind, end in mark.links:
            assert (mark.span.label, text.marks[end].span.label) == LINK_ENDS[kind]


def test_marks_of_a_marked_ledger_are_the_marks(authored):
    text = next(each for each in authored if each.id == "yunxi-2025")
    (back,) = marks_of_notice(text.ledger).texts
    assert [replace(mark, id=None) for mark in back.marks] == [
        replace(mark, id=None) for mark in text.marks
    ]
    assert parse_marks(to_inline(back)[0]).text == text.text
