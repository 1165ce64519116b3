"""Folds with real trainings of a tiny encoder: recorded, gone on with, scored, reported."""

import json

import pytest

from taskner.errors import ConfigError, CorpusError, MarksError
from taskner.studies.fold_records import read_record, to_text
from taskner.studies.folds import read_plan, run
from taskner.studies.protocol import read_predictions, run_protocol
from taskner.studies.two_plans import score_both, to_markdown
from tiny_encoder import MARKED

# In one process, for the trainings they share.
pytestmark = pytest.mark.xdist_group("folds")
NAMES = ("yunting", "linxi")
SPLITS = "\n".join(f'[[fold]]\nname = "{name}"\ndocuments = ["{name}"]' for name in NAMES)


def write_plan(folder, base):
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, name in enumerate(NAMES, start=1):
        text = MARKED.replace("12个", f"{number}8个")
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "splits.toml").write_text(SPLITS, encoding="utf-8")
    (folder / "tiny.toml").write_text(
        'name = "tiny"\nversion = "0.0.1"\n[corpus]\nmarked = ["corpus"]\n'
        f'[base]\nsource = "{base}"\n[fit]\nepochs = 1\nbatch_size = 2\n',
        encoding="utf-8",
    )
    path = folder / "plan.toml"
    path.write_text('recipe = "tiny.toml"\nsplits = ["splits.toml"]\n', encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def finished(tmp_path_factory, tiny_base):
    """A plan whose two folds are trained, and their records."""
    folder = tmp_path_factory.mktemp("finished")
    plan = read_plan(write_plan(folder, tiny_base))
    return plan, run(plan, runs=folder / "runs")


@pytest.fixture
def plan_path(tmp_path, tiny_base):
    return write_plan(tmp_path, tiny_base)


def test_folds_are_recorded_without_text_and_not_run_twice(finished, tmp_path):
    plan, records = finished
    assert [record.name for record in records] == list(NAMES)
    for record, name in zip(records, NAMES, strict=True):
        assert set(record.documents) == {name}
        assert set(record.trained_on) == set(NAMES) - {name}
        path = plan.records / f"{name}.json"
        assert "工业" not in path.read_text("utf-8")
        assert to_text(read_record(path)) == path.read_text("utf-8")
    again = run(plan, runs=tmp_path / "runs")
    assert [to_text(record) for record in again] == [to_text(record) for record in records]
    assert not (tmp_path / "runs").exists()


def test_the_protocol_writes_a_report_of_what_was_left_out(finished, tmp_path):
    plan, _ = finished
    folder = run_protocol(plan, runs=tmp_path / "runs", command="test")
    data = json.loads((folder / "published" / "scores.json").read_text("utf-8"))
    assert set(data["documents"]) == set(NAMES)
    assert data["all"]["spans.TARGET"]["gold"] == 3 * len(NAMES)
    page = (folder / "published" / "report.html").read_text("utf-8")
    assert "规上工业增加值" not in page


def test_a_text_that_changed_is_not_scored_with_old_records(finished, plan_path):
    _, records = finished
    text = plan_path.parent / "corpus" / "linxi.txt"
    text.write_text(text.read_text("utf-8").replace("7%", "8%"), encoding="utf-8")
    with pytest.raises(ConfigError, match="is not the one that was tagged"):
        read_predictions(read_plan(plan_path), records)


def test_a_changed_text_runs_the_folds_that_learned_from_it_again(plan_path, finished, caplog):
    _, before = finished
    plan = read_plan(plan_path)
    plan.records.mkdir(parents=True)
    for record in before:
        (plan.records / f"{record.name}.json").write_text(to_text(record), encoding="utf-8")
    text = plan_path.parent / "corpus" / "yunting.txt"
    # A change that stops the training at once: what is tested is which fold is run.
    text.write_text(text.read_text("utf-8") + "⟦U|", encoding="utf-8")
    caplog.set_level("INFO", logger="taskner.studies.folds")
    with pytest.raises(MarksError, match=r"yunting\.txt"):
        run(plan, runs=plan_path.parent / "runs")
    said = [record.getMessage() for record in caplog.records if record.name.endswith(".folds")]
    assert said == ["fold 2 of 2: linxi"]
    assert (plan.records / "linxi.json").read_text("utf-8") == to_text(before[1])


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


def test_a_fold_of_an_unknown_document_is_named_before_anything_is_trained(plan_path):
    (plan_path.parent / "splits.toml").write_text(SPLITS.replace('["linxi"]', '["else"]'), "utf-8")
    with pytest.raises(ConfigError, match="fold linxi: the recipe's corpus has no document 'else'"):
        run(read_plan(plan_path), runs=plan_path.parent / "runs")
    assert not (plan_path.parent / "runs").exists()


def test_only_what_is_recorded_is_reported_where_nothing_may_be_trained(finished, tmp_path):
    plan, records = finished
    recorded = run(plan, runs=tmp_path, trains=False)
    assert [to_text(record) for record in recorded] == [to_text(record) for record in records]
    other = write_plan(tmp_path, plan.recipe.base.source)
    with pytest.raises(CorpusError, match="without --recorded"):
        run(read_plan(other), runs=tmp_path, trains=False)


def test_a_plan_beside_itself_changes_nothing(finished):
    plan, _ = finished
    before, after = score_both(plan, plan)
    assert sorted(before) == sorted(NAMES)
    text = to_markdown(("a", "b"), before, after, {"command": "x"})
    rows = [line for line in text.splitlines() if line.startswith("| spans.TARGET |")]
    assert rows[0].split(" | ")[3] == "+0.000"
