"""How much a corpus holds: one row for each text, then the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from taskner.corpus.annotated import AnnotatedText

COLUMNS: Mapping[str, str] = {
    "characters": "characters",
    "tasks": "tasks",
    "UNIT": "units",
    "METRIC": "metrics",
    "TARGET": "targets",
    "DEADLINE": "deadlines",
    "dated": "targets with a date",
}
"""What is counted, with the titles of a table."""

Counts = dict[str, int]


def count_texts(texts: Iterable[AnnotatedText]) -> dict[str, Counts]:
    """Count each text by its id: characters, tasks of the ledger, marks by label."""
    return {text.id: _count(text) for text in texts}


def sum_counts(rows: Iterable[Counts]) -> Counts:
    """Add up the counts of texts."""
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row)
    return {name: total[name] for name in COLUMNS}


def counts_to_markdown(rows: Mapping[str, Counts]) -> str:
    """Give the table of a data card."""
    lines = [f"| notice | {' | '.join(COLUMNS.values())} |", "|---|" + "--:|" * len(COLUMNS)]
    total = (f"**{len(rows)} notices**", sum_counts(rows.values()))
    for name, counts in [*rows.items(), total]:
        lines.append(f"| {name} | " + " | ".join(f"{counts[key]:,}" for key in COLUMNS) + " |")
    return "\n".join(lines) + "\n"


def _count(text: AnnotatedText) -> Counts:
    labels = Counter(mark.span.label for mark in text.marks)
    return {
        "characters": len(text.text),
        "tasks": len(text.ledger.tasks) if text.ledger else 0,
        **{label: labels[label] for label in ("UNIT", "METRIC", "TARGET", "DEADLINE")},
        "dated": sum(bool(mark.deadlines) for mark in text.marks),
    }
