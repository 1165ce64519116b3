"""The law of every format: what goes in comes back, or a note says what was lost."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.files import write_files
from taskner.corpus.formats import ReadOptions
from taskner.corpus.label_studio_choice import PREDICTIONS
from taskner.corpus.tally import tally
from taskner.integrations.formats import ALL_FORMATS, corpus_files, name_of_format

FEW = settings(QUICK, max_examples=25)
BOTH_WAYS = {name: form for name, form in ALL_FORMATS.items() if form.read and form.write}


def back_and_forth(form, texts, folder, model=None):
    """Write texts and read the files again, each as the format that its content shows."""
    written = form.write(texts, model)
    write_files(written, folder)
    options = ReadOptions(annotations=PREDICTIONS) if model else ReadOptions()
    read, notes = [], list(written.notes)
    for path in corpus_files([folder]):
        assert name_of_format(path) == form.name
        found = form.read(path, options)
        read += found.texts
        notes += found.notes
    return read, notes


def check_law(before, after, notes):
    """For each kind: what came in and was added is what came out and was lost."""
    lost, added = Counter(), Counter()
    for note in notes:
        assert note.n > 0
        assert note.detail
        if note.effect == "lost":
            lost[note.kind] += note.n
        elif note.effect == "added":
            added[note.kind] += note.n
    came_in = sum((tally(text) for text in before), Counter())
    came_out = sum((tally(text) for text in after), Counter())
    # A name that a mark needs and lacks is given out on the way.
    kinds = (came_in | came_out | lost | added).keys() - {"id"}
    for kind in kinds:
        assert came_in[kind] + added[kind] == came_out[kind] + lost[kind], kind


def carried_part(text, form):
    """Give what a format should bring back of a text."""
    fields = {"role": "role", "change": "change", "id": "id"}
    links = {
        "metrics": "link.metric",
        "deadlines": "link.deadline",
        "units": "link.unit",
        "continues": "link.piece",
    }
    marks = []
    for mark in text.marks:
        changes = {name: None for name, kind in fields.items() if kind not in form.carries}
        for name, kind in links.items():
            if kind not in form.carries:
                changes[name] = None if name == "continues" else ()
        score = mark.span.score if "score" in form.carries else None
        marks.append(replace(mark, span=replace(mark.span, score=score), **changes))
    facts = text.facts if "fact" in form.carries else type(text.facts)()
    return replace(text, marks=tuple(marks), facts=facts, ledger=None)


@pytest.mark.parametrize("name", sorted(BOTH_WAYS.keys() - {"inline"}))
@given(text=annotated_texts(apart=True, scored=True, blanks=False))
@FEW
def test_what_a_format_carries_comes_back_identical(name, text, tmp_path_factory):
    form = BOTH_WAYS[name]
    (back,), notes = back_and_forth(form, [text], tmp_path_factory.mktemp("out"))
    back = replace(back, id=text.id)
    assert back == carried_part(text, form)
    check_law([text], [back], notes)
    assert {note.kind for note in notes} <= tally(text).keys() - form.carries


@pytest.mark.parametrize("name", sorted(BOTH_WAYS))
@given(text=annotated_texts(scored=True))
@FEW
def test_what_is_lost_is_counted_also_of_overlapping_spans(name, text, tmp_path_factory):
    (back,), notes = back_and_forth(BOTH_WAYS[name], [text], tmp_path_factory.mktemp("out"))
    assert back.text == text.text
    check_law([text], [back], notes)


@given(text=annotated_texts(scored=True), model=st.sampled_from([None, "taskner-small 0.1.0"]))
@QUICK
def test_label_studio_carries_overlapping_spans_and_predictions(text, model, tmp_path_factory):
    form = BOTH_WAYS["label-studio"]
    (back,), notes = back_and_forth(form, [text], tmp_path_factory.mktemp("out"), model)
    assert back == text
    assert notes == []


def check_real(form, texts, folder):
    read, notes = back_and_forth(form, texts, folder)
    read = {text.id.removeprefix("text-"): text for text in read}
    back = [read.get(text.id) or read[str(n)] for n, text in enumerate(texts, start=1)]
    for text, found in zip(texts, back, strict=True):
        expected = text if form.name == "inline" else carried_part(text, form)
        # The ledger holds the path of its text, which is another one now.
        assert replace(found, id=text.id, ledger=None) == replace(expected, ledger=None)
        if form.name == "inline" and text.ledger:
            assert found.ledger.tasks == text.ledger.tasks
            assert found.ledger.annexes == text.ledger.annexes
    check_law(texts, back, notes)
    assert {note.kind for note in notes} <= set().union(*map(tally, texts)) - form.carries


@pytest.mark.parametrize("name", sorted(BOTH_WAYS))
def test_authored_notices_come_back(name, some_authored, tmp_path):
    check_real(BOTH_WAYS[name], some_authored, tmp_path)


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(BOTH_WAYS))
def test_gold_comes_back(name, some_gold, tmp_path):
    check_real(BOTH_WAYS[name], some_gold, tmp_path)


@pytest.mark.real
@pytest.mark.parametrize("name", sorted(BOTH_WAYS))
def test_all_authored_notices_come_back(name, authored, tmp_path):
    assert len(authored) >= 30
    check_real(BOTH_WAYS[name], authored, tmp_path)


@pytest.mark.real
@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(BOTH_WAYS))
def test_all_gold_comes_back(name, gold, tmp_path):
    assert len(gold) == 32
    check_real(BOTH_WAYS[name], gold, tmp_path)
