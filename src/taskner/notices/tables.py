"""Rows of a table to tasks: which cells are content, units, leader, limit and progress."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taskner.notices.columns import CONTENT_COLUMNS, UNIT_COLUMNS, Column
from taskner.notices.drafts import Draft, Printed, read_heading
from taskner.notices.fields import Chunk, split_fields
from taskner.notices.figures import unsettled
from taskner.notices.labels import Kind
from taskner.notices.lines import Line
from taskner.notices.numbering import bare_number, parse_numbering
from taskner.notices.organisations import is_name_stump
from taskner.notices.rows import Row
from taskner.notices.topics import (
    grouping_columns,
    merged_columns,
    numbered_names,
    put_names_back,
    resolve_topics,
    row_numbers,
    spanning_limits,
)
from taskner.notices.unit_cells import cell_fields, without_same
from taskner.notices.wording import load

_KINDS: dict[str, Kind] = {
    "lead": "lead",
    "responsible": "responsible",
    "support": "support",
    "upper": "upper",
    "deadline": "deadline",
    "progress": "progress",
}


def drafts_from_rows(
    rows: Sequence[Row], columns: Sequence[Column], *, heading: Line | None = None
) -> list[Draft]:
    """Read the rows of one table.

    Args:
        rows: Rows with the lines of each column.
        columns: The columns in order.
        heading: A heading printed above the table.

    Returns:
        One draft for each row that prints content of its own.
    """
    rows = [row for row in rows if not _is_total(row, columns)]
    rows = [Row(heading=heading), *rows] if heading else rows
    rows = [without_same(row, columns) for row in put_names_back(rows, columns)]
    columns = resolve_topics(rows, columns)
    reader = _RowReader(rows, columns)
    for index, row in enumerate(rows):
        reader.read(row, index, is_last=index + 1 == len(rows))
    return reader.drafts


_TOTAL = re.compile(r"[合小总共]\s*计")


def _is_total(row: Row, columns: Sequence[Column]) -> bool:
    """A row that adds the others up; one that names who answers for the sum is a task."""
    own = {column: lines for column, lines in row.cells.items() if column not in row.inherited}
    first = min(own, default=None)
    if first is None or not _TOTAL.fullmatch(own[first][0].text):
        return False
    return not any(columns[column].kind in UNIT_COLUMNS for column in own if column != first)


def _chunk(lines: Sequence[Line], kind: Kind, label: str) -> Chunk:
    return Chunk(lines[0].start, lines[-1].end, kind, label)


def _may_be_cut(line: Line) -> bool:
    """Whether the text may have ended inside a row, seen from the last cell it prints."""
    return line.cell is None or not line.cell.closed


def _is_stump(column: Column, lines: Sequence[Line] | None) -> bool:
    """A unit's cell in which the text ends before the name does."""
    if not lines or column.kind not in UNIT_COLUMNS or not _may_be_cut(lines[-1]):
        return False
    return is_name_stump(lines[-1].text)


def _is_none(lines: Sequence[Line]) -> bool:
    """A cell that stands for nothing: /, —."""
    return len(lines) == 1 and lines[0].text in load("organisations")["placeholders"]


def _printed(lines: Sequence[Line]) -> Printed:
    return tuple((line.start, line.end) for line in lines)


class _RowReader:
    """Reads rows in order and remembers what merged cells pass down."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        self.columns = columns
        self.merged = merged_columns(rows, columns)
        names = {i for i, column in enumerate(columns) if column.kind == "name"}
        self.grouping = grouping_columns(rows, columns, names)
        self.spanning = spanning_limits(rows, columns, self.grouping)
        self.numbered = numbered_names(rows, columns, names - self.grouping)
        self.numbers = row_numbers(rows, columns)
        self.drafts: list[Draft] = []
        self.headings: tuple[Printed, ...] = ()
        self.leader: Printed | None = None
        self.lead: list[Chunk] = []
        self.above: dict[int, list[Line]] = {}
        kinds = [column.kind for column in columns]
        self.joining = {
            column
            for column, kind, below in zip(columns, kinds, kinds[1:], strict=False)
            if (kind, below) == ("subject", "content")
        }
        self.has_leads = "lead" in kinds
        self.bracketed = not any(column.kind in UNIT_COLUMNS for column in columns)

    def read(self, row: Row, index: int, *, is_last: bool) -> None:
        """Add the task of one row, or what it tells about its neighbours."""
        if row.heading:
            self._read_heading(row.heading)
            return
        own = {column: lines for column, lines in row.cells.items() if column not in row.inherited}
        if self.grouping & own.keys():
            self._forget({*UNIT_COLUMNS, "leader"}, but=row.same)
        path_columns = self.merged.get(index, set())
        content = [
            column
            for column, lines in own.items()
            if self.columns[column].kind in CONTENT_COLUMNS
            and column not in path_columns
            and not _is_none(lines)
        ]
        spelled = any(self.columns[column].kind == "content" for column in content)
        if spelled or (content and self._only_values(own)):
            self.drafts.append(self._draft(row, own, sorted(content), path_columns, is_last))
        elif (name := self._name_as_content(row, own, path_columns)) is not None:
            self.drafts.append(self._draft(row, own, [name], path_columns, is_last))
        elif self.drafts:
            self._add_to_above(own)
        self.above.update(row.cells)

    def _only_values(self, own: dict[int, list[Line]]) -> bool:
        """Whether the row is a task though its content is a stroke: it has a number or a name."""
        return any(self.columns[column].kind in {"number", "name", "subject"} for column in own)

    def _name_as_content(
        self, row: Row, own: dict[int, list[Line]], path_columns: set[int]
    ) -> int | None:
        """The column whose name is the task of a row that leaves the content empty.

        A row without a number like those of the others (一 between 4 and 5 heads a group), and
        one whose content spans down, is none; nor is one without units or limit where nothing
        is numbered.
        """
        kinds = {column: self.columns[column].kind for column in own}
        names = [c for c in own if kinds[c] == "name" and not _is_none(own[c])]
        if not names or any(self.columns[c].kind == "content" for c in row.inherited):
            return None
        if self.numbers:
            tells = any(kinds[c] == "number" and own[c][0].text in self.numbers for c in own)
        else:
            tells = bool({*UNIT_COLUMNS, "deadline"} & set(kinds.values()))
        alone = [c for c in names if c not in self.grouping and c not in path_columns]
        return max(alone or names) if tells else None

    def _read_heading(self, line: Line) -> None:
        heading = read_heading(line.text)
        self.headings = (_printed([line]),)
        self.leader = None
        if heading.leader:
            first, last = heading.leader
            self.leader = ((line.start + first, line.start + last),)
        self.lead = []
        if heading.unit:
            first, last = heading.unit
            self.lead = [Chunk(line.start + first, line.start + last, "lead")]
        self.above.clear()

    def _forget(self, kinds: set[str], *, but: frozenset[int]) -> None:
        for column in [c for c in self.above if self.columns[c].kind in kinds and c not in but]:
            del self.above[column]

    def _add_to_above(self, own: dict[int, list[Line]]) -> None:
        """A row without content goes on with the units and limits of the row above."""
        for column in sorted(own):
            kind = _KINDS.get(self.columns[column].kind)
            if kind:
                self.drafts[-1].fields += cell_fields(own[column], kind, self.columns[column].title)

    def _draft(
        self,
        row: Row,
        own: dict[int, list[Line]],
        content: list[int],
        path_columns: set[int],
        is_last: bool,  # noqa: FBT001
    ) -> Draft:
        draft = Draft(content=[], inherited=list(self.lead), leader=self.leader)
        doubtful = frozenset[int]() if row.placed else unsettled(own, self.columns)
        for column in content:
            self._add_content(draft, own[column], self.columns[column])
            if column in doubtful and draft.content[1:]:
                draft.content[-1] = replace(draft.content[-1], kind="ignored")
                draft.unread = True
        if self.numbered in own and (found := parse_numbering(own[self.numbered][0].text)):
            draft.number = found.token
        path = list(self.headings)
        # A limit goes on with the one above where the lead does, wherever that stands.
        order = sorted(enumerate(self.columns), key=lambda one: one[1].kind == "deadline")
        for column, spec in order:
            lines = own.get(column)
            passed = lines or row.cells.get(column) or self.above.get(column)
            if spec.kind == "number" and passed:
                number = bare_number(passed[0].text)
                draft.number = number[0] if number else passed[0].text
            elif spec.kind == "leader" and passed:
                draft.leader = _printed(passed)
            elif column in content and spec.kind == "name":
                continue
            elif (spec.kind == "name" or column in path_columns) and passed:
                path.append(_printed(passed))
            elif spec.kind in _KINDS and not (
                is_last and column == max(own) and _is_stump(spec, lines)
            ):
                # A row cut off at the end of the text must not inherit what it may have named.
                is_cut = is_last and max(own) < column and _may_be_cut(own[max(own)][-1])
                self._add_field(draft, row, column, lines, is_cut=is_cut)
        draft.path = tuple(path)
        draft.unsure = not row.placed and self._may_support(own)
        return draft

    def _add_content(self, draft: Draft, lines: list[Line], column: Column) -> None:
        title = column.title
        chunk = replace(
            _chunk(lines, "text", title),
            due=column.due,
            joins=column in self.joining,
            measure=column.measure,
        )
        if not self.bracketed or len(lines) > 1:
            draft.content.append(chunk)
            return
        for part in split_fields(lines[0].text, lines[0].start):
            if part.kind == "text":
                draft.content.append(Chunk(part.start, part.end, "text", title))
            else:
                draft.fields.append(part)
        if not draft.content:
            draft.content.append(chunk)

    def _add_field(
        self, draft: Draft, row: Row, column: int, lines: list[Line] | None, *, is_cut: bool
    ) -> None:
        spec = self.columns[column]
        kind = _KINDS[spec.kind]
        if lines:
            draft.fields.extend(cell_fields(lines, kind, spec.title))
            return
        spanned = row.cells.get(column)
        passes = column in self.spanning or self._passes(draft, kind)
        repeats = column in row.same or (not is_cut and passes)
        if spanned and kind in UNIT_COLUMNS:
            draft.inherited.extend(cell_fields(spanned, kind, spec.title))
        elif spanned and kind == "deadline":
            draft.fields.append(_chunk(spanned, kind, spec.title))
        elif column in self.above and repeats:
            passed = draft.fields if kind == "deadline" else draft.inherited
            passed.extend(cell_fields(self.above[column], kind, spec.title))

    def _may_support(self, own: dict[int, list[Line]]) -> bool:
        """Whether the only unit cell of a row in a merged project could be its supporters."""
        kinds = {self.columns[column].kind for column in own}
        above = {self.columns[column].kind for column in self.above}
        merged = "name" in above - kinds
        return merged and {"lead", "support"} <= above and {"lead", "support"} & kinds == {"lead"}

    def _passes(self, draft: Draft, kind: Kind) -> bool:
        """Whether an empty cell goes on with the one above.

        Supporters, those 责任单位 too that stand beside a column of leads, and limits do so
        beside a lead that does too; beside a lead of its own, or without any, the cell is empty.
        """
        if kind == "lead" or (kind == "responsible" and not self.has_leads):
            return True
        rest = {"responsible", "support", "deadline"}
        return kind in rest and not draft.has_units and bool(draft.inherited)
