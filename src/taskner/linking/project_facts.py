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
# What is still to be done or reached, or said of several projects, is a target.
_AIM = re.compile(
    r"年内|今年|全年|20\d\d年|[年月]底|[年月日]前|季度|半年|力争|确保|争取|完成|实现|达到?|突破|新增|增长|提高|提升|其中|"
    r"以上|不[少低]于|不超过|累计|到位|≥"
)
# A bare 项目 or 学校 may stand for many, so that their sum would be an aim.
_NAMED = re.compile(
    r"(?:工程|[新迁扩改]建|[一二三四]期|中心|基地|[院馆站厂库桥园]|大道|隧道|枢纽|码头|机场|大楼|线)[”\"]?$"
)
_SEVERAL = re.compile(
    r"\d[个项座所处家条]|[一这两几数]批|[两二三四五六七八九十百千余多][个项座所处家条]|[、等各]|重点|重大|亿元|万元|"
    r"系列|所有|全[省市县区州]|工作|任务"
)


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
    if closed < 0 or not _FACTS.match(inside) or _AIM.search(inside):
        return False
    name = re.split(r"[,;。:!?\n]", before[:opened])[-1]
    return _NAMED.search(name) is not None and _SEVERAL.search(name) is None
