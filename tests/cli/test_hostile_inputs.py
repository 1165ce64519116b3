"""Folders, names and places that somebody arranged to do harm, or that just happen."""

import csv
import io
import json
import os
import stat
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

import taskner
from taskner.cli.console import escaped, without_controls
from taskner.cli.inputs import list_inputs
from taskner.errors import OutputError, UnreadableFileError
from taskner.output_files import check_writable
from taskner.readers import read


def paths_of(done):
    return [json.loads(line)["document"]["path"] for line in done.stdout.decode().splitlines()]


def errors_of(done):
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return {r["document"]["path"]: r["error"]["message"] for r in records if r["error"]}


@pytest.fixture
def folder(tmp_path, notice_path):
    """A folder with one good notice, away from which there is another one."""
    folder = tmp_path / "通知"
    folder.mkdir()
    (folder / "甲.txt").write_bytes(notice_path.read_bytes())
    return folder


def test_what_a_folder_holds_besides_is_counted_and_said(run, folder):
    for name in ("a.png", "b.PNG", "c.zip", "没有后缀", "~$甲.docx", ".DS_Store", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "notice.txt").write_bytes(b"x")
    done = run("extract", folder)
    assert (done.returncode, paths_of(done)) == (0, [str(folder / "甲.txt")])
    assert done.stderr.decode() == (
        f"taskner: {folder}: left out: 4 of other types (.png 2, .zip 1, no suffix 1); "
        "4 hidden or lock files\n"
    )


def test_links_are_followed_inside_the_folder_only(run, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "秘密.txt").write_bytes((folder / "甲.txt").read_bytes())
    (folder / "b").mkdir()
    (folder / ".store").mkdir()
    (folder / ".store" / "v3.txt").write_bytes((folder / "甲.txt").read_bytes())
    (folder / "out.txt").symlink_to(outside / "秘密.txt")
    (folder / "outdir").symlink_to(outside)
    (folder / "0.txt").symlink_to("甲.txt")  # known by its own name already
    (folder / "current.txt").symlink_to(".store/v3.txt")
    (folder / "b" / "loop").symlink_to("..")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "nowhere.txt").symlink_to("absent.txt")
    done = run("extract", folder)
    assert paths_of(done) == [str(folder / "current.txt"), str(folder / "甲.txt")]
    assert (
        "5 links that lead elsewhere or nowhere (b/loop, nowhere.txt, out.txt, outdir, self.txt)"
        in done.stderr.decode()
    )
    # What a person names is read, wherever it leads.
    assert run("extract", folder / "out.txt", folder / "outdir").returncode == 0
    assert run("extract", folder / "self.txt").returncode == 1


def test_pipes_and_devices_are_left_out_or_refused(run, folder):
    os.mkfifo(folder / "pipe.txt")
    done = run("extract", folder)
    assert (done.returncode, paths_of(done)) == (0, [str(folder / "甲.txt")])
    assert b"1 pipes or devices (pipe.txt)" in done.stderr
    began = time.monotonic()
    done = run("extract", folder / "pipe.txt", "/dev/zero")
    assert done.returncode == 1
    assert all("it is no regular file" in message for message in errors_of(done).values())
    assert len(errors_of(done)) == 2
    assert time.monotonic() - began < 60


def test_a_file_that_vanishes_is_one_error(run, folder, monkeypatch):
    gone = folder / "走.txt"
    gone.write_bytes((folder / "甲.txt").read_bytes())
    write = taskner.pipeline.extractor.link_notice

    def vanish(notice, spans):
        gone.unlink(missing_ok=True)
        return write(notice, spans)

    (folder / "乙.txt").write_bytes((folder / "甲.txt").read_bytes())
    monkeypatch.setattr("taskner.pipeline.extractor.link_notice", vanish)
    done = run("extract", folder / "甲.txt", folder / "乙.txt", gone)
    assert done.returncode == 1
    assert "there is no such file" in errors_of(done)[str(gone)]


@contextmanager
def permissions_hold():
    """Although who runs the tests may be root."""
    user = os.geteuid()
    os.seteuid(user or 65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_what_may_not_be_opened_is_an_error_and_not_silence():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "zu").mkdir()
        (folder / "zu" / "notice.txt").write_bytes(b"x")
        (folder / "geheim.txt").write_bytes(b"x")
        (folder / "zu").chmod(0)
        (folder / "geheim.txt").chmod(0)
        with permissions_hold():
            listed = list_inputs([name])
            for path in listed:
                with pytest.raises(UnreadableFileError, match="Permission denied"):
                    read(path)
            for path in (folder / "zu" / "a.csv", folder / "geheim.txt"):
                with pytest.raises(OutputError, match="Permission denied"):
                    check_writable(path)
        (folder / "zu").chmod(0o755)
    assert listed == [str(folder / "geheim.txt"), str(folder / "zu")]


NAMES = [
    b"\x1b[2J\x1b]0;x\x07.txt",
    b"zwei\nZeilen.txt",
    b"\xff\xfe\xc4.txt",
    "\u202egpj.txt".encode(),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "html", "table", "json"])
def test_no_name_reaches_a_terminal_or_breaks_an_export(run, folder, name, form):
    for bad in (name, b"leer-" + name):
        content = (folder / "甲.txt").read_bytes() if bad == name else b""
        (folder / os.fsdecode(bad)).write_bytes(content)
    done = run("extract", folder, "--format", form)
    assert done.returncode == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    shown = done.stderr.decode("utf-8")
    assert len(shown.splitlines()) == 1
    assert shown[:-1].isprintable()
    if form != "xlsx":
        text = done.stdout.decode("utf-8")
        assert not {"\x1b", "\x07"} & set(text)
    if form == "jsonl":
        assert os.fsencode(folder) + b"/" + name in map(os.fsencode, paths_of(done))
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"))))) == 7
    if form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(done.stdout)).worksheets[2].max_row == 2


def test_names_are_shown_escaped():
    assert escaped("a\x1b[31m\n\u202e通知\u3000 \udcff.txt") == (
        "a\\x1b[31m\\n\\u202e通知\u3000 \\xff.txt"
    )
    assert without_controls("甲\x1b[2J\n\t乙\u202e") == "甲\ufffd[2J\n\t乙\ufffd"


def test_wrong_use_shows_no_controls_either(run, notice_path):
    for arguments in (("-o", "\x1b[2J.pdf"), ("--format", "\x1b[2J"), ("--\x1b[2J",)):
        done = run("extract", notice_path, *arguments)
        assert done.returncode == 2
        assert b"\x1b" not in done.stderr


def test_the_output_is_whole_or_not_there(run, folder, monkeypatch, tmp_path):
    output = tmp_path / "台账.jsonl"
    output.write_text("vorher", encoding="utf-8")
    output.chmod(0o640)
    before = sorted(path.name for path in tmp_path.iterdir())

    def interrupt(_notice, _spans):
        # What is written so far stands elsewhere.
        assert output.read_text(encoding="utf-8") == "vorher"
        raise KeyboardInterrupt

    for suffix in (".jsonl", ".xlsx"):
        with monkeypatch.context() as patch:
            patch.setattr("taskner.pipeline.extractor.link_notice", interrupt)
            assert run("extract", folder, "-o", output.with_suffix(suffix)).returncode == 130
        assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert run("extract", folder, "-o", output).returncode == 0
    assert json.loads(output.read_text(encoding="utf-8"))["schema"] == "taskner/1"
    assert stat.S_IMODE(output.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_is_found_before_the_work(run, folder, monkeypatch):
    def work(*_arguments, **_options):
        pytest.fail("the work began")

    monkeypatch.setattr("taskner.pipeline.load", work)
    for place in (folder, folder / "fehlt" / "a.csv", "/proc/a.csv", "/dev/full/a.csv"):
        done = run("extract", folder, "-o", place, "--format", "csv")
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1
        assert b"cannot be written" in done.stderr


def test_links_and_devices_are_written_to_and_stay(run, folder, tmp_path):
    (tmp_path / "heute.csv").symlink_to("2031.csv")
    assert run("extract", folder, "-o", "heute.csv").returncode == 0
    assert (tmp_path / "heute.csv").is_symlink()
    assert (tmp_path / "2031.csv").stat().st_size > 100
    assert run("extract", folder, "-o", "/dev/null", "--format", "csv").returncode == 0
    assert Path("/dev/null").is_char_device()
    done = run("extract", folder, "-o", "/dev/full", "--format", "csv")
    assert done.returncode == 2
    assert b"/dev/full: cannot be written (No space left" in done.stderr


def test_the_ledger_of_an_earlier_run_is_no_input(run, folder):
    output = folder / "台账.xlsx"
    for _ in range(2):
        assert run("extract", folder, "-o", output).returncode == 0
        book = openpyxl.load_workbook(output)
        assert len(book.worksheets) == 3
    assert b"the output" in run("extract", folder, "-o", output).stderr
    assert run("extract", output, "-o", output).returncode == 2
