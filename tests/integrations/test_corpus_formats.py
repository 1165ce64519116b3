import json
import sys
from dataclasses import replace

import pytest
from hypothesis import given

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.files import write_files
from taskner.corpus.formats import ReadOptions
from taskner.corpus.inline import parse_marks
from taskner.corpus.splits import Fold
from taskner.corpus.tally import KINDS, Read, Written
from taskner.errors import (
    CorpusError,
    EncodingError,
    MissingExtraError,
    TasknerError,
    UnreadableFileError,
)
from taskner.integrations.checking import check_corpus
from taskner.integrations.docbin import read_docbin, write_docbin
from taskner.integrations.formats import ALL_FORMATS, read_corpus
from taskner.integrations.huggingface import from_dataset, read_dataset, to_dataset

MARKED = "1.新建⟦M#a|云汐驿站⟧⟦T>a;k=level|12座⟧。\n责任单位：⟦U:lead|县文旅局⟧、⟦U:co|东渚镇⟧\n"


@pytest.fixture
def text():
    return parse_marks(MARKED, path="yunxi")


@pytest.fixture
def save(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_docbin_is_ready_for_training_in_spacy(text):
    import spacy  # noqa: PLC0415 - slow to load
    from spacy.tokens import DocBin  # noqa: PLC0415 - slow to load

    data = write_docbin([text]).files["corpus.spacy"]
    (doc,) = DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab)
    assert doc.text == text.text
    assert [(ent.text, ent.label_) for ent in doc.ents] == [(s.text, s.label) for s in text.spans]
    assert len(doc.spans["taskner"]) == len(text.marks)


def test_a_docbin_of_another_maker_gives_its_entities(save):
    import spacy  # noqa: PLC0415 - slow to load
    from spacy.tokens import DocBin, Span  # noqa: PLC0415 - slow to load

    doc = spacy.blank("zh")("县文旅局新建驿站")
    doc.ents = [Span(doc, 0, 4, label="UNIT"), Span(doc, 6, 8, label="GPE")]
    read = read_docbin(save("other.spacy", DocBin(docs=[doc]).to_bytes()))
    assert [(s.text, s.label) for s in read.texts[0].spans] == [("县文旅局", "UNIT")]
    assert [(note.kind, note.n) for note in read.notes] == [("span", 1)]
    with pytest.raises(CorpusError, match="is no DocBin"):
        read_docbin(save("bad.spacy", b"nothing"))


def test_spans_changed_in_a_docbin_are_taken_and_lost_links_said(text, save):
    import spacy  # noqa: PLC0415 - slow to load
    from spacy.tokens import DocBin  # noqa: PLC0415 - slow to load

    (doc,) = (
        DocBin()
        .from_bytes(write_docbin([text]).files["corpus.spacy"])
        .get_docs(spacy.blank("zh").vocab)
    )
    doc.spans["taskner"] = list(doc.spans["taskner"])[1:]
    doc.ents = doc.ents[1:]
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    read = read_docbin(save("edited.spacy", data))
    assert [span.text for span in read.texts[0].spans] == ["12座", "县文旅局", "东渚镇"]
    assert "links and roles" in read.notes[0].detail


@given(annotated_texts(scored=True))
@QUICK
def test_a_dataset_gives_back_what_it_was_made_of(text):
    read = from_dataset(to_dataset([text, replace(text, id="other", marks=())]))
    assert read == Read((text, replace(text, id="other", marks=())))


def test_splits_of_a_dataset_are_read_one_after_the_other(text, tmp_path):
    from datasets import DatasetDict, disable_progress_bars  # noqa: PLC0415 - slow to load

    disable_progress_bars()
    other = replace(text, id="other")
    split = DatasetDict(train=to_dataset([text]), test=to_dataset([other]))
    split.save_to_disk(tmp_path / "data")
    assert read_corpus([tmp_path / "data"]).texts == (text, other)
    with pytest.raises(CorpusError, match="is no dataset"):
        read_dataset(tmp_path)
    with pytest.raises(CorpusError, match="taskner did not write"):
        from_dataset([{"tokens": []}])


@pytest.mark.parametrize(("name", "package"), [("docbin", "spacy"), ("huggingface", "datasets")])
def test_a_missing_library_is_one_line(name, package, text, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'taskner\["):
        ALL_FORMATS[name].written([text])


def test_files_of_all_formats_in_one_folder_are_told_apart(text, tmp_path):
    for name, form in ALL_FORMATS.items():
        if form.write and form.read:
            write_files(form.written([replace(text, id=f"{name}-text")]), tmp_path / name)
    (tmp_path / "README.md").write_text("about", encoding="utf-8")
    read = read_corpus([tmp_path])
    assert len(read.texts) == sum(bool(form.write and form.read) for form in ALL_FORMATS.values())
    assert {one.text for one in read.texts} == {text.text}


@pytest.mark.parametrize(
    ("name", "content", "error", "part"),
    [
        ("x.json", "[]", CorpusError, "no text"),
        ("x.json", '[{"data": {"text": ""}}]', CorpusError, "no text"),
        ("x.json", "{", CorpusError, "line 1 is not JSON"),
        ("x.jsonl", '{"text": "甲", "label": []}\n{"te', CorpusError, "line 2 is not JSON"),
        ("x.json", '{"a": 1}', CorpusError, "no corpus format"),
        ("x.json", "[" * 100_000, CorpusError, "not JSON"),
        ("x.json", '{"schema": "taskner-standoff/1"}', CorpusError, "corpus join"),
        ("x.docx", "x", CorpusError, "no corpus format"),
        ("x.txt", "县水利局".encode("gbk"), EncodingError, "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_file(save, name, content, error, part):
    with pytest.raises(error, match=part) as caught:
        read_corpus([save(name, content)])
    assert name in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(UnreadableFileError, match="no such file"):
        read_corpus([tmp_path / "absent.txt"])
    with pytest.raises(CorpusError, match="no text with marks"):
        read_corpus([tmp_path])


def test_ids_become_names_of_files_and_are_never_shared(save, tmp_path):
    tasks = [
        {"data": {"id": name, "text": "甲乙"}, "annotations": [{"result": []}]}
        for name in ("../../etc/passwd", "a/b", "A_b", "notice", "notice", "", ".hidden")
    ]
    read = read_corpus([save("x.json", json.dumps(tasks))])
    ids = [text.id for text in read.texts]
    assert len({name.lower() for name in ids}) == 7
    assert all(ALL_FORMATS["text"].written(read.texts).files)
    written = write_files(ALL_FORMATS["text"].written(read.texts), tmp_path / "out")
    assert {path.parent for path in written} == {tmp_path / "out"}
    with pytest.raises(TasknerError, match="no name for a file"):
        write_files(Written({"../x.txt": b""}), tmp_path / "out")


def test_files_that_are_there_are_not_replaced_unasked(text, tmp_path):
    written = ALL_FORMATS["inline"].written([text])
    write_files(written, tmp_path)
    with pytest.raises(TasknerError, match="--overwrite"):
        write_files(written, tmp_path)
    assert write_files(written, tmp_path, overwrite=True)


def test_what_taskner_extracted_can_be_corrected_elsewhere(save):
    from ledgers import GOLD  # noqa: PLC0415 - only here
    from taskner.exporters import render  # noqa: PLC0415 - only here

    data = render((GOLD,), format="jsonl", with_text=True)
    (text,) = read_corpus([save("x.jsonl", data)]).texts
    assert [span.text for span in text.spans][:3] == ["年内", "云汐书房", "12座以上"]
    with pytest.raises(CorpusError, match="--with-text"):
        read_corpus([save("y.jsonl", render((GOLD,), format="jsonl"))])


def test_a_check_goes_on_after_a_broken_file(save, tmp_path):
    save("a.txt", "甲⟦X|乙⟧\n⟦U|⟧丙⟧\n⟦T>q;k=level|3座⟧")
    save("b.txt", MARKED.replace("⟦T>a;k=level|12座⟧", "12座"))
    save("c.json", "[")
    save("d.txt", MARKED)
    save("d.ledger.json", "{}")
    tasks = [{"data": {"text": "甲乙"}, "annotations": [{"result": [{"type": "labels"}]}]}]
    save("e.json", json.dumps(tasks))
    found = [(f.path.rpartition("/")[2], f.line, f.kind) for f in check_corpus([tmp_path])]
    assert found == [
        ("a.txt", 1, "label"),
        ("a.txt", 2, "marks"),
        ("a.txt", 2, "marks"),
        ("a.txt", 3, "marks"),
        ("b.txt", 1, "metric"),
        ("c.json", 1, "input"),
        ("d.ledger.json", 1, "input"),
        ("e.json", 1, "input"),
    ]


def test_a_check_compares_with_sources_and_folds(save, tmp_path):
    one, other = (save(name, MARKED) for name in ("one.txt", "other.txt"))
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "one.txt").write_text(parse_marks(MARKED).text + "3.", encoding="utf-8")
    folds = [Fold(name="a", documents=("one",)), Fold(name="b", documents=("other",))]
    findings = check_corpus([one, other], sources=sources, folds=folds)
    assert [(f.path, f.kind) for f in findings] == [
        (str(one), "source"),
        (str(other), "source"),
        (str(other), "near-copy"),
    ]


def test_an_empty_corpus_is_a_finding(tmp_path):
    (finding,) = check_corpus([tmp_path], options=ReadOptions())
    assert finding.kind == "input"


def test_the_page_shows_what_each_format_carries(root):
    kinds = [kind for kind in KINDS if kind not in ("link.other", "other")]
    rows = [
        f"| `{form.name}`: {form.title} | "
        + " | ".join("yes" if kind in form.carries else "–" for kind in kinds)
        + " |"
        for form in ALL_FORMATS.values()
        if form.carries
    ]
    page = (root / "docs" / "corpus-formats.md").read_text(encoding="utf-8")
    assert "\n".join(rows) in page
