"""Lines to a tree: numbered items and headings, with the text and fields under each."""

from __future__ import annotations

from collections.abc import Sequence

from taskner.notices.dashes import LABEL as DASH
from taskner.notices.dates import find_date
from taskner.notices.drafts import read_heading
from taskner.notices.fields import FLAT_ROW, Chunk, split_fields
from taskner.notices.inline_items import part_first_item
from taskner.notices.labels import UNIT_KINDS, label_spans
from taskner.notices.leading_units import Habit, find_habit, read_leading
from taskner.notices.line_ends import add_line, is_figure_line, runs_on
from taskner.notices.lines import Line
from taskner.notices.nodes import Node, begins_anew, goes_on, is_heading
from taskner.notices.numbering import (
    BULLETS,
    INNER_PART_RANK,
    PARAGRAPH_RANK,
    PART_HEADING_RANK,
    PLAIN_HEADING_RANK,
    Numbering,
    bare_number,
    marked_number,
    parse_numbering,
)
from taskner.notices.organisations import is_complete, is_person, unit_likeness
from taskner.notices.prose import is_caption, is_part_heading
from taskner.notices.unit_heads import LABEL as ABOVE

_ITEM_RANK = 3.0


def build_outline(lines: Sequence[Line], text: str, *, has_fields: bool) -> Node:
    """Build the tree of a stretch of lines.

    Args:
        lines: Lines outside tables, notes taken out.
        text: Folded text of the document.
        has_fields: Whether the stretch names units at all; where it does, a paragraph
            below an item goes on with it, else every paragraph stands for itself.

    Returns:
        The root; its children are in text order.
    """
    habit = find_habit([line.text for line in lines], text) if has_fields else None
    builder = _Builder(text, has_fields=has_fields, habit=habit)
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        dated = find_date(following)
        signs = dated is not None and dated[0] == following
        builder.add(line, following, signs=signs)
    return builder.root


class _Builder:
    def __init__(self, text: str, *, has_fields: bool, habit: Habit | None) -> None:
        self.text = text
        self.has_fields = has_fields
        self.habit = habit  # how units are printed before their tasks
        self.root = Node(rank=-1.0)
        self.dashed = False  # whether units close their tasks behind a dash
        self.leads_in: bool | None = None  # whether leaders are printed above their tasks
        self.leader: Chunk | None = None  # a leader printed above the task to come
        self.stack = [self.root]

    @property
    def current(self) -> Node:
        return self.stack[-1]

    def add(self, line: Line, following: str, *, signs: bool = False) -> None:
        """Add one line: its number opens an item, its fields close one.

        ``signs`` tells that a date stands alone below it: a name there is the issuer's.
        """
        if not signs and self._continues_units(line):
            return
        chunks = split_fields(line.text, line.start, in_flat_row=self._in_flat_row())
        for chunk in part_first_item(chunks, self.text):
            if chunk.label == ABOVE:
                self._open_banner(chunk, line, following)
                continue
            if chunk.kind != "text":
                self._add_field(chunk)
                continue
            part = self.text[chunk.start : chunk.end]
            numbering = (
                parse_numbering(part) or marked_number(part) or _flat_number(part, self.has_fields)
            )
            bare = bare_number(part) if numbering is None else None
            if numbering is None and bare:
                numbering = Numbering(_ITEM_RANK, bare[0], bare[1], len(part))
            if numbering:
                self._open_item(chunk, numbering)
            else:
                self._add_paragraph(chunk, part, following)

    def _in_flat_row(self) -> bool:
        """Whether a row flattened with blanks is open: its units are still to come."""
        node = self.current
        flat = FLAT_ROW.match(self.text, node.start) if self.has_fields else None
        row = flat is not None and "\n" not in flat[0]
        return node.number is not None and row and not node.has_units

    def _continues_units(self, line: Line) -> bool:
        """A list of units that goes on in the next line."""
        node = self.current
        if not node.fields or node.fields[-1].kind not in UNIT_KINDS or label_spans(line.text):
            return False
        last = node.fields[-1]
        before = self.text[last.end : line.start].rstrip()
        open_end = before.endswith("、") or not is_complete(
            self.text[max(last.start, last.end - 40) : last.end]
        )
        if before.strip("、,;)]】〕 \n") or not last.end or last.start == last.end:
            return self._fills_empty(last, line)
        whole = unit_likeness(line.text) == 1 and len(line.text) <= _MAX_UNIT_LINE
        if parse_numbering(line.text) or not whole or (line.text[0] in BULLETS and not open_end):
            return False
        node.fields[-1] = Chunk(last.start, line.end, last.kind, last.label, last.reach)
        return True

    def _fills_empty(self, last: Chunk, line: Line) -> bool:
        """The units of a label that stands alone on its line."""
        if last.start != last.end or unit_likeness(line.text) <= 0 or parse_numbering(line.text):
            return False
        self.current.fields[-1] = Chunk(line.start, line.end, last.kind, last.label)
        return True

    def _add_field(self, chunk: Chunk) -> None:
        node = self.current
        if chunk.kind == "content" and chunk.label in _SCHEDULES and node.has_units and node.texts:
            node.texts.append(Chunk(chunk.start, chunk.end, "text", chunk.label))
            return
        if chunk.kind == "content" and chunk.start == chunk.end:
            return  # the words stand below
        if chunk.kind == "content" and self._awaits_content(node):
            node.texts.append(Chunk(chunk.start, chunk.end, "text", chunk.label))
            return
        if chunk.kind == "content":
            self._add_paragraph(
                Chunk(chunk.start, chunk.end, "text", chunk.label),
                self.text[chunk.start : chunk.end],
                "",
            )
            return
        if chunk.kind == "leader" and not is_person(self.text[chunk.start : chunk.end]):
            chunk = Chunk(chunk.start, chunk.end, "leader", chunk.label)
        if self.leads_in is None:
            above = node is self.root or chunk.label.startswith(("领办", "领衔"))
            self.leads_in = chunk.kind == "leader" and above
        if chunk.kind == "leader" and self.leads_in and (node.has_units or not node.heading):
            self.leader = chunk
            return
        if node is self.root or begins_anew(node, chunk):
            node = self._push(Node(rank=PARAGRAPH_RANK, start=chunk.start))
        if chunk.label == DASH:
            self.dashed = True
            node.heading = False  # what it closes is a task, however short
        node.fields.append(chunk)

    def _open_banner(self, units: Chunk, line: Line, following: str) -> None:
        """Units above or before their tasks: plain lines below are one task, others each one."""
        while any(node.banner for node in self.stack):
            self.stack.pop()
        below = parse_numbering(following)
        numbering = parse_numbering(line.text)
        rank = numbering.rank if numbering else _BANNER_RANK
        if below and below.value == 1 and below.rank >= _ITEM_RANK:
            rank = min(rank, below.rank - 0.05)
        node = Node(rank=rank, number=numbering, start=line.start, fields=[units], banner=True)
        self._push(node)

    def _awaits_content(self, node: Node) -> bool:
        """Whether an item has only a title and fields so far, as where units stand first."""
        titles = [text for text in node.texts if not text.label]
        if node is self.root or node.children or len(node.texts) > len(titles):
            return False
        if not titles:
            return bool(node.fields)
        title = self.text[titles[0].start : titles[-1].end]
        return bool(node.fields) and len(titles) == 1 and is_heading(title)

    def _open_item(self, chunk: Chunk, numbering: Numbering) -> None:
        start = min(chunk.end, chunk.start + numbering.length)
        body = self.text[start : chunk.end]
        node = Node(rank=numbering.rank, number=numbering, start=chunk.start)
        node.heading = is_heading(body) and bool(body)
        node.label = (chunk.start, chunk.end)
        if body.strip():
            self._put_text(node, start, chunk.end)
        self._push(node)

    def _put_text(self, node: Node, start: int, end: int) -> None:
        """Give a node its words, and as fields the units that stand before them."""
        leading = read_leading(self.text[start:end], start, self.habit) if self.habit else None
        if leading:
            node.fields.extend(leading.fields)
            node.heading = False
        node.texts.append(Chunk(leading.end if leading else start, end, "text"))

    def _push(self, node: Node) -> Node:
        while len(self.stack) > 1 and self.stack[-1].rank >= node.rank:
            self.stack.pop()
        self.current.children.append(node)
        self.stack.append(node)
        if self.leader and not node.heading:
            node.fields.append(self.leader)
            self.leader = None
        return node

    def _add_paragraph(self, chunk: Chunk, part: str, following: str) -> None:
        node = self.current
        if part[0] in BULLETS and self.has_fields and node is not self.root:
            self._add_bullet(chunk, part)
            return
        if self.habit and read_leading(part, chunk.start, self.habit):
            node = Node(rank=PARAGRAPH_RANK, start=chunk.start)
            self._put_text(node, chunk.start, chunk.end)
            self._push(node)
            return
        if node.banner or (is_figure_line(part) and node.texts and not node.has_units):
            add_line(node, chunk, self.text)
            return
        parting = is_part_heading(part)
        if parting or self._is_plain_heading(part, following):
            rank = self._part_rank() if parting else PLAIN_HEADING_RANK
            heading = Node(rank=rank, start=chunk.start, heading=True)
            heading.texts.append(chunk)
            heading.label = (chunk.start, chunk.end)
            self._push(heading)
            return
        closed = node.has_units or not node.number
        open_ = not closed or goes_on(node, part, self.text)
        if self.has_fields and (open_ or (self.dashed and runs_on(node, self.text))):
            add_line(node, chunk, self.text)
            return
        if self.has_fields and node.has_units and node.heading and len(node.texts) > 1:
            self._split_heading(node)
        paragraph = Node(rank=PARAGRAPH_RANK, start=chunk.start, texts=[chunk])
        if self.has_fields and node.has_units and node.number and not node.heading:
            self.stack.pop()  # a paragraph after a closed item stands beside it
            self.current.children.append(paragraph)
            self.stack.append(paragraph)
            return
        self._push(paragraph)

    def _part_rank(self) -> float:
        """A heading without number parts the document, or the section 一、 it stands in."""
        outer = self.stack[1:2]
        in_section = any(PART_HEADING_RANK < node.rank < INNER_PART_RANK for node in outer)
        return INNER_PART_RANK if in_section else PART_HEADING_RANK

    def _add_bullet(self, chunk: Chunk, part: str) -> None:
        start = chunk.start + len(part) - len(part.lstrip(BULLETS + " "))
        if start >= chunk.end or is_caption(part):
            return
        node = Node(rank=PARAGRAPH_RANK, start=chunk.start, bullet=True)
        self._put_text(node, start, chunk.end)
        self._push(node)

    def _split_heading(self, node: Node) -> None:
        """A heading took the first of several paragraphs for its text: give it back."""
        child = Node(rank=PARAGRAPH_RANK, start=node.texts[1].start)
        child.texts, child.fields = node.texts[1:], node.fields
        node.texts, node.fields = node.texts[:1], []
        node.children.append(child)
        self.stack.append(child)

    def _is_plain_heading(self, part: str, following: str) -> bool:
        if not is_heading(part) or part[0] in BULLETS or len(part) < _SHORTEST_HEADING:
            return False
        if not self.has_fields and following and parse_numbering(following) is None:
            return False
        numbering = parse_numbering(following)
        if numbering is not None and numbering.rank >= _ITEM_RANK and numbering.value == 1:
            return self.current.has_units or self.current is self.root or _names_leader(part)
        return _names_leader(part)


_BANNER_RANK = 8.0
_SHORTEST_HEADING = 4
_SCHEDULES = frozenset(
    {"目标节点", "节点安排", "节点目标", "阶段目标", "进度安排", "进度计划", "计划安排"}
)
_MAX_UNIT_LINE = 300


def _names_leader(part: str) -> bool:
    return read_heading(part).leader is not None and len(part) > _SHORTEST_HEADING


def _flat_number(part: str, has_fields: bool) -> Numbering | None:  # noqa: FBT001
    """A row flattened with blanks: the number stands before one."""
    match = FLAT_ROW.match(part) if has_fields else None
    if match is None:
        return None
    return Numbering(_ITEM_RANK, match[1], int(match[1]), match.end())
