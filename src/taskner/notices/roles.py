"""Who leads: the rule a notice states, and the roles that follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from taskner.notices.fields import Chunk
from taskner.notices.units import Named
from taskner.notices.wording import load, pattern
from taskner.types import LeadRule, Role


@dataclass(frozen=True, slots=True)
class Stated:
    """What the text says about leading: a rule, or that its mark was lost.

    ``onward`` tells that the rule holds for later annexes too (下同, or the cover letter),
    ``parted`` is the sign before which those stand that lead: 分号前牵头、分号后配合.
    """

    rule: LeadRule | None = None
    lost: bool = False
    onward: bool = False
    parted: str = ""


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = load("rules")
    mark = "[" + re.escape(words["marks"]) + "]"
    return tuple(
        (name, re.compile("|".join(pattern.replace("MARK", mark) for pattern in words[name])))
        for name in ("marked", "first", "lost", "all")
    )


def stated_rule(texts: Iterable[str]) -> Stated:
    """Find the sentence that says who leads.

    Args:
        texts: Folded lines of the part of the notice to search.

    Returns:
        The first rule stated; an empty one when there is none.
    """
    words = _hint()
    parted = ""
    for printed in texts:
        text = "".join(printed.split())  # a line may end inside a word
        if not words.search(text):
            continue
        parted = parted or _sign(text)
        for name, rule in _rules():
            match = rule.search(text)
            if match is None:
                continue
            onward = "下同" in text[match.start() : match.end() + 12]
            if name == "lost":
                return Stated(rule="unknown", lost=True, onward=onward)
            return Stated(rule=_NAMES[name], onward=onward, parted=parted)
    return Stated(parted=parted)


def _sign(text: str) -> str:
    """The sign before which a sentence says that those stand who lead."""
    match = pattern("rules", "parted").search(text)
    if match is None:
        return ""
    named = next(group for group in match.groups() if group)
    signs: dict[str, str] = load("rules")["signs"]
    return signs.get(named, named)


def sign_between(text: str, chunk: Chunk, parted: str) -> int | None:
    """Find the sign between who leads and who supports in a field of both.

    Args:
        text: Folded text of the document.
        chunk: A field of units.
        parted: The sign, or nothing.

    Returns:
        Where the first one outside brackets stands; None when there is none.
    """
    if not parted or chunk.kind != "responsible":
        return None
    depth = 0
    for at in range(chunk.start, chunk.end):
        depth += (text[at] in "([〔【") - (text[at] in ")]〕】")
        if text[at] == parted and depth == 0:
            return at
    return None


_NAMES: dict[str, LeadRule] = {"marked": "marked", "first": "first", "all": "all"}


@cache
def _hint() -> re.Pattern[str]:
    return re.compile("牵头|主办|主责|汇总|首位|第一位")


def is_rule_note(text: str) -> bool:
    """Tell whether a line is only a note about who leads."""
    return len(text) <= _LONGEST_NOTE and stated_rule([text]) != Stated()


_LONGEST_NOTE = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit with the kind of field that names it (lead, responsible, support, verb, upper)."""

    named: Named
    kind: str


def assign_roles(entries: Sequence[Entry], stated: Stated) -> tuple[list[Role], tuple[str, ...]]:
    """Decide the role of each unit of one task.

    Args:
        entries: Its units with their fields, in order.
        stated: The rule of the part of the notice it stands in.

    Returns:
        A role for each entry, and the flags role_unknown or role_assumed.
    """
    roles: list[Role | None] = [_explicit(entry) for entry in entries]
    if not any(role is None for role in roles):
        return [role or "lead" for role in roles], ()
    leads = [entry for entry, role in zip(entries, roles, strict=True) if role == "lead"]
    if any(entry.kind != "upper" for entry in leads):
        return [role or "support" for role in roles], ()
    return _by_rule(entries, roles, stated)


def _explicit(entry: Entry) -> Role | None:
    verb = entry.named.verb
    if verb == "lead" or entry.kind in {"lead", "upper"}:
        return "support" if verb == "support" else "lead"
    if verb == "support" or entry.kind == "support":
        return "support"
    return None


def _by_rule(
    entries: Sequence[Entry], roles: Sequence[Role | None], stated: Stated
) -> tuple[list[Role], tuple[str, ...]]:
    open_ = [index for index, role in enumerate(roles) if role is None]
    marked = [index for index in open_ if entries[index].named.marked]
    out: list[Role] = [role or "support" for role in roles]
    flags: tuple[str, ...] = ()
    leads: Sequence[int] = open_[:1]
    if marked:
        leads = marked
    elif len(open_) == 1:
        leads = open_
    elif stated.lost:
        for index in open_:
            out[index] = "unknown"
        return out, ("role_unknown",)
    elif stated.rule in {"marked", "all"}:
        leads = open_
    elif stated.rule != "first":
        flags = ("role_assumed",)
    for index in leads:
        out[index] = "lead"
    return out, flags
