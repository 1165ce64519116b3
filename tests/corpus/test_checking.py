from dataclasses import replace

import pytest
from hypothesis import given

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.checking import check_marks, check_source
from taskner.corpus.checking_copies import check_folds, check_sentences, near_copies
from taskner.corpus.checking_ledgers import check_ledger
from taskner.corpus.inline import parse_marks
from taskner.corpus.inline_writing import separate_marks
from taskner.corpus.splits import Fold

CLEAN = "1.新建⟦M#a|云汐驿站⟧⟦T>a;k=level|12座⟧。\n责任单位：⟦U:lead|县文旅局⟧、⟦U:co|东渚镇⟧\n"


def found(findings):
    return [(finding.line, finding.kind) for finding in findings]


def test_a_clean_text_has_no_findings():
    text = parse_marks(CLEAN)
    assert list(check_marks(text, "yunxi.txt")) == []
    assert list(check_source(text, text.text, "yunxi.txt", "source.txt")) == []
    assert list(check_ledger(text, "yunxi.txt")) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("县里\n新建⟦M#a|驿站⟧多处", [(2, "metric")]),
        ("新建⟦T|3座⟧", [(1, "marks")]),
        ("县里\n\n⟦U:co| ⟧", [(3, "marks")]),
    ],
)
def test_findings_name_line_and_kind(marked, expected):
    findings = list(check_marks(parse_marks(marked), "yunxi.txt"))
    assert found(findings) == expected
    assert all(str(f).startswith(f"yunxi.txt:{f.line}: ") and f.mend for f in findings)


@given(annotated_texts())
@QUICK
def test_marks_that_overlap_or_run_over_line_ends_are_found(text):
    findings = [
        f for f in check_marks(text, "x") if "overlaps" in f.detail or "line end" in f.detail
    ]
    apart = len(separate_marks(text)) == len(text.marks)
    assert (findings == []) == apart


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (lambda text: text.replace("12座", "13座"), 1),
        (lambda text: text.replace("东渚", "东  渚"), 2),
        (lambda text: text[:-1], 2),
        (lambda text: text + "完", 3),
    ],
)
def test_a_text_that_is_not_its_source_shows_where(source, line):
    text = parse_marks(CLEAN)
    findings = list(check_source(text, source(text.text), "yunxi.txt", "source.txt"))
    assert found(findings) == [(line, "source")]


def check_clean(texts):
    named = [(text, text.id) for text in texts]
    for text, path in named:
        assert list(check_marks(text, path)) == []
        assert list(check_ledger(text, path)) == []
    assert list(check_sentences(named)) == []
    assert not list(near_copies(texts, near=0.3))


def test_authored_notices_are_clean(authored):
    check_clean(authored)


@pytest.mark.shared
def test_the_gold_is_clean(gold):
    check_clean(gold)


def change_mark(text, label, **changes):
    # Of the targets the first one that has everything that could be taken away.
    index = next(
        n
        for n, mark in enumerate(text.marks)
        if mark.span.label == label and (label != "TARGET" or (mark.deadlines and mark.metrics))
    )
    marks = list(text.marks)
    marks[index] = replace(marks[index], **changes)
    return replace(text, marks=tuple(marks))


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda text: change_mark(text, "UNIT", role="co"), "is marked co, lead in the ledger"),
        (lambda text: change_mark(text, "TARGET", metrics=()), "has other metrics"),
        (lambda text: change_mark(text, "TARGET", deadlines=()), "has other deadlines"),
        (lambda text: change_mark(text, "TARGET", change="down"), "is marked down, "),
        (lambda text: text.keep(range(1, len(text.marks))), "is in the ledger, not marked"),
        (
            lambda text: replace(text, ledger=replace(text.ledger, tasks=text.ledger.tasks[1:])),
            "is marked, not in the ledger",
        ),
        (
            lambda text: replace(
                text,
                ledger=replace(
                    text.ledger,
                    tasks=(
                        replace(text.ledger.tasks[0], text="别的任务"),
                        *text.ledger.tasks[1:],
                    ),
                ),
            ),
            "the text of task",
        ),
    ],
)
def test_marks_that_differ_from_the_ledger_are_found(authored, change, part):
    text = next(each for each in authored if each.id == "yunxi-2025")
    findings = list(check_ledger(change(text), "yunxi.txt"))
    assert findings
    assert all(finding.kind == "ledger" for finding in findings)
    assert any(part in finding.detail for finding in findings)


def test_a_sentence_marked_in_two_ways_is_found_whatever_its_width():
    one = parse_marks("全县新建⟦M#a|云汐驿站⟧⟦T>a;k=level|12座⟧,年底完工。", path="a")
    other = parse_marks(
        "二、旅游\n全县新建云汐⟦M#a|驿站⟧ ⟦T>a;k=level|１２座⟧，年底完工。", path="b"
    )
    same = parse_marks("全县新建⟦M#x|云汐驿站⟧⟦T>x;k=up|12座⟧， 年底完工。", path="c")
    findings = list(check_sentences([(one, "a.txt"), (other, "b.txt"), (same, "c.txt")]))
    assert [(f.path, f.line, f.kind) for f in findings] == [("b.txt", 2, "sentence")]
    assert "a.txt:1" in findings[0].detail


def test_near_copies_in_two_folds_are_found(authored):
    one, other = authored[:2]
    copy = replace(
        one, id="copy", text=one.text[: len(one.text) * 2 // 3] + other.text[:50], marks=()
    )
    texts = [(one, "one.txt"), (other, "other.txt"), (copy, "copy.txt")]

    def folds(*groups):
        return [Fold(name=str(n), documents=group) for n, group in enumerate(groups)]

    assert list(check_folds(texts, folds((one.id, "copy"), (other.id,)))) == []
    findings = list(check_folds(texts, folds((one.id,), (other.id, "copy"))))
    assert [(f.path, f.kind) for f in findings] == [("copy.txt", "near-copy")]
    assert list(check_folds(texts, folds((one.id,), (other.id,)))) != []
