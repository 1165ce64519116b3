"""Units before a dash that opens a task: 县水利局(各乡镇)——清淤河道9公里."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskner.notices.drafts import makes_something
from taskner.notices.fields import Chunk
from taskner.notices.labels import Kind
from taskner.notices.numbering import BULLETS, parse_numbering
from taskner.notices.organisations import unit_likeness

LABEL = "——牵头单位"
_OFTEN = 3
_OFTEN_AS_STATED = 2
_LONGEST = 120
_SIGN = re.compile(r"\s*(?:[—─―⸺–-]{1,3}|→)\s*(?=\S{4})")
_COLON = re.compile(r"\s*:\s*(?=\S{4})")
_LAST_BRACKET = re.compile(r"\(([^()]{2,100})\)$")
_SEPARATOR = re.compile(r"[、,;]")
_BEFORE = re.compile(
    r"(?P<sign>破折号|横线|箭头|冒号)(?:之|以)?前(?:面|边)?的?[^。;,]{0,8}?"
    r"(?:(?P<lead>牵头|主办|主管|主责|主抓|第一责任)|责任|承办|单位|部门|科室)"
)
_IN_BRACKETS = re.compile(
    r"括号[里内中]的?[^。;,]{0,8}?(?:协管|配合|协办|协助|参与|会办|其他|次要)"
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a notice puts units before its tasks: the sign behind them, and who they are."""

    sign: re.Pattern[str]
    kind: Kind
    brackets_support: bool


@dataclass(frozen=True, slots=True)
class Leading:
    """The units before a task, and where its words begin."""

    fields: tuple[Chunk, ...]
    end: int


def find_habit(texts: Sequence[str], text: str) -> Habit | None:
    """Tell whether lines are opened by the units of their tasks.

    Args:
        texts: Folded lines.
        text: Folded text of the document, which may say what stands before the dash.

    Returns:
        The habit; None where fewer than three lines do so, or two if the notice says so.
    """
    stated = _BEFORE.search(text)
    habit = Habit(
        _COLON if stated and stated["sign"] == "冒号" else _SIGN,
        "lead" if stated and stated["lead"] else "responsible",
        brackets_support=bool(_IN_BRACKETS.search(text)),
    )
    found = sum(read_leading(_body(one), 0, habit) is not None for one in texts)
    return habit if found >= (_OFTEN_AS_STATED if stated else _OFTEN) else None


def _body(line: str) -> str:
    line = line.lstrip(BULLETS + " ")
    numbering = parse_numbering(line)
    return line[numbering.length :] if numbering else line


def read_leading(body: str, offset: int, habit: Habit) -> Leading | None:
    """Read the units that open a task.

    Args:
        body: Folded text of the task, without its number.
        offset: Its offset in the document.
        habit: How the notice prints such units.

    Returns:
        The units, or None for a body that begins otherwise.
    """
    sign = habit.sign.search(body, 0, _LONGEST)
    if sign is None:
        return None
    printed = body[: sign.start()]
    names = printed.strip()
    start = offset + printed.find(names)
    if not names or re.search(r"\d", names) or unit_likeness(names) < 1 or makes_something(names):
        return None
    bracket = _LAST_BRACKET.search(names)
    supports = bracket and (habit.brackets_support or _SEPARATOR.search(bracket[1]))
    if bracket is None or not supports or unit_likeness(bracket[1]) < 1:
        whole = Chunk(start, start + len(names), habit.kind, LABEL)
        return Leading((whole,), offset + sign.end())
    lead = Chunk(start, start + bracket.start(), habit.kind, LABEL)
    support = Chunk(start + bracket.start(1), start + bracket.end(1), "support", LABEL)
    return Leading((lead, support), offset + sign.end())
