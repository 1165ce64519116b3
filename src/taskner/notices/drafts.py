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
    r"^(?:[一二三四五六七八九十百]{1,4}、|\([一二三四五六七八九十\d]{1,4}\)|\d{1,3}[.、]|[①-⑳❶-❿])\s*"
)
_LED = re.compile(
    r"\((?:[包挂][村点联片]|联系|责任|牵头|分管|包抓|包保|挂钩)领导:([^():,、\d]{2,8})\)$"
)
_MATTER = re.compile(
    r"^(?:着力|大力|全力|全面|深入|纵深|深度|扎实|持续|不断|进一步|加[快强大]|推[进动]|建设|打造|构建|塑造|做[大强优好]|培育|"
    r"壮大|提[升高]|优化|完善|深化|促进|保障|服务|融入|统筹|聚[焦力]|强化|实施|支持|发展|改善|改造|巩固|拓展|激[发活]|扩大|"
    r"稳[定住]|守[牢护住]|筑牢|维护|创[建新]|抓[好实紧]|办好|建[好成强]|擦亮|增强|繁荣|更[加好]|高质量|高水平|奋力)"
    r".*(?:[市县区镇乡村场园校港馆旗州盟廊]|社区|街道|城市)$|"
    r"(?:现代化?|美丽|统一大|大宗|消费|宜居|宜业|智慧|和谐|文明|特色|优质|示范|样板|标杆|活力|幸福|产业|要素|人民满意).{0,6}"
    r"(?:[区园村场校港馆]|城市|乡镇)$"
)
"""What is to be made, which may end like a place: 打造宜居城市, 建设全国统一大市场."""
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
    if is_complete(name) and (match or led or (number is None and not _MATTER.search(name))):
        return Heading(leader=leader, unit=place, says_lead=bool(match))
    return Heading(leader=leader)


def makes_something(name: str) -> bool:
    """Tell whether words that end like a place say what is to be made: 打造宜居城市."""
    return bool(_MATTER.search(name))
