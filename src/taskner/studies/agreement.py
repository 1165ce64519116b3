"""How far two annotations of the same texts agree.

    python -m taskner.studies.agreement corpora/authored corpora/second

Compares every text of the second folder with the one of the same name in the first, and
prints agreement on spans (same borders and label; any overlap), on links, roles and the
direction of change. F1 counts the first pass as gold; it is the same the other way round.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from taskner.errors import CorpusError, TasknerError
from taskner.evaluation.bootstrap import bootstrap
from taskner.evaluation.counts import Count, Scores, merge
from taskner.evaluation.gold import Gold, load_gold
from taskner.evaluation.links import score_links
from taskner.evaluation.score import check_same_text
from taskner.evaluation.spans import score_spans
from taskner.evaluation.table import scores_to_markdown
from taskner.types import LABELS


def agreement(first: Gold, second: Gold) -> Scores:
    """Score the marks of a second annotation against those of the first.

    Returns:
        Scores with the measures of spans, links to metrics and deadlines, and roles.

    Raises:
        CorpusError: The two are annotations of different texts.
    """
    check_same_text(first.document, second.document)
    spans = score_spans(first.spans, second.spans)
    links = score_links(first.links, second.links)
    return merge((spans, links, Scores.of({"roles": _same(_roles(first), _roles(second))})))


def agreement_of_change(pairs: Iterable[tuple[Gold, Gold]]) -> Count:
    """Count targets marked by both, and those with the same direction of change."""
    total = Count()
    for first, second in pairs:
        total += _same(_changes(first), _changes(second))
    return total


def pair_annotations(first: Path, second: Path) -> list[tuple[Gold, Gold]]:
    """Load every text of the second folder with its namesake in the first.

    Raises:
        CorpusError: The second folder has no text, or one without a namesake.
        TasknerError: A text cannot be read.
    """
    paths = sorted(second.glob("*.txt"))
    if not paths:
        raise CorpusError(path=str(second), detail="no marked texts (*.txt) here")
    for path in paths:
        if not (first / path.name).exists():
            raise CorpusError(path=str(path), detail=f"{first} has no text of that name")
    return [(load_gold(first / path.name), load_gold(path)) for path in paths]


def disagreements(first: Gold, second: Gold) -> list[str]:
    """List spans that only one of the two has, a line each, in text order."""
    own, other = (
        {(span.start, span.end, span.label, span.text) for span in gold.spans}
        for gold in (first, second)
    )
    lines = []
    for start, end, label, text in sorted(own ^ other):
        who = "first only" if (start, end, label, text) in own else "second only"
        row = first.document.text.count("\n", 0, start) + 1
        lines.append(f"{first.document.id}:{row}\t{who}\t{label}\t{text}")
    return lines


def _same(first: Mapping[object, object], second: Mapping[object, object]) -> Count:
    found = first.keys() & second.keys()
    true = sum(first[key] == second[key] for key in found)
    return Count(gold=len(found), predicted=len(found), true=true)


def _roles(gold: Gold) -> dict[object, object]:
    marks = gold.marked.marks
    return {(m.span.start, m.span.end): m.role for m in marks if m.span.label == "UNIT"}


def _changes(gold: Gold) -> dict[object, object]:
    marks = gold.marked.marks
    return {(m.span.start, m.span.end): m.change for m in marks if m.span.label == "TARGET"}


def main(arguments: list[str] | None = None) -> int:
    """Print the agreement of two folders."""
    parser = argparse.ArgumentParser(prog="python -m taskner.studies.agreement")
    parser.add_argument("first", type=Path, help="folder of the first annotation")
    parser.add_argument("second", type=Path, help="folder of the second annotation")
    parser.add_argument("--list", action="store_true", help="also list what only one has")
    given = parser.parse_args(arguments)
    try:
        pairs = pair_annotations(given.first, given.second)
        scores = {first.document.id: agreement(first, second) for first, second in pairs}
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(scores_to_markdown(scores, intervals=bootstrap(scores)))
    change = agreement_of_change(pairs)
    sys.stdout.write(f"\nDirection of change: {change.true} of {change.gold} targets alike.\n")
    kinds = ", ".join(
        f"{label} {merge(scores.values())[f'spans.{label}'].gold}" for label in LABELS
    )
    sys.stdout.write(f"Spans of the first pass: {kinds}.\n")
    if given.list:
        lines = (line for first, second in pairs for line in disagreements(first, second))
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
