"""A task as the layouts give it: pieces of text and fields, before roles are decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taskner.notices.fields import Chunk
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.organisations import is_complete, is_post_name
from taskner.notices.wording import load

_COUNT = re.compile(r"\((?:共|计)?\d+[项个条件][^()]{0,6}\)$")
_LEADS = re.compile(
    r"(?:同志)?(?:牵头|负责|分管|领办|领衔|包抓|主抓|联系|督办)(?:的)?(?:重点|主要|领域)?"
    r"(?:负责|推进|抓|落实|督办)?(?:的)?(?:重点|主要)?(?:工作任务|重点工作|工作|任务|事项|项目|目标)?[::]?$"
)
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十百]{1,4}、|\([一二三四五六七八九十\d]{1,4}\)|\d{1,3}[.、])\s*"
)
_LED = re.compile(
    r"\((?:[包挂][村点联片]|联系|责任|牵头|分管|包抓|包保|挂钩)领导:([^():,、\d]{2,8})\)$"
)
_LONGEST_LEADER = 20
_LONGEST_POST = 10

Printed = tuple[tuple[int, int], ...]
"""Where words are printed: offsets of their pieces, joined when they are shown."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """One task before its units are read.

    ``inherited`` holds unit fields printed at a merged cell or a heading, ``riders`` units
    that a note adds to it and to others. ``unsure`` tells that its lead may be a supporter,
    ``unread`` that it has figures, kept as ignored content, whose columns are not known.
    """

    content: list[Chunk]
    number: str | None = None
    path: tuple[Printed, ...] = ()
    leader: Printed | None = None
    fields: list[Chunk] = field(default_factory=list)
    inherited: list[Chunk] = field(default_factory=list)
    riders: list[Chunk] = field(default_factory=list)
    unsure: bool = False
    unread: bool = False

    @property
    def has_units(self) -> bool:
        """Whether a field of its own names units."""
        return any(chunk.kind in UNIT_KINDS for chunk in self.fields)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    A leader (王县长牵头重点工作), a lead unit (县发改局牵头工作), or both (甲村(包村领导:王某)).
    """

    leader: tuple[int, int] | None = None  # offsets in the heading
    unit: tuple[int, int] | None = None
    says_lead: bool = False  # a verb says that the unit leads


def read_heading(text: str) -> Heading:
    """Read a heading that groups tasks by who leads them.

    Args:
        text: Folded text of the heading, with or without its number.

    Returns:
        The leader or the lead unit it names; empty for any other heading.
    """
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    body = text[start:].rstrip(" :")
    body = _COUNT.sub("", body)
    led = _LED.search(body)
    leader = (start + led.start(1), start + led.end(1)) if led else None
    body = body[: led.start()] if led else body
    match = _LEADS.search(body)
    name = (body[: match.start()] if match else body).strip()
    if not name or len(name) > _LONGEST_LEADER or re.search(r"[。,;%\d]", name):
        return Heading(leader=leader)
    begin = text.index(name, start)
    place = (begin, begin + len(name))
    if is_post_name(name):
        return Heading(leader=place)
    if name.endswith(tuple(load("organisations")["posts"])):
        is_post = len(name) <= _LONGEST_POST and not name.endswith("领导")  # 加强组织领导
        return Heading(leader=place) if match or is_post else Heading()
    if is_complete(name) and (match or led or number is None):
        return Heading(leader=leader, unit=place, says_lead=bool(match))
    return Heading(leader=leader)
