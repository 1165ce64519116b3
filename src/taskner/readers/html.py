"""HTML pages: the article's paragraphs, headings and table cells.

Pages are parsed, never run: no script, no network, no entity expansion.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from taskner.errors import EmptyFileError, UnreadableFileError
from taskner.readers.encoding import decode
from taskner.readers.html_flow import Line, flow
from taskner.readers.html_office import undo_office
from taskner.readers.html_tables import cells, data_tables, lines_above
from taskner.readers.html_tree import parse_html
from taskner.readers.layout import Layout
from taskner.readers.page_chrome import remove_page_chrome
from taskner.readers.repair import repair

_CHARSET = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE
)
_HEAD = 4_096
_TITLE_NAMES = ("ArticleTitle", "og:title")
_BLANKS = re.compile(r"\s+")


def read_html(data: bytes, layout: Layout) -> None:
    """Add the article of a page, without navigation, metadata table and footer.

    Number, issuer and date of a metadata table are the first lines, where it tells them.

    Raises:
        EmptyFileError: The page shows no text.
        EncodingError: No encoding gives plausible text.
        UnreadableFileError: The page is nested too deeply to be read whole, or its text stands
            in frames.
    """
    add_page(data, layout)


def add_page(data: bytes, layout: Layout, *, charset: str | None = None, n_tables: int = 0) -> int:
    """Add the article of a page.

    Args:
        data: The page.
        layout: What to add to.
        charset: The charset that its sender declares.
        n_tables: How many tables the document has already.

    Returns:
        How many tables the document has now.

    Raises:
        EmptyFileError: The page has no element.
        EncodingError: No encoding gives plausible text.
        UnreadableFileError: The page is nested too deeply to be read whole, or its text stands
            in frames.
    """
    declared = _CHARSET.search(data[:_HEAD])
    charset = declared[1].decode("ascii", "ignore") if declared else charset
    text, layout.repairs = repair(decode(data, path=layout.path, declared=charset))
    root = parse_html(text, path=layout.path)
    title = _declared_title(root)
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        if root.find(".//frame") is not None:
            detail = "its text stands in frames; open the frame with the text and save that"
            raise UnreadableFileError(path=layout.path, detail=detail)
        raise EmptyFileError(path=layout.path)
    undo_office(body)
    for fact in remove_page_chrome(body):
        layout.add(fact)
    for item in flow(body, tables=data_tables(body)):
        if not isinstance(item, Line):
            n_tables += 1
            for line in lines_above(item):
                layout.add(line)
            for cell in cells(item, n_tables):
                layout.add(cell.text, kind="cell", place=cell.place)
        elif title and _BLANKS.sub("", item.text) == title:
            layout.add(item.text, kind="title")
        else:
            layout.add(item.text, kind=item.kind)
    return n_tables


def _declared_title(root: HtmlElement) -> str | None:
    """Give the article's title, without blanks, where the page's head declares it."""
    for meta in root.iter("meta"):
        if meta.get("name", meta.get("property")) in _TITLE_NAMES:
            return _BLANKS.sub("", meta.get("content", "")) or None
    return None
