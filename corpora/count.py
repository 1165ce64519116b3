"""Print the table of the data card: count.py [--check] counts corpora/authored.

``--check`` prints nothing and exits with 1 when corpora/README.md shows other numbers.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from taskner.corpus.inline import parse_marks

HERE = Path(__file__).resolve().parent
COLUMNS = ("characters", "tasks", "UNIT", "METRIC", "TARGET", "DEADLINE", "linked")
HEADS = ("characters", "tasks", "units", "metrics", "targets", "deadlines", "targets with a date")


def count_notice(path: Path) -> Counter[str]:
    """Count one marked notice and the tasks of the ledger beside it."""
    marked = parse_marks(path.read_text(encoding="utf-8"), path=str(path))
    ledger = json.loads(path.with_suffix(".ledger.json").read_text(encoding="utf-8"))
    counts: Counter[str] = Counter(mark.span.label for mark in marked.marks)
    counts["characters"] = len(marked.text)
    counts["tasks"] = len(ledger["tasks"])
    counts["linked"] = sum(bool(mark.deadlines) for mark in marked.marks)
    return counts


def build_table() -> str:
    """Give the markdown table: one row for each notice, then the sums."""
    rows = {path.stem: count_notice(path) for path in sorted((HERE / "authored").glob("*.txt"))}
    total: Counter[str] = sum(rows.values(), Counter())
    lines = [f"| notice | {' | '.join(HEADS)} |", "|---|" + "--:|" * len(HEADS)]
    for name, counts in [*rows.items(), (f"**{len(rows)} notices**", total)]:
        lines.append(f"| {name} | " + " | ".join(f"{counts[key]:,}" for key in COLUMNS) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    table = build_table()
    if "--check" in sys.argv[1:]:
        card = (HERE / "README.md").read_text(encoding="utf-8")
        sys.exit(table not in card)
    print(table)
