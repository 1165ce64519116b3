"""The segmentation model that ships."""

import json

import srsly

from taskner.corpus.inline import read_inline
from taskner.words.features import LONGEST_WORD
from taskner.words.folder import FEATURES, MANIFEST, find_words
from taskner.words.segmenter import borders_of, open_segmenter


def test_it_is_found_by_its_name_and_small(root):
    folder = find_words("taskner-words")
    assert folder == root / "models" / "taskner-words"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 5_000_000


def test_it_keeps_the_spans_of_a_notice_it_learned(root):
    text = read_inline(root / "corpora" / "authored" / "yunxi-2025.txt")
    words = open_segmenter(find_words("taskner-words")).cut(text.text)
    borders = borders_of(text.text, words)
    whole = [span for span in text.spans if span.start in borders and span.end in borders]
    assert len(whole) / len(text.spans) >= 0.99
    assert len(words) < 0.7 * len("".join(words))


def test_it_holds_no_stretch_of_a_text(root):
    data = srsly.read_msgpack(root / "models" / "taskner-words" / FEATURES)
    # A class of characters (**Num) stands for one of them.
    values = (name.partition(".")[2].replace("**Num", "0") for name in data["feature_to_idx"])
    assert max(len(value.replace("**Letter", "A")) for value in values) <= LONGEST_WORD
    assert max(map(len, data["unigram"])) <= LONGEST_WORD


def test_its_card_shows_the_scores_of_the_report(root):
    folder = root / "models" / "taskner-words"
    scores = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["scores"]
    report = json.loads((root / "evaluation" / "reports" / "segmentation.json").read_text("utf-8"))
    assert scores["aligned"] == report["aligned"]
    every = scores["aligned"]["taskner-words"]["all"]
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert f"| taskner-words | {every['share']:.4f} |" in card
