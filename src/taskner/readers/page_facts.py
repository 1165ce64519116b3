"""What the table or line that describes a page says about the notice itself.

The table is no part of the notice, but number, issuer and date often stand nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from taskner.readers.html_flow import Line, flow

_NUMBER = re.compile(r"(?=.*\d).{2,40}号")
_DATE = re.compile(r"(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?.{0,12}")
_ISSUER = re.compile(r"[\u4e00-\u9fff()（）、]{3,40}")
_KINDS = (
    ("发文字号", ("发文字号", "文号", "文件编号"), _NUMBER),
    ("发文机关", ("发文机关", "发文机构", "发文单位", "制发机关", "制发单位"), _ISSUER),
    ("成文日期", ("成文日期", "发文日期", "印发日期"), _DATE),
)
_BLANK = re.compile(r"\s+")


def facts_of(element: HtmlElement, labels: Sequence[str]) -> list[str]:
    """Give number, issuer and date as lines ``label：value``; each is left out where unclear.

    Args:
        element: The table or line that describes the page.
        labels: All labels such tables have, the longest first.
    """
    pairs = list(_pairs(element, labels))
    lines = []
    for label, names, form in _KINDS:
        values = [value for name, value in pairs if name in names and form.fullmatch(value)]
        if values:
            lines.append(f"{label}：{values[0]}")
    return lines


def _pairs(element: HtmlElement, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    label = re.compile("|".join(map(re.escape, labels)))
    pieces = [line.text for line in flow(element) if isinstance(line, Line)]
    waiting: str | None = None
    for piece in pieces:
        plain = _BLANK.sub("", piece).rstrip(":：")
        if label.fullmatch(plain):
            waiting = plain
            continue
        if waiting:
            yield waiting, piece.strip()
        waiting = None
        yield from _inside(piece, label)


def _inside(piece: str, label: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Give the pairs of one line: 文号：… 成文日期：…."""
    _before, *parts = re.split(rf"({label.pattern})\s*[:：]", piece)
    for name, value in zip(parts[::2], parts[1::2], strict=True):
        yield name, value.strip()
