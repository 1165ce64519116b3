"""Pages that Word and WPS save: what only they understand, taken out or made plain.

Numbers of paragraphs are text there (mso-list:Ignore), between conditions that the parser
drops; symbols are letters in a symbol font.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from taskner.readers.docx_symbols import symbols

_ISLANDS = ("xml", "del")
_LEFT_OUT = re.compile(
    r"mso-(?:hide\s*:\s*all|element\s*:\s*(?:header|footer|comment-list|footnote-separator))",
    re.IGNORECASE,
)
_FAMILY = re.compile(r"font-family\s*:\s*([^;]*)", re.IGNORECASE)
_FONTS = frozenset({"wingdings", "wingdings 2", "wingdings 3", "symbol"})


def undo_office(body: HtmlElement) -> None:
    """Take out data islands, deleted and hidden text; give symbols their characters."""
    for element in list(body.iter(*_ISLANDS)):
        _remove(element)
    for element in list(body.iter()):
        if _LEFT_OUT.search(element.get("style", "")):
            _remove(element)
        elif font := _font(element):
            _replace_symbols(element, font)


def _font(element: HtmlElement) -> str | None:
    match = _FAMILY.search(element.get("style", ""))
    names = match[1] if match else element.get("face", "")
    first = names.partition(",")[0].strip(" \t\r\n\"'").lower()
    return first if first in _FONTS else None


def _replace_symbols(element: HtmlElement, font: str) -> None:
    element.text = symbols(element.text, font) if element.text else element.text
    for child in element:
        child.tail = symbols(child.tail, font) if child.tail else child.tail
        if _font(child) is None and not child.get("style"):
            child.text = symbols(child.text, font) if child.text else child.text


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
