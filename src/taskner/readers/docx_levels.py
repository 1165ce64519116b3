"""The definition of one level of a list: where it starts, how it counts, what it prints.

Source: ISO/IEC 29500-1 sections 17.9.6 (lvl) and 17.9.10 (lvlRestart); [MS-DOCX] section
2.4 for formats given as a sample (001, 002, …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from taskner.readers.docx_symbols import font_of
from taskner.readers.docx_xml import RUN_PROPERTIES, W, is_on, number_value, text_value, whole

LEVELS = 9
LONGEST_TEXT = 255
_SUFFIXES = {"tab": " ", "space": " ", "nothing": ""}
_PADDED = re.compile(r"(0+)1,.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level.

    Attributes:
        start: The first number.
        form: The numbering format.
        text: What is printed, with ``%1`` to ``%9`` for the numbers of the levels.
        suffix: The blank between number and text.
        restart: After which level, from 1, it starts anew; 0 is never, None after each above.
        is_legal: Whether the numbers of all levels are written in decimal.
        style: Id of the paragraph style that belongs to it.
        font: The font of the number, for symbols.
        is_hidden: Whether the number is hidden text.
        ilvl: Which level it is, from 0.
    """

    start: int
    form: str
    text: str
    suffix: str
    restart: int | None
    is_legal: bool
    style: str | None
    font: str | None
    is_hidden: bool
    ilvl: int

    def restarts_after(self, ilvl: int) -> bool:
        """Say whether a paragraph of a level above makes this one start anew."""
        if self.restart is None or self.restart > self.ilvl:
            return True
        return ilvl < self.restart


def levels_of(abstract: etree._Element) -> dict[int, Level]:
    """Read the levels of an abstract list, by their number from 0."""
    levels: dict[int, Level] = {}
    for element in abstract.iterchildren(W + "lvl"):
        ilvl = whole(element.get(W + "ilvl"))
        if ilvl is not None and 0 <= ilvl < LEVELS:
            levels[ilvl] = level_of(element, ilvl)
    return levels


def level_of(element: etree._Element, ilvl: int) -> Level:
    """Read one ``w:lvl``."""
    properties = element.find(RUN_PROPERTIES)
    start = number_value(element, "start")
    return Level(
        start=0 if start is None else start,
        form=_form(element),
        text=(text_value(element, "lvlText") or "")[:LONGEST_TEXT],
        suffix=_SUFFIXES.get(text_value(element, "suff") or "tab", " "),
        restart=number_value(element, "lvlRestart"),
        is_legal=bool(is_on(element, "isLgl")),
        style=text_value(element, "pStyle"),
        font=font_of(properties),
        is_hidden=bool(is_on(properties, "vanish")),
        ilvl=ilvl,
    )


def _form(element: etree._Element) -> str:
    """Give the numbering format; one given as a sample with zeros is written as ``0`` times n."""
    forms = list(element.iter(W + "numFmt"))
    for child in forms:
        sample = _PADDED.match(child.get(W + "format", ""))
        if sample:
            return "decimalZero" if len(sample[1]) == 1 else "0" * len(sample[1])
    names = [child.get(W + "val", "decimal") for child in forms]
    return next((name for name in names if name != "custom"), "decimal")
