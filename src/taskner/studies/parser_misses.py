"""Items whose ledger the parser and the linker get wrong although every span is given.

    python -m taskner.studies.parser_misses corpora/authored

Parses each notice, links the marked spans instead of a model's, and lists the tasks that do not
come out as in the ledger typed by hand: stage by stage as in reports of scores, then leader and
number of tasks whose borders are right. Takes a quarter of a minute for 41 notices; writes
``evaluation/reports/parser-misses.json`` and ``.md``. The notices are the project's own, so that
their words may be shown.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskner.errors import CorpusError, TasknerError
from taskner.evaluation.cells import value_of
from taskner.evaluation.gold import Gold, load_gold
from taskner.evaluation.mistakes import Mistake, find_mistakes
from taskner.evaluation.rows import Row, rows_of
from taskner.notices import parse_notice
from taskner.output_files import write_whole
from taskner.pipeline.extractor import link_notice
from taskner.readers import document_from_text
from taskner.studies.machine import describe_machine
from taskner.types import Notice, Task

_REPORTS = Path("evaluation/reports")
_LONGEST = 24
_EXPECTED_SECONDS = 15
_HEAD = (
    "Generated. Marked spans of the authored notices are linked instead of a model's, and the "
    "result is compared with the ledgers typed by hand. The ledgers are not changed to fit; "
    "what stands here is open. A row is blamed on the first stage that failed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """What is wrong with one task at one stage: ``n`` rows, and the first of them in words."""

    notice: str
    task: str
    number: str | None
    stage: str
    parts: tuple[str, ...]
    n: int
    detail: str

    def to_json(self) -> dict[str, Any]:
        """Give the miss as JSON data."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def read_given_spans(gold: Gold) -> Notice:
    """Parse the text of a gold document and link its marked spans."""
    document = document_from_text(gold.document.text, name=gold.document.id)
    return link_notice(parse_notice(document), gold.spans)


def misses(gold: Notice, found: Notice) -> list[Miss]:
    """List what differs, task by task in text order.

    Args:
        gold: The ledger typed by hand.
        found: The ledger of :func:`read_given_spans`.

    Raises:
        CorpusError: The two are of different texts.
    """
    text = gold.document.text
    tasks = sorted(gold.tasks, key=lambda task: task.start)
    grouped: defaultdict[tuple[int, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for mistake in find_mistakes(gold, found):
        row = mistake.gold or mistake.predicted
        assert row is not None
        place = _nearest(tasks, row.task[0])
        grouped[place, mistake.stage, mistake.parts].append(_describe(mistake, text))
    same = {(task.start, task.end): task for task in found.tasks}
    for place, task in enumerate(tasks):
        other = same.get((task.start, task.end))
        for part in ("leader", "number"):
            own = getattr(task, part)
            if other and own != getattr(other, part):
                grouped[place, "heading", (part,)].append(
                    _change(_cut(own or ""), _cut(getattr(other, part) or ""))
                )
    return [
        Miss(
            notice=gold.document.id,
            task=tasks[place].id,
            number=tasks[place].number,
            stage=stage,
            parts=parts,
            n=len(details),
            detail=details[0],
        )
        for (place, stage, parts), details in sorted(grouped.items())
    ]


def report(golds: Iterable[Gold], *, command: str) -> dict[str, Any]:
    """Give the report of some gold documents as JSON data.

    Raises:
        CorpusError: A document has no ledger.
    """
    found: list[Miss] = []
    notices: dict[str, dict[str, int]] = {}
    for gold in golds:
        if gold.notice is None:
            raise CorpusError(path=gold.document.id, detail="has no ledger beside it")
        read = read_given_spans(gold)
        own = misses(gold.notice, read)
        rows = Counter(rows_of(gold.notice))
        notices[gold.document.id] = {
            "tasks": len(gold.notice.tasks),
            "tasks missed": len({miss.task for miss in own}),
            "rows": rows.total(),
            "rows right": (rows & Counter(rows_of(read))).total(),
        }
        found += own
    return {
        "command": command,
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "notices": notices,
        "misses": [miss.to_json() for miss in found],
    }


def to_markdown(data: Mapping[str, Any]) -> str:
    """Give the report as a page."""
    notices, found = data["notices"], data["misses"]
    total = {key: sum(it[key] for it in notices.values()) for key in next(iter(notices.values()))}
    stages = Counter((it["stage"], ", ".join(it["parts"])) for it in found)
    rows = Counter[tuple[str, str]]()
    for it in found:
        rows[it["stage"], ", ".join(it["parts"])] += it["n"]
    lines = [
        "# What parser and linker miss when every span is given",
        "",
        f"`{data['command']}`, {data['date']}, {data['machine']}.",
        "",
        _HEAD,
        "",
        _summary(total),
        "",
        *_table(("stage", "what", "tasks", "rows"), _stage_rows(stages, rows)),
        "",
        *_table(
            ("notice", *total),
            [(name, *it.values()) for name, it in notices.items() if it["tasks missed"]],
        ),
        "",
        *_table(
            ("notice", "task", "number", "stage", "what", "rows", "first of them: ledger → read"),
            [
                (
                    it["notice"],
                    it["task"],
                    it["number"] or "",
                    it["stage"],
                    ", ".join(it["parts"]),
                    it["n"],
                    it["detail"],
                )
                for it in found
            ],
        ),
    ]
    return "\n".join(lines) + "\n"


def _summary(total: Mapping[str, int]) -> str:
    rows = f"{total['rows right']:,} of {total['rows']:,} rows are right"
    return f"{rows}; {total['tasks missed']:,} of {total['tasks']:,} tasks have something wrong."


def _stage_rows(
    stages: Counter[tuple[str, str]], rows: Counter[tuple[str, str]]
) -> list[tuple[str | int, ...]]:
    ranked = sorted(stages, key=lambda key: (-rows[key], key))
    return [(*key, stages[key], rows[key]) for key in ranked]


def _table(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"


def _nearest(tasks: Sequence[Task], start: int) -> int:
    """Give the place of the task that begins at or before a position, or of the first."""
    return max((place for place, task in enumerate(tasks) if task.start <= start), default=0)


def _describe(mistake: Mistake, text: str) -> str:
    """Say in a few words what one row has and should have."""
    gold, read = mistake.gold, mistake.predicted
    row = gold or read
    assert row is not None
    what = _slice(text, row.target or row.task)
    if gold is None or read is None:
        return f"{what}: {mistake.kind}"
    if mistake.stage == "task":
        return _change(_ends(text, gold.task), _ends(text, read.task))
    changes = [_change(*(_shown(it, part, text) for it in (gold, read))) for part in _PARTS]
    if mistake.stage == "value":
        changes = [
            _change(*(str(value_of(it, part)) for it in (gold, read)))
            for part in mistake.parts
            if part != "date"
        ] or [_change(_dates(gold), _dates(read))]
    return f"{what}: {'; '.join(change for change in changes if change)}"


_PARTS: Mapping[str, Callable[[Row], Iterable[tuple[tuple[int, int], str]]]] = {
    "metric": lambda row: ((at, "") for at in row.metrics),
    "deadline": lambda row: ((at, "") for at, _ in row.deadlines),
    "unit": lambda row: ((at, f" ({role})") for at, role in row.units),
}


def _shown(row: Row, part: str, text: str) -> str:
    return "、".join(_slice(text, at) + more for at, more in sorted(_PARTS[part](row)))


def _dates(row: Row) -> str:
    return "、".join(f"{it.first or ''}–{it.last or ''}" for _, it in sorted(row.deadlines))


def _change(own: str, other: str) -> str:
    return "" if own == other else f"{own or '∅'} → {other or '∅'}"


def _slice(text: str, at: tuple[int, int]) -> str:
    return _cut(text[at[0] : at[1]])


def _ends(text: str, at: tuple[int, int]) -> str:
    return f"{text[at[0] : at[0] + 8]}…{text[at[1] - 8 : at[1]]}".replace("\n", "⏎")


def _cut(text: str) -> str:
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def main(arguments: list[str] | None = None) -> int:
    """Write the report."""
    parser = argparse.ArgumentParser(prog="python -m taskner.studies.parser_misses")
    parser.add_argument("folder", type=Path, help="folder of marked texts with ledgers")
    parser.add_argument("--output", type=Path, default=_REPORTS, help="folder of the report")
    given = parser.parse_args(arguments)
    sys.stderr.write(f"expected: {_EXPECTED_SECONDS} seconds on a free core\n")
    begun = time.monotonic()
    try:
        paths = sorted(given.folder.glob("*.txt"))
        if not paths:
            raise CorpusError(path=str(given.folder), detail="no marked texts (*.txt) here")
        command = f"{parser.prog} {given.folder.as_posix()}"
        data = report((load_gold(path) for path in paths), command=command)
        output = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        write_whole(given.output / "parser-misses.json", [output.encode()])
        write_whole(given.output / "parser-misses.md", [to_markdown(data).encode()])
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(f"took {time.monotonic() - begun:.0f} seconds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
