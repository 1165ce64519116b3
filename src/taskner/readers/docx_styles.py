"""What the styles of a Word file say about a paragraph: heading, number, hidden text.

Source: ISO/IEC 29500-1 section 17.7 (styles and their inheritance).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from taskner.readers.docx_xml import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    W,
    is_on,
    number_value,
    text_value,
)
from taskner.types import BlockKind

_HEADING = re.compile(r"(?:heading|标题) ?[1-9]|subtitle")
_TITLES = frozenset({"title", "标题"})
_BODY_TEXT = 9  # the outline level of text that is no heading
_LONGEST_CHAIN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style with what it says itself; None where it says nothing.

    Attributes:
        id: As paragraphs name it.
        name: As people name it, in lower case.
        based_on: Id of the style it inherits from.
        num_id: Its list; ``0`` takes the number away.
        ilvl: Its level in the list, from 0.
        outline: Its outline level, from 0.
        hidden: Whether its text is hidden.
        break_before: Whether its paragraphs begin a page.
    """

    id: str
    name: str
    based_on: str | None
    num_id: str | None
    ilvl: int | None
    outline: int | None
    hidden: bool | None
    break_before: bool | None


class Styles:
    """The styles of one file."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read the styles part.

        Args:
            root: ``w:styles``, or None for a file without styles.
        """
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        self._chains: dict[str | None, tuple[Style, ...]] = {}
        for element in () if root is None else root.iterchildren(W + "style"):
            style = _read(element)
            self._styles.setdefault(style.id, style)
            default = element.get(W + "default", "0") in {"1", "true", "on"}
            if default and element.get(W + "type") == "paragraph":
                self._default = style.id

    def of_paragraph(self, style_id: str | None) -> tuple[Style, ...]:
        """Give a paragraph's style and what it inherits from, nearest first.

        Args:
            style_id: As the paragraph names it; None or an unknown one is the default style.
        """
        return self.chain(style_id if style_id in self._styles else self._default)

    def chain(self, style_id: str | None) -> tuple[Style, ...]:
        """Give a style and what it inherits from, nearest first; empty for an unknown style."""
        if style_id not in self._chains:
            found: list[Style] = []
            style = self._styles.get(style_id or "")
            # A chain that comes back to itself, or is too long to be meant, is cut.
            while style is not None and style not in found and len(found) < _LONGEST_CHAIN:
                found.append(style)
                style = self._styles.get(style.based_on or "")
            self._chains[style_id] = tuple(found)
        return self._chains[style_id]

    def is_hidden(self, style_id: str | None) -> bool | None:
        """Say whether a character style hides its text; None where it does not say."""
        said = (style.hidden for style in self.chain(style_id))
        return next((hidden for hidden in said if hidden is not None), None)


def kind_of(chain: tuple[Style, ...], outline: int | None) -> BlockKind:
    """Say whether a paragraph is a title, a heading or neither.

    Args:
        chain: Its styles.
        outline: The outline level that the paragraph itself gives.
    """
    if any(style.name in _TITLES for style in chain):
        return "title"
    levels = (outline, *(style.outline for style in chain))
    level = next((level for level in levels if level is not None), None)
    if level is not None:
        return "heading" if 0 <= level < _BODY_TEXT else "paragraph"
    return "heading" if any(_HEADING.fullmatch(style.name) for style in chain) else "paragraph"


def _read(element: etree._Element) -> Style:
    paragraph = element.find(PARAGRAPH_PROPERTIES)
    numbers = None if paragraph is None else paragraph.find(W + "numPr")
    return Style(
        id=element.get(W + "styleId", ""),
        name=(text_value(element, "name") or "").strip().lower(),
        based_on=text_value(element, "basedOn"),
        num_id=text_value(numbers, "numId"),
        ilvl=number_value(numbers, "ilvl"),
        outline=number_value(paragraph, "outlineLvl"),
        hidden=is_on(element.find(RUN_PROPERTIES), "vanish"),
        break_before=is_on(paragraph, "pageBreakBefore"),
    )
