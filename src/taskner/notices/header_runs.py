"""Headers printed one cell a line: where a run of column titles starts a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskner.notices.columns import (
    LONGEST_TITLE,
    NO_TITLE,
    UNIT_COLUMNS,
    Column,
    classify,
    is_header,
    make_columns,
    plain_title,
)
from taskner.notices.lines import Line
from taskner.notices.numbering import bare_number, parse_numbering

_TAILS = re.compile(
    r"^(?:任务数?|目标数?|目标值|数|数量|情况|单位|时限|时间|要求|内容|名称|领导|部门|科室|号)$"
)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


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
        if classify(lines[index].text) is None and not _breaks_number(lines, index):
            index += 1
            continue
        run = _run_at(lines, index)
        if run:
            return _without_title(lines, run)
        index += 1
        while index < len(lines) and classify(lines[index].text) is not None:
            index += 1
    return None


def find_next_run(lines: Sequence[Line], run: Run) -> Run | None:
    """Find the header after one: the same one again, or that of another table.

    A header printed with the same words is found as a whole, whatever stands above it: the last
    cell of a page (10月底前) may read like a title too.

    Args:
        lines: Lines of a part.
        run: The header before.

    Returns:
        The next run, or None when there is none.
    """
    following = find_run(lines, run.end)
    if following is None:
        return None
    titles = _titles(lines[run.start : run.end])
    for index in range(following.start + 1, following.end):
        end = index + len(titles)
        if _titles(lines[index:end]) == titles:
            return Run(index, end, run.columns)
    return following


def _titles(lines: Sequence[Line]) -> list[str]:
    return ["".join(line.text.split()) for line in lines]


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


def _breaks_number(lines: Sequence[Line], index: int) -> bool:
    """Whether the title of the numbers is broken over two lines: 序 / 号."""
    return [line.text for line in lines[index : index + 2]] == ["序", "号"]


def _breaks_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a title of units, leaders or times is broken in two: 分管 / 领导."""
    pair = [line.text for line in lines[index : index + 2]]
    if len(pair) < 2 or classify(pair[0]) is not None or not _TAILS.match(pair[1]):  # noqa: PLR2004
        return False
    return classify("".join(pair)) in {"leader", "deadline", *UNIT_COLUMNS}


def _opens_row(lines: Sequence[Line], index: int) -> bool:
    number = bare_number(lines[index].text) if index < len(lines) else None
    return number is not None and number[1] == 1


_MAX_COLUMNS = 24  # lines of a header, of which titles broken in two take two each


def _run_at(lines: Sequence[Line], start: int) -> Run | None:
    titles: list[str] = []
    places: list[tuple[int, int]] = []
    ends: list[int] = []  # index after the last line of each title
    for index in range(start, min(len(lines), start + _MAX_COLUMNS)):
        text = lines[index].text
        if bare_number(text) or len(text) > LONGEST_TITLE * 2 or NO_TITLE.search(plain_title(text)):
            break
        if _holds_titles(text):
            break
        joined = plain_title(titles[-1] + text) if titles else ""
        if titles and _belongs(titles[-1], text, joined):
            titles[-1], ends[-1] = joined, index + 1
            places[-1] = (places[-1][0], lines[index].end)
        elif (
            classify(text) is not None
            or (not titles and _breaks_number(lines, index))
            or _breaks_title(lines, index)
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


def _holds_titles(text: str) -> bool:
    """Whether a line is a whole header flattened with blanks: 序号 工作任务 责任单位."""
    titles = text.split()
    return len(titles) > _FEW_TITLES and is_header([classify(title) for title in titles])


_FEW_TITLES = 2


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
    if above == "完成" and classify(joined) == "deadline":
        return True
    if _REMARK.fullmatch(text) and classify(above) is not None:
        return True  # 责任单位 / (部门)
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
        if len(line.text) > LONGEST_TITLE:
            return False
    return False
