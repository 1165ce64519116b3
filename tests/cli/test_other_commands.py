import hashlib
import json
import shutil

import pytest

from taskner import __version__
from taskner.corpus.inline import parse_marks
from taskner.tagging.decode import TAGS


def test_read_prints_the_text_offsets_count_in(run, tmp_path, notice_path):
    done = run("read", notice_path)
    assert done.stdout.decode("utf-8") == notice_path.read_text(encoding="utf-8")
    page = "<html><body><h1>通知</h1><p>新建公园3个</p></body></html>"
    assert "新建公园3个" in run("read", "-", stdin=page.encode()).stdout.decode("utf-8")
    assert run("read", notice_path, "-o", "text.txt").stdout == b""
    assert (tmp_path / "text.txt").read_bytes() == done.stdout


def test_read_of_a_damaged_file_is_one_line(run, tmp_path):
    (tmp_path / "x.txt").write_bytes(bytes(range(128, 256)) * 40)
    done = run("read", "x.txt")
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


def test_evaluate_scores_and_reports(run, tmp_path, gold_folder):
    done = run("evaluate", gold_folder, "--report", "scores", "--fail-under", "spans.TARGET=1")
    assert (done.returncode, done.stderr) == (0, b"")
    scores = json.loads(done.stdout)
    assert scores["model"] == "RuleTagger"
    assert scores["documents"]["linxi"]["spans.METRIC"]["f1"] == 1.0
    written = json.loads((tmp_path / "scores" / "scores.json").read_bytes())
    assert {key: written[key] for key in scores} == scores
    assert (tmp_path / "scores" / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert "| spans.METRIC | 1.000" in (tmp_path / "scores" / "report.md").read_text("utf-8")


def test_evaluate_scores_records_as_it_scores_the_model_that_made_them(run, tmp_path, gold_folder):
    own = json.loads(run("evaluate", gold_folder).stdout)
    marked = (gold_folder / "linxi.txt").read_text("utf-8")
    (tmp_path / "linxi.txt").write_text(parse_marks(marked).text, encoding="utf-8")
    (tmp_path / "records.jsonl").write_bytes(
        run("extract", "linxi.txt", "--format", "jsonl").stdout
    )
    other = json.loads(run("evaluate", gold_folder, "--predictions", "records.jsonl").stdout)
    assert other["documents"] == own["documents"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda record: record["document"].update(id="else"), "no record of gold document 'linxi'"),
        (lambda record: record["document"].update(text_sha256="0"), "text_sha256 differs"),
        (lambda record: record["tasks"][0]["targets"][0].update(start=0), "is of another text"),
        (lambda record: record.update(schema="other/1"), "expected 'taskner/1'"),
        (lambda record: record.update(error={"type": "ReadError", "message": "no"}), "failed"),
        (lambda record: record.update(document=None), "no document"),
    ],
)
def test_records_that_do_not_fit_their_gold_are_named(run, tmp_path, gold_folder, change, message):
    marked = (gold_folder / "linxi.txt").read_text("utf-8")
    (tmp_path / "linxi.txt").write_text(parse_marks(marked).text, encoding="utf-8")
    record = json.loads(run("extract", "linxi.txt", "--format", "jsonl").stdout)
    change(record)
    (tmp_path / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    done = run("evaluate", gold_folder, "--predictions", "records.jsonl")
    assert done.returncode == 1
    assert message in done.stderr.decode("utf-8")


def test_evaluate_compares_with_earlier_scores(run, tmp_path, gold_folder):
    marked = (gold_folder / "linxi.txt").read_text("utf-8")
    (gold_folder / "second.txt").write_text(marked.replace("15家", "16家"), encoding="utf-8")
    run("evaluate", gold_folder, "--report", "before")
    done = run("evaluate", gold_folder, "--report", "after", "--compare", "before/scores.json")
    assert (done.returncode, done.stderr) == (0, b"")
    report = (tmp_path / "after" / "report.md").read_text("utf-8")
    assert "| spans.METRIC | +0.0000 |" in report
    (gold_folder / "second.txt").unlink()
    done = run("evaluate", gold_folder, "--report", "after", "--compare", "before/scores.json")
    assert done.returncode == 1
    assert b"scored for one system only" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--with-text",),
        ("--compare", "x.json"),
        ("--model", "rules", "--predictions", "x.jsonl"),
        ("--calibrate", "model"),
        ("--protocol", "plan.toml"),
    ],
)
def test_evaluate_refuses_options_that_do_not_go_together(run, gold_folder, options):
    assert run("evaluate", gold_folder, *options).returncode == 2


def test_evaluate_prints_a_table(run, gold_folder):
    shown = run("evaluate", gold_folder, "--format", "table").stdout.decode("utf-8")
    assert [line.split()[0] for line in shown.splitlines() if "1.000" in line] == ["linxi", "all"]


@pytest.mark.parametrize(
    ("floor", "code", "message"),
    [
        ("rows=.5", 1, b"rows was not measured"),
        ("spans.DEADLINE=.5", 1, b"spans.DEADLINE was not measured"),
        ("rows", 2, b"MEASURE=F1"),
        ("lines=.5", 2, b"MEASURE=F1"),
        ("rows=50", 2, b"MEASURE=F1"),
        ("rows=nan", 2, b"MEASURE=F1"),
    ],
)
def test_evaluate_holds_to_floors(run, gold_folder, floor, code, message):
    done = run("evaluate", gold_folder, "--fail-under", floor)
    assert done.returncode == code
    assert message in done.stderr


def test_evaluate_names_what_is_wrong_with_gold(run, tmp_path, gold_folder):
    (gold_folder / "broken.txt").write_text("新建⟦M#a|公园", encoding="utf-8")
    done = run("evaluate", gold_folder)
    assert done.returncode == 1
    assert b"broken.txt:1: " in done.stderr
    (gold_folder / "broken.txt").unlink()
    (tmp_path / "linxi.txt").write_text("另一份⟦U|县教育局⟧", encoding="utf-8")
    done = run("evaluate", gold_folder, tmp_path / "linxi.txt")
    assert done.returncode == 1
    assert b"rename one of them" in done.stderr


def test_train_checks_the_recipe_and_the_extra(run, tmp_path, root, monkeypatch):
    (tmp_path / "bad.toml").write_text("name = 'x'\nepoch = 3\n", encoding="utf-8")
    done = run("train", "bad.toml")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    monkeypatch.setattr("taskner.cli.train.find_spec", lambda name: None if name == "torch" else 1)
    # The recipe is looked at first: nothing that takes long loads for one that is not there.
    done = run("train", "missing.toml")
    assert done.returncode == 2
    assert done.stderr.startswith(b"taskner: missing.toml: file: cannot be read")
    done = run("train", root / "training" / "recipes" / "default.toml")
    assert done.returncode == 2
    assert done.stderr == b"taskner: taskner train needs torch: pip install 'taskner[train]'\n"


def test_model_show_checks_every_file(run, tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    weights = b"weights"
    (folder / "model.int8.onnx").write_bytes(weights)
    manifest = {
        "schema": "taskner-model/1",
        "name": "small",
        "version": "1.2",
        "taskner": f">={__version__}",
        "labels": list(TAGS),
        "base": {"name": "e5", "licence": "MIT"},
        "files": {"model.int8.onnx": hashlib.sha256(weights).hexdigest()},
        "scores": {"summary": {"spans": 0.9}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    shown = run("model", "show", folder).stdout.decode("utf-8")
    for part in ("small 1.2", "UNIT, METRIC, TARGET, DEADLINE", "e5 (MIT)", "7 bytes", "0.9"):
        assert part in shown
    (folder / "model.int8.onnx").write_bytes(b"changed")
    done = run("model", "show", folder)
    assert done.returncode == 2
    assert b"model.int8.onnx is damaged" in done.stderr
    assert run("model", "show", "absent").returncode == 2


def test_model_show_tells_what_a_wheel_leaves_out(run, root, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(root / "models" / "taskner-small", folder)
    (folder / "model.safetensors").unlink()
    done = run("model", "show", folder)
    assert done.returncode == 0
    assert "model.safetensors  not here" in done.stdout.decode("utf-8")
    (folder / "tokenizer.json").unlink()
    assert run("model", "show", folder).returncode == 2


def test_model_list_names_the_rules(run):
    assert b"rules\t" in run("model", "list").stdout
    assert b"rules, word lists" in run("model", "show", "rules").stdout


def test_version(run):
    assert run("--version").stdout.decode() == f"taskner {__version__}\n"


def test_a_text_without_marks_is_no_gold(run, tmp_path):
    (tmp_path / "plain.txt").write_text("1.新建驿站3个。\n", encoding="utf-8")
    done = run("evaluate", tmp_path / "plain.txt", "--model", "rules")
    assert done.returncode == 1
    assert b"has neither marks nor a ledger" in done.stderr
    assert done.stdout == b""
