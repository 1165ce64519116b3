"""Automatic numbers: what Word prints in front of a numbered paragraph.

Source: ISO/IEC 29500-1 section 17.9, and what Word does where it is silent: counts
belong to the abstract list, so that every list made from it goes on counting; a start
override takes effect where its list first uses the level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from taskner.readers import docx_levels
from taskner.readers.docx_levels import LEVELS, LONGEST_TEXT, Level
from taskner.readers.docx_numerals import printed
from taskner.readers.docx_styles import Style, Styles
from taskner.readers.docx_symbols import symbols
from taskner.readers.docx_xml import W, number_value, text_value, whole

_PLACEHOLDER = re.compile(r"%([1-9])")
_NUMBERLESS = frozenset({"bullet", "none"})
_MOST_LINKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """One list (``w:num``): its abstract list and what it changes in it."""

    abstract: str
    starts: Mapping[int, int]
    levels: Mapping[int, Level]

    def start(self, ilvl: int) -> int:
        return self.starts.get(ilvl, self.levels[ilvl].start if ilvl in self.levels else 1)


@dataclass(slots=True)
class Counts:
    """How far the lists have counted in one story: the text, or its text boxes."""

    values: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """The lists of one file."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Read the numbering part.

        Args:
            root: ``w:numbering``, or None for a file without lists.
            styles: The styles, through which lists and paragraphs may refer to others.
        """
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        abstracts = {
            element.get(W + "abstractNumId", ""): element
            for element in root.iterchildren(W + "abstractNum")
        }
        numbers = {
            element.get(W + "numId", ""): element for element in root.iterchildren(W + "num")
        }
        read: dict[str, dict[int, Level]] = {}
        for num_id, element in numbers.items():
            abstract = _abstract_of(num_id, numbers, abstracts, styles)
            if abstract is None:
                continue
            if abstract not in read:
                read[abstract] = docx_levels.levels_of(abstracts[abstract])
            self._lists[num_id] = _list_of(element, abstract, read[abstract])

    def level_of(
        self, chain: tuple[Style, ...], num_id: str | None, ilvl: int | None
    ) -> tuple[str, int] | None:
        """Say which level of which list a paragraph belongs to.

        Args:
            chain: Its styles, nearest first.
            num_id: The list that the paragraph itself names, if any.
            ilvl: The level that the paragraph itself names, if any.

        Returns:
            List and level, or None for a paragraph without number.
        """
        if num_id is None:
            num_id = next((style.num_id for style in chain if style.num_id is not None), None)
        found = self._lists.get(num_id or "")
        if found is None or num_id is None:
            return None
        if ilvl is None:
            ilvl = _level_by_style(chain, found)
        return (num_id, ilvl) if ilvl in found.levels else None

    def next(self, num_id: str, ilvl: int, counts: Counts) -> str:
        """Count one paragraph of a level and write its number.

        Args:
            num_id: A list from :meth:`level_of`.
            ilvl: Its level.
            counts: What was counted so far; changed.

        Returns:
            The number with the blank that follows it; empty where the level prints nothing.
        """
        numbered = self._lists[num_id]
        values = counts.values.setdefault(numbered.abstract, {})
        for above in range(ilvl):
            values.setdefault(above, numbered.start(above))  # a level left out counts as used
        begins = (num_id, ilvl) not in counts.begun
        counts.begun.add((num_id, ilvl))
        if ilvl not in values or (begins and ilvl in numbered.starts):
            values[ilvl] = numbered.start(ilvl)
        else:
            values[ilvl] += 1
        for deeper in range(ilvl + 1, LEVELS):
            if deeper in numbered.levels and numbered.levels[deeper].restarts_after(ilvl):
                values.pop(deeper, None)
        return _write(numbered, ilvl, values)


def _write(numbered: _List, ilvl: int, values: Mapping[int, int]) -> str:
    level = numbered.levels[ilvl]
    if level.is_hidden:
        return ""

    def place(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        form = numbered.levels[other].form if other in numbered.levels else "none"
        if other > ilvl or form in _NUMBERLESS:
            return ""
        return printed(values[other], "decimal" if level.is_legal else form)

    if level.form == "bullet":
        text = symbols(level.text, level.font)
    else:
        text = _PLACEHOLDER.sub(place, level.text)
    return text[:LONGEST_TEXT] + level.suffix if text.strip() else ""


def _level_by_style(chain: tuple[Style, ...], found: _List) -> int:
    """Find the level for a number that comes through the style.

    A level that names the style wins over the level that the style names.
    """
    levels = sorted(found.levels.values(), key=lambda level: -level.ilvl)
    linked = {level.style: level.ilvl for level in levels}
    for style in chain:
        if style.id in linked:
            return linked[style.id]
        if style.ilvl is not None:
            return style.ilvl
        if style.num_id is not None:
            return 0
    return 0


def _abstract_of(
    num_id: str,
    numbers: Mapping[str, etree._Element],
    abstracts: Mapping[str, etree._Element],
    styles: Styles,
) -> str | None:
    """Follow a list to its abstract list, through numbering styles where it is one."""
    for _ in range(_MOST_LINKS):
        abstract = text_value(numbers.get(num_id), "abstractNumId")
        if abstract is None or abstract not in abstracts:
            return None
        link = text_value(abstracts[abstract], "numStyleLink")
        linked = [style.num_id for style in styles.chain(link) if style.num_id]
        if link is None or not linked:
            return abstract
        num_id = linked[0]
    return None


def _list_of(element: etree._Element, abstract: str, levels: Mapping[int, Level]) -> _List:
    starts: dict[int, int] = {}
    own = dict(levels)
    for override in element.iterchildren(W + "lvlOverride"):
        ilvl = whole(override.get(W + "ilvl"))
        if ilvl is None or not 0 <= ilvl < LEVELS:
            continue
        start = number_value(override, "startOverride")
        if start is not None:
            starts[ilvl] = start
        changed = override.find(W + "lvl")
        if changed is not None:
            own[ilvl] = docx_levels.level_of(changed, ilvl)
    return _List(abstract=abstract, starts=starts, levels=own)
