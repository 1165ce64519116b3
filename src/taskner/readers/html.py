"""HTML pages: the article's paragraphs, headings and table cells.

Pages are parsed, never run: no script, no network, no entity expansion.
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from taskner.errors import EmptyFileError, UnreadableFileError
from taskner.readers.encoding import decode
from taskner.readers.html_flow import Line, flow
from taskner.readers.html_tables import cells, data_tables
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

    Raises:
        EmptyFileError: The page shows no text.
        EncodingError: No encoding gives plausible text.
        UnreadableFileError: The page is nested too deeply to be read whole.
    """
    declared = _CHARSET.search(data[:_HEAD])
    charset = declared[1].decode("ascii", "ignore") if declared else None
    text, layout.repairs = repair(decode(data, path=layout.path, declared=charset))
    root = _parse(text, path=layout.path)
    title = _declared_title(root)
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        raise EmptyFileError(path=layout.path)
    remove_page_chrome(body)
    n_tables = 0
    for item in flow(body, tables=data_tables(body)):
        if not isinstance(item, Line):
            n_tables += 1
            for cell in cells(item, n_tables):
                layout.add(cell.text, kind="cell", place=cell.place)
        elif title and _BLANKS.sub("", item.text) == title:
            layout.add(item.text, kind="title")
        else:
            layout.add(item.text, kind=item.kind)


def _parse(text: str, *, path: str) -> HtmlElement:
    # Encoded again, so that a charset declared in the page cannot mislead the parser.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except etree.ParserError as error:
        raise EmptyFileError(path=path) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        # The parser stops there; half a notice must not pass for the whole.
        raise UnreadableFileError(path=path, detail="its elements are nested too deeply")
    return root


def _declared_title(root: HtmlElement) -> str | None:
    """Give the article's title, without blanks, where the page's head declares it."""
    for meta in root.iter("meta"):
        if meta.get("name", meta.get("property")) in _TITLE_NAMES:
            return _BLANKS.sub("", meta.get("content", "")) or None
    return None
