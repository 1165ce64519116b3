"""Folds with real trainings of a tiny encoder: recorded, gone on with, scored, calibrated."""

import json
import shutil

import pytest

from taskner.errors import ConfigError
from taskner.studies.folds import read_plan, read_record, run, to_text
from taskner.studies.protocol import read_predictions, run_protocol, score_predictions

NAMES = ("yunting", "linxi", "heshan")
SPLITS = "\n".join(f'[[fold]]\nname = "{name}"\ndocuments = ["{name}"]' for name in NAMES)


@pytest.fixture
def plan_path(tmp_path, write_recipe):
    recipe = write_recipe(epochs=2)
    corpus = recipe.parent / "corpus"
    first = corpus / "yunting.txt"
    for number, name in enumerate(NAMES[1:], start=1):
        text = first.read_text("utf-8").replace("12个", f"{number}8个")
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "splits.toml").write_text(SPLITS, encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text(f'recipe = "{recipe.name}"\nsplits = ["splits.toml"]\n', encoding="utf-8")
    return path


def test_folds_are_recorded_without_text_and_not_run_twice(plan_path, tmp_path):
    plan = read_plan(plan_path)
    records = run(plan, runs=tmp_path / "runs")
    assert [record.name for record in records] == list(NAMES)
    for record, name in zip(records, NAMES, strict=True):
        assert set(record.documents) == {name}
        assert set(record.trained_on) == set(NAMES) - {name}
        path = plan.records / f"{name}.json"
        assert "工业" not in path.read_text("utf-8")
        assert to_text(read_record(path)) == path.read_text("utf-8")
    shutil.rmtree(tmp_path / "runs")
    assert [to_text(record) for record in run(plan, runs=tmp_path / "runs")] == [
        to_text(record) for record in records
    ]
    assert not (tmp_path / "runs").exists()


def test_a_changed_text_runs_its_folds_again(plan_path, tmp_path):
    plan = read_plan(plan_path)
    before = run(plan, runs=tmp_path / "runs")
    text = tmp_path / "corpus" / "linxi.txt"
    text.write_text(text.read_text("utf-8").replace("7%", "8%"), encoding="utf-8")
    after = run(plan, runs=tmp_path / "runs")
    changed = [old.run != new.run for old, new in zip(before, after, strict=True)]
    assert changed == [True, False, True]
    with pytest.raises(ConfigError, match="is not the one that was tagged"):
        read_predictions(plan, before)


def test_the_protocol_writes_a_report_of_what_was_left_out(plan_path, tmp_path):
    plan = read_plan(plan_path)
    records = run(plan, runs=tmp_path / "runs")
    scores = score_predictions(plan, records, read_predictions(plan, records))
    assert set(scores["published"].by_document) == set(NAMES)
    folder = run_protocol(plan, runs=tmp_path / "runs", command="test")
    data = json.loads((folder / "published" / "scores.json").read_text("utf-8"))
    assert data["all"]["spans.TARGET"]["gold"] == 3 * len(NAMES)
    page = (folder / "published" / "report.html").read_text("utf-8")
    assert "规上工业增加值" not in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("recipe = 1\nsplits = ['splits.toml']", "recipe: expected a path"),
        ("recipe = 'tiny.toml'\nsplits = 'splits.toml'", "splits: expected a list"),
        ("recipe = 'tiny.toml'\nsplits = ['splits.toml']\nfolds = 3", "folds: unknown key"),
        ("recipe = ", "plan: "),
    ],
)
def test_a_wrong_plan_is_named(plan_path, text, message):
    plan_path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_plan(plan_path)


def test_a_fold_of_an_unknown_document_is_named(plan_path, tmp_path):
    (tmp_path / "splits.toml").write_text(SPLITS.replace('["linxi"]', '["else"]'), "utf-8")
    with pytest.raises(ConfigError, match="fold linxi: the recipe's corpus has no document 'else'"):
        run(read_plan(plan_path), runs=tmp_path / "runs")
