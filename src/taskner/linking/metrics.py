"""Targets to metrics: the row of spans of one stretch of text, its gaps and choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taskner.linking.candidates import list_cells
from taskner.linking.evidence import Gap
from taskner.linking.solve import Choice, choose_links
from taskner.linking.weights import Weights
from taskner.types import Span

_LOOK_AHEAD = 8
"""Characters after a target that may show a noun of its own."""


def link_metrics(
    text: str, spans: Sequence[Span], weights: Weights
) -> Iterator[tuple[Span, tuple[Span, ...], Choice]]:
    """Link the targets of a text to its metrics.

    Args:
        text: The document's text, folded.
        spans: Spans in text order; deadlines and units among them are not read as words.
        weights: The costs.

    Yields:
        Each target with its metrics and how sure the choice is.
    """
    row = [span for span in spans if span.label in {"METRIC", "TARGET"}]
    asides = [span for span in spans if span.label in {"DEADLINE", "UNIT"}]
    gaps = list(_read_gaps(text, row, asides))
    kinds = "".join(span.label[0] for span in row)
    choices = choose_links(len(row), list_cells(kinds, gaps, weights), weights)
    for index in sorted(choices):
        choice = choices[index]
        yield row[index], tuple(row[metric] for metric in choice.metrics), choice


def _read_gaps(text: str, row: Sequence[Span], asides: Sequence[Span]) -> Iterator[Gap]:
    """The gap on the left of each span; the first one is empty."""
    waiting = list(reversed(asides))
    for index, span in enumerate(row):
        start = row[index - 1].end if index else span.start
        pieces = []
        while waiting and waiting[-1].start < span.start:
            aside = waiting.pop()
            if aside.start >= start:
                pieces.append(text[start : aside.start])
                start = aside.end
        pieces.append(text[start : span.start])
        limit = row[index + 1].start if index + 1 < len(row) else span.end + _LOOK_AHEAD
        yield Gap.of("".join(pieces), text[span.end : min(limit, span.end + _LOOK_AHEAD)])
