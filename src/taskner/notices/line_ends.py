"""How the lines of one item go on with each other where a page prints a phrase a line."""

from __future__ import annotations

import re
from dataclasses import replace

from taskner.notices.fields import Chunk
from taskner.notices.nodes import Node, is_heading, says_amount
from taskner.notices.numbering import PARAGRAPH_RANK

_FIGURE = re.compile(
    r"(?:(?:力争|确保|争取|增长|提高|提升|上升|下降|降低|压减|控制|稳定|保持|完成|达|实现|突破|超过?|不少于|不低于|不高于|不超过|低于|"
    r"高于|少于|约|近|[到至在])\s*)*[≥≤><+]?\s*"
    r"(?:\d[\d.,]*(?:\s*[—–~至-]\s*\d[\d.,]*)?\s*(?!年|月|日|号|期|版|时|点)[^\d\s,。;、()]{0,6}?"
    r"|[一二两三四五六七八九十百]{1,3}(?:成[一二三四五六七八九]?|倍|分之[一二三四五六七八九]))"
    r"(?:以[上下内]|左右|上下)?(?:\([^()]{1,16}\))?[,;。!]?"
)


_DONE_BY = re.compile(
    r"(?:(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|中旬)?(?:以?前|内)?|年[底内末]前?|[上下]半年|[一二三四]季度末?(?:前|内)?)"
    r"(?:全部|全面|基本)?(?:完[成工]|建成|投[用产运]|竣工|交[工付]|启用|开放|到位|通车|验收)[,;。!]?"
)


def is_figure_line(text: str) -> bool:
    """Tell whether a line says no more than how much: 18个, 不少于12家, ≤26微克/立方米."""
    return _FIGURE.fullmatch(text) is not None


def add_line(node: Node, chunk: Chunk, text: str) -> None:
    """Add a line to the text of an item; the first below a bare number may be its title.

    A line that ends inside a sentence, and one above a bare figure, are marked as going on.

    Args:
        node: The item.
        chunk: The line.
        text: Folded text of the document.
    """
    line = text[chunk.start : chunk.end]
    if not node.texts:
        bare = node.number is not None and not node.fields
        node.heading = bare and len(line) <= _MAX_TITLE and _is_title(line)
        node.label = (chunk.start, chunk.end)
    elif len(node.texts) > 1 or not node.heading or is_figure_line(line):
        node.heading = node.heading and len(node.texts) > 1
        node.texts[-1] = _gone_on(node.texts[-1], line, text)
    node.texts.append(chunk)


def runs_on(node: Node, text: str) -> bool:
    """Tell whether a task that its dash has not closed breaks off at the end of a line."""
    open_ = node.rank == PARAGRAPH_RANK and node.texts and not (node.bullet or node.has_units)
    return bool(open_) and text[node.texts[-1].end - 1] not in "。!?:"


def _is_title(line: str) -> bool:
    return is_heading(line) and not says_amount(line) and line[-1] != ":"


def _gone_on(above: Chunk, line: str, text: str) -> Chunk:
    end = text[above.end - 1]
    if end in "。!?":
        return above
    within = end in ",、:(" or is_figure_line(line) or _DONE_BY.fullmatch(line)
    return replace(above, runs_on="words" if within else "clauses")


_MAX_TITLE = 16
