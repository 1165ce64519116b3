"""Time the spaCy component beside a plain extraction of the same texts, in one process.

    python -m taskner.studies.spacy_speed [MARKED …]

Both use one model on one thread and take turns, so that other work on the machine hits both;
time is that of the processor. Writes ``evaluation/reports/spacy-speed.json`` and ``.md``.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskner.corpus.inline import parse_marks
from taskner.pipeline import load
from taskner.studies.machine import describe_machine

_REPORTS = Path("evaluation/reports")
_NOTICES = ("corpora/authored/yunxi-2025.txt",)
_RUNS = 5


def time_both(texts: Sequence[str]) -> dict[str, Any]:
    """Give seconds of each run, of both ways, and the number of spans in the Docs."""
    import spacy  # noqa: PLC0415 - an extra, loaded for this study only

    nlp = spacy.blank("zh")
    nlp.add_pipe("taskner", config={"threads": 1})
    extractor = load(threads=1)
    seconds: dict[str, list[float]] = {"extract": [], "nlp.pipe": []}
    n_spans = 0
    for _ in range(_RUNS):
        seconds["extract"].append(_time(lambda: [extractor.extract_text(t) for t in texts])[0])
        taken, docs = _time(lambda: list(nlp.pipe(texts)))
        seconds["nlp.pipe"].append(taken)
        n_spans = sum(len(doc.spans["taskner"]) for doc in docs)
    medians = {name: statistics.median(runs) for name, runs in seconds.items()}
    return {
        "seconds": {name: [round(run, 3) for run in runs] for name, runs in seconds.items()},
        "medians": {name: round(median, 3) for name, median in medians.items()},
        "ratio": round(medians["nlp.pipe"] / medians["extract"], 3),
        "spans": n_spans,
    }


def main() -> int:
    """Measure and write the report."""
    names = sys.argv[1:] or _NOTICES
    texts = [parse_marks(Path(name).read_text("utf-8"), path=name).text for name in names]
    sys.stdout.write(
        f"{2 * _RUNS} extractions a notice: about {4 * _RUNS * len(texts)} s on one core\n"
    )
    data = {
        "command": " ".join(["python -m taskner.studies.spacy_speed", *sys.argv[1:]]),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "notices": list(names),
        "characters": sum(map(len, texts)),
        **time_both(texts),
    }
    _REPORTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (_REPORTS / "spacy-speed.json").write_text(text + "\n", encoding="utf-8")
    (_REPORTS / "spacy-speed.md").write_text(_to_markdown(data), encoding="utf-8")
    return 0


def _time(work: Callable[[], list[Any]]) -> tuple[float, list[Any]]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def _to_markdown(data: dict[str, Any]) -> str:
    n_notices, n_spans = len(data["notices"]), data["spans"]
    lines = [
        "# Speed of the spaCy component",
        "",
        f"Made by `{data['command']}` on {data['date']}, {data['machine']}.",
        f"Processor seconds on one thread, {_RUNS} runs each in turn. Texts: {n_notices}, authored",
        f"for this project, {data['characters']} characters, {n_spans} spans in all.",
        "",
        "| | median s | runs |",
        "|---|---|---|",
    ]
    for name, runs in data["seconds"].items():
        lines.append(f"| `{name}` | {data['medians'][name]} | {' '.join(map(str, runs))} |")
    lines += ["", f"`nlp.pipe` takes {data['ratio']} times as long as `extract`."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
