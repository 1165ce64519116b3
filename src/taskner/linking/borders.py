"""Borders that the annotation guide fixes, whatever the tagger says.

Source: docs/annotating.md: comparators and rates that touch a number belong to it; a
metric has no verb before it and no adverb behind it; two metrics never touch; a deadline
ends with its 前.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from taskner.folding import fold
from taskner.linking.coordinations import is_attribute
from taskner.linking.metric_borders import metric_borders
from taskner.types import Document, Segment, Span
from taskner.values import parse_period

_REACH = 12
"""Characters read on each side of a span."""

_BEFORE = re.compile(
    r"(?:不(?:得)?(?:少于|低于|超过|高于|小于|大于|突破)|至少|至多|最多|超过|突破|高于|低于|(?<!赶)超|逾|(?<![最附接邻])近|(?<![履预签合节公])约|[≥≤><])$"
)
_AFTER = re.compile(r"(?:\(含\))?(?:及)?(?:以上|以下|以内|之内)|左右|上下")
_RATE = re.compile(r"/(?:年|月|日|天|人|亩|户|万人|千人|平方米|立方米|平方公里|小时)")
_PER = re.compile(
    r"每(?:[百千万]?[人户]|立方米|平方米|平方公里|公顷|亩|吨|千瓦时|[天日周月年]|季度?|台|张|万元|亿元)$"
)
_MULTIPLIER = re.compile(r"\d[百千万亿]+$")
_MEASURE = re.compile(
    r"千瓦时|千瓦|千米|千伏安|千克|平方公里|平方米|立方米|公里|公顷|人次|户次|吨标准煤|吨标煤|标箱|标准箱|"
    r"[吨亩人户个家件项元套台辆斤米方座处名条]"
)
_SHARED_COUNT = re.compile(r"[两二三四五六七八九十]个(?=\d{1,4}(?:\.\d{1,4})?%)")


def mend_borders(
    document: Document, spans: Iterable[Span], *, segments: Sequence[Segment] = ()
) -> list[Span]:
    """Move borders to where the guide has them.

    Args:
        document: The document.
        spans: The tagger's spans.
        segments: The segments they lie in; no border moves out of one.

    Returns:
        Spans in text order, as many or fewer: metrics that touch become one, a time that is
        half a word is none.
    """
    whole = (_bare(document, span) for span in spans if not _counts_years(document, span))
    ordered = sorted(whole, key=lambda span: (span.start, span.end))
    taken = {position for span in ordered for position in range(span.start, span.end)}
    mended: list[Span] = []
    in_field = _whole_cells(ordered, segments)
    for span in _parted(document, _joined(document, ordered, segments), in_field):
        moved = span
        if span.label == "TARGET":
            moved = _mend_target(document, span, taken)
        elif span.label == "METRIC":
            moved = _moved(document, span, *metric_borders(document, span, taken), span.score)
        elif not _lies_in(span, in_field):
            moved = _mend_deadline(document, span)
        mended.append(moved if _share_segment(span, moved, segments) else span)
    return mended


_OPEN, _CLOSE = "([〔【", ")]〕】"


def _bare(document: Document, span: Span) -> Span:
    """Leave out brackets at an end of a span whose other half stands outside: 18个|(1460户|)."""
    own = fold(span.text)
    low, high = 0, len(own)
    while high - low > 1 and _is_lone(own[low:high], own[high - 1]):
        high -= 1
    while high - low > 1 and _is_lone(own[low:high], own[low]):
        low += 1
    return _moved(document, span, span.start + low, span.start + high, span.score)


def _is_lone(own: str, sign: str) -> bool:
    n_open, n_close = (sum(map(own.count, signs)) for signs in (_OPEN, _CLOSE))
    return (sign in _OPEN and n_open > n_close) or (sign in _CLOSE and n_close > n_open)


_OF_YEARS = re.compile(r"一贯制|年?制(?=[学教小初高中])|义务教育")


def _counts_years(document: Document, span: Span) -> bool:
    """Whether a tagged time is the first half of a kind of school: 九年|一贯制学校."""
    after = fold(document.text[span.end : span.end + _REACH])
    return span.label == "DEADLINE" and _OF_YEARS.match(after) is not None


def _whole_cells(spans: Sequence[Span], segments: Sequence[Segment]) -> list[Segment]:
    """Cells of due columns that a span holds as a whole: it is left as it is."""
    held = {(span.start, span.end) for span in spans if span.label == "DEADLINE"}
    return [one for one in segments if one.field == "deadline" and (one.start, one.end) in held]


def _share_segment(first: Span, second: Span, segments: Sequence[Segment]) -> bool:
    start, end = min(first.start, second.start), max(first.end, second.end)
    return not segments or any(
        segment.start <= start and end <= segment.end for segment in segments
    )


def _joined(document: Document, ordered: Iterable[Span], segments: Sequence[Segment]) -> list[Span]:
    """Join metrics that touch, and a rate with its number: the tagger cut one in two."""
    joined: list[Span] = []
    for span in ordered:
        last = joined[-1] if joined else None
        touch = last and span.label == last.label and span.start == last.end
        touch = touch and (span.label == "METRIC" or _is_rate(last) or _is_one_time(last, span))
        after = document.text[span.end : span.end + _REACH]
        ends_open = last and last.text.endswith("、") and not is_attribute(last.text)
        listed = ends_open and "分别" in after  # A、B分别为12个、30个
        if last and touch and not listed and _share_segment(last, span, segments):
            scores = [each.score for each in (last, span) if each.score is not None]
            joined[-1] = _moved(document, last, last.start, span.end, min(scores, default=None))
        else:
            joined.append(span)
    return joined


def _is_rate(span: Span | None) -> bool:
    return span is not None and span.label == "TARGET" and bool(_PER.fullmatch(fold(span.text)))


_LISTED_TIME = re.compile(r"[一二三四\d]+、")


def _is_one_time(first: Span | None, second: Span) -> bool:
    """Whether two deadlines that touch are one: 秋季学期|开学前, 二、|三季度; not 断面|年底."""
    if first is None or second.label != "DEADLINE":
        return False
    own = fold(second.text)
    dates = re.search(r"\d", own) or parse_period(own, year=_ANY_YEAR).last
    return not dates or bool(_LISTED_TIME.fullmatch(fold(first.text)))


_CLAUSE = re.compile(r"(?:[^;。,:]|(?<=\d):(?=\d))+")


def _parted(
    document: Document, spans: Iterable[Span], in_field: Sequence[Segment]
) -> Iterator[Span]:
    """Part deadlines that run over a mark: 4月启动,10月底前. Cells of due columns stay whole."""
    for span in spans:
        if span.label != "DEADLINE" or _lies_in(span, in_field):
            yield span
            continue
        after = fold(document.text[span.end : span.end + _REACH])
        clause = _DEALT_TIME if _DEALS_OUT.match(after) and _dates_each(span) else _CLAUSE
        for match in clause.finditer(fold(span.text).rstrip("、 ")):
            first, last = span.start + match.start(), span.start + match.end()
            if match.group().strip():
                yield _moved(document, span, first, last, span.score)


_DEALT_TIME = re.compile(r"(?:(?!以?及|[和与])[^;。,:、]|(?<=\d):(?=\d))+")
_DEALS_OUT = re.compile(
    r"(?:力争|确保|要|须|应)?(?:分别|依次)|[、和与及][^,;。:]{1,12}(?:分别|依次)"
)


def _dates_each(span: Span) -> bool:
    """Whether the parts of a listed time are dates of their own: 5月底前、9月底前."""
    parts = [match.group() for match in _DEALT_TIME.finditer(fold(span.text))]
    return all(parse_period(part, year=_ANY_YEAR).last for part in parts)


def _lies_in(span: Span, segments: Iterable[Segment]) -> bool:
    return any(segment.start <= span.start < segment.end for segment in segments)


def _mend_target(document: Document, span: Span, taken: set[int]) -> Span:
    own = fold(span.text)
    start, end = span.start, span.end
    if match := _SHARED_COUNT.match(own):
        return _moved(document, span, start + match.end(), end, span.score)
    before = fold(document.text[max(0, start - _REACH) : start])
    after = fold(document.text[end : end + _REACH])
    for pattern in (_BEFORE, _PER):
        if match := pattern.search(before):
            start -= len(match.group())
            break
    at = 0
    if match := _REST_OF_NUMBER.match(after) if own[-1].isdecimal() else None:
        at = match.end()
    if _MULTIPLIER.search(own) and (match := _MEASURE.match(after)):
        at = match.end()
    for pattern in (_RATE, _AFTER):
        if match := pattern.match(after, at):
            at = match.end()
    end += at
    if taken & {*range(start, span.start), *range(span.end, end)}:
        return span
    return _moved(document, span, start, end, span.score)


_REST_OF_NUMBER = re.compile(
    rf"\d+(?:\.\d+)?[百千万亿]*(?:{_MEASURE.pattern}|%|个百分点)(?!\d|(?:/[年月日天])?的)"
)
"""What a tagger left of a number that it cut, unless it tells the size of a thing: 超8|0万元."""
_BY = re.compile(r"(?<=[日月底末旬度节季期”\"])前(?![后期])(?=[\u4e00-\u9fff]{1,2}$)")


def _mend_deadline(document: Document, span: Span) -> Span:
    """Leave the verb behind the time outside (6月底前开|工); the cell of a due column is whole."""
    if span.label != "DEADLINE":
        return span
    own = fold(span.text)
    match = _BY.search(own)
    end = match.end() if match else len(own)
    end = _time_end(own[:end])
    before = fold(document.text[max(0, span.start - _REACH) : span.start])
    number = _SET_OFF.search(before) if own[0] in "年月日" else None
    start = span.start - len(number.group()) if number else span.start
    return _moved(document, span, start, span.start + end, span.score)


_SET_OFF = re.compile(r"(?<![\d.])\d{1,4}\s*$")
"""The number of a date that a scan sets off from it: 6 |月底前."""


_TIME_END = re.compile(r"(?<=[年月日季度旬底末前初内期节半])(?=[\u4e00-\u9fff])")


def _time_end(own: str) -> int:
    """Where the time ends in a span that runs on into what is done then (4月|启动)."""
    for match in reversed(list(_TIME_END.finditer(own))):
        period = parse_period(own[: match.start()], year=_ANY_YEAR)
        whole = parse_period(own, year=_ANY_YEAR)
        if period.last and whole.last in {None, period.last} and not _TIME.search(own, match.end()):
            return match.start()
    return len(own)


_TIME = re.compile(r"[年月日季度旬底末前初内期间节起止后]")
_ANY_YEAR = 2000


def _moved(document: Document, span: Span, start: int, end: int, score: float | None) -> Span:
    if (start, end) == (span.start, span.end):
        return span
    return Span.of(document, start, end, span.label, score=score)
