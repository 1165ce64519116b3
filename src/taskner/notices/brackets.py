"""Brackets that say who answers for a task, and until when: (A牵头,B配合,12月底前完成)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taskner.notices.clauses import addition, is_verb_field, shared_duty
from taskner.notices.labels import UNIT_KINDS, label_spans
from taskner.notices.organisations import unit_likeness

_OPEN, _CLOSE = "([〔【", ")]〕】"
_PAIRS = dict(zip(_CLOSE, _OPEN, strict=True))
_MAX_BRACKET = 800


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Outermost bracket pairs, unbalanced ones skipped."""
    stack: list[int] = []
    for match in re.finditer(r"[()\[\]〔〕【】]", text):
        position, char = match.start(), match[0]
        if stack and position - stack[0] > _MAX_BRACKET:
            stack.clear()
        if char in _OPEN:
            stack.append(position)
        elif stack and text[stack[-1]] == _PAIRS[char]:
            start = stack.pop()
            if not stack:
                yield start, position + 1


_TIME_TAIL = re.compile(
    r"[,;\s]\s*((?:(?:20)?\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|中旬|份)?|[一二三四]季度末?|上半年|下半年|"
    r"年底|年内|全年)(?:以?前)?|长期坚持|持续推进|常态化推进|立即实施)"
    r"(?:全部|全面)?(?:完成|落实|建成|投用|启动|开工|完工|竣工|取得[^,。;]{0,6}(?:成效|进展|成果))?\s*[。;]?$"
)
"""When, as the last clause of a bracket says it: (A牵头,B配合,12月底前完成)."""


def time_tails(text: str) -> list[re.Match[str]]:
    """The clauses at the end that say when, the last first: 6月底前开工,11月底前完工."""
    tails: list[re.Match[str]] = []
    while tail := time_tail(text):
        tails.append(tail)
        text = text[: tail.start()]
    return tails


def time_tail(text: str) -> re.Match[str] | None:
    """The clause at the end that says when."""
    return _TIME_TAIL.search(text, max(0, len(text) - 30))


def responsible_brackets(text: str) -> Iterator[tuple[int, int]]:
    """The brackets of a line that say who answers for its task.

    Args:
        text: Folded text of the line.

    Yields:
        Where they stand, brackets included.
    """
    for start, end in _brackets(text):
        inner = text[start + 1 : end - 1]
        tails = time_tails(inner)
        inner = inner[: tails[-1].start()] if tails else inner
        inner = inner[addition(inner) :]
        if any(label[0] in UNIT_KINDS | {"leader"} for _s, _e, label in label_spans(inner)):
            before = text[max(0, start - 8) : start].rstrip()
            if end - start > _SHORTEST and not before.endswith((":", "、")):
                yield start, end
        elif (
            is_verb_field(inner)
            or covers_others(inner)
            or (
                _NOTHING.match(text, end) and start and text[start - 1] in "。;" and _is_list(inner)
            )
        ):
            yield start, end


_SHORTEST = 7
_NOTHING = re.compile(r"[ 。;]{0,8}$")


def covers_others(inner: str) -> bool:
    """Tell whether a bracket names the units of tasks before it: 第3、4项由甲局牵头."""
    shared = shared_duty(inner)
    return shared is not None and (shared.reach > 1 or bool(shared.items))


def _is_list(inner: str) -> bool:
    return unit_likeness(inner) == 1
