"""Cells of tables that are nothing but figures: their columns say what they mean.

A tagger reads sentences; `186` in a column 目标值 beside 农村公路养护（公里） is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from taskner.folding import fold
from taskner.linking.sheet import spans_inside
from taskner.linking.words import read_words
from taskner.types import Document, Segment, Span, Target, Task
from taskner.values import parse_basis, parse_quantity

_FIGURE = re.compile(
    r"(?:[≥≤><]|不低于|不少于|不小于|不高于|不超过|不突破|低于|高于|超过?|约|近)?\s*\d[\d,]*(?:\.\d+)?\s*"
    r"(?:[百千万亿]*(?!年|月|日|季|期|时|号|版)[\u4e00-\u9fff%‰/·²³A-Za-z]{1,8})??"
    r"(?:\(含\))?(?:及)?(?:以上|以下|以内|左右|上下)?"
)
_TIME = re.compile(r"\d\s*(?:年|月|日|季度|时)")
_DATED = re.compile(
    r"(?P<when>(?:\d{4}年)?[^\d,;、/]{0,6}\d{0,4}[^\d,;、/]{0,2}(?:\d{1,2}[月日])?"
    r"(?:[前底末内旬年月日]|半年|季度))?"
    r"(?P<verb>累计|力争|确保|达到?|完成|完工|竣工|开工|建成|实现|同?比?(?:增长|下降|降低|提高|提升|减少)|[增降减])?"
    r"(?P<figure>.*)"
)
_BETWEEN = re.compile(r"\s*[/、;,|]\s*")
_MEASURES = frozenset({"单位", "计量单位", "指标单位"})
_BRACKET = re.compile(r"\s*\(\s*(?:单位:?)?\s*([^()\d]{1,8})\s*\)\s*$")
_CHANGE = re.compile(r"(?<=..)(?:增长|提高|提升|增加|下降|降低|减少|压减)$")
_NAMES = re.compile(r"[、/]")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class _Figure:
    """Where a figure stands, and the time before it (6月底前120), if there is one."""

    start: int
    end: int
    when: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of figures: where it stands, and the stretch that says what they count."""

    start: int
    end: int
    subject: tuple[int, int] | None


def read_cells(document: Document, task: Task, spans: Sequence[Span]) -> list[Span]:
    """Make targets of cells of figures, and a metric of what their row is about.

    Args:
        document: The document.
        task: A task with segments.
        spans: The tagger's spans of it.

    Returns:
        The spans, with those in cells of figures set right. What columns alone say has no
        score.
    """
    found = list(spans)
    for cell in _cells(document, task):
        figures = _figures(document, cell)
        read = [
            *(Span.of(document, one.start, one.end, "TARGET") for one in figures),
            *(Span.of(document, *one.when, "DEADLINE") for one in figures if one.when),
        ]
        tagged = {(span.start, span.end, span.label) for span in found}
        if not {(span.start, span.end, span.label) for span in read} <= tagged:
            found = [span for span in found if span.end <= cell.start or cell.end <= span.start]
            found += read
        if cell.subject and not _holds_amount(found, *cell.subject):
            start, end = cell.subject
            n_named = 1 if any(one.when for one in figures) else len(figures)
            named = list(name_metrics(document, start, end, n_named))
            if not _covers(found, named) or _has_limit(found, start, end):
                found = [span for span in found if span.end <= start or end <= span.start]
                found += named
            found = list(_from_start(document, found, start, end))
    return found


def set_measures(document: Document, task: Task, targets: Sequence[Target]) -> list[Target]:
    """Read figures with the measure and the verb that their row prints elsewhere.

    Args:
        document: The document.
        task: The task.
        targets: Its targets.

    Returns:
        The targets; those of figures without a measure have that of their column or row.
    """
    cells = list(_cells(document, task))
    subject = next((cell.subject for cell in cells if cell.subject), None)
    about = fold(document.text[subject[0] : subject[1]]) if subject else ""
    measure = _measure(document, task, about)
    named = _BRACKET.sub("", about)
    read = []
    for target in targets:
        if not any(cell.start <= target.span.start < cell.end for cell in cells):
            bare = target.quantity is not None and not target.quantity.measure
            read.append(_in_measure(target, measure) if bare and measure else target)
            continue
        own = next((one for one in task.segments if one.start <= target.span.start < one.end), None)
        grows = own is not None and _GROWTH.match(fold(own.context))
        measured = _measured(target, (own.measure if own else "") or measure, named)
        says_level = measured.quantity is not None and measured.quantity.basis == "level"
        read.append(_risen(measured) if grows and says_level else measured)
    return read


_GROWTH = re.compile(r"(?:同比|年均|[比较]上年)?(?:增速|增幅|增长率?|增减幅)$")


def _risen(target: Target) -> Target:
    """A figure in a column of growth rates tells by how much its row's subject grows."""
    quantity = target.quantity and replace(target.quantity, basis="rise")
    return replace(target, quantity=quantity)


def _in_measure(target: Target, measure: str) -> Target:
    """Read the number of a target that prints none with a measure."""
    text = _NUMBER.sub(rf"\g<1>{measure}", fold(target.span.text), count=1)
    read = parse_quantity(text)
    if read is None or target.quantity is None:
        return target
    kept = replace(read, aim=target.quantity.aim, basis=target.quantity.basis)
    return replace(target, quantity=kept)


_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?[百千万亿]*)")


def _measured(target: Target, measure: str, about: str) -> Target:
    quantity = target.quantity
    if quantity is None:
        return target
    if measure and not quantity.measure:
        target = _in_measure(target, measure)
        quantity = target.quantity or quantity
    if quantity.basis == "level":
        quantity = replace(quantity, basis=parse_basis(about, target.span.text, ""))
    return replace(target, quantity=quantity)


def _measure(document: Document, task: Task, about: str) -> str:
    """The measure of a row: a column of its own, or a bracket behind what is counted."""
    for segment in task.segments:
        if segment.field == "content" and fold(segment.context) in _MEASURES:
            return "".join(fold(document.text[segment.start : segment.end]).split())
    match = _BRACKET.search(about)
    return match[1] if match and parse_quantity(f"1{match[1]}") else ""


def _cells(document: Document, task: Task) -> Iterator[_Cell]:
    contents = [segment for segment in task.segments if segment.field == "content"]
    first = contents[0] if contents else None
    for segment in contents:
        if not segment.context:
            continue
        for gap_start, gap_end in reversed(segment.gaps):
            if _is_figures(document, gap_end, segment.end):
                named = _name(document, segment.start, gap_start)
                yield _Cell(gap_end, segment.end, named)
                break
        else:
            if _is_figures(document, segment.start, segment.end):
                yield _Cell(segment.start, segment.end, subject_of(document, first, segment))


def subject_of(
    document: Document, first: Segment | None, segment: Segment
) -> tuple[int, int] | None:
    """The first cell of a row is what it is about, unless it is a sentence or figures."""
    if first is None or first == segment or first.gaps or segment.due:
        return None
    return _name(document, first.start, first.end)


def _name(document: Document, start: int, end: int) -> tuple[int, int] | None:
    text = fold(document.text[start:end])
    is_sentence = len(text) > _LONGEST or re.search(r"[。;,]", text)
    return None if is_sentence else (start, end)


def _is_figures(document: Document, start: int, end: int) -> bool:
    return end - start <= _LONGEST and bool(
        list(_figures(document, _Cell(start, end, subject=None)))
    )


def _figures(document: Document, cell: _Cell) -> list[_Figure]:
    """The figures of a cell; none when there is anything else in it but times."""
    text = fold(document.text[cell.start : cell.end])
    borders = [0, *(edge for match in _BETWEEN.finditer(text) for edge in match.span()), len(text)]
    whole = [(0, len(text))]
    parts = list(zip(borders[::2], borders[1::2], strict=True))
    for stretches in (whole, parts):
        read = [_read_figure(text[start:end], cell.start + start) for start, end in stretches]
        if all(read):
            return [one for one in read if one]
    return []


def _read_figure(text: str, at: int) -> _Figure | None:
    if _is_figure(text):
        return _Figure(at, at + len(text))
    match = _DATED.fullmatch(text)
    if match is None or not _is_figure(match["figure"]):
        return None
    when = (at + match.start("when"), at + match.end("when")) if match["when"] else None
    return _Figure(at + match.start("figure"), at + len(text), when)


def _is_figure(text: str) -> bool:
    joined = "".join(text.split())
    return (
        bool(_FIGURE.fullmatch(joined))
        and not _TIME.search(joined)
        and bool(parse_quantity(joined))
    )


def _covers(spans: Sequence[Span], named: Sequence[Span]) -> bool:
    """Whether the tagger found metrics that are not just a word of the cell."""
    stretch = Segment(start=named[0].start, end=named[-1].end, field="content")
    inside = [span for span in spans_inside(stretch, spans) if span.label == "METRIC"]
    if len(named) > 1:  # as many names as figures: each is one
        return {(one.start, one.end) for one in named} <= {(one.start, one.end) for one in inside}
    return 2 * sum(span.end - span.start for span in inside) >= stretch.end - stretch.start


def _has_limit(spans: Sequence[Span], start: int, end: int) -> bool:
    """A number with 以上 inside what a row is about is a limit: 收入20万元以上村占比."""
    return any(
        one.label == "TARGET"
        and start <= one.start
        and one.end < end
        and fold(one.text).endswith(("以上", "以下", "以内"))
        for one in spans
    )


def _holds_amount(spans: Sequence[Span], start: int, end: int) -> bool:
    """A cell that ends with a target of its own (新建绿道18公里) names no row of figures."""
    return any(one.label == "TARGET" and start < one.start < one.end == end for one in spans)


def _from_start(document: Document, spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The first metric in the cell that names a row begins where the cell does, but for a verb."""
    inside = [one for one in spans if start <= one.start < end]
    first = min(inside, key=lambda one: (one.start, one.end), default=None)
    alone = len([one for one in inside if first and one.start < first.end]) == 1
    for span in spans:
        moves = span is first and alone and span.label == "METRIC" and start < span.start
        before = fold(document.text[start : span.start]) if moves else ""
        if _PART_OF_NAME.fullmatch(before) and not before.endswith(read_words("metric_verbs")):
            yield Span.of(document, start, span.end, "METRIC", score=span.score)
        else:
            yield span


_PART_OF_NAME = re.compile(r"[\u4e00-\u9fff]+")


def name_metrics(document: Document, start: int, end: int, n_figures: int) -> Iterator[Span]:
    """What a row is about as metrics: one, or as many as figures where they are listed."""
    text = fold(document.text[start:end])
    text = _BRACKET.sub("", text)
    text = _CHANGE.sub("", text)
    borders = [0, *(edge for match in _NAMES.finditer(text) for edge in match.span()), len(text)]
    parts = list(zip(borders[::2], borders[1::2], strict=True))
    for first, last in parts if len(parts) == n_figures else [(0, len(text))]:
        yield Span.of(document, start + first, start + max(last, first + 1), "METRIC")
