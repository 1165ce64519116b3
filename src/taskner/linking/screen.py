"""What the annotation guide rules out, whatever the tagger says.

Source: docs/annotating.md, what is no target (slogans in quotes, idioms, bases, phases).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from taskner.folding import fold
from taskner.linking.past import is_past_year, tells_past
from taskner.types import Document, Span
from taskner.values import parse_quantity

_REACH = 40
"""Characters read on each side of a span."""

_SURE = 0.95
"""A number cut in two is believed only at such a score."""

_BASE = re.compile(
    r"(?:[从由自](?:(?:[去上前]年|上一年|20\d\d年|目前|现有|原来)[末底]?的?)?|[比较](?:[去上前]年|上一年)的)$"
)
_CHANGE = re.compile(
    r"(?:左右|以上|以内)?(?:提高|提升|增长|增加|增|上升|上调|升|扩大|扩至|扩到|拓展|延长|下降|下调|降低|降|减|"
    r"压[减缩降至到]|缩[短减小至到]|精简|收窄|(?:整合|合并|调整|优化|转变|改|变)[为成]|→)"
)
_ARROW = re.compile(r"\s*(?:→|➔|➜|⟶|-{1,2}>|=>)\s*(?=\D{0,4}\d)")
_ARROW_END = re.compile(r"(?:→|➔|➜|⟶|-{1,2}>|=>)\s*$")
"""The figure before an arrow is where it starts from: 88%→90%."""
_ISSUED = re.compile(
    r"(?:[去上前]年|上一年|20\d\d年|此前|前期|已经?)[^,。;]{0,6}"
    r"(?:出台|印发|发布|颁布|公布|制定|制订|推出)的$"
)
"""How many rules there are that were made before: 去年出台的12条政策."""
# 在去年改造N个的基础上: what was reached before, from which the task goes on.
_REACHED = re.compile(r"在(?:[去上]年|前期|前[一两几]年|20\d\d年|已)[^,。;]*$")
_GOES_ON = re.compile(r"[^,。;]{0,20}?基础上")
_GIVEN = re.compile(r"\([^()]*已\s*(?:安排|下达|拨付|到位|投入|落实)[^(),。;\d]{0,8}$")
"""Money that a bracket says is there already: (市财政已安排1.2亿元)."""
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_PHASE = re.compile(r"[一二三四五六七八九十]{1,2}期")
_BOUND = re.compile(r"以[内上下]|左右|不(?:低于|高于|少于|超过)")
_DIGIT = re.compile(r"\d")
_NUMBER_BEFORE = re.compile(r"\d\.?\Z")
_GRADE = re.compile(r"[A-Z]级")  # 4A级, a name; three of them are 3家4A级景区
_QUOTES = {"“": "”", "「": "」", "『": "』"}


def screen_spans(
    document: Document, spans: Iterable[Span], *, year: int | None = None
) -> list[Span]:
    """Drop targets and deadlines that the guide rules out.

    Args:
        document: The document.
        spans: The tagger's spans.
        year: The year that is planned for, None if unknown.

    Returns:
        What is left, in the order given.
    """
    tests = {"TARGET": _may_be_target, "DEADLINE": _may_be_deadline}
    return [
        span for span in spans if span.label not in tests or tests[span.label](document, span, year)
    ]


def _is_start(before: str, after: str) -> bool:
    """Whether a change starts from a figure: 由420元提高, 88%→90%, 在去年改造N个的基础上."""
    changes = _BASE.search(before) and _CHANGE.match(after)
    goes_on = _REACHED.search(before) and _GOES_ON.match(after)
    return bool(changes or goes_on or _ARROW.match(after))


_GOAL = re.compile(r"(?:各项|主要)?(?:目标|任务)(?!\s*(?:[:是为,]|\d))")


_NO_TIME = re.compile(r"[诉事产学岗婚术庭赛]前")
_PAST = re.compile(
    r"[与同比较](?:上年|去年|上一年|往年)|^(?:[去上前]年|上年度)(?:年?[末底]|全年|同期)?$"
)
_WHEN = re.compile(
    r"[年月日季周旬天期末底初时前后内节起春夏秋冬汛暑寒每]|元旦|五一|十一|国庆|长期|常|持续|"
    r"立[即行]|即[时日刻到]|随[时到]|适时|近期|逐步|待定|\d[./-]\d"
)
"""A deadline says when, if only by a season, a feast or 长期坚持."""


def _may_be_deadline(document: Document, span: Span, year: int | None) -> bool:
    """A season inside a word (冬修水利) and a year that names goals (全年目标) bound nothing."""
    own = fold(span.text)
    after = fold(document.text[span.end : span.end + _REACH])
    names_goals = own.endswith("年") and _GOAL.match(after)
    is_base = _PAST.search(own) is not None or is_past_year(own, year)
    says_when = _WHEN.search(own) and not _NO_TIME.fullmatch(own)
    return len(own) > 1 and not names_goals and not is_base and bool(says_when)


def _may_be_target(document: Document, span: Span, year: int | None) -> bool:
    own = fold(span.text)
    before = fold(document.text[max(0, span.start - _REACH) : span.start])
    after = fold(document.text[span.end : span.end + _REACH])
    if arrow := _ARROW_END.search(own):
        after = own[arrow.start() :] + after
    has_digit = _DIGIT.search(own) is not None
    is_idiom = not has_digit and not _BOUND.search(own) and parse_quantity(own) is None
    is_measure = not has_digit and before.endswith("(") and after.startswith(")")  # 到位资金(亿元)
    if is_idiom or is_measure or _PHASE.fullmatch(own) or _CLOCK.fullmatch(own):
        return False
    if _is_start(before, after) or _ISSUED.search(before) or _GIVEN.search(before):
        return False
    if _GRADE.match(after) and own.isdigit():
        return False
    if tells_past(document, span, year) or (
        _IN_ALL.search(before) and _PLACES.search(own + after[:2])
    ):
        return False
    if "%" not in own and _is_quoted(before, after):
        return False
    cut = _NUMBER_BEFORE.search(before) if _DIGIT.match(own) else None
    cut = cut or (_DIGIT.match(after) if _DIGIT.search(own[-1]) else None)
    return cut is None or span.score is None or span.score >= _SURE


_IN_ALL = re.compile(r"在全[省市县区州旗盟镇]$")
_PLACES = re.compile(r"[个\d](?:县|区|市|州|旗|乡|镇|街道|村|社区)")


def _is_quoted(before: str, after: str) -> bool:
    """Tell whether a quotation holds more than the number, within one clause group."""
    for opening, closing in _QUOTES.items():
        opened = before.rfind(opening)
        if opened > before.rfind(closing) and "。" not in before[opened:]:
            closed = after.find(closing)
            inside = before[opened + 1 :] + after[: max(closed, 0)]
            return closed >= 0 and bool(inside) and opening not in inside and "。" not in inside
    return False
