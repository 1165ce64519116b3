"""Check that marks and ledger of an authored notice agree: check.py [MARKED.txt ...].

The marks hold the borders and links, the ledger beside them the same and the values. Both
are typed by people, so each is checked against the other. Without arguments all notices of
corpora/authored are checked; what differs is printed, and the exit code is 1.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from taskner.corpus.inline import MarkedText, parse_marks

HERE = Path(__file__).resolve().parent
ROLES = {"lead": "lead", "co": "support", None: "unknown"}
CHANGES = {"up": "rise", "down": "fall", "level": "level"}


def check_notice(path: Path) -> Iterator[str]:
    """Give one line for each difference between a marked notice and its ledger."""
    marked = parse_marks(path.read_text(encoding="utf-8"), path=str(path))
    ledger = json.loads(path.with_suffix(".ledger.json").read_text(encoding="utf-8"))
    if hashlib.sha256(marked.text.encode()).hexdigest() != ledger["document"]["sha256"]:
        yield "the text without marks has another sha256"
    for task in ledger["tasks"]:
        yield from _check_slices(marked.text, task)
    yield from _check_sets(marked, ledger["tasks"])
    yield from _check_targets(marked, ledger["tasks"])


def _check_slices(text: str, task: dict[str, Any]) -> Iterator[str]:
    body = text[task["start"] : task["end"]]
    # A split row keeps its columns only, so the text may be shorter than the stretch it spans.
    if any(piece not in body for piece in task["text"].split("\n")):
        yield f"task {task['id']}: text is not printed there"
    for span in (*task["units"], *task["deadlines"], *_target_spans(task)):
        if text[span["start"] : span["end"]] != span["text"]:
            yield f"task {task['id']}: {span['text']!r} is not printed at {span['start']}"


def _target_spans(task: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for target in task["targets"]:
        yield target
        yield from target["metrics"]
        yield from target["deadlines"]


def _check_sets(marked: MarkedText, tasks: list[dict[str, Any]]) -> Iterator[str]:
    targets = [target for task in tasks for target in task["targets"]]
    ledger = {
        "UNIT": [unit for task in tasks for unit in task["units"]],
        "METRIC": [metric for target in targets for metric in target["metrics"]],
        "TARGET": targets,
        "DEADLINE": [deadline for task in tasks for deadline in task["deadlines"]],
    }
    for label, spans in ledger.items():
        listed = {(span["start"], span["end"]) for span in spans}
        # Two marks, one for each line, may belong to one unit; its entry covers both.
        printed = {
            (mark.span.start, mark.span.end)
            for mark in marked.marks
            if mark.span.label == label and not (label == "UNIT" and mark.id)
        }
        for start, end in sorted(printed - listed):
            yield f"{label} {marked.text[start:end]!r} at {start} is marked, not in the ledger"
        if not any(label == "UNIT" and mark.id for mark in marked.marks):
            for start, end in sorted(listed - printed):
                yield f"{label} {marked.text[start:end]!r} at {start} is not marked"
    roles = {unit["start"]: unit["role"] for unit in ledger["UNIT"]}
    for mark in marked.marks:
        role = roles.get(mark.span.start)
        if mark.span.label == "UNIT" and role and role != ROLES[mark.role]:
            yield f"UNIT {mark.span.text!r}: role {mark.role} marked, {role} in the ledger"


def _check_targets(marked: MarkedText, tasks: list[dict[str, Any]]) -> Iterator[str]:
    listed = {target["start"]: target for task in tasks for target in task["targets"]}
    used = {index for mark in marked.marks for index in mark.metrics}
    for index, mark in enumerate(marked.marks):
        where = f"{mark.span.label} {mark.span.text!r} at {mark.span.start}"
        if mark.span.label == "METRIC" and index not in used:
            yield f"{where} has no target"
        target = listed.get(mark.span.start)
        if mark.span.label != "TARGET" or target is None:
            continue
        for field, links in (("metrics", mark.metrics), ("deadlines", mark.deadlines)):
            if [marked.marks[i].span.start for i in links] != [s["start"] for s in target[field]]:
                yield f"{where}: {field} differ"
        quantity = target["quantity"]
        if quantity and quantity["basis"] != CHANGES.get(mark.change or ""):
            yield f"{where}: k={mark.change}, basis {quantity['basis']}"


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:]] or sorted((HERE / "authored").glob("*.txt"))
    differences = [f"{path.name}: {line}" for path in paths for line in check_notice(path)]
    print("\n".join(differences) or f"{len(paths)} notices: marks and ledgers agree")
    sys.exit(bool(differences))
