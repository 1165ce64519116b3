"""Where the figures of a notice stand, and what those are that look like targets and are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal, get_args

from taskner.corpus.annotated import AnnotatedText
from taskner.folding import fold

Standing = Literal[
    "in a target",
    "in a deadline",
    "in a metric",
    "in a task, in no mark",
    "outside the tasks",
]
STANDINGS: tuple[Standing, ...] = get_args(Standing)

Trap = Literal[
    "slogan or name in quotation marks",
    "number of a sub-item, cell of a number alone, points",
    "value to start from",
    "hotline, hours of service",
    "road, line, building, equipment",
    "grade, version, ordinal, standard",
    "size of a project, limit inside a name",
    "clock, price or rule of each case",
    "year, date",
    "other",
]
TRAPS: tuple[Trap, ...] = get_args(Trap)

_FIGURE = re.compile(r"(?<![\d.])\d+(?:[.,]\d+)*")
_IN_MARK: dict[str, Standing] = {
    "TARGET": "in a target",
    "DEADLINE": "in a deadline",
    "METRIC": "in a metric",
}
_AROUND = 30


def _pattern(*parts: str) -> re.Pattern[str]:
    """Compile alternatives in which ``<>`` is the figure itself, of whatever digits."""
    return re.compile("|".join(parts).replace("<>", "<[^>]*>"))


# Tried in order; the line is cut around the figure, which stands in <>.
_TRAPS: tuple[tuple[Trap, re.Pattern[str]], ...] = (
    (
        "slogan or name in quotation marks",
        _pattern(r"[“\"「][^”\"」]{0,24}<>[^“\"「]{0,24}[”\"」]"),
    ),
    (
        "number of a sub-item, cell of a number alone, points",
        _pattern(r"^\s*<>[.、)]", r"(?:^|\|)\s*<>\s*(?:\||$)", r"\(<>分\)"),
    ),
    (
        "value to start from",
        _pattern(r"[由从自][^,。;]{0,8}<>", r"[较比]<>", r"<>年?以来", r"现[^,。;]{0,3}<>"),
    ),
    (
        "hotline, hours of service",
        _pattern(r"<(?:12345|110|119|120|123\d\d|96\d{3}|8890)>", r"<24>小时", "×<>", "<>×"),
    ),
    (
        "road, line, building, equipment",
        _pattern(r"[A-Z]<>", r"<>(?:国道|省道|号|蒸吨|[Kk]V|千伏|区块|标段|万?吨级)"),
    ),
    (
        "grade, version, ordinal, standard",
        _pattern(
            r"<>(?:[AGDP](?![a-z])|版|级|星|类|期|届|周年)",
            r"<\d\.0>",
            "第<>",
            r"PM<",
            r"(?:GB|ISO|[A-Z]{2,})[/A-Z ]{0,4}<>",
        ),
    ),
    (
        "size of a project, limit inside a name",
        _pattern(
            r"(?:总投资|总规模|装机|年产|日产|概算)[^,。;]{0,6}<>",
            r"<>[^,。;、\d]{1,8}(?:以上|以下|以内)?的",
            r"<>[万亿]?[^,。;、\d]{1,6}(?:以上|以下)?"
            r"[^,。;、\d]{0,3}(?:项目|工程|企业|产业|机组|老人|人群|儿童|基地|装置|风电|光伏)",
            r"(?:前|每)<>",
        ),
    ),
    (
        "clock, price or rule of each case",
        _pattern(r"<>(?:分钟|小时|日|元|天|个工作日|点|时|分|字|厘|℃|周岁|岁|次|公里)"),
    ),
    ("year, date", _pattern(r"<(?:19|20)\d\d>", r"<>[年月]")),
)


def standings_of(text: AnnotatedText) -> Iterator[tuple[Standing, Trap | None]]:
    """Give each figure in digits: where it stands, and what it is where a task has it unmarked.

    Numbers printed in front of a task are outside it. Figures in Chinese numerals are not
    looked for. What an unmarked figure is, is told by a few characters around it: a count of
    kinds, not an annotation.
    """
    plain = fold(text.text)
    tasks = sorted((task.start, task.end) for task in text.ledger.tasks) if text.ledger else []
    starts = [start for start, _ in tasks]
    labels = {
        position: mark.span.label
        for mark in text.marks
        for position in range(mark.span.start, mark.span.end)
    }
    for figure in _FIGURE.finditer(plain):
        standing = _IN_MARK.get(labels.get(figure.start(), ""))
        place = bisect_right(starts, figure.start()) - 1
        if standing:
            yield standing, None
        elif place < 0 or figure.start() >= tasks[place][1]:
            yield "outside the tasks", None
        else:
            yield "in a task, in no mark", _trap(plain, figure)


def _trap(plain: str, figure: re.Match[str]) -> Trap:
    line_start = plain.rfind("\n", 0, figure.start()) + 1
    before = plain[max(line_start, figure.start() - _AROUND) : figure.start()]
    behind = plain[figure.end() : figure.end() + _AROUND].partition("\n")[0]
    around = f"{before}<{figure[0]}>{behind}"
    return next((trap for trap, pattern in _TRAPS if pattern.search(around)), "other")
