"""Column titles of tables: what they mean and where a run of them starts a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from taskner.notices.lines import Line
from taskner.notices.numbering import bare_number, parse_numbering
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
_MAX_TITLE = 16
_BRACKET = re.compile(r"[(\[〔【][^()\[\]]*[)\]〕】]")
_NO_TITLE = re.compile(r"[。,;:!?“”%]|\d{5}|(?:19|20)\d\d年.{8}")
_TAILS = re.compile(r"^(?:任务数?|目标数?|目标值|数|数量|情况|单位|时限|时间|要求|内容|名称)$")
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
    if len(text) > _MAX_TITLE * 3 or "、" in text or text.startswith("("):
        return None
    title = plain_title(text)
    if not title or len(title) > _MAX_TITLE or _NO_TITLE.search(title):
        return None
    return _classify(title)


def is_header(kinds: Sequence[ColumnKind | None]) -> bool:
    """Tell whether a row of cells is a header: titles of tasks and of numbers or units."""
    known = [kind for kind in kinds if kind]
    if len(known) < 2 or len(set(known)) < 2:  # noqa: PLR2004
        return False
    tells = {"number", *UNIT_COLUMNS} & set(known)
    return bool(tells) and bool({"content", "name", "topic"} & set(known))


def make_columns(titles: Sequence[str], places: Sequence[tuple[int, int]]) -> tuple[Column, ...]:
    """Build the columns of a table from its header cells.

    Args:
        titles: Folded titles in order.
        places: Their offsets in the document.

    Returns:
        Columns; unknown titles are values (own shares, regions). A table without
        a content column takes its name column for it.
    """
    periods = [_period(title) for title in titles]
    kinds: list[ColumnKind] = [
        "period" if period else classify(title) or "value"
        for title, period in zip(titles, periods, strict=True)
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
            (place[0] + period.start(), place[0] + period.end()) if period else None,
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


_MEASURE = re.compile(r"[(\[〔【](?:单位:?)?([^()\[\]\d、,]{1,8})[)\]〕】]$")


def _is_share(title: str) -> bool:
    """A column for what the whole place, or its own offices, have to reach: 区本级任务数."""
    return bool(pattern("titles", "share").fullmatch("".join(title.split())))


def _period(title: str) -> re.Match[str] | None:
    """The period in the title of a column of milestones: 一季度, 6月底前进度."""
    match = pattern("titles", "period").match(title)
    if match is None or classify(title) not in {"content", None}:
        return None
    return match if pattern("titles", "period_rest").fullmatch(title[match.end() :]) else None


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


@dataclass(frozen=True, slots=True)
class Run:
    """A header printed one cell a line: its lines and its columns."""

    start: int
    end: int
    columns: tuple[Column, ...]

    def counts_anew(self, lines: Sequence[Line]) -> bool:
        """Whether the row below is the first of a table, not of a page: its number is one."""
        return self.columns[0].kind == "number" and _opens_row(lines, self.end)


def find_run(lines: Sequence[Line], start: int) -> Run | None:
    """Find the next header that is printed one cell a line.

    Args:
        lines: Lines of a part.
        start: Index to search from.

    Returns:
        The run, or None when there is none.
    """
    index = start
    while index < len(lines):
        if classify(lines[index].text) is None:
            index += 1
            continue
        run = _run_at(lines, index)
        if run:
            return _without_title(lines, run)
        index += 1
        while index < len(lines) and classify(lines[index].text) is not None:
            index += 1
    return None


def _without_title(lines: Sequence[Line], run: Run) -> Run:
    """The run from its number column on, where what stands before it is the table's title.

    Then the first row begins with its number; else it prints it where the run has the column.
    """
    kinds = [column.kind for column in run.columns]
    if kinds[0] not in {"content", "topic"} or "number" not in kinds:
        return run
    for index in range(run.start + 1, run.end):
        if classify(lines[index].text) == "number":
            shorter = _run_at(lines, index)
            fits = _opens_row(lines, run.end + kinds.index("number"))
            ends_early = run.end < len(lines) and classify(lines[run.end].text) in UNIT_COLUMNS
            is_title = (ends_early or not fits) and shorter and _opens_row(lines, shorter.end)
            return shorter if shorter and is_title else run
    return run


def _opens_row(lines: Sequence[Line], index: int) -> bool:
    number = bare_number(lines[index].text) if index < len(lines) else None
    return number is not None and number[1] == 1


_MAX_COLUMNS = 16


def _run_at(lines: Sequence[Line], start: int) -> Run | None:
    titles: list[str] = []
    places: list[tuple[int, int]] = []
    ends: list[int] = []  # index after the last line of each title
    for index in range(start, min(len(lines), start + _MAX_COLUMNS)):
        text = lines[index].text
        if bare_number(text) or len(text) > _MAX_TITLE * 2 or _NO_TITLE.search(plain_title(text)):
            break
        joined = plain_title(titles[-1] + text) if titles else ""
        if titles and _belongs(titles[-1], text, joined):
            titles[-1], ends[-1] = joined, index + 1
            places[-1] = (places[-1][0], lines[index].end)
        elif (
            classify(text) is not None
            or (
                # an unknown title between the known ones
                titles
                and classify(titles[0]) == "number"
                and parse_numbering(text) is None
                and _closes(lines, index)
            )
            or (titles and _is_place_before_units(lines, index))
        ):
            titles.append(text)
            places.append((lines[index].start, lines[index].end))
            ends.append(index + 1)
        else:
            break
    n_columns = _count_columns(lines, titles, ends)
    titles = titles[:n_columns]
    if not is_header([classify(title) for title in titles]):
        return None
    return Run(start, ends[n_columns - 1], make_columns(titles, places[:n_columns]))


def _count_columns(lines: Sequence[Line], titles: Sequence[str], ends: Sequence[int]) -> int:
    """How many titles are the header, where the first row's cells read like titles too.

    The first row prints its number as many cells after the header as the header does.
    """
    kinds = [classify(title) for title in titles]
    if "number" not in kinds:
        return len(titles)
    place = kinds.index("number")
    for count in range(place + 1, len(titles) + 1):
        index = ends[count - 1] + place
        if (
            index < len(lines)
            and bare_number(lines[index].text)
            and is_header(kinds[:count])
            and not (place == 0 and count < len(titles))
        ):
            return count
    return len(titles)


def _belongs(above: str, text: str, joined: str) -> bool:
    """One title broken over two lines: 责任 / 单位, 区本级 / 任务数."""
    if classify(above) is None and _TAILS.match(plain_title(text)):
        return True
    return classify(above) is None and classify(text) is None and _known(joined)


def _known(title: str) -> bool:
    kind = classify(title)
    return kind is not None and kind != "content"


_PLACE = re.compile(r"[^\d\s]{1,8}(?:[省市州盟县区旗镇乡]|街道|开发区|新区|合计)")
_MAX_PLACES = 12


def _is_place_before_units(lines: Sequence[Line], index: int) -> bool:
    """A region's column: places stand from here to the title of a column of units."""
    for line in lines[index : index + _MAX_PLACES]:
        kind = classify(line.text)
        if kind in UNIT_COLUMNS:
            return True
        if not (kind or _PLACE.fullmatch(line.text)):
            return False
    return False


def _closes(lines: Sequence[Line], index: int) -> bool:
    """The first row's number follows soon, so that this line is still the header."""
    for line in lines[index : index + 8]:
        number = bare_number(line.text)
        if number:
            return number[1] == 1
        if len(line.text) > _MAX_TITLE:
            return False
    return False
