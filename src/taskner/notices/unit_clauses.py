"""The clauses of a responsibility field, and the roles that their verbs give: A牵头,B、C配合."""

from __future__ import annotations

import re
from functools import cache

from taskner.notices.wording import load

_OPEN, _CLOSE = "([〔【", ")]〕】"
_CLAUSE_END = ",;。"


def cut_clauses(text: str, start: int, end: int) -> list[tuple[int, int, str | None]]:
    """Cut a field at commas and stops where a verb or note ends the clause.

    Args:
        text: Folded text of the document.
        start: First offset of the field.
        end: Offset after the field.

    Returns:
        Start and end of each clause, and the role its verb gives; a clause without a verb
        borrows that of the next.
    """
    cuts, depth, first = [], 0, start
    for position in range(start, end):
        char = text[position]
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in _CLAUSE_END and depth <= 0:
            cuts.append((first, position))
            first = position + 1
    cuts.append((first, end))
    clauses: list[tuple[int, int, str | None]] = []
    for first, last in cuts:
        if not _RULE.fullmatch(text[first:last].strip()):
            clauses.extend(_verbs(text, first, last))
    verb = None
    for index in range(len(clauses) - 1, -1, -1):
        first, last, own = clauses[index]
        verb = own or verb
        clauses[index] = (first, last, verb)
    return clauses


# A clause of the list that says who leads: 排在首位的为牵头单位,下同.
_RULE = re.compile(
    r"(?:[排列居位]?(?:在|于)?|名单中)?(?:首位|第一位?|首个|最前面?|前列)的?[^,;]{0,6}"
    r"(?:牵头|主办|主责|汇总|责任)(?:单位|部门)|下同"
)


@cache
def _verb_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (verb["role"], re.compile(rf"(?:{verb['pattern']})$")) for verb in load("rules")["verb"]
    )


_INNER_LEAD = re.compile(r"(?:共同|分别|联合)?牵头(?:负责|督导|抓总|落实|组织)?(?:,|、|会同)?")
_SHARE = re.compile(r"由([^由]{2,30}?)(?:负责|承担)[\u4e00-\u9fff]{2,10}")  # …负责资金筹措
_TOGETHER = re.compile(r"会同")
# A note that several lead: 甲办、乙办(并列主办),丙所.
_JOINT = re.compile(
    r"\((?:并列|共同|联合|同为|均为|都是|双|同时)(?:牵头|主办|主责|主抓|第一责任)(?:单位|部门|科室)?\)"
)


def _verbs(text: str, start: int, end: int) -> list[tuple[int, int, str | None]]:
    while end > start and text[end - 1].isspace():
        end -= 1
    part = text[start:end]
    if not part:
        return []
    if inner := _inner_lead(part):
        rest = _verbs(text, start + inner.end(), end)
        return [(start, start + inner.start(), "lead"), *rest]
    together = _TOGETHER.search(part)
    if together and together.start():
        rest = _verbs(text, start + together.end(), end)
        return [
            (start, start + together.start(), "lead"),
            *((first, last, "support") for first, last, _role in rest),
        ]
    if share := _SHARE.fullmatch(part):
        return [(start + share.start(1), start + share.end(1), "responsible")]
    places = [place for place, char in enumerate(part) if not char.isspace()]
    joined = "".join(part[place] for place in places)  # a line end may part a verb too: 负 责
    tail = max(0, len(joined) - 24)
    for role, verb in _verb_patterns():
        match = verb.search(joined, tail)
        if match and match.start() < match.end():
            return [(start, start + places[match.start()], role)]
    return [(start, end, None)]


def _inner_lead(part: str) -> re.Match[str] | None:
    """The words inside a clause that make what stands before them the lead."""
    inner = _INNER_LEAD.search(part)
    if inner and inner.start() and inner.end() < len(part) and "(" not in part[: inner.start()]:
        return inner
    joint = _JOINT.search(part)
    return joint if joint and joint.start() else None
