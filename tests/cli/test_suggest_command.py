"""The command that lists what to annotate next."""

import csv
import io
import json

import pytest

from taskner.corpus.inline import parse_marks


@pytest.fixture
def with_model(monkeypatch, extractor):
    """Let the command have the model that ships, which another test opened."""
    monkeypatch.setattr("taskner.pipeline.load", lambda *_, **__: extractor)


@pytest.mark.usefixtures("with_model")
def test_pipe_gets_a_line_for_each_item(run, tmp_path, notice_path):
    (tmp_path / "空.txt").write_bytes(b"")
    done = run("suggest", "空.txt", notice_path, "--items", "2")
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [row["rank"] for row in rows] == [1, 2]
    assert all(row["document"] == str(notice_path) and row["number"] for row in rows)
    assert "text" not in rows[0]
    (line,) = done.stderr.decode().splitlines()
    assert "空.txt" in line


@pytest.mark.usefixtures("with_model")
def test_list_in_a_file_and_marks_in_a_folder(run, tmp_path, notice_path):
    arguments = ("--debug", "suggest", notice_path, "--items", 1, "--with-text", "--lang", "en")
    done = run(*arguments, "-o", "next.csv", "--marks", "marked")
    assert (done.returncode, done.stdout) == (0, b"")
    data = (tmp_path / "next.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(data, newline=""))
    marked = parse_marks((tmp_path / "marked" / "通知.txt").read_text(encoding="utf-8"))
    assert all(line in marked.text for line in row["text"].split("\n"))
    assert marked.spans
    assert "1 suggestions, 1 files in marked" in done.stderr.decode()
    again = run(*arguments[1:], "--marks", "marked")
    assert again.returncode == 2
    assert b"--overwrite" in again.stderr


@pytest.mark.usefixtures("with_model")
def test_table_of_notices(run, notice_path):
    done = run("--debug", "suggest", notice_path.name, "--by", "notice", "--format", "table")
    assert done.returncode == 0
    assert "通知.txt" in done.stdout.decode().replace("\n", "")


@pytest.mark.usefixtures("with_model")
def test_a_folder_without_notices_is_an_error(run, tmp_path):
    (tmp_path / "empty").mkdir()
    done = run("suggest", "empty")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "empty" in done.stderr.decode()


def test_a_model_without_probabilities_is_refused(run, notice_path):
    done = run("suggest", notice_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "taskner model list" in done.stderr.decode()


def test_a_suffix_that_names_no_format_is_refused(run, notice_path):
    done = run("suggest", notice_path, "-o", "next.docx")
    assert done.returncode == 2
    assert b".csv" in done.stderr


def test_the_list_is_not_written_over_a_notice(run, notice_path):
    before = notice_path.read_bytes()
    done = run("suggest", notice_path, "-o", notice_path, "--format", "jsonl")
    assert done.returncode == 2
    assert notice_path.read_bytes() == before
