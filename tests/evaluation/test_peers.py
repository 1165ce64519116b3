"""Peers behind one interface: learned, recorded without text, not run twice, compared."""

import json

import pytest
from evaluation.peers.peer import Peer
from evaluation.peers.report import better, to_data, to_markdown
from evaluation.peers.run import entries_of
from evaluation.peers.sentences import (
    LONGEST,
    SentenceTagger,
    lessons_of,
    sentences_of,
    spans_of_tags,
    tags_of,
)
from evaluation.peers.trial import Trial, run_trial

from taskner.corpus.splits import Fold
from taskner.studies.folds import Plan, marked_texts
from taskner.training.recipe import CorpusConfig, Recipe
from taskner.types import Segment
from tiny_encoder import MARKED

NAMES = ("yunting", "linxi", "heyuan")


class Memory:
    """Finds the texts it has seen marked, wherever they stand."""

    def __init__(self, folder):
        self.seen = json.loads((folder / "seen.json").read_text("utf-8"))

    def find(self, sentences):
        return [
            [
                (sentence.text.index(text), sentence.text.index(text) + len(text), label)
                for text, label in self.seen
                if text in sentence.text
            ]
            for sentence in sentences
        ]


class Blind:
    """Finds nothing; units are then the parser's."""

    def find(self, sentences):
        return [[] for _ in sentences]


def learn(lessons, folder):
    seen = {(one.sentence.text[a:b], label) for one in lessons for a, b, label in one.spans}
    (folder / "seen.json").write_text(json.dumps(sorted(seen)), encoding="utf-8")
    return {"f1": 1.0, "lessons": len(lessons)}


MEMORY = Peer(
    name="memory",
    what="what it has seen",
    open=lambda folder: SentenceTagger(Memory(folder)),
    train=learn,
    labels=("METRIC", "TARGET", "UNIT"),
)


@pytest.fixture
def plan(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in NAMES:
        (corpus / f"{name}.txt").write_text(MARKED, encoding="utf-8")
    recipe = Recipe(
        name="tiny",
        version="0",
        corpus=CorpusConfig(marked=("corpus",)),
        path=tmp_path / "tiny.toml",
    )
    fold = Fold(name="left", documents=NAMES[:2])
    return Plan(path=tmp_path / "plan.toml", recipe=recipe, folds=(fold,))


@pytest.fixture
def trial(plan, tmp_path):
    return Trial(
        peer=MEMORY,
        fold=plan.folds[0],
        texts=marked_texts(plan.recipe),
        records=tmp_path / "records",
        models=tmp_path / "models",
    )


def test_a_peer_learns_from_all_but_the_fold_and_is_recorded_without_text(trial):
    record = run_trial(trial)
    assert set(record.trained_on) == {"heyuan"}
    assert set(record.documents) == set(NAMES[:2])
    assert "工业" not in trial.record_path.read_text("utf-8")
    labels = {label for _, _, label, _ in record.documents["linxi"].spans}
    assert labels == {"METRIC", "TARGET", "UNIT", "DEADLINE"}


def test_what_is_recorded_is_not_run_again_until_a_text_changes(trial):
    before = run_trial(trial)
    (trial.model / "training.json").unlink()
    assert run_trial(trial) == before
    assert not (trial.model / "training.json").exists()
    text = trial.texts["heyuan"]
    text.write_text(text.read_text("utf-8").replace("7%", "8%"), encoding="utf-8")
    assert run_trial(trial).run != before.run


def test_the_report_says_where_a_peer_is_better(plan, trial):
    blind = Trial(
        peer=Peer(name="blind", what="finds nothing", open=lambda _: SentenceTagger(Blind())),
        fold=trial.fold,
        texts=trial.texts,
        records=plan.records,
        models=trial.models,
    )
    # Its record stands where taskner's own would.
    record = run_trial(blind)
    blind.record_path.rename(plan.records / f"{record.name}.json")
    run_trial(trial)
    entries = entries_of(plan, [trial], speeds={"taskner": 100.0, "memory": 250.0})
    assert [entry.name for entry in entries] == ["taskner", "memory"]
    lines = better(entries, ["left"])
    assert any(
        line.startswith("- **memory** in spans.METRIC: 1.000 against 0.000") for line in lines
    )
    # Fields name the units, whatever the tagger; what it finds by itself is told apart.
    assert not any("in spans.UNIT:" in line for line in lines)
    assert any("in spans.UNIT as tagged: 1.000 against 0.000" in line for line in lines)
    assert "- **memory** is 2.5 times as fast at tagging" in lines
    shown = to_markdown(entries, ["left"], ["How."])
    row = next(line for line in shown.splitlines() if line.startswith("| memory | 1.000"))
    assert row.endswith("| – | 1.000 | 250 |")
    data = to_data(entries, ["left"])
    assert data["memory"]["training"]["left"]["f1"] == 1.0
    assert set(data["memory"]["linked"]["left"]["documents"]) == set(NAMES[:2])
    assert "工业" not in json.dumps(data, ensure_ascii=False)


def test_without_records_of_its_own_nothing_is_compared(plan, trial):
    run_trial(trial)
    entries = entries_of(plan, [trial], speeds={})
    assert "not recorded" in better(entries, ["left"])[0]
    assert "**not run**" in to_markdown(entries, ["left"], [])


def test_sentences_cover_segments_without_their_gaps():
    text = "甲" * (LONGEST + 5) + "。乙，\n丙丁。戊"
    end = len(text)
    segment = Segment(start=2, end=end, field="content", context="", gaps=((end - 6, end - 5),))
    sentences = list(sentences_of(text, [segment]))
    places = [place for sentence in sentences for place in sentence.places]
    assert places == [at for at in range(2, end) if at != end - 6]
    assert all(len(one.text) == len(one.places) <= LONGEST for one in sentences)


def test_tags_give_their_spans_back(plan):
    lessons = lessons_of(marked_texts(plan.recipe).values())
    assert sum(len(lesson.spans) for lesson in lessons) == 3 * 10
    for lesson in lessons:
        assert spans_of_tags(tags_of(lesson)) == list(lesson.spans)


def test_an_inside_tag_that_continues_nothing_begins_a_span():
    tags = ["I-UNIT", "I-UNIT", "I-TARGET", "O", "I-TARGET", "B-TARGET"]
    assert spans_of_tags(tags) == [
        (0, 2, "UNIT"),
        (2, 3, "TARGET"),
        (4, 5, "TARGET"),
        (5, 6, "TARGET"),
    ]
