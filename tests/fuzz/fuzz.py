"""Fuzz one reader: sound files are damaged at random, read and parsed.

    make fuzz READER=docx SECONDS=600 SEED=1

SECONDS are of the processor, so that a busy machine fuzzes no less. A finding is an exception
that is no TasknerError, a crash, 20 seconds of processor time for one file, 1.5 GB, or a notice
whose offsets do not fit its text. Each kind is written once to
``fuzz-findings/``; ``taskner --debug extract FILE --model rules`` shows where it arises. The
reader's row in ``evaluation/reports/fuzz.json`` and ``.md`` is written anew.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import psutil

from fuzz.mutations import mutate
from fuzz.seeds import READERS, seeds
from taskner.errors import ReadCrashError, ReadMemoryError, ReadTimeoutError, UnexpectedError
from taskner.pipeline import Content
from taskner.pipeline.workers import ReaderWorker
from taskner.readers import ReaderConfig
from taskner.studies.machine import describe_machine
from taskner.types import Notice

_ROOT = Path(__file__).resolve().parents[2]
MAX_SECONDS = 20.0
MAX_MEMORY = 1_500_000_000
# The machine does other things too: what counts is the time of the processor.
LIMITS = ReaderConfig(max_seconds=30 * MAX_SECONDS, max_memory=MAX_MEMORY)
FAULTS = (ReadCrashError, ReadMemoryError, ReadTimeoutError, UnexpectedError)


_HEAD = f"""\
# Fuzzing the binary readers

Sound files, made by python-docx, openpyxl, reportlab and LibreOffice from invented notices, are
damaged at random (bytes, XML elements, parts of archives, objects and streams of PDFs), read and
parsed. A finding is an exception that is no `TasknerError`, a crash, more than {MAX_SECONDS:g} s
of processor time or {MAX_MEMORY / 1e9:g} GB, or a notice whose offsets do not fit its text.

| reader | sound files | executions | s | processor s | read | refused | slowest s | MB | findings |
|---|---|---|---|---|---|---|---|---|---|"""


def check_notice(notice):
    """Check what holds for every notice, whatever the file was."""
    document = notice.document
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        end = block.end
    end = 0
    for task in notice.tasks:
        assert end <= task.start < task.end <= len(document.text)
        assert task.text
        end = task.end
        for segment in task.segments:
            assert 0 <= segment.start < segment.end <= len(document.text)
        for unit in task.units:
            unit.span.check(document)


def judge(answer, seconds):
    """Say what is wrong with what became of a file; nothing where it is read or refused."""
    if isinstance(answer, UnexpectedError):
        return f"{answer.facts['kind']}: {answer.facts['detail']}"
    if isinstance(answer, FAULTS):
        return type(answer).__name__
    if seconds > MAX_SECONDS:
        return f"more than {MAX_SECONDS:g} s"
    if isinstance(answer, Notice):
        try:
            check_notice(answer)
        except (AssertionError, ValueError) as error:
            return f"offsets do not fit: {type(error).__name__}"
    return None


def fuzz(reader, files, *, seconds, seed, folder):
    """Damage and read files until so much processor time is spent.

    Args:
        reader: One of READERS.
        files: Sound files for it.
        seconds: Of processor time, the reading process's and this one's.
        seed: Of the source of chance.
        folder: Where findings are written.

    Returns:
        What happened, as it stands in the report.
    """
    rng = random.Random(f"{reader} {seed}")  # noqa: S311 - no secret
    outcomes, findings = Counter(), {}
    total = slowest = largest = 0.0
    worker = ReaderWorker(LIMITS)
    began, own = time.monotonic(), time.process_time()
    try:
        while total + time.process_time() - own < seconds:
            data = mutate(reader, rng.choice(files), files, rng)
            answer, used, held = read(worker, Content(name=f"case.{reader}", data=data))
            outcomes["read" if isinstance(answer, Notice) else type(answer).__name__] += 1
            total += used
            slowest, largest = max(slowest, used), max(largest, held)
            if what := judge(answer, used):
                if what not in findings:
                    findings[what] = {"what": what, "times": 0, "execution": outcomes.total()}
                    path = folder / f"{reader}-{seed}-{outcomes.total()}.{reader}"
                    folder.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
                    _say(f"finding: {what}: {path}")
                findings[what]["times"] += 1
    finally:
        worker.close()
    return {
        "sound_files": len(files),
        "executions": outcomes.total(),
        "seconds": round(time.monotonic() - began),
        "processor_seconds": round(total + time.process_time() - own),
        "outcomes": dict(outcomes.most_common()),
        "slowest_s": round(slowest, 2),
        "largest_mb": round(largest),
        "findings": list(findings.values()),
    }


def read(worker, content):
    """Give the answer, the seconds of processor time it took and the memory held at most, in MB."""
    before = _seconds(worker)
    if worker._process is not None:
        # From here on the highest memory is counted anew.
        Path(f"/proc/{worker._process.pid}/clear_refs").write_text("5", encoding="ascii")
    answer = worker.read(content)
    seconds = _seconds(worker) - before
    if worker._process is None:  # it was ended
        return answer, seconds, 0.0
    status = Path(f"/proc/{worker._process.pid}/status").read_text(encoding="ascii")
    return answer, seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _seconds(worker):
    """Give the processor time of the worker and of those that were ended before it."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = ended.ru_utime + ended.ru_stime
    if worker._process is not None:
        times = psutil.Process(worker._process.pid).cpu_times()
        seconds += times.user + times.system
    return seconds


def to_markdown(record):
    """Give the report of all readers that were fuzzed."""
    lines = [_HEAD]
    for reader, run in record.items():
        n_read = run["outcomes"].get("read", 0)
        cells = [reader, run["sound_files"], run["executions"], run["seconds"]]
        cells += [run["processor_seconds"], n_read, run["executions"] - n_read]
        cells += [run["slowest_s"], run["largest_mb"], len(run["findings"])]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    for reader, run in record.items():
        outcomes = ", ".join(f"{name} {n}" for name, n in run["outcomes"].items())
        lines += ["", f"## {reader}", "", f"`{run['command']}`, {run['date']}, {run['machine']}."]
        lines += ["", f"Outcomes: {outcomes}.", ""]
        lines += [f"- {one['what']}, {one['times']} times" for one in run["findings"]] or [
            "No finding."
        ]
    return "\n".join(lines) + "\n"


def _say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments=None):
    """Fuzz; the exit code is 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=_ROOT / "fuzz-findings")
    parser.add_argument("--reports", type=Path, default=_ROOT / "evaluation" / "reports")
    parser.add_argument("--without-office", action="store_true", help="use no LibreOffice")
    chosen = parser.parse_args(arguments)
    _say(f"takes {chosen.seconds:g} s of the processor, and up to a minute to make files")
    files = seeds(chosen.reader, with_office=not chosen.without_office)
    run = fuzz(
        chosen.reader, files, seconds=chosen.seconds, seed=chosen.seed, folder=chosen.findings
    )
    path = chosen.reports / "fuzz.json"
    record = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    record[chosen.reader] = {
        "command": f"make fuzz READER={chosen.reader} SECONDS={chosen.seconds:g} "
        f"SEED={chosen.seed}",
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        **run,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(to_markdown(record), encoding="utf-8")
    _say(f"{chosen.reader}: {run['executions']} executions, {len(run['findings'])} findings")
    return int(bool(run["findings"]))


if __name__ == "__main__":
    sys.exit(main())
