"""Clauses that say by verbs who does what: A牵头,B、C配合, and sentences that close a task so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from taskner.notices.numbering import parse_count
from taskner.notices.organisations import closer, is_organisation, unit_likeness
from taskner.notices.wording import load

_LONGEST = 800
_EDGES = " \t;,。:\n"
_FIRST_NAME = re.compile(r"[、,;\s]|牵头|会同")


@cache
def _verb_end() -> re.Pattern[str]:
    verbs = "|".join(f"(?:{verb['pattern']})" for verb in load("rules")["verb"])
    return re.compile(rf"(?:{verbs})\s*[。;]?\s*$")


def is_verb_field(text: str) -> bool:
    """Tell whether a bracket says who does what by verbs: A牵头,B、C配合.

    Args:
        text: Folded content of the bracket.

    Returns:
        True when it ends with such a verb and begins with a name.
    """
    if len(text) > _LONGEST:
        return False
    match = _verb_end().search(text, max(0, len(text) - 24))
    if match is None or match.start() == 0:
        return False
    head = _FIRST_NAME.split(text[: match.start()].removeprefix("由"), maxsplit=1)[0]
    head = _verb_end().sub("", head)
    head = re.sub(rf"(?:{closer().pattern})$", "", head)
    return is_organisation(head) or (head.startswith(("各", "有关", "相关")) and len(head) > 1)


_BY = re.compile(
    r"(?:(?:(?:以上|上述|前述|前)(\d{1,2}|[二三四五六七八九十两]{1,2})?|该|此|本)(?:项|条|个)?"
    r"(?:目标|任务|工作|事项)*(?:均|都)?)?由([^。;:]{2,200}?)[。;]?$"
)
_THEN_BY = re.compile(r",由([^。;:由]{2,160}?)[。;]?$")  # the sentence's last clauses
_IS = re.compile(
    r"(?:(?:以上|上述|前述|前)(\d{1,2}|[二三四五六七八九十两]{1,2})?(?:项|条|个)?|该|此|本|上述)?"
    r"(?:项)?(?:目标|任务|工作|指标)*(?:的)?(?:责任单位|牵头单位|主办单位|责任部门)(?:均|都)?"
    r"(?:为|是)([^。;:]{2,160})[。;]?$"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """A last sentence that names units: where it begins, its units, how many tasks it covers."""

    cut: int
    start: int
    end: int
    reach: int = 1


def closing_sentence(body: str) -> Closing | None:
    """Find the sentence that closes a task by naming its units.

    Args:
        body: Folded text of a task.

    Returns:
        由A负责落实。 / 以上4项责任单位均为A。 / A牵头,B、C配合。 with offsets in the body, or None.
    """
    tail_start = max(0, len(body) - 200)
    tail = body[tail_start:].rstrip()
    if not _DOES.search(tail):
        return None
    stops = [tail.rfind(stop, 0, len(tail) - 1) for stop in "。;!"]
    start = max(stops) + 1 if max(stops) >= 0 else (0 if tail_start == 0 else -1)
    if start < 0:
        return None
    blank = len(tail[start:]) - len(tail[start:].lstrip())
    last = tail[start + blank :]
    base = tail_start + start
    match = _BY.match(last)
    if match and is_verb_field(match[2]):
        first = base + blank + match.start(2)
        return Closing(base, first, base + blank + match.end(2), _reach(match[1]))
    inner = _THEN_BY.search(last)
    if inner and is_verb_field(inner[1]):
        cut = base + blank + inner.start()
        return Closing(cut, base + blank + inner.start(1), base + blank + inner.end(1))
    match = _IS.match(last)
    if match and unit_likeness(match[2]) > 0:
        first = base + blank + match.start(2)
        return Closing(base, first, base + blank + match.end(2), _reach(match[1]))
    return _duties(body)


_LONGEST_SENTENCE = 200
_NUMBERED = re.compile(r"[\d一二三四五六七八九十(]")


def _duties(body: str) -> Closing | None:
    """A last sentence or clause of duties; alone on its line it ends with a stop or has parts."""
    printed = body.rstrip()
    end = len(printed.rstrip(_EDGES))
    for stops in ("。!", "。!;"):
        cut = max(printed.rfind(stop, 0, end) for stop in stops) + 1
        start = cut + len(printed[cut:end]) - len(printed[cut:end].lstrip())
        sentence = printed[start:end]
        if not 0 < len(sentence) <= _LONGEST_SENTENCE or not says_duties(sentence):
            continue
        closes = end < len(printed) or "," in sentence or ";" in sentence
        if body[:cut].strip() or (closes and not _NUMBERED.match(sentence)):
            return Closing(cut, start, end)
    return None


_DOES = re.compile("由|单位|部门|牵头|负责|落实")


def says_duties(sentence: str) -> bool:
    """Tell whether a sentence only says who does what: 甲局牵头,乙局、丙局配合.

    Args:
        sentence: Folded text without its stop.

    Returns:
        True when its clauses are lists of organisations and the last ends with a verb.
    """
    clauses = re.split(r"[,;]", sentence)
    names = [_verb_end().sub("", clause).removeprefix("由") for clause in clauses]
    if names[-1] == clauses[-1] or any(map(_CALL.search, names)):
        return False
    return all(unit_likeness(name) == 1 for name in names)


_CALL = re.compile("由|均|以[上下]|上述|要(?!素)|必须|应当|认真|切实")


def _reach(count: str | None) -> int:
    return (parse_count(count.replace("两", "二")) or 1) if count else 1


_COVERED = re.compile(
    r"\(?(?:(?:以上|上述|前述|前面?|上面)(?P<count>\d{1,2}|[二三四五六七八九十两]{1,2})"
    r"|第?(?P<first>\d{1,3})(?P<sign>[—~至到-]+|(?:[、,和及]第?\d{1,3}){0,8}?[、,和及])第?(?P<last>\d{1,3})"
    r"(?:[二三四五六七八九十两]{1,2})?)"
    r"(?:项|条|个|件)(?:任务|工作|目标|指标|事项)?(?:均|都|的)?\)?"
)
_NUMBERS = re.compile(r"\d+")


def covered_tasks(note: str) -> int | None:
    """How many tasks, the last of them just above, a note before a label speaks of.

    Args:
        note: Folded words before the label: (7、8两项), 以上三项, 第4至6项.

    Returns:
        The number of tasks; None for other words and for tasks that do not follow each other.
    """
    match = _COVERED.fullmatch(note.strip())
    if match is None:
        return None
    if match["count"]:
        return _reach(match["count"])
    first, last = int(match["first"]), int(match["last"])
    listed = len(_NUMBERS.findall(match["sign"])) + 2
    is_range = not any(mark in match["sign"] for mark in "、,和及")
    return last - first + 1 if first < last and (is_range or listed == last - first + 1) else None
