"""What every element of a page holds, counted in one pass from the inside out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

_BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class Size:
    """Counts over an element and all inside it; blanks do not count.

    Attributes:
        length: Characters.
        stops: Full stops of Chinese prose.
        rows: Rows of tables.
        links: Links.
        linked: Characters of links.
        has_heading: Whether the main heading is inside.
    """

    length: int = 0
    stops: int = 0
    rows: int = 0
    links: int = 0
    linked: int = 0
    has_heading: bool = False

    def add(self, other: Size) -> None:
        """Count what another element holds too."""
        self.length += other.length
        self.stops += other.stops
        self.rows += other.rows
        self.links += other.links
        self.linked += other.linked
        self.has_heading = self.has_heading or other.has_heading

    def add_text(self, text: str | None) -> None:
        """Count a text."""
        if text:
            self.length += len(_BLANK.sub("", text))
            self.stops += text.count("。")


def sizes(root: HtmlElement) -> dict[HtmlElement, Size]:
    """Give the size of every element of a tree."""
    found: dict[HtmlElement, Size] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        size = Size(
            rows=int(element.tag == "tr"),
            links=int(element.tag == "a"),
            has_heading=element.tag == "h1",
        )
        size.add_text(element.text)
        for child in element:
            size.add(found[child])
            size.add_text(child.tail)
        if element.tag == "a":
            size.linked = size.length
        found[element] = size
    return found
