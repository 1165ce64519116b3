"""The tree of a page's source: parsed, never run, and whole or refused."""

from __future__ import annotations

import html
import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from taskner.errors import EmptyFileError, UnreadableFileError

_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_IS_XML = re.compile(r"\s*<\?xml\b|<html\b[^<>]{0,999}xmlns\s{0,9}=", re.IGNORECASE)
_HEAD = 4_096
# HTML knows no empty elements but its own: <script/> would swallow the rest of the page.
_EMPTY = re.compile(
    r"<((?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
    r"[A-Za-z][\w:.-]{0,30})((?:\s[^<>]*)?)/>",
    re.IGNORECASE,
)


def parse_html(text: str, *, path: str) -> HtmlElement:
    """Give the root of a page.

    Args:
        text: The page's source.
        path: The file as the user named it.

    Raises:
        EmptyFileError: There is no element.
        UnreadableFileError: Elements are nested too deeply, or the text stands in frames.
    """
    text = text.replace("\0", "")
    if _IS_XML.search(text[:_HEAD]):
        text = _EMPTY.sub(r"<\1\2></\1>", text)
    # Encoded again, so that a charset declared in the page cannot mislead the parser. With
    # the small tree's limits it would drop what follows a long attribute or text.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    data = _without_cdata(text).encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except etree.ParserError as error:
        raise EmptyFileError(path=path) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        # The parser stops there; half a notice must not pass for the whole.
        raise UnreadableFileError(path=path, detail="its elements are nested too deeply")
    return root


def _without_cdata(text: str) -> str:
    """Turn character data of XML, which HTML takes for a comment, into text."""
    parts: list[str] = []
    position = 0
    while (start := text.find(_CDATA, position)) >= 0:
        end = text.find(_CDATA_END, start)
        if end < 0:
            break
        content = text[start + len(_CDATA) : end]
        parts += [text[position:start], html.escape(content, quote=False)]
        position = end + len(_CDATA_END)
    return "".join([*parts, text[position:]])
