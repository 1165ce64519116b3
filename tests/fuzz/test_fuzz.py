"""The fuzzer: damage that comes again, what counts as a finding, the report."""

import json
import random
from pathlib import Path

import pytest

from fuzz.fuzz import LIMITS, judge, main, read
from fuzz.mutations import mutate
from fuzz.seeds import READERS, seeds
from taskner.errors import EmptyFileError, ReadCrashError, UnexpectedError
from taskner.pipeline import Content
from taskner.pipeline.workers import ReaderWorker

FOUND = sorted((Path(__file__).parent / "findings").iterdir())


@pytest.mark.parametrize("reader", READERS)
def test_damage_comes_again_and_differs(reader):
    files = seeds(reader, with_office=False)[:3]
    first, again = (
        [mutate(reader, data, files, rng) for data in files for _ in range(5)]
        for rng in (random.Random(1), random.Random(1))  # noqa: S311 - no secret
    )
    assert first == again
    assert len(set(first) - set(files)) > 10


def test_faults_are_findings_and_refusals_are_not():
    crash = UnexpectedError(path="a.docx", kind="KeyError", detail="'x'")
    assert judge(crash, 0) == "KeyError: 'x'"
    assert judge(ReadCrashError(path="a.docx", detail="Aborted"), 0) == "ReadCrashError"
    assert judge(EmptyFileError(path="a.docx"), 0) is None
    assert "20 s" in judge(EmptyFileError(path="a.docx"), 21)


def test_the_command_notes_what_it_did_beside_other_readers(tmp_path):
    path = tmp_path / "fuzz.json"
    options = ["--findings", str(tmp_path / "found"), "--reports", str(tmp_path)]
    main(["xlsx", "0.2", "--without-office", *options])
    first = json.loads(path.read_text("utf-8"))
    run = first["xlsx"]
    assert run["executions"] == sum(run["outcomes"].values()) > 0
    assert run["largest_mb"] > 10
    assert run["command"] == "make fuzz READER=xlsx SECONDS=0.2 SEED=1"
    path.write_text(json.dumps({"pdf": {**run, "findings": [{"what": "a fault", "times": 3}]}}))
    main(["xlsx", "0", "--without-office", *options])
    assert list(json.loads(path.read_text("utf-8"))) == ["pdf", "xlsx"]
    report = (tmp_path / "fuzz.md").read_text("utf-8")
    assert "a fault, 3 times" in report
    assert "| xlsx |" in report


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_is_mended(path):
    worker = ReaderWorker(LIMITS)
    try:
        answer, seconds, _ = read(worker, Content(name=path.name, data=path.read_bytes()))
    finally:
        worker.close()
    assert judge(answer, seconds) is None
