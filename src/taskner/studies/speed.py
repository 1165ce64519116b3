"""Time a whole extraction beside the Hugging Face pipeline with the same weights.

    python -m taskner.studies.speed MODEL NOTICE

Each system runs in a process of its own, all in one run of this command: it loads, then
works the notice through several times. Writes ``evaluation/reports/speed.json``, ``.md``.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskner.studies.machine import describe_machine, peak_memory

_REPORTS = Path("evaluation/reports")
_RUNS = 5
_BATCH = 16


def time_taskner(model: str, notice: str) -> Callable[[], int]:
    """Load taskner; give a function that extracts the notice from its file."""
    from taskner.pipeline import load  # noqa: PLC0415 - loading is timed

    extractor = load(model)
    return lambda: sum(len(task.targets) for task in extractor.extract(notice).tasks)


def time_hugging_face(model: str, notice: str) -> Callable[[], int]:
    """Load the pipeline of transformers; give a function that tags the same segments.

    It neither parses nor links: the segments are cut beforehand.
    """
    import torch  # noqa: PLC0415 - an extra, loaded for this comparison only
    from transformers import pipeline  # noqa: PLC0415

    from taskner.folding import fold  # noqa: PLC0415
    from taskner.notices import parse_notice  # noqa: PLC0415
    from taskner.pipeline.extractor import segments_to_tag  # noqa: PLC0415
    from taskner.readers import read  # noqa: PLC0415

    document = read(notice)
    segments = segments_to_tag(parse_notice(document).tasks)
    texts = [fold(document.text[segment.start : segment.end]) for segment in segments]
    tag = pipeline(
        "token-classification", model=model, aggregation_strategy="simple", dtype=torch.float32
    )
    return lambda: sum(len(spans) for spans in tag(texts, batch_size=_BATCH))


SYSTEMS = {"taskner": time_taskner, "transformers pipeline": time_hugging_face}


def _measure_here(system: str, model: str, notice: str) -> dict[str, Any]:
    began = time.monotonic()
    run = SYSTEMS[system](model, notice)
    loading = time.monotonic() - began
    seconds = []
    for _ in range(_RUNS):
        began = time.monotonic()
        n_found = run()
        seconds.append(time.monotonic() - began)
    peak = peak_memory()
    return {
        "loading": round(loading, 2),
        "median": round(statistics.median(seconds), 2),
        "fastest": round(min(seconds), 2),
        "slowest": round(max(seconds), 2),
        "peak_mb": round(peak) if peak else None,
        "found": n_found,
    }


def main() -> int:
    """Measure every system in its own process and write the report."""
    if len(sys.argv) == 4:  # noqa: PLR2004 - the inner call: system, model, notice
        sys.stdout.write(json.dumps(_measure_here(*sys.argv[1:4])) + "\n")
        return 0
    if len(sys.argv) != 3:  # noqa: PLR2004 - model and notice
        sys.stderr.write("usage: python -m taskner.studies.speed MODEL NOTICE\n")
        return 2
    results = {}
    for system in SYSTEMS:
        command = [sys.executable, "-m", "taskner.studies.speed", system, *sys.argv[1:3]]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if ran.returncode:
            sys.stderr.write(ran.stderr[-2000:])
            return 1
        results[system] = json.loads(ran.stdout.splitlines()[-1])
    own, peer = results["taskner"], results["transformers pipeline"]
    data = {
        "command": "python -m taskner.studies.speed " + " ".join(sys.argv[1:]),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "runs": _RUNS,
        "results": results,
        "ratio": round(peer["median"] / own["median"], 2),
    }
    _REPORTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (_REPORTS / "speed.json").write_text(text + "\n", encoding="utf-8")
    (_REPORTS / "speed.md").write_text(_to_markdown(data), encoding="utf-8")
    return 0


def _to_markdown(data: dict[str, Any]) -> str:
    lines = [
        "# Speed",
        "",
        f"Made by `{data['command']}` on {data['date']}, {data['machine']}.",
        f"Seconds for the whole notice after loading, median of {data['runs']} runs; memory is",
        "the highest of the process. taskner reads, parses, tags (int8) and links; the pipeline",
        "of transformers tags the same segments in float32 and does nothing else.",
        "",
        "| system | loading s | median s | fastest | slowest | peak MB |",
        "|---|---|---|---|---|---|",
    ]
    for system, row in data["results"].items():
        cells = (row[key] for key in ("loading", "median", "fastest", "slowest", "peak_mb"))
        lines.append(f"| {system} | " + " | ".join(map(str, cells)) + " |")
    lines += ["", f"The pipeline takes {data['ratio']} times as long as taskner."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
