"""The numbers that a browser prints before the items of a list.

Source: HTML standard, 4.4.5 and 4.4.8 (start, reversed, type, value); CSS Counter Styles 3
for the Chinese styles. Style sheets are not read: only the style of the list and its items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml.html import HtmlElement

from taskner.readers.docx_numerals import printed

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_WHOLE = re.compile(r"\s*([-+]?[0-9]{1,9})")
_BLANKS = re.compile(r"\s+")
_OWN_NUMBER = re.compile(
    r"[(（\[【]?[0-9０-９一二三四五六七八九十]{1,3}[)）\]】.．、，](?!\d)|[①-⑳⑴-⒛㈠-㈩]"
)
_START_LENGTH = 8
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"}
_TYPES["I"] = "upper-roman"
_DEFAULT = "decimal"
_FORMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "decimal": ("decimal", ". "),
        "decimal-leading-zero": ("decimalZero", ". "),
        "lower-roman": ("lowerRoman", ". "),
        "upper-roman": ("upperRoman", ". "),
        "lower-alpha": ("lowerLetter", ". "),
        "lower-latin": ("lowerLetter", ". "),
        "upper-alpha": ("upperLetter", ". "),
        "upper-latin": ("upperLetter", ". "),
        "cjk-ideographic": ("chineseCountingThousand", "、"),
        "simp-chinese-informal": ("chineseCountingThousand", "、"),
        "trad-chinese-informal": ("chineseCountingThousand", "、"),
        "simp-chinese-formal": ("chineseLegalSimplified", "、"),
        "trad-chinese-formal": ("ideographLegalTraditional", "、"),
        "cjk-decimal": ("ideographDigital", "、"),
        "cjk-heavenly-stem": ("ideographTraditional", "、"),
        "cjk-earthly-branch": ("ideographZodiac", "、"),
    }
)
_UNNUMBERED = frozenset({"none", "disc", "circle", "square"})


def list_markers(root: HtmlElement) -> dict[HtmlElement, str]:
    """Give what is printed before each item of the numbered lists under an element.

    An item that begins with a number of its own gets none: style sheets of such pages take
    the browser's away.
    """
    markers: dict[HtmlElement, str] = {}
    for numbered in root.iter("ol"):
        items = list(numbered.iterchildren("li"))
        is_reversed = numbered.get("reversed") is not None
        number = _whole(numbered, "start")
        if number is None:
            number = len(items) if is_reversed else 1
        style = _style(numbered)
        for item in items:
            own = _whole(item, "value")
            number = number if own is None else own
            form = _FORMS.get(_style(item) or style or _DEFAULT)
            if form and not _OWN_NUMBER.match(_beginning(item)):
                markers[item] = printed(number, form[0]) + form[1]
            number += -1 if is_reversed else 1
    return markers


def _style(element: HtmlElement) -> str | None:
    """Give the style that an element declares, in lower case."""
    if match := _STYLE.search(element.get("style", "")):
        words = match[1].lower().split()
        return next((word for word in words if word in _FORMS or word in _UNNUMBERED), None)
    return _TYPES.get(element.get("type", "").strip())


def _beginning(item: HtmlElement) -> str:
    beginning = ""
    for text in _texts(item):
        beginning += _BLANKS.sub("", text)
        if len(beginning) >= _START_LENGTH:
            break
    return beginning


def _texts(item: HtmlElement) -> Iterator[str]:
    yield from map(str, item.itertext())


def _whole(element: HtmlElement, name: str) -> int | None:
    match = _WHOLE.match(element.get(name, ""))
    return int(match[1]) if match else None
