"""Clauses that say by verbs who does what: A牵头,B、C配合, and sentences that close a task so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from taskner.notices.numbering import parse_count
from taskner.notices.organisations import closer, is_organisation, unit_likeness
from taskner.notices.wording import load

_LONGEST = 800
_EDGES = " \t;,。:\n"
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
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
    text = _BLANK.sub("", text)  # a line end may part a verb too: 按职责分工负 责
    match = _verb_end().search(text, max(0, len(text) - 24))
    if match is None or match.start() == 0:
        return False
    head = _FIRST_NAME.split(text[: match.start()].removeprefix("由"), maxsplit=1)[0]
    head = _verb_end().sub("", head)
    head = re.sub(rf"(?:{closer().pattern})$", "", head)
    return is_organisation(head) or (head.startswith(("各", "有关", "相关")) and len(head) > 1)


_NUMBERED_ITEMS = r"第\d{1,3}(?:[、,和及至—~-]+第?\d{1,3})*[项条]"
_BY = re.compile(
    r"(?:(?:(?:以上|上述|前述|前)(\d{1,2}|[二三四五六七八九十两]{1,2})?|该|此|本)"
    r"(?:项|条|个|章|节|部分|板块)?(?:各项|各|所有)?(?:目标|任务|工作|事项)*(?:均|都)?"
    rf"|(?P<items>{_NUMBERED_ITEMS})(?:目标|任务|工作|事项)*(?:均|都)?)?由([^。;:]{{2,200}}?)[。;]?$"
)
_THEN_BY = re.compile(r",由([^。;:由]{2,160}?)[。;]?$")  # the sentence's last clauses
_IS = re.compile(
    r"(?:(?:以上|上述|前述|前)(\d{1,2}|[二三四五六七八九十两]{1,2})?(?:项|条|个)?|该|此|本|上述"
    rf"|(?P<items>{_NUMBERED_ITEMS}))?"
    r"(?:项)?(?:目标|任务|工作|指标)*(?:的)?(?:责任单位|牵头单位|主办单位|责任部门)(?:均|都)?"
    r"(?:为|是)([^。;:]{2,160})[。;]?$"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """A last sentence that names units: where it begins, its units, which tasks it covers.

    They are the last ones, as many as ``reach``, or those numbered ``items``.
    """

    cut: int
    start: int
    end: int
    reach: int = 1
    items: tuple[int, ...] = ()


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
    if shared := shared_duty(last):
        return replace(
            shared, cut=base, start=base + blank + shared.start, end=base + blank + shared.end
        )
    inner = _THEN_BY.search(last)
    if inner and is_verb_field(inner[1]):
        cut = base + blank + inner.start()
        return Closing(cut, base + blank + inner.start(1), base + blank + inner.end(1))
    return _duties(body)


def shared_duty(sentence: str) -> Closing | None:
    """Read a sentence or bracket that says by its subject which tasks its units answer for.

    Args:
        sentence: Folded text of 以上4项责任单位均为甲局。 or 第3、4项由甲局牵头,乙局配合.

    Returns:
        The units and the tasks, or None; 由甲局负责 alone is of the task it closes.
    """
    match = _BY.match(sentence)
    if match is None or not is_verb_field(match[3]):
        match = _IS.match(sentence)
        if match is None or unit_likeness(match[3]) == 0:
            return None
    return Closing(0, *match.span(3), _reach(match[1]), _item_numbers(match["items"]))


def addition(text: str) -> int:
    """Count the characters that say that the units behind them join others: 另增加.

    Args:
        text: Folded content of a bracket, or a sentence.

    Returns:
        How many stand in front of the first name or label; 0 where nothing is added.
    """
    match = _ADDS.match(text)
    return match.end() if match else 0


_ADDS = re.compile(
    r"\s*(?:[本该此]项?(?:任务|工作|事项)?)?(?:(?:配合|参与|协办|责任)(?:单位|部门))?(?:同时|另|再|还|并)?行?"
    r"(?:增\s?加|增\s?列|增补|增设|加列|另加|另增|另由|另请)(?!的)由?(?:以下)?:?\s*"
)


def _item_numbers(printed: str | None) -> tuple[int, ...]:
    """The numbers of 第3、4项, or of 第3至5项."""
    numbers = [int(number) for number in re.findall(r"\d+", printed or "")]
    if len(numbers) == 2 and re.search("[至到—~-]", printed or ""):  # noqa: PLR2004
        return tuple(range(numbers[0], numbers[1] + 1))
    return tuple(numbers)


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


_DOES = re.compile("由|单位|部门|牵头|负责|落实|增加")


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
    r"|(?P<items>第?\d{1,3}(?:[、,和及至到—~-]+第?\d{1,3}){1,9})(?:[二三四五六七八九十两]{1,2})?)"
    r"(?:项|条|个|件)(?:任务|工作|目标|指标|事项)?(?:均|都|的)?\)?"
)


def covered_tasks(note: str) -> tuple[int, tuple[int, ...]] | None:
    """Which tasks a note before a label speaks of.

    Args:
        note: Folded words before the label: (7、8两项), 以上三项, 第4至6项.

    Returns:
        How many of the last tasks, and the numbers of tasks it names; None for other words.
    """
    match = _COVERED.fullmatch(note.strip())
    return (_reach(match["count"]), _item_numbers(match["items"])) if match else None
