"""Brackets that describe one project: its sum and size are facts, no targets.

Source: docs/annotating.md, properties of a single project are no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from taskner.folding import fold
from taskner.types import Document, Span

_REACH = 80
"""Characters read around a number: the bracket it stands in and the name before it."""

_FACTS = re.compile(
    r"(?:(?:项目|工程|计划|规划|概算|估算|预算|批复|核定)总?投资|总投资|总(?:建筑|占地|用地)?面积|建筑面积|占地|用地"
    r"|规划(?:总|用地|占地|建筑|设置|设|床位)|设计(?:日|年)?(?:规模|产能|处理|床位|总)|总(?:规模|长|里程|库容|装机))"
)
# What one of them has: (每座设计车位80个).
_OF_EACH = re.compile(
    r"每[个座处所栋幢台套层条](?:约|平均)?(?:设计|规划|建筑|占地|用地|面积|投资|容量|规模)"
)
# A bare size, before the clause says until when the thing is built: 甲路南段(3公里)5月开工.
_SIZE = re.compile(
    r"(?:[一二三四]期,)?(?:全长|长)?约?\d[\d.]*[百千万]?(?:公里|千米|米|张床位|个床位|亩|平方米|个班)(?=[,;)]|$)"
)
_BUILT = re.compile(
    r"\)(?:力争|确保|要|于|在|计划)*(?:[上下]半年|年[底内末]|[一二三四]季度|\d{1,2}月)[^,;。]{0,6}"
    r"(?:开工|动工|封顶|结顶|竣工|完工|通车|投用|启用|建成|开诊|投产|贯通|合龙)"
)
# What is still to be done or reached, or said of several projects, is a target.
_AIM = re.compile(
    r"年内|今年|全年|20\d\d年|[年月]底|[年月日]前|季度|半年|力争|确保|争取|完成|实现|达到?|突破|新增|增长|提高|提升|其中|"
    r"以上|不[少低]于|不超过|累计|到位|≥"
)
# A bare 项目 or 学校 may stand for many, so that their sum would be an aim.
_NAMED = re.compile(
    r"(?:工程|[新迁扩改]建|[一二三四]期|中心|基地|[院馆站厂库桥园]|院区|大道|隧道|枢纽|码头|机场|大楼|线)[”\"]?$"
)
_SEVERAL = re.compile(
    r"\d[个项座所处家条]|[一这两几数]批|[两二三四五六七八九十百千余多][个项座所处家条]|[、等各]|重点|重大|亿元|万元|"
    r"系列|所有|全[省市县区州]|工作|任务"
)


_MANY = ("公路", "道路", "马路", "支路", "街路", "村路")
"""Bare words for many of a kind, so that their length is an aim: 改造农村公路(80公里)."""


def without_project_facts(document: Document, spans: Iterable[Span]) -> Iterator[Span]:
    """Leave out the numbers of a bracket behind a project's name: 甲医院迁建(总投资2亿元).

    A bracket that sets an aim, or that stands behind several projects, is kept whole.

    Args:
        document: The document.
        spans: Spans of a task.

    Yields:
        The other spans, in the order given.
    """
    for span in spans:
        if span.label != "TARGET" or not _is_fact(document.text, span):
            yield span


def _is_fact(text: str, span: Span) -> bool:
    before = fold(text[max(0, span.start - _REACH) : span.start])
    opened = before.rfind("(")
    if opened < 0 or ")" in before[opened:]:
        return False
    after = fold(text[span.end : span.end + _REACH])
    closed = after.find(")")
    inside = before[opened + 1 :] + fold(span.text) + after[: max(0, closed)]
    if closed < 0 or _AIM.search(inside):
        return False
    if _OF_EACH.match(inside):
        return True
    name = re.split(r"[,;。:!?\n]", before[:opened])[-1]
    if _SEVERAL.search(name):
        return False
    built = _BUILT.match(after, closed) is not None
    named = _NAMED.search(name) is not None
    if built and _SIZE.match(inside):
        return named or (name.endswith(("楼", "段", "路")) and not name.endswith(_MANY))
    return _FACTS.match(inside) is not None and (named or (built and name.endswith("项目")))
