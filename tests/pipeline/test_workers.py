import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from multiprocessing import spawn
from pathlib import Path

import psutil
import pytest

import hostile_inputs
import taskner
from hostile_inputs import TEXT, hostile
from taskner.errors import (
    EmptyFileError,
    ReadCrashError,
    ReadMemoryError,
    ReadTimeoutError,
    UnknownFormatError,
    UnreadableFileError,
    WorkerStartError,
)
from taskner.exporters import Failure
from taskner.pipeline import Content
from taskner.pipeline.reading import read_many_here
from taskner.pipeline.workers import read_many
from taskner.readers import ReaderConfig
from taskner.types import Notice

GOOD = Content(name="gut.txt", data=TEXT.encode())
SOURCE = str(Path(taskner.__file__).parents[1])


def outcomes(inputs, **limits):
    return [outcome for _, outcome in read_many(inputs, limits=ReaderConfig(**limits))]


def n_tasks(notice):
    assert isinstance(notice, Notice)
    return len(notice.tasks)


def wait_until(condition, *, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def files(tmp_path):
    paths = []
    for number in range(5):
        path = tmp_path / f"{number}.txt"
        path.write_text(TEXT + f"2.新建绿道{number + 1}公里。\n", encoding="utf-8")
        paths.append(path)
    return paths


def test_results_come_in_order_and_are_those_of_this_process(files, tmp_path):
    (tmp_path / "leer.txt").write_bytes(b"")
    inputs = [*files, tmp_path / "leer.txt", tmp_path / "x.zip", tmp_path / "fort.txt", GOOD]
    (tmp_path / "x.zip").write_bytes(b"PK")
    here = list(read_many_here(inputs, limits=ReaderConfig()))
    there = list(read_many(inputs, limits=ReaderConfig()))
    assert [source for source, _ in there] == inputs
    assert [one for _, one in there if isinstance(one, Notice)] == [
        one for _, one in here if isinstance(one, Notice)
    ]
    errors = [one for _, one in there if isinstance(one, Exception)]
    assert [type(one) for one in errors] == [
        EmptyFileError,
        UnknownFormatError,
        UnreadableFileError,
    ]
    assert [str(one) for one in errors] == [str(o) for _, o in here if isinstance(o, Exception)]


@pytest.mark.parametrize(
    ("function", "detail"),
    [(hostile_inputs.crash, "Aborted"), (hostile_inputs.leave, "exit code 3")],
)
def test_a_crash_costs_one_file(function, detail):
    before, crashed, after = outcomes([GOOD, hostile(function), GOOD])
    assert n_tasks(before) == n_tasks(after) == 1
    assert isinstance(crashed, ReadCrashError)
    assert detail in str(crashed)


def test_a_hang_is_ended_with_everything_it_started(tmp_path):
    noted = tmp_path / "pid"
    began = time.monotonic()
    hung, after = outcomes([hostile(hostile_inputs.hang_in_a_child, noted), GOOD], max_seconds=3.0)
    assert isinstance(hung, ReadTimeoutError)
    assert "max_seconds = 3.0" in str(hung)
    assert n_tasks(after) == 1
    assert time.monotonic() - began < 60
    pid = int(noted.read_text("ascii"))
    wait_until(lambda: not psutil.pid_exists(pid))


def test_memory_is_limited_and_what_fits_is_read():
    million = 1_000_000
    swollen, fits, after = outcomes(
        [
            hostile(hostile_inputs.swell, 2_000 * million),
            hostile(hostile_inputs.swell, million),
            GOOD,
        ],
        max_memory=200 * million,
    )
    assert isinstance(swollen, ReadMemoryError)
    assert "max_memory = 200000000" in str(swollen)
    assert n_tasks(fits) == n_tasks(after) == 1


def test_a_file_that_needs_more_memory_than_allowed_is_an_error(tmp_path):
    path = tmp_path / "groß.txt"
    path.write_text(TEXT * 400_000, encoding="utf-8")
    large, after = outcomes([path, GOOD], max_memory=60_000_000)
    assert isinstance(large, ReadMemoryError)
    assert n_tasks(after) == 1


def test_what_libraries_print_does_not_reach_the_answers(capfd):
    loud, after = outcomes([hostile(hostile_inputs.print_much), GOOD])
    assert n_tasks(loud) == n_tasks(after) == 1
    assert capfd.readouterr() == ("", "")


def test_a_worker_that_died_between_files_is_replaced(files):
    results = read_many(files, limits=ReaderConfig())
    next(results)
    (worker,) = psutil.Process().children()
    time.sleep(0.5)  # it has read the next one too, and waits
    worker.kill()
    wait_until(lambda: worker.status() == psutil.STATUS_ZOMBIE)
    assert [n_tasks(notice) for _, notice in results] == [2] * 4


def test_inputs_are_taken_one_ahead():
    taken = []

    def inputs():
        for number in range(6):
            taken.append(number)
            yield GOOD

    for number, _ in enumerate(read_many(inputs(), limits=ReaderConfig()), start=1):
        assert len(taken) <= number + 1


def test_stopping_early_leaves_no_process(files):
    results = read_many(itertools.cycle(files), limits=ReaderConfig())
    next(results)
    (worker,) = psutil.Process().children()
    results.close()
    assert not worker.is_running()
    assert psutil.Process().children() == []


def test_a_worker_that_cannot_start_is_one_error(monkeypatch, tmp_path):
    previous = spawn.get_executable()
    for executable, detail in (("/bin/false", "exit code 1"), (tmp_path / "keins", "No such file")):
        multiprocessing.set_executable(str(executable))
        try:
            with pytest.raises(WorkerStartError, match=detail):
                outcomes([GOOD])
        finally:
            multiprocessing.set_executable(previous)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(WorkerStartError, match="No module named"):
        outcomes([GOOD])


SCRIPT = """
import sys
import taskner
print([len(notice.tasks) for notice in taskner.load("rules").extract_many(sys.argv[1:])])
"""


@pytest.mark.parametrize("how", ["file", "stdin", "argument"])
def test_any_main_may_use_it(files, tmp_path, how):
    # No main guard, no main file: multiprocessing would run the script again or fail.
    script = tmp_path / "skript.py"
    script.write_text(SCRIPT, encoding="utf-8")
    arguments = {"file": [str(script)], "stdin": ["-"], "argument": ["-c", SCRIPT]}[how]
    done = subprocess.run(
        [sys.executable, *arguments, *map(str, files[:2])],
        input=SCRIPT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )
    assert (done.stdout, done.stderr) == ("[2, 2]\n", "")


def test_a_module_of_the_working_folder_is_not_imported(files, tmp_path):
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT, str(files[0])],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )
    assert (done.stdout, done.stderr) == ("[2]\n", "")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupt_leaves_no_orphan(tmp_path, how):
    # What a shell starts in the background, a test run say, ignores interrupts.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import hostile_inputs as h; from taskner.pipeline.workers import read_many\n"
        "from taskner.readers import ReaderConfig\n"
        f"list(read_many([h.hostile(h.hang_in_a_child, {str(tmp_path / 'pid')!r})],"
        " limits=ReaderConfig()))"
    )
    tests = str(Path(hostile_inputs.__file__).parent)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": f"{SOURCE}:{tests}"},
    ) as process:
        wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text("ascii"))
        (worker,) = psutil.Process(process.pid).children()
        (child,) = worker.children()
        process.send_signal(how)
        assert process.wait(60) != 0
    wait_until(lambda: not worker.is_running())
    if how is signal.SIGINT:
        wait_until(lambda: not child.is_running())
    elif child.is_running():
        child.kill()  # only the kernel could end it; it is a program that ends by itself


def test_a_batch_goes_on_and_ends_as_many_as_it_began(files, tmp_path):
    extractor = taskner.load("rules", limits=ReaderConfig(max_bytes=1_000))
    (tmp_path / "groß.txt").write_text(TEXT * 100, encoding="utf-8")
    inputs = [files[0], hostile(hostile_inputs.crash), tmp_path / "groß.txt", GOOD, files[1]]
    results = list(extractor.extract_many(inputs))
    kinds = [type(r.error).__name__ if isinstance(r, Failure) else "Notice" for r in results]
    assert kinds == ["Notice", "ReadCrashError", "OverLimitError", "Notice", "Notice"]
    assert [r.path for r in results if isinstance(r, Failure)] == [
        "crash",
        str(tmp_path / "groß.txt"),
    ]
    assert len(results[0].tasks[0].targets) == 1


def test_a_faulty_tagger_costs_one_document_each(files):
    class Faulty:
        def tag(self, document, _segments):
            if document.id == "0":
                raise KeyError(document.id)
            return ()

    extractor = taskner.Extractor(Faulty())
    first, second = extractor.extract_many(files[:2])
    assert first.error.kind == "KeyError"
    assert n_tasks(second) == 2
    with pytest.raises(KeyError):
        list(extractor.extract_many(files[:2], isolated=False))
