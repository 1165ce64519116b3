"""What a node of the tree of items says: its words, whether it names units and who leads."""

from __future__ import annotations

import re

from taskner.notices.drafts import read_heading
from taskner.notices.outline import Node

_LEADS = re.compile("牵头|主办|主责")


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
