"""What figures of a row count in where they do not say so: 45 beside 亿元, 1300 beside (万美元)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from taskner.folding import fold
from taskner.linking.cells import Cell, figure_cells, subject_of
from taskner.linking.figures import read_figures
from taskner.types import Document, Segment, Span, Target, Task
from taskner.values import parse_basis, parse_quantity

_MEASURES = frozenset({"单位", "计量单位", "指标单位"})
_BRACKET = re.compile(r"\s*\(\s*(?:单位:?)?\s*([^()\d]{1,8})\s*\)\s*$")
_NUMBER = re.compile(
    r"(\d[\d,]*(?:\.\d+)?[百千万亿]*(?:\s*[-—~至]+\s*\d[\d,]*(?:\.\d+)?[百千万亿]*)?)"
)
_GROWTH = re.compile(r"(?:同比|年均|[比较]上年)?(?:增速|增幅|增长率?|增减幅)$")


def set_measures(document: Document, task: Task, targets: Sequence[Target]) -> list[Target]:
    """Read figures with the measure and the verb that their row prints elsewhere.

    Args:
        document: The document.
        task: The task.
        targets: Its targets.

    Returns:
        The targets; those of figures without a measure have that of their column or row.
    """
    cells = list(figure_cells(document, task))
    subject = next((cell.subject for cell in cells if cell.subject), None)
    about = fold(document.text[subject[0] : subject[1]]) if subject else ""
    column = _column_measure(document, task)
    named = _BRACKET.sub("", about)
    read = []
    for target in targets:
        start = target.span.start
        own = next((one for one in task.segments if one.start <= start < one.end), None)
        cell = next((one for one in cells if one.start <= start < one.end), None)
        if cell is None:
            bare = target.quantity is not None and not target.quantity.measure
            measure = column or _row_measure(document, task, own, target) if bare else ""
            read.append(_in_measure(target, measure) if measure else target)
            continue
        measure = (own.measure if own else "") or column or _bracketed(about)
        measure = _share_of(document, cell, target.span, measure)
        grows = own is not None and _GROWTH.match(fold(own.context))
        measured = _measured(target, measure, named)
        says_level = measured.quantity is not None and measured.quantity.basis == "level"
        read.append(_risen(measured) if grows and says_level else measured)
    return read


def _column_measure(document: Document, task: Task) -> str:
    """The measure that a column of its own prints for the row."""
    for segment in task.segments:
        if segment.field == "content" and fold(segment.context) in _MEASURES:
            return "".join(fold(document.text[segment.start : segment.end]).split())
    return ""


def _bracketed(about: str) -> str:
    """The measure in the bracket behind what a row is about."""
    match = _BRACKET.search(about)
    return match[1] if match and parse_quantity(f"1{match[1]}") else ""


def _row_measure(document: Document, task: Task, segment: Segment | None, target: Target) -> str:
    """The measure behind the name of a row, for a number in a sentence that is about the row."""
    first = next((one for one in task.segments if one.field == "content"), None)
    if segment is None or segment.field != "content":
        return ""
    names = [(segment.start, start) for start, _end in segment.gaps]
    if whole := subject_of(document, first, segment):
        names.append(whole)
    for start, end in names:
        measure = _bracketed(fold(document.text[start:end]))
        of_row = [one for one in target.metrics if one.start < end and start < one.end]
        if measure and target.span.start >= end and (of_row or not target.metrics):
            return "" if "、" in measure else measure
    return ""


def _share_of(document: Document, cell: Cell, span: Span, measure: str) -> str:
    """The measure of one figure of a cell, where each has its own: 11/1640 in 个/户."""
    text = fold(document.text[cell.start : cell.end])
    starts = [one.start for one in read_figures(text, cell.start)]
    for sign in "/、":
        parts = measure.split(sign)
        if sign in measure and sign in text and len(parts) == len(starts) and span.start in starts:
            return parts[starts.index(span.start)]
    return "" if "、" in measure else measure


def without_measures(document: Document, task: Task, spans: Sequence[Span]) -> Iterator[Span]:
    """Let the metric that names a row end before its measure: 管网长度|（公里）.

    A bracket that holds another word for the thing stays: 文保单位（点） beside 6处.

    Args:
        document: The document.
        task: The task.
        spans: Spans of the task in text order.

    Yields:
        The spans in the order given.
    """
    contents = [one for one in task.segments if one.field == "content"]
    borders = [start for one in contents for start, _end in one.gaps]
    borders += [one.end for one in contents[:-1]]
    aims = [span for span in spans if span.label == "TARGET"]
    for span in spans:
        border = min((one for one in borders if one >= span.end), default=span.end)
        text = fold(document.text[span.start : border])
        match = _BRACKET.search(text) if span.label == "METRIC" else None
        following = next((one for one in aims if one.start >= border), None)
        if match and match.start() and following and _counts_in(match[1], following.text):
            end = min(span.end, span.start + match.start())
            yield Span.of(document, span.start, end, "METRIC", score=span.score)
        else:
            yield span


def _counts_in(measure: str, target: str) -> bool:
    """Whether a word in brackets can be the measure of a target."""
    listed = parse_quantity(f"两{measure}")  # beside a numeral in words only listed ones count
    read = parse_quantity(fold(target))
    if listed is None or not listed.measure or read is None:
        return False
    return read.measure in {"", listed.measure} or measure[-1] in _OF_AMOUNTS


_OF_AMOUNTS = "元%‰亩吨米里瓦升克"


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
