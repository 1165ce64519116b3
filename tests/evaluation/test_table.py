import json

import pytest

from ledgers import GOLD, change_task
from taskner.errors import CorpusError
from taskner.evaluation.bootstrap import bootstrap
from taskner.evaluation.counts import MEASURES, Count, Scores
from taskner.evaluation.score import score
from taskner.evaluation.table import scores_from_json, scores_to_json, scores_to_markdown

SCORES = {
    "first": score(GOLD, GOLD),
    "second": score(GOLD, change_task(0, targets=())),
    "third": Scores.of({"spans.UNIT": Count(gold=0, predicted=3, true=0)}),
}


def test_json_comes_back_as_it_was():
    data = scores_to_json(SCORES, intervals=bootstrap(SCORES))
    assert scores_from_json(json.loads(json.dumps(data)), path="scores.json") == SCORES


def test_json_has_ratios_intervals_and_null_for_what_gold_lacks():
    data = scores_to_json(SCORES, intervals=bootstrap(SCORES))
    assert list(data["all"]) == list(MEASURES)
    rows = data["all"]["rows"]
    assert (rows["gold"], rows["predicted"], rows["true"], rows["f1"]) == (8, 8, 7, 0.875)
    assert rows["low"] <= rows["f1"] <= rows["high"]
    assert data["documents"]["third"]["rows"] is None
    assert data["documents"]["third"]["spans.UNIT"]["f1"] is None


def test_the_order_of_documents_changes_nothing():
    shuffled = dict(reversed(SCORES.items()))
    assert scores_to_markdown(shuffled) == scores_to_markdown(SCORES)
    assert json.dumps(scores_to_json(shuffled)) == json.dumps(scores_to_json(SCORES))


def test_markdown_has_a_dash_for_what_gold_lacks():
    lines = scores_to_markdown({"third": SCORES["third"]}).splitlines()
    assert "| spans.UNIT | – | – | – | – | 0 | 3 | 0 |" in lines
    assert "| spans.UNIT | – |" in lines


def test_markdown_shows_ratios_and_intervals():
    text = scores_to_markdown(SCORES, intervals=bootstrap(SCORES))
    assert "| rows | 0.875 | 0.875 | 0.875 | 0.750–1.000 | 8 | 8 | 7 |" in text.splitlines()
    assert len({line.count("|") for line in text.split("\n\n")[0].splitlines()}) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"schema": "other"}, "expected schema 'taskner-scores/1', found 'other'"),
        (
            {"schema": "taskner-scores/1", "documents": {"a": {"mood": None}}},
            "s.json: a: unknown measure 'mood'",
        ),
    ],
)
def test_what_is_no_file_of_scores_is_an_error(data, message):
    with pytest.raises(CorpusError, match=message):
        scores_from_json(data, path="s.json")
