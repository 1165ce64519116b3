import json

import pytest

from taskner.errors import CorpusError
from taskner.tagging.decode import TAGS
from taskner.training.examples import IGNORED, read_marked, windows_of
from taskner.training.recipe import CorpusConfig
from taskner.training.vocabulary import SPECIAL, build_tokenizer

CONFIG = CorpusConfig(marked=("x",), window=40, keep_empty=(1.0, 1.0))


@pytest.fixture
def corpus(root):
    return sorted((root / "corpora" / "authored").glob("*.txt"))


def test_every_marked_span_stands_in_exactly_one_window(corpus):
    characters = sorted({c for path in corpus for c in path.read_text(encoding="utf-8")})
    pieces = [*SPECIAL, "▁", *(c for c in characters if not c.isspace() and c != "▁")]
    tokenizer = build_tokenizer(pieces, [0.0] * 4 + [-1.0] * (len(pieces) - 4))
    for path in corpus:
        document = read_marked(path)
        windows = list(windows_of(document, tokenizer, CONFIG))
        assert sum(window.n_spans for window in windows) == len(document.spans), path.stem
        for window in windows:
            begun = [tag for tag in window.labels if tag != IGNORED and TAGS[tag][:1] == "B"]
            assert len(begun) == window.n_spans
            assert len(window.input_ids) == len(window.labels)


def test_which_empty_windows_stay_depends_on_their_text_only(corpus):
    path = corpus[0]
    tokenizer = build_tokenizer([*SPECIAL, "▁"], [0.0] * 4 + [-1.0])
    config = CorpusConfig(marked=("x",), keep_empty=(0.5, 0.5))
    document = read_marked(path)
    assert list(windows_of(document, tokenizer, config)) == list(
        windows_of(document, tokenizer, config)
    )


def test_a_ledger_of_another_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("1.新建⟦M#a|驿站⟧⟦T>a;k=level|3个⟧。", encoding="utf-8")
    task = {"id": "0/1", "start": 0, "end": 5, "text": "另一份通知", "path": []}
    (tmp_path / "a.ledger.json").write_text(json.dumps({"tasks": [task]}), encoding="utf-8")
    with pytest.raises(CorpusError, match="0/1"):
        read_marked(tmp_path / "a.txt")
