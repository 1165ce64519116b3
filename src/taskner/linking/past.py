"""What a sentence tells of the time before: figures that were reached are no targets."""

from __future__ import annotations

import re

from taskner.folding import BREAK, fold
from taskner.types import Document, Span

_SENTENCE = 80
"""Characters read before a number."""

# What a sentence says of the year before until it turns to what is to come.
_LAST_YEAR = re.compile(
    r"(?:^|[,(:])(?P<told>(?:[去上前]年|上一年|上年度)(?:全年|末|底|年末|年底)?"
    r"(?!同期|的|结转|未|续建|遗留|水平|度)[^的)]*)$"
)
_DONE = re.compile(
    r"(?:.*,)?(?:20\d\d年[^,]{0,6}已(?!有)"
    r"|(?:[去上]年|目前|截至[^,]{2,12},?)[^,]{0,6}(?:已(?!有)|累计完成|共完成|实际完成)).*"
)
_TO_COME = re.compile(
    r"今年|本年|明年|力争|确保|争取|[年月]底前|年内|到20\d\d|计划|目标|(?<!即)将|拟|再|继续|要|提高到|"
    r"提升[到至]|增[加至]|达到.*以上"
)
_ITEM = re.compile(r"\s*(?:[(（]?\d{1,3}[)）、.](?!\d)\s*)?")
# A year, told of until the sentence turns: 2024年全市落地项目97个、到位资金….
_YEAR = re.compile(
    r"(?:^|[,(:])(?P<told>(?P<year>20\d\d)年(?:全年|末|底|年末|年底)?"
    r"(?!同期|[底末]?以?前|以[来后]|[的起度至到~—–-]|结转|未|续建|遗留|水平)[^的)]*)$"
)
_STANDS = re.compile(
    r"(?:.*,)?(?:全[省市县区州旗盟镇乡]|我[省市县区州]|目前|当前|截至[^,]{2,12},)?(?:现|共|已|现已|现共)有[^,]*(?:,其中[^,]*)*"
)
"""What there is: 全市现有园区12个,其中国家级2个."""
_TURNS = re.compile(
    r"基础上|[扩增提][至到]|[达升]到|改造|提升|新增|整治|推[进动]|完成|建成|培育|打造|实施"
)
_BASE = re.compile(r"(?:底数|基数)(?:共|为|是|:)?约?$")
"""Where a count starts from: (存量底数310万元)."""
_PAST_YEAR = re.compile(r"(20\d\d)年(?:全年|年?[末底])?")


def is_past_year(said: str, year: int | None) -> bool:
    """Whether a time is a year before the one planned for, and no limit (2024年底前).

    Args:
        said: Folded text of the time.
        year: The year that is planned for, None if unknown.
    """
    match = _PAST_YEAR.fullmatch(said)
    return match is not None and year is not None and int(match[1]) < year


def tells_past(document: Document, span: Span, year: int | None) -> bool:
    """Whether a number tells what was reached: 去年新签项目41个, 2025年已清偿1.7亿元.

    Source: docs/annotating.md, what was done before is no target.

    Args:
        document: The document.
        span: The number.
        year: The year that is planned for, None if unknown.
    """
    before = fold(document.text[max(0, span.start - _SENTENCE) : span.start])
    if _BASE.search(before):
        return True
    said = re.split(r"[。;!?\n\t|]", BREAK.sub("\n", before))[-1]
    if len(said) == len(before) and span.start > _SENTENCE:
        return False  # the sentence begins further up
    said = _ITEM.sub("", said)
    told = _LAST_YEAR.search(said) or _of_year(said, year)
    if told:
        return _TO_COME.search(told["told"]) is None
    if _TO_COME.search(said):
        return False
    stands = _STANDS.fullmatch(said) is not None and not _TURNS.search(said)
    return stands or _DONE.fullmatch(said) is not None


def _of_year(said: str, year: int | None) -> re.Match[str] | None:
    match = _YEAR.search(said)
    return match if match and year is not None and int(match["year"]) < year else None
