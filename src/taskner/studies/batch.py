"""Extract a folder of a thousand files, a twentieth of them damaged, as a person would.

    python -m taskner.studies.batch [MODEL]

Makes the folder of the authored notices, runs ``taskner extract`` on it (MODEL is ``rules``
unless it is named) and looks at the memory of the command and of the process that reads.
Every file is to have its ledger or its error line. Writes ``evaluation/reports/batch.json`` and
``.md``; the exit code is 1 where something does not hold. reportlab, of the extra ``dev``, makes
the PDFs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from taskner.pipeline.processes import memory_of
from taskner.studies.batch_files import make_folder
from taskner.studies.machine import describe_machine

_REPORTS = Path("evaluation/reports")
_N_FILES, _N_DAMAGED = 1_000, 50
_LOOK_EVERY = 0.05
_QUARTERS = 4
_MOST_GROWTH = 1.1
"""Usual memory in the last quarter of the time over that in the second."""


def run(folder: Path, *, n_files: int, n_damaged: int, model: str) -> dict[str, Any]:
    """Make a folder of files, extract it and say what holds.

    Args:
        folder: Where to work; an empty folder.
        n_files: How many files are made.
        n_damaged: How many of them are damaged.
        model: For ``taskner extract --model``.

    Returns:
        Counts, seconds, memory by quarters of the time, and what does not hold (``wrong``).
    """
    made = make_folder(folder / "notices", n_files=n_files, n_damaged=n_damaged)
    output = folder / "ledgers.jsonl"
    began = time.monotonic()
    code, lines, memory = _extract(folder / "notices", output, model)
    seconds = time.monotonic() - began
    records = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    usual = _by_quarters(memory, median)
    ledgers = [record for record in records if record["error"] is None]
    return {
        "files": len(made),
        "ledgers": len(ledgers),
        "errors": dict(Counter(_kind(record) for record in records if record["error"])),
        "by_suffix": dict(sorted(Counter(_path(record).suffix for record in ledgers).items())),
        "damages": dict(Counter(how for how in made.values() if how).most_common()),
        "tasks": sum(len(record["tasks"]) for record in ledgers),
        "exit_code": code,
        "seconds": round(seconds, 1),
        "highest_mb": _by_quarters(memory, max),
        "usual_mb": usual,
        "wrong": find_wrong(made, records, lines) + find_growth(usual),
    }


def find_wrong(
    made: Mapping[str, str], records: Sequence[Mapping[str, Any]], lines: Sequence[str]
) -> list[str]:
    """Hold what came out against what was put in.

    Args:
        made: By file name, how it is damaged; empty where it is sound.
        records: Of the output, in order.
        lines: What was said on standard error.

    Returns:
        What does not hold; nothing where each file has its ledger or its error.
    """
    names = [_path(record).name for record in records]
    wrong = []
    if names != sorted(made):
        wrong.append("the records are not those of the files, each once and in order")
    for name, record in zip(names, records, strict=True):
        how, said = made.get(name), sum(name in line for line in lines)
        if how and record["error"] is None:
            wrong.append(f"{name} ({how}) gave a ledger")
        elif not how and (record["error"] is not None or not record["tasks"]):
            wrong.append(f"{name} is sound and gave no task")
        if said != (record["error"] is not None):
            wrong.append(f"{name} has {said} lines on standard error")
    return wrong


def find_growth(quarters: Mapping[str, Sequence[int]]) -> list[str]:
    """Say whose memory grows, by its medians in the quarters of the time.

    The highest value of a quarter tells of its largest file; in the first, libraries are loaded.
    """
    return [
        f"the memory of the {name} grows from {values[1]} to {values[-1]} MB"
        for name, values in quarters.items()
        if values[-1] > values[1] * _MOST_GROWTH
    ]


def _extract(folder: Path, output: Path, model: str) -> tuple[int, list[str], list[list[float]]]:
    """Run the command.

    Returns:
        Its exit code, its lines on standard error, and every 50 ms the memory of the command
        and of its children, in MB.
    """
    command = [sys.executable, "-m", "taskner", "extract", str(folder), "-o", str(output)]
    memory = []
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--model", model], stdout=messages, stderr=messages
        )
        while process.poll() is None:
            own = memory_of(process.pid, with_children=False) / 1e6
            memory.append([own, max(0.0, memory_of(process.pid) / 1e6 - own)])
            time.sleep(_LOOK_EVERY)
        messages.seek(0)
        lines = messages.read().decode("utf-8", "replace").splitlines()
    return process.returncode, lines, memory


def _by_quarters(
    memory: Sequence[Sequence[float]], summary: Callable[[Sequence[float]], float]
) -> dict[str, list[int]]:
    """Summarise the memory in each quarter of the time."""
    borders = [len(memory) * quarter // _QUARTERS for quarter in range(_QUARTERS + 1)]
    return {
        name: [
            round(summary([one[column] for one in memory[first:last]] or [0.0]))
            for first, last in pairwise(borders)
        ]
        for column, name in enumerate(("command", "reader"))
    }


def _path(record: Mapping[str, Any]) -> Path:
    return Path(record["document"]["path"])


def _kind(record: Mapping[str, Any]) -> str:
    return str(record["error"]["type"])


def main() -> int:
    """Run the study and write the report."""
    model = sys.argv[1] if len(sys.argv) > 1 else "rules"
    sys.stdout.write("takes about 4 minutes with rules, up to an hour with a model\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as place:
        results = run(Path(place), n_files=_N_FILES, n_damaged=_N_DAMAGED, model=model)
    data = {
        "command": " ".join(("python -m taskner.studies.batch", *sys.argv[1:])),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "model": model,
        **results,
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (_REPORTS / "batch.json").write_text(text + "\n", encoding="utf-8")
    (_REPORTS / "batch.md").write_text(_to_markdown(data), encoding="utf-8")
    return int(bool(data["wrong"]))


def _to_markdown(data: Mapping[str, Any]) -> str:
    counts, errors = Counter(data["by_suffix"]), Counter(data["errors"])
    head = f"""\
# A large batch

Made by `{data["command"]}` on {data["date"]}, {data["machine"]}; model `{data["model"]}`.
The files are the authored notices in six formats, some of them damaged; `taskner extract FOLDER`
reads them all.

{data["files"]} files: {counts.total()} ledgers ({_listed(counts)}) with {data["tasks"]} tasks, and
{errors.total()} errors. Exit code {data["exit_code"]}, {data["seconds"]} s.

- Damaged: {_listed(data["damages"])}.
- Errors: {_listed(errors)}.

| memory, MB, by quarters of the time | 1st | 2nd | 3rd | 4th |
|---|---|---|---|---|
"""
    rows = [
        f"| {what} of the {name} | {' | '.join(map(str, mb))} |\n"
        for what in ("usual", "highest")
        for name, mb in data[f"{what}_mb"].items()
    ]
    ends = [f"- does not hold: {one}\n" for one in data["wrong"]]
    return (
        head + "".join(rows) + "\n" + "".join(ends or ["Every file has its ledger or its line.\n"])
    )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


if __name__ == "__main__":
    sys.exit(main())
