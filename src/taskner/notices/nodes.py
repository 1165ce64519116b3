"""A node of the tree of items, and what it says: its words, its units and who leads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taskner.notices.drafts import read_heading
from taskner.notices.fields import Chunk
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.numbering import Numbering

_LEADS = re.compile("牵头|主办|主责")
_FIGURE = re.compile(r"\d")
_MAX_HEADING = 45
_STOP = re.compile(r"[。;!?]")
_AMOUNT = re.compile(
    r"\d+(?:\.\d+)?(?:[%万亿]|[个家项条户套座处所名人件场公亩吨米辆张支部])|以上|左右"
)


@dataclass(slots=True)
class Node:
    """An item, heading or paragraph: its texts, its fields and what stands under it."""

    rank: float
    number: Numbering | None = None
    start: int = 0
    texts: list[Chunk] = field(default_factory=list)
    fields: list[Chunk] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    heading: bool = False  # its first text reads like a heading
    bullet: bool = False
    banner: bool = False  # it begins with its units, its tasks stand behind or below them
    label: tuple[int, int] = (0, 0)  # the heading as printed, with its number

    @property
    def has_units(self) -> bool:
        """Whether a field of its own names units."""
        return any(chunk.kind in UNIT_KINDS for chunk in self.fields)


def is_heading(text: str) -> bool:
    """Tell whether a line reads like a heading: short, no stop, not broken off at a comma."""
    broken_off = text.rstrip().endswith((",", "、"))
    return len(text) <= _MAX_HEADING and not _STOP.search(text) and not broken_off


def says_amount(text: str) -> bool:
    """Tell whether a line sets an amount, as a sentence does that was cut at a line's end."""
    return _AMOUNT.search(text) is not None


def first_text(node: Node, text: str) -> str:
    """Give the first stretch of text of a node."""
    return text[node.texts[0].start : node.texts[0].end] if node.texts else ""


def label_of(node: Node, text: str) -> tuple[int, int]:
    """Give the heading as printed; of a sentence only its first clause."""
    start, end = node.label
    if not node.heading:
        stop = re.search(r"[。;!?]", text[start:end])
        end = start + stop.start() if stop else end
    return start, end


def names_units(node: Node) -> bool:
    """Whether a node, or one below it, names units."""
    return node.has_units or any(names_units(kid) for kid in node.children)


def lead_themselves(node: Node) -> bool:
    """Whether the tasks below name who answers for them, so that a bare name does not."""
    return any(
        chunk.kind in {"lead", "responsible", "verb"}
        for kid in node.children
        for chunk in kid.fields
    ) or any(lead_themselves(kid) for kid in node.children)


def names_lead(node: Node, text: str) -> bool:
    """Whether a field of its own names who leads, by its label or by a verb."""
    return any(
        chunk.kind in {"lead", "upper"}
        or (chunk.kind == "verb" and _LEADS.search(text[chunk.start : chunk.end]))
        for chunk in node.fields
    )


def names_leader(first: str) -> bool:
    """Whether a heading names a leader or a unit."""
    heading = read_heading(first)
    return heading.leader is not None or heading.unit is not None


def titles_bullets(node: Node, text: str) -> bool:
    """Whether an item with a stop only names what its bullets spell out: 2、整治河道。▲…."""
    first = first_text(node, text)
    if len(node.texts) != 1 or not all(kid.bullet for kid in node.children):
        return False
    return is_heading(first.rstrip("。;")) and _FIGURE.search(first) is None


def begins_anew(node: Node, chunk: Chunk) -> bool:
    """Whether a field opens the next of several blocks without numbers: its label came before."""
    if node.number or node.heading or not (node.texts and node.texts[-1].label and chunk.label):
        return False
    return any(own.label == chunk.label for own in node.fields)


def goes_on(node: Node, part: str, text: str) -> bool:
    """Whether a line goes on with content behind a label, where fields stood before that.

    After a stop, a line without one is the title of the next block.
    """
    if not (node.has_units and len(node.texts) > 1 and any(one.label for one in node.texts)):
        return False
    last = node.texts[-1]
    if is_heading(part) and not says_amount(part) and text[last.end - 1] in "。;!":
        return False
    return all(own.end <= last.start for own in node.fields)


def title_of(node: Node, text: str) -> tuple[int, int] | None:
    """The line above the fields of a block whose content has a label: 老街改造 / 【主抓】…."""
    if len(node.texts) < 2 or node.texts[0].label or not node.texts[1].label:  # noqa: PLR2004
        return None
    first = first_text(node, text)
    return (
        (node.texts[0].start, node.texts[0].end)
        if is_heading(first) and not says_amount(first)
        else None
    )
