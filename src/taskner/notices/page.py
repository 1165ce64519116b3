"""Taking page furniture off a notice: menus above it, buttons and site footers below."""

from __future__ import annotations

import re

from taskner.notices.labels import UNIT_KINDS, label_spans
from taskner.notices.lines import Line
from taskner.notices.numbering import parse_numbering
from taskner.notices.wording import pattern, words

_MAX_FURNITURE = 80
_MAX_COLOPHON = 200
_TAIL = 60
_SITE_LABELS = re.compile(r"(?:主办|承办|联系|地址|电话)")
_SENTENCE = re.compile(r"[。;]")
_COLOPHON = re.compile(r"^(?:抄送|抄报|主送):|\d日\s*印发$")
_BETWEEN = re.compile(r"[\s|/>·•\-—:()【】\[\]]+")


def is_furniture(text: str) -> bool:
    """Tell whether a short line belongs to the web page and not to the notice.

    Args:
        text: Folded text of the line.

    Returns:
        True for a menu, a button, a counter or a site footer.
    """
    if len(text) <= _MAX_COLOPHON and _COLOPHON.search(text):
        return True
    if len(text) > _MAX_FURNITURE or _SENTENCE.search(text):
        return False
    if words("page", "furniture").search(text):
        return not _names_units(text)
    # A cell of nothing but a dash or stroke (/, —) says "none": it is no menu.
    return bool(_BETWEEN.sub("", text)) and not _BETWEEN.sub(
        "", words("page", "menu").sub("", text)
    )


def without_foot(lines: list[Line]) -> list[Line]:
    """Cut the foot of the page off; the head is left to the header reader.

    Args:
        lines: All lines of the document.

    Returns:
        The lines up to the first line of the foot.
    """
    lines = _without_postscript(lines)
    end = len(lines)
    footer = False
    labelled = sum(line.text.startswith("主办单位") for line in lines)
    for index in range(len(lines) - 1, max(-1, len(lines) - _TAIL), -1):
        line = lines[index]
        if line.cell is not None and (line.cell.table >= 0 or line.cell.width >= _ROW_CELLS):
            break
        footer = footer or bool(words("page", "footer").search(line.text))
        site = footer and labelled < _OWN_LABEL and _SITE_LABELS.match(line.text)
        if site or is_furniture(line.text):
            end = index
        elif len(line.text) > _MAX_FURNITURE or _is_matter(line.text):
            break
    return lines[:end]


def _without_postscript(lines: list[Line]) -> list[Line]:
    """Cut what an article prints behind its end (—— END ——), unless units are named there."""
    end = pattern("page", "postscript")
    for index in range(len(lines) - 1, max(-1, len(lines) - _TAIL), -1):
        if _names_units(lines[index].text):
            break
        if end.fullmatch(lines[index].text.strip(_FRAME)):
            lines = lines[:index]
    return lines


_FRAME = " —–―─━-=~*·•◆◇■□●○▲△▼▽★☆|丨/"
_ROW_CELLS = 3
_OWN_LABEL = 2  # a notice that uses the label twice means its own units by it


def _is_matter(text: str) -> bool:
    """A numbered, labelled or punctuated line is part of the notice."""
    return bool(_SENTENCE.search(text) or parse_numbering(text)) or _names_units(text)


def _names_units(text: str) -> bool:
    return any(label[0] in UNIT_KINDS for _start, _end, label in label_spans(text))
