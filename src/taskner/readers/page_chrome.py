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

from lxml.html import HtmlElement

from taskner.readers.html_sizes import Size, sizes
from taskner.readers.page_facts import facts_of

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
    in_order: tuple[str, ...]
    labelled: re.Pattern[str]
    foot: re.Pattern[str]


def remove_page_chrome(body: HtmlElement) -> list[str]:
    """Take navigation, metadata tables, share bars and footers out of the tree.

    Returns:
        What a metadata table says of the notice: its number, issuer and date.
    """
    words = _words()
    for element in list(body.iter(*words.never)):
        _remove(element)
    counted = sizes(body)
    longest = counted[body].length * _LARGEST_SHARE
    small = [one for one in body.iterdescendants() if counted[one].length <= longest]
    # Outermost first: all of the foot goes with the phrase that tells it.
    for element in small:
        if _is_foot(element, counted[element], words) and not _holds_article(counted[element]):
            _remove(element)
    facts: list[str] = []
    # Innermost first: the smallest element that describes the page goes.
    for element in reversed(small):
        size = counted[element]
        is_description = _is_description(element, size, words)
        is_chrome = is_description or (_is_marked(element, size, words) and size.rows < _LEAST_ROWS)
        if is_chrome and not _holds_article(size):
            if is_description and element.getparent() is not None:
                facts = [*facts_of(element, words.in_order), *facts]
            _remove(element)
    return list(dict.fromkeys(facts))


def _is_foot(element: HtmlElement, size: Size, words: _Words) -> bool:
    if element.tag in _PARTS_OF_TABLES or not 0 < size.length <= _FOOT_LENGTH:
        return False
    return words.foot.search(_text(element)) is not None and size.rows < _LEAST_ROWS


def _is_marked(element: HtmlElement, size: Size, words: _Words) -> bool:
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
        or (element.tag in _LISTS and _is_link_list(size))
    )


def _is_description(element: HtmlElement, size: Size, words: _Words) -> bool:
    """Say whether the element is a table or line of labels that describe the page."""
    if element.tag in _PARTS_OF_TABLES or not 0 < size.length <= _METADATA_LENGTH:
        return False
    if element.tag == "table":
        cells = {_text(cell).rstrip(":：") for cell in element.iter("td", "th")}
        if len(cells & words.labels) >= _LEAST_LABELS:
            return True
    text = _text(element)
    n_labels = len({match[0] for match in words.labelled.finditer(text)})
    is_line = len(text) <= _LINE_LENGTH
    return n_labels >= (_LEAST_LABELS_OF_LINE if is_line else _LEAST_LABELS)


def _is_link_list(size: Size) -> bool:
    return size.links >= _LEAST_LINKS and size.linked >= _LINK_SHARE * size.length


def _holds_article(size: Size) -> bool:
    """Say whether an element holds the main heading or prose."""
    return size.has_heading or size.stops >= _PROSE_STOPS


def _text(element: HtmlElement) -> str:
    return _BLANK.sub("", "".join(element.itertext()))


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


@cache
def _words() -> _Words:
    text = (files("taskner") / "data" / "page_chrome.toml").read_text("utf-8")
    data: dict[str, list[str]] = tomllib.loads(text)
    in_order = tuple(sorted(data["labels"], key=len, reverse=True))
    labels = "|".join(map(re.escape, in_order))
    return _Words(
        never=frozenset(data["never"]),
        tags=frozenset(data["tags"]),
        roles=frozenset(data["roles"]),
        words=frozenset(data["words"]),
        labels=frozenset(data["labels"]),
        in_order=in_order,
        labelled=re.compile(rf"(?:{labels})(?=[:：])"),
        foot=re.compile("|".join(map(re.escape, data["foot"]))),
    )
