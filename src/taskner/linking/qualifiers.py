"""Times and sizes that tell which things are counted, not until when.

2005年底前建成的老旧小区, 使用超20年的管道: all of it names the thing.

Source: docs/annotating.md: all qualifiers that touch a metric belong to it; years that
belong to a name are no deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taskner.folding import fold
from taskner.types import Document, Span

_REACH = 12
"""Characters read before a span."""

_CAME_TO_BE = re.compile(
    r"(?:建成|建设|建造|修建|兴建|建|竣工|开工|投用|投运|投产|成立|设立|登记|注册|取得|购买|购置|出厂|入住|备案|形成|"
    r"立案|受理|上牌|毕业)(?:投用|投运|使用|并[\u4e00-\u9fff]{2,4})?的"
)
_AGED = re.compile(r"(?:超过?|满|逾|不足|达到?)\d{1,3}年")
_HOW_LONG = re.compile(
    r"(?:使用|运行|服役|投用|投运|投产|房龄|楼龄|树龄|车龄|建成|入住|从业|工作|服务|任职|成立|闲置)$"
)
_SIZE = re.compile(r"\d[\d.]*[百千万亿]*元(?:\(含\))?(?:以上|以下)?(?!\d)")
_SIZE_OF = re.compile(
    r"(?<![\u4e00-\u9fff]完成)(?<!^完成)(?<!实现)(?:(?:计划|固定资产|总)?投资额?|年?(?:产值|营收|销售额|主营业务收入))$"
)


def join_qualifiers(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Let metrics begin with what qualifies them.

    Args:
        document: The document.
        spans: The tagger's spans in text order.

    Yields:
        The spans; a deadline that is part of a metric's name is in the metric.
    """
    held: Span | None = None
    floor = 0
    for span in spans:
        if held is not None and span.label == "METRIC" and _qualifies(document, held, span):
            yield Span.of(document, held.start, span.end, "METRIC", score=span.score)
            held, floor = None, span.end
            continue
        if held is not None:
            yield held
        held = span if span.label == "DEADLINE" else None
        if held is None:
            yield _widened(document, span, floor) if span.label == "METRIC" else span
        floor = span.end
    if held is not None:
        yield held


def _qualifies(document: Document, time: Span, metric: Span) -> bool:
    """Whether a deadline is the beginning of what the metric behind it names."""
    between = fold(document.text[time.end : metric.start])
    if fold(metric.text).startswith("的"):
        between += "的"
    return _CAME_TO_BE.fullmatch(between) is not None


def _widened(document: Document, metric: Span, floor: int) -> Span:
    """Take in what a size or an age at the head of a metric is the size or the age of."""
    own = fold(metric.text)
    before = fold(document.text[max(floor, metric.start - _REACH) : metric.start])
    aged = _AGED.match(own) and _HOW_LONG.search(before)
    sized = _SIZE.match(own) and _SIZE_OF.search(before)
    match = aged or sized
    if not match:
        return metric
    start = metric.start - len(match.group())
    return Span.of(document, start, metric.end, "METRIC", score=metric.score)
