import json

import pytest

from taskner.corpus.inline import parse_marks


@pytest.fixture
def marked(gold_folder):
    return (gold_folder / "linxi.txt").read_text(encoding="utf-8")


def test_convert_there_and_back(run, tmp_path, gold_folder, marked):
    done = run("corpus", "convert", gold_folder, "--to", "label-studio", "-o", "project")
    assert (done.returncode, done.stdout) == (0, b"")
    assert sorted(path.name for path in (tmp_path / "project").iterdir()) == [
        "label-studio.json",
        "label-studio.xml",
    ]
    done = run("corpus", "convert", "project", "--to", "inline", "-o", "back")
    assert done.returncode == 0
    assert (tmp_path / "back" / "linxi.txt").read_text(encoding="utf-8") == marked
    again = run("corpus", "convert", "project", "--to", "inline", "-o", "back")
    assert again.returncode == 2
    assert b"--overwrite" in again.stderr


def test_convert_says_what_a_format_has_no_place_for(run, gold_folder):
    done = run("corpus", "convert", gold_folder, "--to", "conll", "-o", "out")
    assert done.returncode == 0
    assert "linxi: 1 link.metric lost" in done.stderr.decode()
    assert (
        run("corpus", "convert", gold_folder, "--to", "conll", "-o", "b", "--strict").returncode
        == 1
    )


def test_convert_fails_when_something_broken_was_left_out(run, tmp_path):
    record = {"text": "新建驿站3座", "label": [[2, 4, "METRIC"], [4, 6, "MONEY"]]}
    (tmp_path / "x.jsonl").write_text(json.dumps(record), encoding="utf-8")
    done = run("corpus", "convert", "x.jsonl", "--to", "inline", "-o", "out")
    assert done.returncode == 1
    assert "unknown label 'MONEY'" in done.stderr.decode()
    assert "⟦M#a|驿站⟧" in (tmp_path / "out" / "text-1.txt").read_text(encoding="utf-8")


def test_convert_fails_when_spans_that_overlap_were_left_out(run, tmp_path):
    record = {"text": "新建驿站3座", "label": [[0, 4, "METRIC"], [2, 6, "TARGET"]]}
    (tmp_path / "x.jsonl").write_text(json.dumps(record), encoding="utf-8")
    done = run("corpus", "convert", "x.jsonl", "--to", "inline", "-o", "out")
    assert done.returncode == 1
    assert "1 span lost: overlaps another mark" in done.stderr.decode()


def test_convert_to_text_takes_the_marks_away(run, tmp_path, gold_folder, marked):
    run("corpus", "convert", gold_folder / "linxi.txt", "--to", "text", "-o", "plain")
    plain = (tmp_path / "plain" / "linxi.txt").read_text(encoding="utf-8")
    assert plain == parse_marks(marked).text


def test_several_annotators_are_an_error_that_names_the_option(run, tmp_path):
    task = {
        "data": {"text": "驿站"},
        "annotations": [{"id": 1, "result": []}, {"id": 2, "result": []}],
    }
    (tmp_path / "x.json").write_text(json.dumps([task]), encoding="utf-8")
    done = run("corpus", "convert", "x.json", "--to", "inline", "-o", "out")
    assert done.returncode == 1
    assert b"--annotations latest" in done.stderr
    done = run(
        "corpus", "convert", "x.json", "--to", "inline", "-o", "out", "--annotations", "latest"
    )
    assert done.returncode == 0


def test_check_prints_a_finding_a_line(run, tmp_path, gold_folder):
    assert run("corpus", "check", gold_folder).returncode == 0
    (gold_folder / "bad.txt").write_text("甲\n⟦M#a|驿站⟧", encoding="utf-8")
    done = run("corpus", "check", gold_folder)
    assert done.returncode == 1
    (line,) = done.stdout.decode().splitlines()
    assert line.startswith(f"{gold_folder / 'bad.txt'}:2: metric: ")
    assert done.stderr == b"taskner: 1 findings\n"
    (tmp_path / "splits.toml").write_text("[[fold]]", encoding="utf-8")
    assert run("corpus", "check", gold_folder, "--splits", "splits.toml").returncode == 2


def test_standoff_and_join(run, tmp_path, gold_folder, marked):
    facts = '[linxi]\ntitle = "临溪县通知"\nissued = 2031-03-01\n'
    (tmp_path / "facts.toml").write_text(facts, encoding="utf-8")
    options = ("--to", "standoff", "-o", "standoff", "--facts", "facts.toml")
    assert run("corpus", "convert", gold_folder, *options).returncode == 0
    data = json.loads((tmp_path / "standoff" / "linxi.json").read_text(encoding="utf-8"))
    assert (data["title"], data["issued"]) == ("临溪县通知", "2031-03-01")
    notices = tmp_path / "notices"
    notices.mkdir()
    text = parse_marks(marked).text
    (notices / "saved.txt").write_bytes(text.replace("\n", "\r\n").encode("gbk"))
    assert run("corpus", "join", "standoff", "--notices", notices, "-o", "joined").returncode == 0
    assert (tmp_path / "joined" / "linxi.txt").read_text(encoding="utf-8") == marked
    (notices / "saved.txt").write_text(text.replace("15家", "16家"), encoding="utf-8")
    done = run("corpus", "join", "standoff", "--notices", notices, "-o", "other")
    assert done.returncode == 1
    assert b"begins to differ" in done.stderr
    assert run("corpus", "join", "standoff", "-o", "x", "--notices", "absent").returncode == 2


def test_a_facts_file_with_a_wrong_key_is_an_error(run, tmp_path, gold_folder):
    for facts in ("[linxi]\nyear = 2031\n", "linxi = 3\n", "[linxi]\nissued = 'soon'\n", "["):
        (tmp_path / "facts.toml").write_text(facts, encoding="utf-8")
        done = run(
            "corpus", "convert", gold_folder, "--to", "standoff", "-o", "s", "--facts", "facts.toml"
        )
        assert done.returncode == 2
        assert b"facts.toml" in done.stderr


def test_split_and_stats(run, root):
    authored = root / "corpora" / "authored"
    done = run("corpus", "split", authored, "--folds", "3", "--by", "place")
    assert done.stdout.decode().count("[[fold]]") == 3
    assert run("corpus", "split", authored, "--folds", "999").returncode == 1
    card = (root / "corpora" / "README.md").read_text(encoding="utf-8")
    assert run("corpus", "stats", authored).stdout.decode() in card
    counts = json.loads(
        run("corpus", "stats", authored / "yunxi-2025.txt", "--format", "json").stdout
    )
    assert counts["yunxi-2025"]["tasks"] == 40


def test_annotate_writes_predictions_that_open_elsewhere(run, tmp_path, notice_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = run("corpus", "annotate", notice_path, "empty.txt", "-o", "project")
    assert done.returncode == 1
    assert b"empty.txt" in done.stderr
    (task,) = json.loads((tmp_path / "project" / "label-studio.json").read_text(encoding="utf-8"))
    (prediction,) = task["predictions"]
    assert prediction["model_version"] == "RuleTagger"
    assert {item["type"] for item in prediction["result"]} == {"labels", "choices", "relation"}
    done = run("corpus", "annotate", notice_path, "--to", "inline", "-o", "marked")
    assert done.returncode == 0
    assert "15家⟧" in (tmp_path / "marked" / "通知.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "marked" / "通知.ledger.json").exists()
