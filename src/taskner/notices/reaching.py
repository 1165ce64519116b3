"""Sentences that name the units of tasks before them: 以上4项…, 第3、4项…."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from taskner.notices.drafts import Draft
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.nodes import Node
from taskner.notices.numbering import parse_count


def reach_back(node: Node, drafts: Sequence[Draft]) -> None:
    """Give the units of such a sentence to the tasks it covers that name none.

    Args:
        node: The node whose fields may hold it; one without text is nothing else.
        drafts: All drafts so far; a node with text is the last of them.
    """
    for chunk in node.fields:
        if chunk.kind not in UNIT_KINDS:
            continue
        plain = replace(chunk, reach=1, items=())
        if chunk.items:
            if node.texts and not _is_among(drafts[-1], chunk.items):
                drafts[-1].fields = [one for one in drafts[-1].fields if one != chunk]
            for number in chunk.items:
                found = _numbered(drafts, number)
                if found and not found.has_units:
                    found.inherited.append(plain)
            continue
        reach = chunk.reach if node.texts else max(1, chunk.reach)
        if node.texts and reach == 1:
            continue
        for draft in [draft for draft in drafts[-reach:] if not draft.has_units]:
            (draft.inherited if reach > 1 else draft.fields).append(plain)


def _is_among(draft: Draft, numbers: Sequence[int]) -> bool:
    return bool(draft.number) and parse_count(draft.number or "") in numbers


def _numbered(drafts: Sequence[Draft], number: int) -> Draft | None:
    """The last task of that number under the same heading as the last task."""
    return next(
        (
            draft
            for draft in reversed(drafts)
            if draft.path == drafts[-1].path and _is_among(draft, (number,))
        ),
        None,
    )
