"""Gold documents: a marked text and, where people made one, the ledger beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.inline import document_of, read_inline
from taskner.evaluation.counts import Scores, merge
from taskner.evaluation.links import Link, links_of, score_links
from taskner.evaluation.rows import rows_of
from taskner.evaluation.score import check_same_text, score
from taskner.evaluation.spans import notice_spans, offsets_of, score_spans
from taskner.types import Document, Notice, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One gold document. ``notice`` is None where there are marks only."""

    document: Document
    marked: AnnotatedText
    notice: Notice | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The marked spans; a unit marked in pieces is one span from first to last."""
        marks = self.marked.marks
        others = (mark.span for mark in marks if mark.span.label != "UNIT")
        return (*others, *self._units())

    @property
    def links(self) -> dict[str, set[Link]]:
        """The marked links of targets, by kind: to metrics and to deadlines."""
        marks = self.marked.marks
        links: dict[str, set[Link]] = {"metric": set(), "deadline": set()}
        for mark in marks:
            target = offsets_of(mark.span)
            links["metric"] |= {(target, offsets_of(marks[i].span)) for i in mark.metrics}
            links["deadline"] |= {(target, offsets_of(marks[i].span)) for i in mark.deadlines}
        return links

    def _units(self) -> Iterator[Span]:
        first: Mark | None = None
        last: Mark | None = None
        for mark in self.marked.marks:
            if mark.span.label != "UNIT":
                continue
            if first and last and mark.continues is None:
                yield self._join(first, last)
                first = None
            first, last = first or mark, mark
        if first and last:
            yield self._join(first, last)

    def _join(self, first: Mark, last: Mark) -> Span:
        return Span.of(self.document, first.span.start, last.span.end, "UNIT")


def load_gold(path: Path | str) -> Gold:
    """Read a marked text and the ledger of the same name beside it, if there is one.

    Args:
        path: A UTF-8 file with inline marks, ``NAME.txt``; the ledger is
            ``NAME.ledger.json``.

    Returns:
        The document, its marks and its notice; the document's id is NAME.

    Raises:
        ReadError: A file cannot be opened, or is not UTF-8.
        MarksError: A mark is malformed.
        CorpusError: The ledger is not JSON, is no taskner/1 record or is of another text.
    """
    path = Path(path)
    marked = read_inline(path)
    document = marked.ledger.document if marked.ledger else document_of(marked, path)
    return Gold(document=document, marked=marked, notice=marked.ledger)


def score_gold(gold: Gold, predicted: Notice) -> Scores:
    """Score a predicted notice against a gold document.

    Spans are scored against the marks, which also hold deadlines that no target has. A
    text without a ledger has no gold tasks: its spans and marked links are scored, the
    other measures are absent.

    Raises:
        CorpusError: The prediction is of another text.
    """
    check_same_text(gold.document, predicted.document)
    spans = score_spans(gold.spans, notice_spans(predicted))
    if gold.notice is None:
        return merge((spans, score_links(gold.links, links_of(rows_of(predicted)))))
    ledger = score(gold.notice, predicted)
    marked = {name: count for name, count in spans.items() if name.startswith("spans")}
    return Scores.of({**dict(ledger.items()), **marked})
