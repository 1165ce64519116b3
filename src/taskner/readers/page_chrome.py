"""Set aside what surrounds the article on a web page.

An element goes only if it is marked or worded as chrome, and never if it holds most
of the page, prose, or the main heading: chrome left in costs little, a lost task much.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml import etree
from lxml.html import HtmlElement

_LARGEST_SHARE = 0.5
_PROSE_STOPS = 3
_FOOT_LENGTH = 400
_METADATA_LENGTH = 800
_LEAST_LABELS = 3
_LINE_LENGTH = 150
_LEAST_LABELS_OF_LINE = 2
_LEAST_LINKS = 3
_LINK_SHARE = 0.8
_LEAST_ROWS = 5
_NAME_LENGTH = 200
_PARTS_OF_TABLES = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot"})
_LISTS = frozenset({"ul", "ol", "dl"})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The word lists, and the labels as one pattern over text without blanks."""

    never: frozenset[str]
    tags: frozenset[str]
    roles: frozenset[str]
    words: frozenset[str]
    labels: frozenset[str]
    labelled: re.Pattern[str]
    foot: re.Pattern[str]


def remove_page_chrome(body: HtmlElement) -> None:
    """Take navigation, metadata tables, share bars and footers out of the tree."""
    words = _words()
    for element in list(body.iter(*words.never)):
        _remove(element)
    lengths = _lengths(body)
    longest = lengths[body] * _LARGEST_SHARE
    small = [element for element in body.iterdescendants() if lengths[element] <= longest]
    # Outermost first: all of the foot goes with the phrase that tells it.
    for element in small:
        if _is_foot(element, lengths[element], words) and not _holds_article(element):
            _remove(element)
    # Innermost first: the smallest element that describes the page goes.
    for element in reversed(small):
        is_chrome = _is_description(element, lengths[element], words) or (
            _is_marked(element, lengths[element], words) and not _holds_rows(element)
        )
        if is_chrome and not _holds_article(element):
            _remove(element)


def _is_foot(element: HtmlElement, length: int, words: _Words) -> bool:
    if element.tag in _PARTS_OF_TABLES or not 0 < length <= _FOOT_LENGTH:
        return False
    return words.foot.search(_text(element)) is not None and not _holds_rows(element)


def _is_marked(element: HtmlElement, length: int, words: _Words) -> bool:
    """Say whether tag, role, style or names mark the element as chrome, or it lists links."""
    return (
        element.tag in words.tags
        or element.get("role", "").lower() in words.roles
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
        or any(
            word.lower() in words.words
            for name in ("class", "id")
            for word in _WORD.findall(element.get(name, "")[:_NAME_LENGTH])
        )
        or (element.tag in _LISTS and _is_link_list(element, length))
    )


def _is_description(element: HtmlElement, length: int, words: _Words) -> bool:
    """Say whether the element is a table or line of labels that describe the page."""
    if element.tag in _PARTS_OF_TABLES or not 0 < length <= _METADATA_LENGTH:
        return False
    if element.tag == "table":
        cells = {_text(cell).rstrip(":：") for cell in element.iter("td", "th")}
        if len(cells & words.labels) >= _LEAST_LABELS:
            return True
    text = _text(element)
    n_labels = len({match[0] for match in words.labelled.finditer(text)})
    is_line = len(text) <= _LINE_LENGTH
    return n_labels >= (_LEAST_LABELS_OF_LINE if is_line else _LEAST_LABELS)


def _is_link_list(element: HtmlElement, length: int) -> bool:
    links = list(element.iter("a"))
    linked = sum(len(_text(link)) for link in links)
    return len(links) >= _LEAST_LINKS and linked >= _LINK_SHARE * length


def _holds_article(element: HtmlElement) -> bool:
    """Say whether the element holds the main heading or prose."""
    return next(element.iter("h1"), None) is not None or _text(element).count("。") >= _PROSE_STOPS


def _holds_rows(element: HtmlElement) -> bool:
    return sum(1 for _ in element.iter("tr")) >= _LEAST_ROWS


def _lengths(body: HtmlElement) -> dict[HtmlElement, int]:
    """Count the characters inside every element in one pass; blanks do not count."""
    lengths: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(body, events=("end",)):
        inside = sum(lengths[child] + _n_visible(child.tail) for child in element)
        lengths[element] = inside + _n_visible(element.text)
    return lengths


def _n_visible(text: str | None) -> int:
    return len(_BLANK.sub("", text)) if text else 0


def _text(element: HtmlElement) -> str:
    return _BLANK.sub("", "".join(element.itertext()))


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


@cache
def _words() -> _Words:
    text = (files("taskner") / "data" / "page_chrome.toml").read_text("utf-8")
    data: dict[str, list[str]] = tomllib.loads(text)
    labels = "|".join(map(re.escape, sorted(data["labels"], key=len, reverse=True)))
    return _Words(
        never=frozenset(data["never"]),
        tags=frozenset(data["tags"]),
        roles=frozenset(data["roles"]),
        words=frozenset(data["words"]),
        labels=frozenset(data["labels"]),
        labelled=re.compile(rf"(?:{labels})(?=[:：])"),
        foot=re.compile("|".join(map(re.escape, data["foot"]))),
    )
