"""A model is trained, and pkuseg reads it as it was fitted."""

import json
import math

import pytest

from taskner.corpus.inline import read_inline
from taskner.errors import CorpusError, OutputError
from taskner.words.features import features_of, nodes_of
from taskner.words.folder import MANIFEST
from taskner.words.segmenter import borders_of, open_segmenter
from taskner.words.training import find_texts, train_segmenter


def test_the_notice_learned_from_keeps_its_spans(trained, notice):
    text = read_inline(notice)
    words = open_segmenter(trained).cut(text.text)
    assert "".join(words) == "".join(text.text.split())
    borders = borders_of(text.text, words)
    whole = [span for span in text.spans if span.start in borders and span.end in borders]
    assert len(whole) / len(text.spans) >= 0.95
    # Words, not characters: those would keep all spans too.
    assert len(words) < 0.75 * len("".join(words))


def test_pkuseg_sees_the_features_that_were_fitted(trained, notice):
    extractor = open_segmenter(trained).feature_extractor
    names = {at: name for name, at in extractor.feature_to_idx.items()}
    for line in read_inline(notice).text.split()[:40]:
        nodes = nodes_of(line)
        ours = features_of(nodes, extractor.unigram)
        for at in range(len(nodes)):
            seen = {names[i] for i in extractor.get_node_features_idx(at, nodes)}
            assert seen == set(ours[at]) & extractor.feature_to_idx.keys()


def test_the_same_texts_give_the_same_model(trained, notice, tmp_path):
    again = train_segmenter([notice], tmp_path / "my-words")
    for name in ("features.msgpack", "weights.npz"):
        assert (again / name).read_bytes() == (trained / name).read_bytes()


def test_a_folder_says_what_it_was_made_from(trained, notice):
    manifest = json.loads((trained / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["name"] == "my-words"
    assert list(manifest["documents"]) == [notice.stem]
    card = (trained / "README.md").read_text(encoding="utf-8")
    assert "Not measured on left-out documents." in card
    assert f"{manifest['features']} features" in card


@pytest.fixture
def tiny(tmp_path):
    """What the words are does not matter here."""
    path = tmp_path / "texts" / "tiny.txt"
    path.parent.mkdir()
    path.write_text("新建⟦M#1|公园⟧⟦T>1|3个⟧。\n" * 4, encoding="utf-8")
    return path


def test_scores_of_folds_stand_on_the_card(tiny, tmp_path):
    share = {"spans": 9, "share": 0.9917, "low": 0.9812, "high": 0.9984}
    report = {
        "command": "python -m made.up",
        "date": "2031-01-02",
        "folds": ["a", "b"],
        "aligned": {"ours": {"all": share}},
        "tokens": {"ours": 61.25},
    }
    scores = tmp_path / "scores.json"
    scores.write_text(json.dumps(report), encoding="utf-8")
    folder = train_segmenter([tiny], tmp_path / "w", scores=scores)
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "| ours | 0.9917 | 0.9812–0.9984 | 61.2 |" in card
    scores.write_text("{}", encoding="utf-8")
    with pytest.raises(CorpusError, match="is no report of a segmenter"):
        train_segmenter([tiny], tmp_path / "x", scores=scores)
    assert not (tmp_path / "x").exists()


def test_what_stands_there_is_not_lost(tiny, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="something else stands there"):
        train_segmenter([tiny], tmp_path / "mine", overwrite=True)
    folder = train_segmenter([tiny], tmp_path / "w")
    with pytest.raises(OutputError, match="give --overwrite"):
        train_segmenter([tiny], folder)
    train_segmenter([tiny], folder, version="9.9", overwrite=True)
    assert json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["version"] == "9.9"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "texts", "w"]


def test_texts_are_found_once_and_named_once(notice, tmp_path):
    assert find_texts([notice.parent])[0].name < find_texts([notice.parent])[-1].name
    with pytest.raises(CorpusError, match="no marked texts"):
        find_texts([tmp_path])
    with pytest.raises(CorpusError, match="the same name"):
        find_texts([notice, notice.parent])


def test_a_text_without_words_is_refused(tmp_path):
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no word to learn from"):
        train_segmenter([tmp_path / "empty.txt"], tmp_path / "w")


def test_weights_are_numbers(trained):
    assert all(math.isfinite(weight) for weight in open_segmenter(trained).model.w)
