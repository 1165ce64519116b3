"""Names of WordprocessingML elements, and the values of their attributes.

Source: ISO/IEC 29500-1, WordprocessingML; on-off values from its section 17.17.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE = _COMPATIBILITY + "AlternateContent"
CHOICE = _COMPATIBILITY + "Choice"
FALLBACK = _COMPATIBILITY + "Fallback"
PARAGRAPH, TABLE, RUN = W + "p", W + "tbl", W + "r"
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = W + "pPr", W + "rPr"
TEXT, TEXT_BOX = W + "t", W + "txbxContent"
REMOVED = frozenset({W + "del", W + "moveFrom"})
"""Elements around text that a tracked change took away."""

_VALUE = W + "val"
_OFF = frozenset({"0", "false", "off"})
_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,9})(?:\.[0-9]{0,9})?\s*")


def text_value(element: etree._Element | None, name: str) -> str | None:
    """Give ``w:val`` of a child, or None where child or value is missing."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(_VALUE)


def whole(text: str | None) -> int | None:
    """Read a whole number of at most nine digits; None for anything else."""
    match = _WHOLE.fullmatch(text or "")
    return int(match[1]) if match else None


def number_value(element: etree._Element | None, name: str) -> int | None:
    """Give ``w:val`` of a child as a whole number, or None."""
    return whole(text_value(element, name))


def is_on(element: etree._Element | None, name: str) -> bool | None:
    """Say whether a child switches a property on or off; None where it is not there."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(_VALUE, "1") not in _OFF


def chosen(alternate: etree._Element) -> etree._Element | None:
    """Give the one branch of alternative content that is shown.

    Word takes the first choice it understands; here that is the first with text in it,
    so that the same text box in two notations is read once.
    """
    branches = [child for child in alternate if child.tag in (CHOICE, FALLBACK)]
    for branch in branches:
        if next(branch.iter(TEXT, TEXT_BOX), None) is not None:
            return branch
    return branches[0] if branches else None


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """Give the children that are elements, not comments or entities."""
    return (child for child in parent if isinstance(child.tag, str))
