"""From marked texts to training windows.

A text with a ledger beside it is cut by the ledger's task borders into segments like
those the parser gives; a text without one is cut into lines. Long segments become
windows at sentence ends.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tokenizers import Tokenizer

from taskner.corpus.files import list_marked
from taskner.corpus.inline import parse_marks
from taskner.errors import CorpusError
from taskner.folding import fold
from taskner.tagging.decode import TAGS, tags_from_spans
from taskner.training.recipe import CorpusConfig
from taskner.types import Label, Segment, Span

IGNORED = -100
"""The tag of special and context pieces: no loss."""

CONTEXTS: dict[Label, str] = {"UNIT": "责任单位", "DEADLINE": "完成时限"}
_SENTENCE_END = re.compile(r"(?<=[。;!?\n])")
_HEADING_LENGTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDocument:
    """A marked text cut into segments."""

    id: str
    text: str
    spans: tuple[Span, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One training example: pieces of context and text with a tag each."""

    document: str
    input_ids: tuple[int, ...]
    labels: tuple[int, ...]
    n_spans: int
    n_crossed: int


def find_marked(config: CorpusConfig, resolve: Iterable[Path]) -> list[Path]:
    """List the marked texts of a recipe, sorted by name, without those left out.

    Raises:
        CorpusError: A folder is missing or holds no marked text.
    """
    paths = list_marked(resolve)
    kept = [path for path in paths if path.stem not in config.leave_out]
    if not kept:
        raise CorpusError(path=str(paths[0].parent), detail="leave_out leaves no text to learn")
    return kept


def read_marked(path: Path) -> MarkedDocument:
    """Read a marked text and cut it into segments.

    Raises:
        MarksError: The marks are malformed.
        CorpusError: The file cannot be read, or the ledger beside it does not fit.
    """
    try:
        marked = parse_marks(path.read_text(encoding="utf-8"), path=str(path))
        ledger = path.with_name(f"{path.stem}.ledger.json")
        data = json.loads(ledger.read_text(encoding="utf-8")) if ledger.exists() else None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CorpusError(path=str(path), detail=str(error)) from error
    spans = marked.spans
    if data is None:
        segments = list(_segments_by_line(marked.text))
    else:
        for task in data["tasks"]:
            # Cells of a split row are joined in a task's text: only its head must agree.
            head = str(task["text"])[:4]
            if not marked.text.startswith(head, task["start"], task["end"]):
                detail = f"ledger task {task['id']} does not match the text"
                raise CorpusError(path=str(ledger), detail=detail)
        segments = list(_segments_by_ledger(marked.text, spans, data["tasks"]))
    return MarkedDocument(id=path.stem, text=marked.text, spans=spans, segments=tuple(segments))


def _segments_by_line(text: str) -> Iterator[Segment]:
    heading = ""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Segment(start=at, end=at + len(line), field="content", context=heading)
            if len(line) <= _HEADING_LENGTH and not line.rstrip().endswith(("。", ";", "；")):
                heading = line.strip()
        at += len(line) + 1


def _segments_by_ledger(
    text: str, spans: Sequence[Span], tasks: Sequence[dict[str, object]]
) -> Iterator[Segment]:
    borders = [(int(str(task["start"])), int(str(task["end"]))) for task in tasks]
    gap_start = 0
    for (start, end), task in zip(borders, tasks, strict=True):
        yield from _segments_of_gap(text, spans, gap_start, start)
        path = task["path"]
        heading = str(path[-1]) if isinstance(path, list) and path else ""
        yield Segment(start=start, end=end, field="content", context=heading[:_HEADING_LENGTH])
        gap_start = end
    yield from _segments_of_gap(text, spans, gap_start, len(text))


def _segments_of_gap(text: str, spans: Sequence[Span], start: int, end: int) -> Iterator[Segment]:
    """Cut what stands between two tasks into the fields that hold marks."""
    inside = [span for span in spans if start <= span.start and span.end <= end]
    at = 0
    while at < len(inside):
        label = inside[at].label
        last = at
        while last + 1 < len(inside) and (inside[last + 1].label == "UNIT") == (label == "UNIT"):
            last += 1
        line_end = text.find("\n", inside[last].end, end)
        stop = inside[last + 1].start if last + 1 < len(inside) else end
        stop = min(stop, line_end if line_end >= 0 else inside[last].end)
        yield Segment(
            start=_with_label(text, inside[at].start, start),
            end=stop,
            field="responsibility" if label == "UNIT" else "content",
            context=CONTEXTS.get(label, ""),
        )
        at = last + 1


def _with_label(text: str, start: int, floor: int) -> int:
    """Include the mark before the first span; every second time also its line's label."""
    line = text.rfind("\n", floor, start) + 1
    while start > max(line, floor) and text[start - 1] in "★▲*":
        start -= 1
    label = text[max(line, floor) : start]
    short = "\n" not in label and len(label) <= len("牵头责任单位: ")
    return start - len(label) if short and _coin(text[start : start + 8], 0.5) else start


def windows_of(
    document: MarkedDocument, tokenizer: Tokenizer, config: CorpusConfig
) -> Iterator[Window]:
    """Cut a document into training windows.

    Windows without spans are thinned out: which ones stay depends on their text only,
    so the same corpus always gives the same windows.
    """
    for segment in document.segments:
        text = fold(document.text[segment.start : segment.end])
        spans = [s for s in document.spans if segment.start <= s.start and s.end <= segment.end]
        context = segment.context
        if segment.field == "content" and not _coin(text[:16], 0.5):
            context = ""
        context_ids = tokenizer.encode(fold(context), add_special_tokens=False).ids[:16]
        for start, end in _sentence_groups(text, tokenizer, config.window):
            low, high = segment.start + start, segment.start + end
            own = [s for s in spans if low <= s.start and s.end <= high]
            if not own and not _keep_empty(text[start:end], config):
                continue
            encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
            offsets = [(a + low, b + low) for a, b in encoding.offsets]
            tags, n_crossed = tags_from_spans(offsets, own)
            head = [0, *context_ids, 2] if context_ids else [0]
            yield Window(
                document=document.id,
                input_ids=(*head, *encoding.ids, 2),
                labels=(*[IGNORED] * len(head), *tags, IGNORED),
                n_spans=len(own),
                n_crossed=n_crossed,
            )


def cut_window(window: Window, longest: int) -> Window:
    """Cut off what an encoder cannot read of a window; spans that begin there are not counted."""
    if len(window.input_ids) <= longest:
        return window
    labels = window.labels[:longest]
    n_spans = sum(tag != IGNORED and TAGS[tag].startswith("B") for tag in labels)
    return replace(window, input_ids=window.input_ids[:longest], labels=labels, n_spans=n_spans)


def _sentence_groups(text: str, tokenizer: Tokenizer, limit: int) -> Iterator[tuple[int, int]]:
    """Group whole sentences into ranges of at most ``limit`` pieces (or one sentence)."""
    start = end = n_pieces = 0
    for sentence in _SENTENCE_END.split(text):
        if not sentence:
            continue
        length = len(tokenizer.encode(sentence, add_special_tokens=False).ids)
        if end > start and n_pieces + length > limit:
            yield start, end
            start, n_pieces = end, 0
        end += len(sentence)
        n_pieces += length
    if end > start:
        yield start, end


def _keep_empty(text: str, config: CorpusConfig) -> bool:
    with_digits, without = config.keep_empty
    share = with_digits if any(c.isdigit() for c in text) else without
    return _coin(text, share)


def _coin(text: str, share: float) -> bool:
    """Decide by the text alone: true for about ``share`` of all texts."""
    return zlib.crc32(text.encode()) < share * 2**32
