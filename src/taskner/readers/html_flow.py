"""The visible lines of an HTML tree, as a browser would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from taskner.readers.html_lists import list_markers
from taskner.types import BlockKind

_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "hr"})
_BLOCKS |= {"body", "main", "article", "section", "header", "footer", "nav", "aside", "center"}
_BLOCKS |= {"div", "address", "form", "fieldset", "legend", "details", "summary", "figure"}
_BLOCKS |= {"ul", "ol", "li", "dl", "dt", "dd", "dir", "figcaption"}
_BLOCKS |= {"table", "caption", "thead", "tbody", "tfoot", "tr"}
_CELLS = frozenset({"td", "th"})
_KINDS: dict[str, BlockKind] = {
    "h1": "title",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
}
_BREAK = "\0"
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_SPACES = str.maketrans("\u00a0", " ")
_KEPT = str.maketrans({"\n": _BREAK, " ": "\u00a0", "\t": "\u00a0"})
_WHITE_SPACE = re.compile(r"white-space\s*:\s*([a-z-]+)", re.IGNORECASE)
_COLLAPSING = frozenset({"normal", "nowrap", "initial"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The text of one block; a title or heading may hold line breaks."""

    text: str
    kind: BlockKind = "paragraph"


@dataclass(slots=True)
class _Pending:
    """Inline text that waits for the end of its block."""

    parts: list[str] = field(default_factory=list)
    kinds: list[BlockKind] = field(default_factory=list)
    keeps: list[bool] = field(default_factory=list)
    marker: str = ""

    def add(self, text: str) -> None:
        """Add text, with its line breaks where the page keeps them."""
        keeps = bool(self.keeps) and self.keeps[-1]
        self.parts.append(text.translate(_KEPT) if keeps else text.replace(_BREAK, ""))

    def flush(self) -> Iterator[Line]:
        lines = [collapse_blanks(line) for line in "".join(self.parts).split(_BREAK)]
        self.parts.clear()
        kind = self.kinds[-1] if self.kinds else "paragraph"
        texts = lines if kind == "paragraph" else ["\n".join(filter(None, lines))]
        for text in texts:
            if text.strip():
                yield Line(text=self.marker + text, kind=kind)
                self.marker = ""


def flow(
    root: HtmlElement, *, tables: frozenset[HtmlElement] = frozenset()
) -> Iterator[Line | HtmlElement]:
    """Give the lines of a tree and, in their places, the tables that hold data.

    Args:
        root: Where to begin; its own tail does not count.
        tables: Tables to hand out whole. Cells of other tables are lines of their
            own, but inside a cell a row of a nested table is one line.
    """
    pending = _Pending()
    markers = list_markers(root)
    blocks = _BLOCKS if root.tag in _CELLS else _BLOCKS | _CELLS
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_start = event == "start"
        if is_start and element in tables:
            yield from pending.flush()
            yield element
            walk.skip_subtree()
            continue
        if element.tag in blocks:
            yield from pending.flush()
            _enter_or_leave(pending, element.tag, is_start=is_start)
            if element.tag == "li":
                pending.marker = pending.marker + markers.get(element, "") if is_start else ""
        elif is_start and element.tag in _CELLS:
            pending.parts.append(" ")
        elif is_start and element.tag == "br":
            pending.parts.append(_BREAK)
        if element not in tables and (keeps := _keeps_breaks(element)) is not None:
            if is_start:
                pending.keeps.append(keeps)
            else:
                pending.keeps.pop()
        text = element.text if is_start else element.tail
        if text and not (element is root and not is_start):
            pending.add(text)
    yield from pending.flush()


def collapse_blanks(text: str) -> str:
    """Collapse white space as a browser does; a line break between Han adds no space."""

    def replacement(match: re.Match[str]) -> str:
        before, after = match.start() - 1, match.end()
        is_inside_han = "\n" in match[0] and _WIDE.match(text, before) and _WIDE.match(text, after)
        return "" if is_inside_han else " "

    return _BLANKS.sub(replacement, text).translate(_SPACES).strip()


def _keeps_breaks(element: HtmlElement) -> bool | None:
    """Say whether the source's line breaks count in an element; None: as around it."""
    style = element.get("style")
    if style and (match := _WHITE_SPACE.search(style)):
        return match[1].lower() not in _COLLAPSING
    return True if element.tag == "pre" else None


def _enter_or_leave(pending: _Pending, tag: str, *, is_start: bool) -> None:
    if tag in _KINDS:
        if is_start:
            pending.kinds.append(_KINDS[tag])
        else:
            pending.kinds.pop()
