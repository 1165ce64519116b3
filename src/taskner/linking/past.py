"""What a sentence tells of the time before: figures that were reached are no targets."""

from __future__ import annotations

import re

from taskner.folding import BREAK, fold
from taskner.linking.words import words_pattern
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
# A year, told of until the sentence turns: 2024年全市落地项目97个、到位资金…. Without a word that
# says so, a year may tell which things are meant: 2024年签约项目开工率.
_YEAR = re.compile(
    r"(?:^|[,:])(?P<told>(?P<year>20\d\d)年(?:(?:全年|年?[末底])(?!以?前)"
    r"|全[省市县区州旗盟镇乡]|我[省市县区州]|累计|共|实际)[^的)]*)$"
)
_NOTE = re.compile(
    r"\((?P<told>(?P<year>20\d\d)年"
    r"(?!同期|[底末]?以?前|以[来后]|[的起度至到~—–-]|结转|未|续建|遗留|水平)[^的)]*)$"
)
"""In a bracket behind a target, what it was: 补贴800万元(2024年发放640万元)."""
_STANDS = re.compile(
    r"(?:.*,)?(?:全[省市县区州旗盟镇乡]|我[省市县区州]|目前|当前|截至[^,]{2,12},)(?:全[省市县区]|我[省市县区])?"
    r"(?:现|共|已|现已|现共)有[^,]*(?:,其中[^,]*)*"
)
"""What there is: 全市现有园区12个,其中国家级2个."""
_TURNS = re.compile(
    r"基础上|[扩增提][至到]|[达升]到|技改|加固|增[设添加]|更新|升级|扩[容产建]|提[质标升]|整改"
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
    stands = _STANDS.fullmatch(said) is not None and not _is_work(said)
    return stands or _DONE.fullmatch(said) is not None


def _of_year(said: str, year: int | None) -> re.Match[str] | None:
    match = _YEAR.search(said) or _NOTE.search(said)
    return match if match and year is not None and int(match["year"]) < year else None


def _is_work(said: str) -> bool:
    """Whether something is done with what there is: 全市现有住宅加装电梯30部."""
    return bool(
        _TURNS.search(said) or words_pattern("metric_verbs").search(said.replace("其中", ""))
    )
