"""Column titles of tables: what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from taskner.notices.wording import load, pattern
from taskner.values import parse_quantity

ColumnKind = Literal[
    "number",
    "leader",
    "ignored",
    "progress",
    "deadline",
    "support",
    "lead",
    "responsible",
    "upper",
    "name",
    "topic",
    "subject",
    "period",
    "measure",
    "content",
    "value",
]
LONGEST_TITLE = 16
_BRACKET = re.compile(r"[(\[〔【][^()\[\]]*[)\]〕】]")
NO_TITLE = re.compile(r"[。,;:!?“”%]|\d{5}|(?:19|20)\d\d年.{8}")
UNIT_COLUMNS: frozenset[str] = frozenset({"lead", "responsible", "support", "upper"})
CONTENT_COLUMNS: frozenset[str] = frozenset(
    {"content", "topic", "subject", "period", "value", "measure"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds and its title as printed, without blanks.

    A topic names tasks that another column spells out; reading its cells makes it a name (a
    heading) or a subject (what bare targets are about). ``due`` is where the title of a period
    column prints its period (一季度), ``measure`` what its bare figures count in.
    """

    kind: ColumnKind
    title: str
    due: tuple[int, int] | None = field(default=None, compare=False)
    measure: str = field(default="", compare=False)


@cache
def _patterns() -> tuple[tuple[ColumnKind, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in load("titles")["title"])


def plain_title(text: str) -> str:
    """A title without blanks and bracketed remarks."""
    joined = "".join(text.split())
    return _BRACKET.sub("", joined) or joined


def _classify(title: str) -> ColumnKind | None:
    for kind, words in _patterns():
        if words.search(title):
            return kind
    return None


@lru_cache(maxsize=4096)
def classify(text: str) -> ColumnKind | None:
    """Say what a column of this title holds.

    Args:
        text: Folded text of a cell.

    Returns:
        The kind, or None when it does not read like a column title.
    """
    if len(text) > LONGEST_TITLE * 3 or "、" in text or text.startswith("("):
        return None
    title = plain_title(text)
    if not title or len(title) > LONGEST_TITLE or NO_TITLE.search(title):
        return None
    return _classify(title)


def is_header(kinds: Sequence[ColumnKind | None]) -> bool:
    """Tell whether a row of cells is a header: titles of tasks and of numbers or units."""
    known = [kind for kind in kinds if kind]
    if len(known) < 2 or len(set(known)) < 2:  # noqa: PLR2004
        return False
    tells = {"number", *UNIT_COLUMNS} & set(known)
    return bool(tells) and bool({"content", "name", "topic"} & set(known))


def make_columns(
    titles: Sequence[str],
    places: Sequence[tuple[int, int]],
    *,
    above: Sequence[str] = (),
) -> tuple[Column, ...]:
    """Build the columns of a table from its header cells.

    Args:
        titles: Folded titles in order.
        places: Their offsets in the document.
        above: Titles printed over several of them; empty for those that stand alone.

    Returns:
        Columns; unknown titles are values (own shares, regions). A table without
        a content column takes its name column for it.
    """
    told = [
        _told_above(title, over)
        for title, over in zip(titles, above or [""] * len(titles), strict=True)
    ]
    periods = [
        None if kind else _period(title) or year
        for title, kind, year in zip(titles, told, _years(titles, told), strict=True)
    ]
    kinds: list[ColumnKind] = [
        "period" if period else kind or classify(title) or "value"
        for title, period, kind in zip(titles, periods, told, strict=True)
    ]
    shares = [index for index, title in enumerate(titles) if _is_share(title)]
    if len(shares) > 1 or any("本级" in titles[index] for index in shares):
        kinds = ["value" if index in shares else kind for index, kind in enumerate(kinds)]
    if "content" not in kinds:
        only = "topic" if "topic" in kinds else "name"
        kinds = ["content" if kind == only else kind for kind in kinds]
    elif kinds.count("content") > 1 and "topic" not in kinds:
        kinds[kinds.index("content")] = "topic"
    return tuple(
        Column(
            kind,
            plain_title(title),
            (place[0] + period[0], place[0] + period[1]) if period else None,
            title_measure(title),
        )
        for kind, title, place, period in zip(kinds, titles, places, periods, strict=True)
    )


def title_measure(title: str) -> str:
    """The measure that a column title gives for bare figures.

    Args:
        title: Folded title as printed.

    Returns:
        What the title prints in brackets (计划投资(亿元)); per cent for a title that is a word of
        growth; else nothing.
    """
    joined = "".join(title.split())
    match = _MEASURE.search(joined)
    if match:
        read = parse_quantity(f"1{match[1]}")
        return match[1] if read and read.measure else ""
    return "%" if pattern("titles", "growth").fullmatch(joined) else ""


_CAPTION = re.compile(r"\(?(?:计量)?单位:([^()、,;\d]{1,6})\)?")


def with_caption(columns: Sequence[Column], caption: str) -> tuple[Column, ...]:
    """Give columns the measure that a line above their table states: 单位:亿元.

    Args:
        columns: The columns.
        caption: Folded text of the line above the table.

    Returns:
        The columns; those whose titles print a measure keep it.
    """
    match = _CAPTION.fullmatch("".join(caption.split()))
    read = parse_quantity(f"1{match[1]}") if match else None
    if match is None or read is None or not read.measure:
        return tuple(columns)
    return tuple(replace(column, measure=column.measure or match[1]) for column in columns)


_MEASURE = re.compile(r"[(\[〔【](?:单位:?)?([^()\[\]\d、,]{1,8})[)\]〕】]$")


def _is_share(title: str) -> bool:
    """A column for what the whole place, or its own offices, have to reach: 区本级任务数."""
    return bool(pattern("titles", "share").fullmatch("".join(title.split())))


def _period(title: str) -> tuple[int, int] | None:
    """Where the title of a column of milestones says when: 一季度, 6月底前进度."""
    match = pattern("titles", "period").match(title)
    if match is None or classify(title) not in {"content", None}:
        return None
    rest = pattern("titles", "period_rest").fullmatch(title[match.end() :])
    return match.span() if rest else None


def _years(
    titles: Sequence[str], told: Sequence[ColumnKind | None]
) -> list[tuple[int, int] | None]:
    """Where titles of columns say a year, if several years are to be met: 2026年, 2027年目标.

    A single one (2026年目标) is that of the notice and tells its column from no other.
    """
    found = [
        None
        if kind or classify(title) == "progress"
        else pattern("titles", "year").fullmatch(title)
        for title, kind in zip(titles, told, strict=True)
    ]
    several = len({match["year"] for match in found if match}) > 1
    return [match.span("when") if several and match else None for match in found]


def _told_above(title: str, above: str) -> ColumnKind | None:
    """What a title over several columns says of one whose own says less: 牵头 below 责任单位."""
    own = classify(title)
    if not above or own not in {None, "content"}:
        return None
    kind = classify(f"{plain_title(title)}{plain_title(above)}")
    return kind if kind in {*UNIT_COLUMNS, "progress", "ignored"} else None


def lists_contacts(columns: Sequence[Column]) -> bool:
    """Tell whether a table only says whom to call: names beside telephone numbers.

    Args:
        columns: Its columns.

    Returns:
        True when nothing but numbers and one column of names stands beside the contacts.
    """
    told = [column for column in columns if column.kind not in {"number", "ignored", "leader"}]
    calls = any(_CALLS.search(column.title) for column in columns if column.kind == "ignored")
    return calls and len(told) == 1 and _classify(told[0].title) == "name"


_CALLS = re.compile("电话|联系方式|手机")
