"""Characters a second: every tagger over the same segments, in turns, in one process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence

from taskner.pipeline.extractor import SpanTagger
from taskner.types import Document, Segment

_TURNS = 3
_CHARACTERS = 15_000


def characters_a_second(
    taggers: Mapping[str, SpanTagger], documents: Sequence[tuple[Document, Sequence[Segment]]]
) -> dict[str, float]:
    """Time taggers.

    What counts is processor time of all threads, so that other work on the machine and a
    second core change little; of several turns the median. Reading, parsing and linking,
    which are the same for all, are not in it.

    Args:
        taggers: By name; each has one thread where it lets that be chosen.
        documents: Documents with their segments; the first segments of each are tagged.

    Returns:
        Tagged characters a second of processor time, by name.
    """
    each = _CHARACTERS // max(1, len(documents))
    timed = [(document, _first(segments, each)) for document, segments in documents]
    n_characters = sum(s.end - s.start for _, segments in timed for s in segments)
    seconds: dict[str, list[float]] = {name: [] for name in taggers}
    for _ in range(_TURNS):
        for name, tagger in taggers.items():
            began = time.process_time()
            for document, segments in timed:
                tagger.tag(document, segments)
            seconds[name].append(time.process_time() - began)
    return {
        name: n_characters / max(statistics.median(found), 1e-9) for name, found in seconds.items()
    }


def _first(segments: Sequence[Segment], n_characters: int) -> list[Segment]:
    taken = []
    for segment in segments:
        taken.append(segment)
        n_characters -= segment.end - segment.start
        if n_characters <= 0:
            break
    return taken
