"""The released folder in transformers: same pieces, places in code points, and the spans."""

import sys

import numpy as np
import pytest

from taskner.errors import MissingExtraError
from taskner.folding import fold
from taskner.readers import document_from_text
from taskner.studies.hub_pipeline import compare, equal, with_heading
from taskner.studies.hub_scorers import HubDecoding, TorchScorer, decided
from taskner.tagging import Tagger
from taskner.tagging.decode import TAGS, spans_from_scores
from taskner.types import Segment

# In one process, for the model they share.
pytestmark = [
    pytest.mark.xdist_group("released model"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
SENTENCE = "年底前，新建农村公路36公里，创建美丽乡村8个以上。"
TEXTS = [
    SENTENCE,
    "𠮷田縣水利局新建𠀀亭公園3個，增長5％。",
    "ＡＢＣ　１２％　㎡ ½\u2028\t😀",
    "",
    "責任單位：縣農業農村局、东渚镇",
]


@pytest.fixture(scope="module")
def torch_scorer(root):
    return TorchScorer.open(root / "models" / "taskner-small")


@pytest.fixture(scope="module")
def tag(torch_scorer):
    from transformers import pipeline  # noqa: PLC0415 - slow to load

    return pipeline(
        "token-classification",
        model=torch_scorer.model,
        tokenizer=torch_scorer.tokenizer,
        aggregation_strategy="simple",
    )


def document_of(text, *, context=""):
    segment = Segment(field="content", start=0, end=len(text), context=context)
    return document_from_text(text, name="x"), [segment]


def keys(spans):
    return {(span.start, span.end, span.label) for span in spans}


@pytest.mark.parametrize("text", TEXTS)
def test_the_tokenizers_cut_the_same_pieces_at_the_same_code_points(text, torch_scorer, released):
    for one in (text, fold(text)):
        assert torch_scorer.encode(one) == released.tagger.scorer.encode(one)


def test_the_tokenizer_has_a_name_that_old_and_new_libraries_know(root):
    settings = (root / "models/taskner-small/tokenizer_config.json").read_text("utf-8")
    assert '"tokenizer_class": "PreTrainedTokenizerFast"' in settings


def test_the_pipeline_gives_code_points_and_the_spans_of_its_decoding(tag, torch_scorer):
    text = f"𠮷𠀀县：{SENTENCE}"
    hits = tag(text)
    document, segments = document_of(text)
    own = Tagger(HubDecoding(torch_scorer)).tag(document, segments)
    assert {(hit["start"], hit["end"], hit["entity_group"]) for hit in hits} == keys(own)
    assert [(text[hit["start"] : hit["end"]], hit["entity_group"]) for hit in hits] == [
        ("年底前", "DEADLINE"),
        ("农村公路", "METRIC"),
        ("36公里", "TARGET"),
        ("美丽乡村", "METRIC"),
        ("8个以上", "TARGET"),
    ]


def test_the_pipeline_reads_a_heading_as_the_tagger_does(tag, torch_scorer):
    document, segments = document_of("县水利局、东渚镇", context="责任单位")
    text = with_heading(document.text, segments[0])
    before = len(text) - len(document.text)
    hits = [hit for hit in tag(text) if hit["start"] >= before]
    own = Tagger(torch_scorer).tag(document, segments)
    assert {
        (hit["start"] - before, hit["end"] - before, hit["entity_group"]) for hit in hits
    } == keys(own)
    assert [span.text for span in own] == ["县水利局", "东渚镇"]


def test_probabilities_are_those_of_the_model_that_runs_up_to_its_8_bits(torch_scorer, released):
    ids = torch_scorer.encode(fold(SENTENCE))[0]
    wanted, found = (
        np.exp(scorer.score([[]], [ids])[0]) for scorer in (torch_scorer, released.tagger.scorer)
    )
    assert np.abs(wanted - found).max() < 0.01


def test_tags_that_bio_forbids_are_what_the_two_decodings_differ_in():
    names = ["O", "I-UNIT", "I-UNIT", "I-METRIC", "B-METRIC", "I-METRIC", "I-METRIC", "O"]
    scores = np.full((len(names), len(TAGS)), -9.0, np.float32)
    scores[range(len(names)), [TAGS.index(name) for name in names]] = -0.1
    places = [(at, at + 1) for at in range(len(names))]
    as_hub = [(one.start, one.end, one.label) for one in spans_from_scores(decided(scores), places)]
    assert as_hub == [(1, 3, "UNIT"), (3, 4, "METRIC"), (4, 7, "METRIC")]
    own = [(one.start, one.end, one.label) for one in spans_from_scores(scores, places)]
    assert own != as_hub


def test_spans_are_counted_by_label_and_side():
    first = frozenset({(0, 0, 2, "UNIT"), (0, 3, 5, "TARGET")})
    second = frozenset({(0, 0, 2, "UNIT"), (0, 3, 6, "TARGET"), (1, 3, 5, "TARGET")})
    counts = compare(first, second)
    assert counts["TARGET"] == {"both": 0, "only first": 1, "only second": 2}
    assert counts["all"] == {"both": 1, "only first": 1, "only second": 2}
    assert (equal(counts["all"]), equal(counts["METRIC"])) == (0.25, 1.0)


def test_without_transformers_one_line_says_what_to_install(root, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'taskner\[train\]'"):
        TorchScorer.open(root / "models" / "taskner-small")
