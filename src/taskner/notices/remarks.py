"""What stands behind the last task and is none: calls, who will look, what readers may win."""

from __future__ import annotations

from collections.abc import Sequence

from taskner.notices.drafts import Draft
from taskner.notices.fields import split_fields
from taskner.notices.labels import UNIT_KINDS
from taskner.notices.lines import Line
from taskner.notices.nodes import is_heading, says_amount
from taskner.notices.numbering import BULLETS, bare_number, parse_numbering
from taskner.notices.organisations import unit_likeness
from taskner.notices.prose import is_closing
from taskner.notices.unit_heads import LABEL as ABOVE


def drop_closing(drafts: list[Draft], text: str) -> bool:
    """Take the last paragraphs of a plan away that end in a call.

    Args:
        drafts: Its tasks, which are changed.
        text: Folded text of the document.

    Returns:
        Whether there were any.
    """
    before = len(drafts)
    while drafts and not drafts[-1].number:
        content = drafts[-1].content
        if not is_closing(text[content[0].start : content[-1].end]):
            break
        drafts.pop()
    return len(drafts) < before


def without_remarks(lines: Sequence[Line]) -> list[Line]:
    """Cut off the plain lines behind the last units, where units close each task on a line.

    Args:
        lines: Lines outside tables.

    Returns:
        The lines up to the remarks; all lines where units stand elsewhere.
    """
    last, label = -1, ""
    for index, line in enumerate(lines):
        chunks = split_fields(line.text, 0)
        if any(chunk.kind in UNIT_KINDS for chunk in chunks):
            if chunks[0].kind not in UNIT_KINDS:
                return list(lines)
            last, label = index, chunks[0].label
    if last < 1 or label == ABOVE or _is_title(lines[last - 1].text):
        return list(lines)
    end = last + 1
    while end < len(lines) and _goes_on(lines[end].text):
        end += 1
    tail = lines[end:]
    if any(line.cell or _opens_item(line.text) for line in tail[:1]):
        return list(lines)
    numbered = any(parse_numbering(line.text) or bare_number(line.text) for line in tail)
    return list(lines) if numbered else list(lines[:end])


def _is_title(text: str) -> bool:
    """Whether the line above the units only names a task that is told below them."""
    return parse_numbering(text) is not None and is_heading(text) and not says_amount(text)


def _goes_on(text: str) -> bool:
    fields = split_fields(text, 0)
    return unit_likeness(text) > 0 or any(chunk.kind != "text" for chunk in fields)


def _opens_item(text: str) -> bool:
    return text[0] in BULLETS or parse_numbering(text) is not None
