import csv
import io
import json

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from taskner.records import json_schema


def records(done):
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_pipe_gets_jsonl_of_the_schema(run, notice_path):
    done = run("extract", notice_path)
    assert (done.returncode, done.stderr) == (0, b"")
    (record,) = records(done)
    Draft202012Validator(json_schema()).validate(record)
    targets = [target["text"] for task in record["tasks"] for target in task["targets"]]
    assert len(record["tasks"]) == 3
    assert targets == ["12万平方米以上", "15家", "3个"]
    assert "text" not in record["document"]


def test_with_text_makes_every_offset_a_slice(run, notice_path):
    (record,) = records(run("extract", notice_path, "--with-text"))
    text = record["document"]["text"]
    for task in record["tasks"]:
        for target in task["targets"]:
            assert text[target["start"] : target["end"]] == target["text"]


def test_a_failing_document_leaves_the_others(run, tmp_path, notice_path):
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "报告.docxx").write_bytes(b"PK")
    done = run("extract", "空.txt", "报告.docxx", "没有.txt", notice_path)
    assert done.returncode == 1
    errors = [record["error"] and record["error"]["type"] for record in records(done)]
    assert errors == ["EmptyFileError", "UnknownFormatError", "UnreadableFileError", None]
    lines = done.stderr.decode("utf-8").splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["空.txt", "报告.docxx", "没有.txt"]


def test_a_fault_of_ours_is_one_line(run, monkeypatch, notice_path):
    def fail(_notice, _spans):
        raise KeyError

    monkeypatch.setattr("taskner.pipeline.extractor.link_notice", fail)
    done = run("extract", notice_path)
    assert done.returncode == 1
    assert records(done)[0]["error"]["type"] == "UnexpectedError"
    (line,) = done.stderr.decode("utf-8").splitlines()
    assert "通知.txt" in line
    assert "please report" in line
    assert isinstance(run("--debug", "extract", notice_path).exception, KeyError)


def test_debug_shows_the_traceback(start):
    with start("--debug", "extract", "x.txt", "--model", "no-such-model") as process:
        _, messages = process.communicate(timeout=60)
    assert b"Traceback" in messages


def test_a_folder_is_its_readable_files_sorted_and_once(run, tmp_path, notice_path):
    folder = tmp_path / "notices"
    (folder / "b").mkdir(parents=True)
    for name in ("b/2.html", "b/1.txt", "a.TXT", ".hidden.txt", "~$lock.txt", "cover.png"):
        (folder / name).write_bytes(notice_path.read_bytes())
    done = run("extract", folder, folder / "a.TXT")
    assert [record["document"]["path"] for record in records(done)] == [
        str(folder / name) for name in ("a.TXT", "b/1.txt", "b/2.html")
    ]
    assert b".png" in done.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run("extract", empty)
    assert done.returncode == 1
    assert records(done)[0]["error"]["type"] == "FolderError"


def test_stdin_and_no_task(run):
    done = run("extract", "-", stdin="今天天气很好。\n".encode("gb18030"))
    assert done.returncode == 0
    assert records(done)[0]["tasks"] == []
    assert done.stderr.startswith(b"taskner: -: no task found; ")
    assert done.stderr.count(b"\n") == 1


def test_output_takes_its_format_from_the_suffix(run, tmp_path, notice_path):
    missing = tmp_path / "missing.txt"
    done = run("extract", notice_path, missing, "-o", "台账.xlsx")
    assert (done.returncode, done.stdout) == (1, b"")
    last = done.stderr.decode("utf-8").splitlines()[-1]
    wrote = "files 2 (1 failed), tasks 3, rows 3, of these 需复核 2"
    assert last == f"taskner: wrote 台账.xlsx: {wrote}"
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    assert len(book.worksheets) == 4
    assert book.worksheets[2].cell(2, 1).value == str(missing)
    done = run("extract", notice_path, "-o", "review.html")
    assert (done.returncode, done.stderr.count(b"\n")) == (0, 1)
    assert b"review.html: files 1, tasks 3" in done.stderr
    assert (tmp_path / "review.html").read_text(encoding="utf-8").startswith("<!")


def test_csv_columns_speak_the_language_asked_for(run, notice_path):
    done = run("extract", notice_path, "--format", "csv", "--lang", "en")
    rows = list(csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert rows[0][0] == "No."
    assert len(rows) == 4


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_table_is_utf8_without_colour_in_a_pipe(start, notice_path, encoding):
    arguments = ("extract", notice_path, "--format", "table")
    with start(*arguments, PYTHONIOENCODING=encoding) as process:
        shown, messages = process.communicate(timeout=60)
    assert (process.returncode, messages) == (0, b"")
    assert "口袋公园" in shown.decode("utf-8")
    assert b"\x1b" not in shown


def test_messages_carry_no_control_characters(run, tmp_path):
    path = tmp_path / "\x1b[31m红.txt"
    path.write_bytes(b"")
    done = run("extract", path)
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "通知.txt", "-o", "ledger.pdf"),
        ("extract", "通知.txt", "-o", "nowhere/ledger.csv"),
        ("extract", "通知.txt", "-o", "通知.txt", "--format", "csv"),
        ("extract", "通知.txt", "-o", "ledger.xlsx", "--format", "csv"),
        ("extract", "通知.txt", "--format", "csv", "--with-text"),
        ("extract", "通知.txt", "--model", "no-such-model"),
        ("extract", "通知.txt", "--threads", "-1"),
        ("no-such-command",),
    ],
)
def test_wrong_use_is_2_and_changes_nothing(run, notice_path, arguments):
    before = notice_path.read_bytes()
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
    assert done.stderr
    assert notice_path.read_bytes() == before


def test_a_closed_pipe_is_quiet(start, notice_path):
    with start("extract", notice_path) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_an_interrupt_is_one_line(run, monkeypatch, notice_path):
    def interrupt(_notice, _spans):
        raise KeyboardInterrupt

    monkeypatch.setattr("taskner.pipeline.extractor.link_notice", interrupt)
    done = run("extract", notice_path)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr == b"taskner: interrupted\n"


def test_limits_come_from_a_file(run, tmp_path, notice_path):
    (tmp_path / "limits.toml").write_text("max_bytes = 10\n", encoding="utf-8")
    for command in ("extract", "read"):
        done = run(command, notice_path, "--limits", "limits.toml")
        assert done.returncode == 1
        assert b"the limit is max_bytes = 10" in done.stderr
    done = run("extract", "-", "--limits", "limits.toml", stdin=b"a" * 11)
    assert records(done)[0]["error"]["type"] == "OverLimitError"
    (tmp_path / "limits.toml").write_text("max_byte = 10\n", encoding="utf-8")
    for command in ("extract", "read"):
        done = run(command, notice_path, "--limits", "limits.toml")
        assert done.returncode == 2
        assert b"limits.toml: limits.max_byte: unknown key" in done.stderr
