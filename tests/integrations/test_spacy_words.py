"""The spaCy pipeline whose tokens are words; a segmenter of one authored notice."""

import pickle

import pytest

import taskner
from taskner.corpus.inline import read_inline
from taskner.errors import ModelError, SegmenterNotFoundError
from taskner.words.training import train_segmenter

NOTICE = "一、任务\n1.年内新建公园3个。\n牵头单位：县园林局，配合单位：东渚镇\n"


@pytest.fixture(scope="module")
def authored(root):
    return root / "corpora" / "authored" / "yunxi-2025.txt"


@pytest.fixture(scope="module")
def folder(authored, tmp_path_factory):
    return train_segmenter([authored], tmp_path_factory.mktemp("words") / "my-words")


@pytest.fixture(scope="module")
def nlp(folder):
    return taskner.load_spacy("rules", words=folder)


def tokens(doc):
    return [token.text for token in doc]


def spans(doc):
    return [(span.start_char, span.end_char, span.label_) for span in doc.spans["taskner"]]


def test_tokens_are_words_and_the_text_stays(nlp):
    text = f"  \u3000{NOTICE}\r\n\t"
    doc = nlp(text)
    assert doc.text == text
    assert "公园" in tokens(doc)
    assert len(doc) < len(text)
    assert nlp.config["nlp"]["tokenizer"]["segmenter"] == "pkuseg"


def test_spans_are_those_of_characters_or_counted(nlp):
    by_characters = taskner.load_spacy("rules")(NOTICE)
    doc = nlp(NOTICE)
    assert set(spans(doc)) <= set(spans(by_characters))
    lost = doc.spans["taskner"].attrs["unaligned"]
    assert len(spans(doc)) + lost == len(spans(by_characters))
    assert spans(doc)


def test_no_general_dictionary_joins_words(folder, nlp, authored):
    import spacy_pkuseg  # noqa: PLC0415 - slow to load

    text = read_inline(authored).text
    alone = spacy_pkuseg.pkuseg(str(folder), user_dict=None).cut(text)
    joined = spacy_pkuseg.pkuseg(str(folder)).cut(text)
    assert joined != alone
    assert [token for token in tokens(nlp.make_doc(text)) if token.strip()] == alone


def test_words_are_the_same_from_disk_bytes_pickle_and_in_processes(nlp, tmp_path):
    import spacy  # noqa: PLC0415 - slow to load

    wanted = [(tokens(doc), spans(doc)) for doc in [nlp(NOTICE)] * 3]
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert [(tokens(doc), spans(doc)) for doc in again.pipe([NOTICE] * 3, n_process=2)] == wanted
    assert tokens(pickle.loads(pickle.dumps(nlp))(NOTICE)) == wanted[0][0]  # noqa: S301
    nlp.tokenizer.from_bytes(nlp.tokenizer.to_bytes())
    assert tokens(nlp(NOTICE)) == wanted[0][0]


def test_a_folder_of_words_that_is_not_one_is_refused(tmp_path):
    (tmp_path / "features.pkl").write_bytes(pickle.dumps({}))
    with pytest.raises(ModelError, match=r"features\.pkl"):
        taskner.load_spacy("rules", words=tmp_path)
    with pytest.raises(SegmenterNotFoundError):
        taskner.load_spacy("rules", words="nobody")
