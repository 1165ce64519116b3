"""A tree of items to tasks: which nodes are tasks, which are headings, who inherits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from taskner.notices.drafts import Draft, Printed, read_heading
from taskner.notices.fields import Chunk
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.nodes import (
    Node,
    first_text,
    label_of,
    lead_themselves,
    names_lead,
    names_leader,
    names_units,
    says_amount,
    title_of,
    titles_bullets,
)
from taskner.notices.numbering import PARAGRAPH_RANK
from taskner.notices.organisations import unit_likeness
from taskner.notices.prose import (
    is_aside,
    is_goal,
    is_long_plan,
    is_mixed,
    is_plan,
    is_review,
    looks_ahead,
    opens_like_plan,
)
from taskner.notices.reaching import reach_back
from taskner.notices.remarks import drop_closing
from taskner.notices.unit_cells import repeat_units
from taskner.notices.wording import pattern

_ITEM_RANK = 3.0
_SUB_RANK = 4.0
_SECTION = 2.0


@dataclass(frozen=True, slots=True)
class _Above:
    """What headings pass down."""

    path: tuple[Printed, ...] = ()
    leader: Printed | None = None
    units: tuple[Chunk, ...] = ()
    mixed: bool = False  # the heading announces a review and a plan


@dataclass(slots=True)
class Split:
    """The tasks of a tree, and whether passages were set aside."""

    drafts: list[Draft]
    set_aside: bool = False


class Splitter:
    """Walks a tree once and collects its tasks."""

    def __init__(self, text: str, *, has_fields: bool) -> None:
        """Start without tasks.

        Args:
            text: Folded text of the document.
            has_fields: Whether the stretch names units at all.
        """
        self.text = text
        self.has_fields = has_fields
        self.out = Split([])
        self.opening: Node | None = None

    def split(self, root: Node) -> Split:
        """Collect the tasks of a tree in text order.

        Args:
            root: The tree of a stretch of lines.

        Returns:
            Its tasks.
        """
        self.opening = root.children[0] if root.children else None
        self._walk_children(root, _Above())
        if not self.has_fields and drop_closing(self.out.drafts, self.text):
            self.out.set_aside = True
        return self.out

    def _walk_children(self, node: Node, above: _Above) -> None:
        above = self._shared(node, above)
        named = any(child.has_units for child in node.children)
        headed = {child.rank for child in node.children if child.children}
        below = any(child.rank < PARAGRAPH_RANK for child in node.children)
        for child in node.children:
            if child.children:
                self._walk_heading(child, above)
            elif child.number is None and not child.bullet:
                self._walk_paragraph(child, above, node, named=named, below=below)
            elif (
                child.heading
                and child.rank in headed
                and not child.fields
                and len(child.texts) == 1
            ):
                continue  # a heading without anything under it
            else:
                self._walk_item(child, above, section=child.rank in headed)

    def _walk_item(self, node: Node, above: _Above, *, section: bool) -> None:
        first = first_text(node, self.text)
        if not node.texts or (node.heading and not node.fields and names_leader(first)):
            return
        if not self.has_fields and (is_aside(first) or self._looks_back(first, above)):
            self.out.set_aside = True
            return
        if not node.has_units and self._is_duties(node):
            self.out.set_aside = True
            return
        draft = self._draft(node, above)
        if node.heading and len(node.texts) > 1 and node.number and not says_amount(first):
            # With units of its own it is an item under its title, else a paragraph under
            # a heading, which keeps its number; so it is beside headings with items.
            told = node.has_units or node.texts[1].label
            titled = told and not (section and node.rank <= _SECTION)
            title = (node.texts[0].start, node.texts[0].end)
            draft.path = (*above.path, (title if titled else label_of(node, self.text),))
            draft.number = draft.number if titled else None
            draft.content = node.texts[1:]
        self.out.drafts.append(draft)
        reach_back(node, self.out.drafts)

    def _walk_paragraph(
        self, node: Node, above: _Above, parent: Node, *, named: bool, below: bool
    ) -> None:
        first = first_text(node, self.text)
        if node.has_units and not node.texts:
            reach_back(node, self.out.drafts)
            return
        if not node.texts:
            return
        if self.has_fields:
            inherits = bool(above.units) and not below
            if node.has_units or inherits or (named and not below and parent.number):
                self.out.drafts.append(self._titled(node, above))
                reach_back(node, self.out.drafts)
        elif is_aside(first) or self._looks_back(first, above):
            self.out.set_aside = True
        elif is_goal(first) or self._is_plan_paragraph(first, parent, below=below):
            self.out.drafts.append(self._draft(node, above))
        else:
            self.out.set_aside = True

    def _titled(self, node: Node, above: _Above) -> Draft:
        """The task of a block without number, whose title is no part of what is to be done."""
        draft = self._draft(node, above)
        if title := title_of(node, self.text):
            draft.content = node.texts[1:]
            addressed = self.text[title[1] - 1] == ":"
            draft.path = above.path if addressed else (*above.path, (title,))
        return draft

    @staticmethod
    def _looks_back(first: str, above: _Above) -> bool:
        """Whether a paragraph of a section that reviews and plans is of the review."""
        return above.mixed and not (is_goal(first) or looks_ahead(first))

    def _is_plan_paragraph(self, first: str, parent: Node, *, below: bool) -> bool:
        """Whether a paragraph is a task; above numbered items it is mostly an introduction."""
        if below:
            if parent.rank < 0:
                return is_long_plan(first)
            return parent.rank >= _SECTION and opens_like_plan(first)
        return parent.rank >= 0 or is_plan(first)

    def _walk_heading(self, node: Node, above: _Above) -> None:
        first = first_text(node, self.text)
        if not node.has_units and self._is_duties(node):
            self.out.set_aside = True
            return
        if self._folds(node):
            self.out.drafts.append(self._folded(node, above))
            return
        # A line that says an amount and names its units is a task, whatever stands below it.
        sets_goal = node.has_units and says_amount(first)
        titles = node.heading or titles_bullets(node, self.text)
        own_task = bool(node.texts) and (not titles or sets_goal)
        if own_task:
            aside = not self.has_fields and is_aside(first)
            if (node.has_units or not self.has_fields) and not aside:
                self.out.drafts.append(self._draft(node, above))
        below = self._below(node, above)
        if is_mixed(first):
            below = replace(below, mixed=True)
        elif is_review(first) and not (self.has_fields and names_units(node)):
            self.out.set_aside = True
            return
        self._walk_children(node, below)

    def _shared(self, node: Node, above: _Above) -> _Above:
        """Units printed once, after the last of the sub-items under a heading: all share them."""
        kids = node.children
        if not self.has_fields or above.units or len(kids) < 2:  # noqa: PLR2004
            return above
        if any(kid.rank < _SUB_RANK or not kid.number or kid.children for kid in kids):
            return above
        if [kid.has_units for kid in kids] != [False] * (len(kids) - 1) + [True]:
            return above
        units = tuple(chunk for chunk in kids[-1].fields if chunk.kind in UNIT_KINDS)
        return replace(above, units=units)

    def _below(self, node: Node, above: _Above) -> _Above:
        """What a heading passes down: its words, its leader, its units."""
        words = read_heading(first_text(node, self.text)) if node.heading else None
        leader, units = above.leader, above.units
        base = node.texts[0].start if node.texts else node.start
        if words and words.leader:
            leader = ((base + words.leader[0], base + words.leader[1]),)
        if words and words.unit and (words.says_lead or not lead_themselves(node)):
            units = (Chunk(base + words.unit[0], base + words.unit[1], "lead"),)
        for chunk in node.fields:
            if chunk.kind == "leader":
                leader = ((chunk.start, chunk.end),)
        own = tuple(chunk for chunk in node.fields if chunk.kind in UNIT_KINDS)
        path = (
            above.path
            if node.banner or self._signs(node)
            else (*above.path, (label_of(node, self.text),))
        )
        return _Above(path, leader, own or units, above.mixed)

    def _signs(self, node: Node) -> bool:
        """Whether the first line only says who issues: names above tasks that name their own."""
        return (
            node is self.opening
            and node.number is None
            and unit_likeness(first_text(node, self.text)) == 1
            and not read_heading(first_text(node, self.text)).says_lead
            and lead_themselves(node)
        )

    def _is_duties(self, node: Node) -> bool:
        """Sections on how the work is organised hold no tasks where tasks name units."""
        if not (self.has_fields and pattern("prose", "duties").search(first_text(node, self.text))):
            return False
        return not any(child.has_units for child in node.children)

    def _folds(self, node: Node) -> bool:
        """Sub-items (1)(2)(3) whose units stand once, after the last: one task."""
        kids = node.children
        if node.has_units or node.rank < _ITEM_RANK or not node.texts:
            return False
        if any(kid.children or kid.rank < _SUB_RANK for kid in kids):
            return False
        named = [kid.has_units for kid in kids]
        if self.has_fields:
            return sum(named) <= 1 and (named[-1] or not any(named)) and not kids[0].bullet
        return not node.heading and all(kid.number for kid in kids)

    def _folded(self, node: Node, above: _Above) -> Draft:
        draft = self._draft(node, above)
        end = node.children[-1].texts[-1].end if node.children[-1].texts else node.texts[-1].end
        draft.content = [Chunk(node.texts[0].start, max(end, node.texts[-1].end), "text")]
        for kid in node.children:
            draft.fields.extend(kid.fields)
        return draft

    def _draft(self, node: Node, above: _Above) -> Draft:
        draft = Draft(
            content=list(node.texts),
            number=node.number.token if node.number else None,
            path=above.path,
            leader=above.leader,
            fields=list(node.fields),
        )
        if self.out.drafts:
            repeat_units(draft, self.out.drafts[-1], self.text)
        for chunk in node.fields:
            if chunk.kind == "leader" and chunk.start < chunk.end:
                draft.leader = ((chunk.start, chunk.end),)
        own = {chunk.kind for chunk in draft.fields if not chunk.adds} & UNIT_KINDS
        for chunk in above.units:
            if not own or (chunk.kind == "lead" and not names_lead(node, self.text)):
                draft.inherited.append(chunk)
        return draft
