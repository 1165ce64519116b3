"""What to annotate next: items and notices that a model would learn most from.

Items are scored as ``extract`` tags them, so that a folder is read once, with the same
limits and errors, and ranked by :mod:`taskner.studies.ranking`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from taskner.errors import NoProbabilitiesError
from taskner.exporters import Failure
from taskner.pipeline import Extractor
from taskner.pipeline.extractor import segments_to_tag
from taskner.studies.ranking import choose, item_doubt, piece_doubts, vectors_of
from taskner.tagging import ScoredSegment, Tagger, spans_of
from taskner.tagging.decode import TAGS
from taskner.types import LABELS, Document, Label, Notice, Segment, Span, Task

By = Literal["item", "notice"]

_DOUBTFUL = 0.2
"""A piece whose best tag is wrong with at least this probability is worth naming."""

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A task of a notice as an annotator would read it, and the model's doubt of it.

    Attributes:
        notice: The notice, with what the model found in it.
        task: The task.
        place: From the start of its first segment that is tagged to the end of the last.
        text: These segments, in text order.
        doubts: Of each piece, see :func:`taskner.studies.ranking.piece_doubts`.
        label: What the model doubts most; None where it reads nothing.
        n_places: How many stretches it doubts.
    """

    notice: Notice
    task: Task
    place: tuple[int, int]
    text: str
    doubts: _Floats
    label: Label | None
    n_places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One of the ranked: an item, or a whole notice (``task`` is None then).

    Attributes:
        rank: From 1.
        notice: The notice, with what the model found in it.
        items: The item, or all items of the notice.
        task: The item's task.
        doubt: What it is ranked by, before what is like it counts.
        like: The rank of the most similar one chosen before; None for the first.
        likeness: How similar, in [0, 1].
    """

    rank: int
    notice: Notice
    items: tuple[Item, ...]
    task: Task | None
    doubt: float
    like: int | None
    likeness: float

    @property
    def label(self) -> Label | None:
        """What the model doubts most; of a notice, what it doubts most often."""
        counts = Counter(item.label for item in self.items if item.label)
        return next((label for label, _ in counts.most_common(1)), None)

    @property
    def n_places(self) -> int:
        """How many stretches the model doubts."""
        return sum(item.n_places for item in self.items)

    @property
    def place(self) -> tuple[int, int]:
        """The first and the last code point of what is tagged, half-open."""
        starts = [item.place[0] for item in self.items]
        return min(starts), max(item.place[1] for item in self.items)

    @property
    def n_characters(self) -> int:
        """How much there is to read."""
        return sum(len(item.text) for item in self.items)


@dataclass(slots=True)
class Pool:
    """Unlabelled items, collected while their notices are extracted.

    Pass notices that ``extractor`` gave to :meth:`add`, each before the next is extracted.
    """

    extractor: Extractor
    items: list[Item] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    _recorder: _Recorder = field(init=False)

    def __post_init__(self) -> None:
        """Listen to the tagger.

        Raises:
            NoProbabilitiesError: The model says what it finds, but not how sure it is.
        """
        tagger = self.extractor.tagger
        if not isinstance(tagger, Tagger):
            raise NoProbabilitiesError(name=self.extractor.name)
        self._recorder = _Recorder(tagger)
        self.extractor = replace(self.extractor, tagger=self._recorder)

    def add(self, result: Notice | Failure) -> None:
        """Add the items of a notice, or what failed."""
        if isinstance(result, Failure):
            self.failures.append(result)
            return
        scored = {(one.segment.start, one.segment.end): one for one in self._recorder.scored}
        for task, segments in items_of(result):
            own = [scored[segment.start, segment.end] for segment in segments]
            self.items.append(_item(result, task, own))

    def rank(self, n: int, *, by: By = "item") -> tuple[Suggestion, ...]:
        """Give what should be annotated first, best first.

        Args:
            n: How many at most.
            by: Whether items or whole notices are chosen.
        """
        groups = [[item] for item in self.items] if by == "item" else _by_notice(self.items)
        doubts = [item_doubt(np.concatenate([item.doubts for item in group])) for group in groups]
        vectors = vectors_of(["".join(item.text for item in group) for group in groups])
        chosen = choose(doubts, vectors, n)
        suggestions = []
        for at, index in enumerate(chosen):
            nearest = vectors[chosen[:at]] @ vectors[index]
            like = int(nearest.argmax()) if at else None
            group = groups[index]
            suggestions.append(
                Suggestion(
                    rank=at + 1,
                    notice=group[0].notice,
                    items=tuple(group),
                    task=group[0].task if by == "item" else None,
                    doubt=doubts[index],
                    like=None if like is None else like + 1,
                    likeness=0.0 if like is None else float(nearest[like]),
                )
            )
        return tuple(suggestions)


def items_of(notice: Notice) -> list[tuple[Task, list[Segment]]]:
    """Give the tasks of a notice with the segments that are tagged, in text order.

    A segment that several tasks share (a merged cell) belongs to the first of them, so
    that nobody reads it twice; a task that has nothing of its own is left out.
    """
    items = []
    known: set[tuple[int, int]] = set()
    for task in notice.tasks:
        own = [
            segment
            for segment in segments_to_tag((task,))
            if (segment.start, segment.end) not in known
        ]
        known |= {(segment.start, segment.end) for segment in own}
        if own:
            items.append((task, sorted(own, key=lambda segment: segment.start)))
    return items


@dataclass(slots=True)
class _Recorder:
    """Tags as its tagger does, and keeps the scores of the last document."""

    tagger: Tagger
    scored: list[ScoredSegment] = field(default_factory=list)

    def tag(self, document: Document, segments: Sequence[Segment]) -> tuple[Span, ...]:
        """Find the spans of some segments, in text order."""
        self.scored = self.tagger.score(document, segments)
        return spans_of(document, self.scored)


def _item(notice: Notice, task: Task, scored: Sequence[ScoredSegment]) -> Item:
    text = notice.document.text
    doubts = [piece_doubts([one.log_scores]) for one in scored]
    return Item(
        notice=notice,
        task=task,
        place=(scored[0].segment.start, max(one.segment.end for one in scored)),
        text="\n".join(text[one.segment.start : one.segment.end] for one in scored),
        doubts=np.concatenate(doubts),
        label=_most_doubted(scored),
        n_places=sum(_n_runs(own >= _DOUBTFUL) for own in doubts),
    )


def _most_doubted(scored: Sequence[ScoredSegment]) -> Label | None:
    """Give the label whose presence is least certain, summed over pieces (variance)."""
    filled = [np.exp(one.log_scores) for one in scored if len(one.log_scores)]
    if not filled:
        return None
    probabilities = np.concatenate(filled)

    def doubt(label: Label) -> float:
        columns = [TAGS.index(f"{prefix}-{label}") for prefix in "BI"]
        share = probabilities[:, columns].sum(axis=1)
        return float((share * (1 - share)).sum())

    return max(LABELS, key=doubt)


def _n_runs(marked: npt.NDArray[np.bool_]) -> int:
    """Count stretches of neighbours that are marked."""
    return int((marked & ~np.concatenate(([False], marked[:-1]))).sum())


def _by_notice(items: Iterable[Item]) -> list[list[Item]]:
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(id(item.notice), []).append(item)
    return list(groups.values())
