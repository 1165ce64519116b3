"""Fields (page numbers, references, combined characters): their result is text, their code is not.

A table of contents is a field too. It repeats the headings, which would then be read as
items of their own, and is left out like the page numbers it prints.

Source: ISO/IEC 29500-1 section 17.16.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from taskner.readers.docx_numerals import printed
from taskner.readers.docx_xml import REMOVED, W

CHARACTER, INSTRUCTION = W + "fldChar", W + "instrText"
_TYPE = W + "fldCharType"
# 带圈字符: a character overstruck with a circle has no result text, only its code.
_OVERSTRIKE = re.compile(
    r"eq\s{1,9}\\o(?:\\a[clr])?\s{0,9}\(([^(),，]{1,9})[,，]([^()]{1,9})\)", re.IGNORECASE
)
_CIRCLES = "○◯〇"
_LARGEST_CIRCLED = 20


_CONTENTS = re.compile(r"\s{0,99}TOC\b")


@dataclass(slots=True)
class _Open:
    """A field whose end is still to come."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False
    is_shown: bool = False


class Fields:
    """Follows fields through a document in the order of its text."""

    def __init__(self, root: etree._Element) -> None:
        """Find the fields that have an end.

        One without would swallow the rest of the document; its begin is passed over.

        Args:
            root: The document.
        """
        self._open: list[_Open] = []
        self._closed: set[etree._Element] = set()
        begun: list[etree._Element] = []
        for element in root.iter(CHARACTER):
            if next(element.iterancestors(*REMOVED), None) is not None:
                continue
            kind = element.get(_TYPE)
            if kind == "begin":
                begun.append(element)
            elif kind == "end" and begun:
                self._closed.add(begun.pop())

    @property
    def shows(self) -> bool:
        """Whether text at this place is seen, not part of a field's code."""
        return all(one.is_shown for one in self._open)

    def mark(self, element: etree._Element) -> str:
        """Pass the begin, the separator or the end of a field.

        Returns:
            Text that the field shows without having a result.
        """
        kind = element.get(_TYPE)
        if kind == "begin" and element in self._closed:
            self._open.append(_Open())
        elif kind == "separate" and self._open:
            last = self._open[-1]
            last.in_result = True
            last.is_shown = not is_contents("".join(last.code))
        elif kind == "end" and self._open:
            last = self._open.pop()
            if not last.in_result and self.shows:
                return _overstruck("".join(last.code))
        return ""

    def instruct(self, text: str | None) -> None:
        """Pass a piece of a field's code."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code.append(text or "")


def is_contents(code: str) -> bool:
    """Say whether a field's code makes a table of contents."""
    return _CONTENTS.match(code) is not None


def _overstruck(code: str) -> str:
    """Read the characters of a field that prints one over another: ① of a circle and 1."""
    match = _OVERSTRIKE.search(code[:200])
    if match is None:
        return ""
    first, second = match[1].strip(), match[2].strip()
    circled = second if first in _CIRCLES else first if second in _CIRCLES else None
    if circled is None:
        return first + second
    is_number = circled.isdecimal() and 0 < int(circled) <= _LARGEST_CIRCLED
    return printed(int(circled), "decimalEnclosedCircle") if is_number else circled
