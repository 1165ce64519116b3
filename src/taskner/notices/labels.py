"""Labels that open a field in running text: 责任单位:, 完成时限:, [牵头单位]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from taskner.notices.organisations import unit_likeness
from taskner.notices.wording import load

Kind = Literal[
    "text",
    "lead",
    "responsible",
    "support",
    "verb",
    "leader",
    "deadline",
    "progress",
    "content",
    "ignored",
    "upper",
]
UNIT_KINDS: frozenset[str] = frozenset({"lead", "responsible", "support", "verb", "upper"})
"""``upper`` leads at a higher level (省牵头单位) and says nothing of who leads at the notice's."""


_WINDOW = 34
_SHORT_LABEL = 2
_BEFORE_LABEL = re.compile(r"[\s。;,、!?()\[\]〔〕【】“”\"'|/.*★☆▲△●○◆■□—–―─→]")
_LEVEL = "省市县区镇"
_ADDRESSED = ("各", "关", "将", "请", "由", "报")


@cache
def usual_labels() -> Mapping[str, Kind]:
    """Labels of the word list with their kinds."""
    return _labels()[2]


def usual_sign(kind: str) -> str:
    """How a copy prints a label of a kind that the notice has a word of its own for."""
    return f"【{load('own_labels')['usual'][kind][0]}】"


@cache
def _signs() -> Mapping[str, tuple[Kind, str]]:
    kinds: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
    usual: dict[str, list[str]] = load("own_labels")["usual"]
    return {sign: (kinds.get(kind, "content"), name) for kind, (sign, name) in usual.items()}


_SIGNED = re.compile(r"【([牵配责领限任续况略])】\s*")


def _signed_labels(text: str) -> list[tuple[int, int, tuple[Kind, str]]]:
    """Labels that the copy prints as signs, wherever they stand."""
    return [(*match.span(), _signs()[match[1]]) for match in _SIGNED.finditer(text)]


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Kind]]:
    kinds: dict[str, Kind] = {}
    for kind, names in load("titles")["labels"].items():
        kinds.update(dict.fromkeys(names, kind))
    names = sorted(kinds, key=len, reverse=True)
    spaced = "|".join(r"\s{0,3}".join(name) for name in names)
    before_colon = re.compile(rf"({spaced})\s*(?:\([^()]{{0,16}}\)\s*)?[\]】〕)」』〗》]?\s*$")
    at_start = re.compile(
        rf"[\[【〔(「『〖《]?\s*({spaced})\s*(?:[\]】〕)」』〗》]\s*|\s+)(?=[^\s:])",
    )
    return before_colon, at_start, kinds


def label_spans(text: str) -> list[tuple[int, int, tuple[Kind, str]]]:
    """Find labels that open a field.

    Args:
        text: Folded text of a line or bracket.

    Returns:
        Start of the label, end of its colon, and its kind and printed name.
    """
    signed = _signed_labels(text)
    return sorted([*signed, *_printed_labels(text)]) if signed else _printed_labels(text)


def _printed_labels(text: str) -> list[tuple[int, int, tuple[Kind, str]]]:
    if not (
        ":" in text
        or "为" in text
        or "是" in text
        or any(sign in text[:_WINDOW] for sign in "] 】〕)」』〗》\n\t")
    ):
        return []
    before_colon, at_start, kinds = _labels()
    found: list[tuple[int, int, tuple[Kind, str]]] = []
    match = at_start.match(text)
    if match and kinds[_joined(match[1])] in UNIT_KINDS | {"leader", "deadline"}:
        name = _joined(match[1])
        if len(name) > _SHORT_LABEL:
            found.append((0, match.end(), (kinds[name], name)))
    position = text.find(":")
    if position < 0 and not found:
        return _spelled_labels(text)
    while position >= 0:
        low = max(0, position - _WINDOW)
        match = before_colon.search(text, low, position)
        if match:
            name, start = _joined(match[1]), match.start()
            while start > low and text[start - 1] in "[【〔「『〖《":
                start -= 1
            if kinds[name] in UNIT_KINDS and _has_level(text, start):
                start -= 1
            if _opens(text, start, name, kinds[name]) and (not found or start >= found[-1][1]):
                found.append((start, position + 1, (kinds[name], name)))
        position = text.find(":", position + 1)
    return found


_SPELLED = re.compile(
    r"(?:^|(?<=[,;。(\[〔【]))\s*"
    r"(?P<subject>(?:(?:[本该此]|以下|下列)(?:章|节|部分|板块|领域|方面|类)|[本该此][项条]|各|所有)(?:各|所有)?(?:项|条)?"
    r"(?:目标|任务|工作|事项|指标)*的?)?"
    r"(?P<label>[\u4e00-\u9fff]{4,8}?)(?:为|是)(?P<units>[^,;。:]+)"
)
_RULE = re.compile(r"[列排位居标带]|首位|第一|牵头|责任|各自")


def _spelled_labels(text: str) -> list[tuple[int, int, tuple[Kind, str]]]:
    """Labels of a sentence without colon: 牵头单位为甲局,责任单位为乙局、丙局."""
    _before, _start, kinds = _labels()
    return [
        (
            match.start("subject" if match["subject"] else "label"),
            match.start("units"),
            (kinds[match["label"]], match["label"]),
        )
        for match in _SPELLED.finditer(text)
        if kinds.get(match["label"]) in UNIT_KINDS
        and not _RULE.match(match["units"])
        and unit_likeness(match["units"].rstrip(")]】〕")) == 1
    ]


def _has_level(text: str, start: int) -> bool:
    """Whether a level of government opens a label: 市配合单位."""
    if not start or text[start - 1] not in _LEVEL:
        return False
    return start == 1 or bool(_BEFORE_LABEL.match(text[start - 2]))


def _joined(printed: str) -> str:
    return "".join(printed.split())


def _opens(text: str, start: int, name: str, kind: Kind) -> bool:
    before = text[start - 1 : start]
    if not before:
        return True
    if text[:start].rstrip().endswith("是"):  # what stands behind a dash 是承办单位: no field
        return False
    if kind == "content" or (kind == "ignored" and len(name) <= _SHORT_LABEL):
        return False
    if _BEFORE_LABEL.match(before):
        return True
    if len(name) <= _SHORT_LABEL or before in _ADDRESSED:
        return False
    return before in _LEVEL or kind in UNIT_KINDS
