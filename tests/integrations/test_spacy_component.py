"""The spaCy component; the word-list tagger stands in for the model where spans do not matter."""

import json
import pickle
import subprocess
import sys
import warnings

import pytest

import taskner
from taskner.corpus.inline import parse_marks
from taskner.errors import MissingExtraError
from taskner.exporters import to_rows
from taskner.integrations.docbin import read_docbin
from taskner.integrations.spacy_docs import spans_of_notice

NOTICE = (
    "一、任务\n1.年内新建公园3个。\n牵头单位：县园林局，配合单位：东渚镇\n"
    "2.改造管网 12公里。\n责任单位：县水利局\n"
)
SENTENCE = "年内新建公园3个。"


@pytest.fixture(scope="module")
def nlp():
    return taskner.load_spacy("rules")


def spans_of(doc, key="taskner"):
    return [(span.start_char, span.end_char, span.label_) for span in doc.spans[key]]


def expected(notice):
    return [(span.start, span.end, span.label) for span in spans_of_notice(notice)]


def test_a_doc_has_the_spans_and_the_ledger_of_extract(nlp):
    doc, notice = nlp(NOTICE), taskner.extract_text(NOTICE, model="rules")
    assert spans_of(doc) == expected(notice)
    assert {label for *_, label in spans_of(doc)} == {"UNIT", "TARGET", "METRIC", "DEADLINE"}
    assert to_rows(doc._.taskner) == to_rows(notice)
    assert doc.spans["taskner"].attrs["unaligned"] == 0
    assert len(doc.spans["taskner"].attrs["scores"]) == len(doc.spans["taskner"])
    assert not doc.ents


def test_spacy_finds_the_component_before_taskner_is_imported():
    script = (
        "import json, spacy, sys; early = [m for m in sys.modules if 'taskner' in m]\n"
        "nlp = spacy.blank('zh'); nlp.add_pipe('taskner', config={'model': 'rules'})\n"
        f"docs = list(nlp.pipe([{NOTICE!r}, ''] * 2, n_process=2))\n"
        "print(json.dumps([early, [len(d.spans['taskner']) for d in docs],"
        " [len(d._.taskner.tasks) for d in docs]]))"
    )
    printed = subprocess.check_output([sys.executable, "-c", script], text=True)
    n_spans = len(expected(taskner.extract_text(NOTICE, model="rules")))
    assert json.loads(printed) == [[], [n_spans, 0] * 2, [2, 0] * 2]


def test_a_pipeline_is_the_same_from_disk_and_after_pickling(nlp, tmp_path):
    import spacy  # noqa: PLC0415 - slow to load

    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.config["components"] == nlp.config["components"]
    assert again.config["components"]["taskner"]["model"] == "rules"
    wanted = spans_of(nlp(NOTICE))
    assert spans_of(again(NOTICE)) == wanted
    doc = again.make_doc(NOTICE)
    assert spans_of(pickle.loads(pickle.dumps(nlp.get_pipe("taskner")))(doc)) == wanted  # noqa: S301


def test_a_sentence_is_read_though_it_is_no_notice(nlp):
    doc = nlp(SENTENCE)
    assert [(span.text, span.label_) for span in doc.spans["taskner"]] == [
        ("年内", "DEADLINE"),
        ("公园", "METRIC"),
        ("3个", "TARGET"),
    ]
    assert doc._.taskner.flags == ("no_task",)
    assert [target.metrics[0].text for target in doc._.taskner.tasks[0].targets] == ["公园"]


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\x00", "no Chinese", "　1.  "])
def test_a_text_without_anything_gives_an_empty_group(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert spans_of(doc) == []
    assert "no_task" in doc._.taskner.flags


def test_odd_spaces_keep_their_places(nlp):
    text = f"  \u3000{NOTICE}\r\n\t \x85".replace("3个", "3 \u2009个")
    doc, notice = nlp(text), taskner.extract_text(text, model="rules")
    assert doc.text == text
    assert spans_of(doc) == expected(notice)
    assert [span.text for span in doc.spans["taskner"]] == [
        span.text for span in spans_of_notice(notice)
    ]


def test_spans_without_tokens_are_counted_and_warned_of_once_a_batch(nlp):
    from spacy.tokens import Doc  # noqa: PLC0415 - slow to load

    from taskner.integrations.spacy_component import UnalignedSpanWarning  # noqa: PLC0415 - as above

    def coarse():
        # "3个。" is one token, so that the target ends inside it.
        return Doc(nlp.vocab, words=[*"年内新建公园", "3个。"], spaces=[False] * 7)

    pipe = nlp.get_pipe("taskner")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        docs = list(pipe.pipe([coarse() for _ in range(3)], batch_size=2))
    assert [str(warning.message)[:31] for warning in caught] == [
        "taskner: 2 spans in 2 docs do n",
        "taskner: 1 spans in 1 docs do n",
    ]
    assert {warning.category for warning in caught} == {UnalignedSpanWarning}
    assert [span.text for span in docs[0].spans["taskner"]] == ["年内", "公园"]
    assert docs[0].spans["taskner"].attrs["unaligned"] == 1
    assert docs[0]._.taskner.tasks[0].targets[0].span.text == "3个"


def test_tokens_may_be_taken_whole_by_choice():
    import spacy  # noqa: PLC0415 - slow to load
    from spacy.tokens import Doc  # noqa: PLC0415

    nlp = spacy.blank("zh")
    config = {"model": "rules", "alignment": "expand", "ents": True, "spans_key": "sc"}
    pipe = nlp.add_pipe("taskner", config=config)
    doc = pipe(Doc(nlp.vocab, words=[*"年内新建公园", "3个。"], spaces=[False] * 7))
    assert [span.text for span in doc.spans["sc"]] == ["年内", "公园", "3个。"]
    assert [ent.text for ent in doc.ents] == ["年内", "公园", "3个。"]


def test_entities_of_others_stay_where_there_is_room():
    from spacy.tokens import Span  # noqa: PLC0415 - slow to load

    nlp = taskner.load_spacy("rules", ents=True)
    doc = nlp.make_doc(SENTENCE)
    doc.ents = [Span(doc, 2, 4, label="ACT"), Span(doc, 4, 5, label="PLACE")]
    doc = nlp(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("年内", "DEADLINE"),
        ("新建", "ACT"),
        ("公园", "METRIC"),
        ("3个", "TARGET"),
    ]


def test_a_doc_that_fails_is_the_business_of_the_error_handler(nlp, monkeypatch):
    pipe = nlp.get_pipe("taskner")
    limits = taskner.ReaderConfig(max_characters=20)
    monkeypatch.setattr(pipe, "_extractor", taskner.load("rules", limits=limits))
    with pytest.raises(taskner.TasknerError, match="max_characters"):
        list(nlp.pipe([NOTICE]))
    failed = []
    monkeypatch.setattr(pipe, "_handle", lambda *facts: failed.append(facts[2][0].text))
    assert [doc.text for doc in nlp.pipe([NOTICE, SENTENCE])] == [SENTENCE]
    assert failed == [NOTICE]


def test_docs_go_into_a_docbin_and_come_back_with_their_links(nlp, tmp_path):
    from spacy.tokens import DocBin  # noqa: PLC0415 - slow to load

    path = tmp_path / "notices.spacy"
    docs = [nlp(NOTICE), nlp(SENTENCE)]
    DocBin(store_user_data=True, docs=docs).to_disk(path)
    kept = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    assert [doc._.taskner for doc in kept] == [doc._.taskner for doc in docs]
    assert [spans_of(doc) for doc in kept] == [spans_of(doc) for doc in docs]
    texts = read_docbin(path).texts
    assert [text.text for text in texts] == [NOTICE, SENTENCE]
    assert [mark.role for mark in texts[0].marks if mark.role] == ["lead", "co", "lead"]
    assert [len(mark.metrics) for mark in texts[0].marks if mark.span.label == "TARGET"] == [1, 1]


def test_displacy_draws_spans_and_links(nlp):
    from spacy import displacy  # noqa: PLC0415 - slow to load

    from taskner.integrations.displacy_data import link_data, span_options  # noqa: PLC0415

    doc = nlp(NOTICE)
    page = displacy.render(doc, style="span", options=span_options(), jupyter=False)
    assert page.count("#bcd9ef") >= len("县园林局东渚镇县水利局")
    first, second = link_data(doc._.taskner)
    assert [(word["text"], word["tag"]) for word in first["words"]] == [
        ("年内", "DEADLINE"),
        ("公园", "METRIC"),
        ("3个", "TARGET"),
        ("县园林局", "UNIT"),
        ("东渚镇", "UNIT"),
    ]
    arcs = {(arc["start"], arc["end"], arc["label"], arc["dir"]) for arc in first["arcs"]}
    assert arcs == {
        (0, 2, "deadline", "left"),
        (1, 2, "metric", "left"),
        (2, 3, "lead", "right"),
        (2, 4, "support", "right"),
    }
    drawn = displacy.render([first, second], style="dep", manual=True, jupyter=False)
    assert drawn.count("<svg") == 2
    assert "县园林局" in drawn


def test_without_spacy_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtraError) as caught:
        taskner.load_spacy("rules")
    assert str(caught.value) == "a spaCy pipeline needs spacy: pip install 'taskner[spacy]'"


@pytest.mark.real
def test_the_released_model_gives_the_spans_of_extract(root):
    marked = (root / "corpora/authored/yunxi-2025.txt").read_text("utf-8")
    text = parse_marks(marked).text
    doc, notice = taskner.load_spacy()(text), taskner.load().extract_text(text)
    assert len(doc.spans["taskner"]) > 400
    assert spans_of(doc) == expected(notice)
    assert to_rows(doc._.taskner) == to_rows(notice)
