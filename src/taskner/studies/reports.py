"""Whole work reports: what is taken from the review of past years, and what the plan loses.

    python -m taskner.studies.reports FOLDER --gold GOLD

FOLDER holds reports as text and ``borders.tsv``: file, end of the review, start and end of the
forward part; what stands between the two holds goals and reviews, and is only counted. GOLD
holds marked excerpts (``NAME.txt`` or ``NAME-b.txt`` of report ``NAME.txt``): their spans are
looked for in the excerpt read alone and in the same place of the whole report. Writes
``evaluation/reports/full-reports.json`` and ``.md``, figures only, no text.

The rules that tell past from plan (``notices/prose.py``) were written looking at the 27 reports
of the committed figures.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskner.corpus.folded import FoldedText
from taskner.errors import CorpusError, TasknerError, UnreadableFileError
from taskner.evaluation.gold import Gold, load_gold
from taskner.evaluation.spans import notice_spans
from taskner.pipeline import Extractor, load
from taskner.studies.machine import describe_machine
from taskner.types import Notice

PARTS = ("review", "between", "forward", "after")
FOUND_LABELS = ("TARGET", "METRIC")
_REPORTS = Path("evaluation/reports")
_PER = 10_000
_SECOND = "-b"

Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Borders:
    """Where the parts of a report lie, in code points of its text.

    ``review_end`` is None where nobody could tell; all before the forward part is between then.
    """

    review_end: int | None
    forward_start: int
    forward_end: int

    def parts(self, length: int) -> dict[str, tuple[int, int]]:
        """Give start and end of each part of a text of this length."""
        review = self.review_end or 0
        return {
            "review": (0, review),
            "between": (review, self.forward_start),
            "forward": (self.forward_start, self.forward_end),
            "after": (self.forward_end, length),
        }


def load_borders(path: Path) -> dict[str, Borders]:
    """Read the borders of reports by file name.

    Raises:
        UnreadableFileError: The file cannot be opened.
        CorpusError: A row lacks a number.
    """
    try:
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(path=path, detail=error) from error
    borders = {}
    for number, row in enumerate(rows, start=2):
        try:
            borders[row["file"]] = Borders(
                review_end=int(row["review_end"]) if row["review_end"] else None,
                forward_start=int(row["forward_start"]),
                forward_end=int(row["forward_end"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            detail = f"needs file, review_end, forward_start, forward_end ({error})"
            raise CorpusError(path=f"{path}:{number}", detail=detail) from error
    return borders


def count_parts(notice: Notice, borders: Borders) -> dict[str, dict[str, int]]:
    """Count characters, tasks and targets of each part of a report."""
    starts = [target.span.start for task in notice.tasks for target in task.targets]
    counts = {}
    for name, (low, high) in borders.parts(len(notice.document.text)).items():
        counts[name] = {
            "characters": high - low,
            "tasks": sum(low <= task.start < high for task in notice.tasks),
            "targets": sum(low <= start < high for start in starts),
        }
    return counts


def place_gold(gold: Gold, report: str) -> set[Place]:
    """Find the marked spans of an excerpt in the whole report.

    Blanks and the width of characters may differ between the two.

    Raises:
        CorpusError: The report does not hold the excerpt, or holds it twice.
    """
    excerpt, whole = FoldedText(gold.document.text), FoldedText(report)
    at = whole.text.find(excerpt.text)
    if at < 0 or whole.text.find(excerpt.text, at + 1) >= 0:
        detail = "stands " + ("not" if at < 0 else "twice") + " in the report it is an excerpt of"
        raise CorpusError(path=gold.document.id, detail=detail)
    placed: set[Place] = set()
    for span in gold.spans:
        low, high = excerpt.fold_range(span.start, span.end)
        placed.add((*whole.find_range(at + low, at + high), span.label))
    return placed


def recall(gold: set[Place], notice: Notice) -> dict[str, dict[str, int]]:
    """Count, by label, the marked spans and those of them that were found exactly."""
    found = {(span.start, span.end, span.label) for span in notice_spans(notice)}
    return {
        label: {
            "gold": sum(one[2] == label for one in gold),
            "found": sum(one[2] == label for one in gold & found),
        }
        for label in FOUND_LABELS
    }


def measure(extractor: Extractor, folder: Path, gold: Path | None) -> dict[str, Any]:
    """Extract every report, and every marked excerpt alone.

    Raises:
        TasknerError: A file cannot be read, or an excerpt is not of its report.
    """
    reports: dict[str, Any] = {}
    excerpts: dict[str, Any] = {}
    for file, borders in sorted(load_borders(folder / "borders.tsv").items()):
        notice = extractor.extract(folder / file)
        name = Path(file).stem
        reports[name] = {"flags": list(notice.flags), "parts": count_parts(notice, borders)}
        for one in _golds(gold, name):
            own: set[Place] = {(span.start, span.end, span.label) for span in one.spans}
            alone = extractor.extract_text(one.document.text, name=one.document.id)
            excerpts[one.document.id] = {
                "alone": recall(own, alone),
                "whole": recall(place_gold(one, notice.document.text), notice),
            }
    parts = {name: _sum(one["parts"][name] for one in reports.values()) for name in PARTS}
    return {"model": extractor.name, "total": parts, "reports": reports, "excerpts": excerpts}


def _golds(folder: Path | None, name: str) -> Iterator[Gold]:
    for suffix in ("", _SECOND) if folder else ():
        path = Path(folder or "") / f"{name}{suffix}.txt"
        if path.exists():
            yield load_gold(path)


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in counts:
        for key, number in one.items():
            total[key] = total.get(key, 0) + number
    return total


def rate(part: Mapping[str, int]) -> float | None:
    """Targets per 10,000 characters; None for a part that is empty."""
    return part["targets"] * _PER / part["characters"] if part["characters"] else None


def to_markdown(data: Mapping[str, Any]) -> str:
    """Give the study as tables."""
    lines = [
        "# Whole work reports",
        "",
        f"Made by `{data['command']}` on {data['date']}, {data['machine']}; {data['model']}.",
        "",
        "Targets per 10,000 characters of the review of past years (they should be none: a figure",
        "there is a fact), of the forward part, and of what stands between, which holds both. The",
        "rules that tell past from plan were written looking at these reports; the figures say",
        "how they do on them, not how they will do on others.",
        "",
        "| report | review | targets | between | targets | forward | targets | tasks | after |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = {"**all**": data["total"], **{n: one["parts"] for n, one in data["reports"].items()}}
    for name, parts in rows.items():
        cells = [name]
        for part in PARTS[:3]:
            per = rate(parts[part])
            cells += ["–" if per is None else f"{per:.1f}", str(parts[part]["targets"])]
        cells += [str(parts["forward"]["tasks"]), str(parts["after"]["targets"])]
        lines.append("| " + " | ".join(cells) + " |")
    flagged = sum("set_aside" in one["flags"] for one in data["reports"].values())
    lines += ["", f"{flagged} of {len(data['reports'])} reports say that passages were set aside."]
    return "\n".join([*lines, *_recall_lines(data["excerpts"])]) + "\n"


def _recall_lines(excerpts: Mapping[str, Any]) -> list[str]:
    if not excerpts:
        return []
    total = {
        where: {
            label: _sum(one[where][label] for one in excerpts.values()) for label in FOUND_LABELS
        }
        for where in ("alone", "whole")
    }
    lines = [
        "",
        "Marked spans found exactly, when the excerpt is read alone and when it is read in its",
        "report. The model may have learned from these excerpts: only the difference counts.",
        "",
        "| excerpt | targets | alone | in the report | metrics | alone | in the report |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in {"**all**": total, **excerpts}.items():
        cells = [name]
        for label in FOUND_LABELS:
            cells += [str(one["alone"][label]["gold"])]
            cells += [str(one[where][label]["found"]) for where in ("alone", "whole")]
        lines.append("| " + " | ".join(cells) + " |")
    for label in FOUND_LABELS:
        shares = [total[w][label]["found"] / max(1, total[w][label]["gold"]) for w in total]
        lines += ["", f"Recall of {label}: {shares[0]:.2%} alone, {shares[1]:.2%} in the report."]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and write the report."""
    parser = argparse.ArgumentParser(prog="python -m taskner.studies.reports")
    parser.add_argument("folder", type=Path, help="reports and borders.tsv")
    parser.add_argument("--gold", type=Path, help="folder of marked excerpts")
    parser.add_argument("--model", help="model folder or name; rules for the word lists")
    parser.add_argument("--output", type=Path, default=_REPORTS, help="folder of the report")
    given_arguments = list(sys.argv[1:] if arguments is None else arguments)
    given = parser.parse_args(given_arguments)
    try:
        measured = measure(load(given.model, threads=1), given.folder, given.gold)
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    data = {
        "command": " ".join(("python -m taskner.studies.reports", *given_arguments)),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        **measured,
    }
    text = to_markdown(data)
    given.output.mkdir(parents=True, exist_ok=True)
    dumped = json.dumps(data, ensure_ascii=False, indent=1)
    (given.output / "full-reports.json").write_text(dumped + "\n", encoding="utf-8")
    (given.output / "full-reports.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
