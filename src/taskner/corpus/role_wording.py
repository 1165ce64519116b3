"""Which words of a notice stand with a unit and tell its role.

Looked for where a reader looks: a verb behind the list the unit stands in, a label before it on
its line, the title of its column. Written apart from the parser, which it helps to judge.

Source: FORMATS section 2 (role wording).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.folding import fold

Place = Literal["verb", "label", "column", "none"]
NO_WORD = "(no word: heading or bare brackets)"

_VERB = re.compile(
    r"(?:等[^,。;、]{0,6})?(按职责分工负责|分别牵头|共同负责|牵头负责|牵头督导|负责落实|负责实施"
    r"|负责建设|牵头|配合|参与|协助|协同|协办|落实|承担|实施|负责)"
)
_NAME = (
    r"(?:牵头督查|牵头责任|主要责任|第一责任|其他责任|协同责任|牵头|主办|主责|责任|承办|实施|落实"
    r"|配合|协办|协助|协作|协同|参与|参加)"
)
_KIND = r"(?:单位|部门|科室|处室|办所)"
_LABEL = re.compile(rf"({_NAME}{_KIND})(?:\([^()]*\))?[:为]|(?<![\u4e00-\u9fff])({_NAME}):")
_TITLE = re.compile(rf"({_NAME}{_KIND})(?:\([^()]*\))?")
_LEADS = re.compile(r"牵头|主办|主责|主要责任|第一责任")
_BETWEEN = re.compile(r"[、,和及与/★▲◆*\s]*|\([^()]*\)")
_MARKS = "★▲◆*△☆●"
_LONGEST_TITLE = 30


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one unit mark, the kind of place it stands in, and the lead mark if any."""

    text: str
    place: Place
    mark: str = ""


def wordings_of(text: AnnotatedText) -> Iterator[tuple[Mark, Wording]]:
    """Give every unit mark with its wording, in text order; pieces of a name count once."""
    plain = fold(text.text)
    units = [m for m in text.marks if m.span.label == "UNIT"]
    ends = {unit.span.start: unit.span.end for unit in units}
    starts = [annex.start for annex in text.ledger.annexes] if text.ledger else [0]
    for unit in units:
        if unit.continues is None:
            start = max((it for it in starts if it <= unit.span.start), default=0)
            yield unit, _wording(plain, unit, ends, start)


def _wording(plain: str, unit: Mark, ends: Mapping[int, int], annex_start: int) -> Wording:
    start, end = unit.span.start, unit.span.end
    around = plain[start - 1 : start] + plain[end : end + 1]
    mark = next((sign for sign in around if sign in _MARKS), "")
    if verb := _VERB.match(plain, _end_of_list(plain, end, ends)):
        return Wording(verb[1], "verb", mark)
    line = plain[plain.rfind("\n", 0, start) + 1 : start]
    if labels := [found[1] or found[2] for found in _LABEL.finditer(line)]:
        return Wording(labels[-1], "label", mark)
    titles = _column_titles(plain[annex_start:start])
    wanted = [title for title in titles if bool(_LEADS.search(title)) == (unit.role == "lead")]
    if titles:
        return Wording((wanted or titles)[-1], "column", mark)
    return Wording(NO_WORD, "none", mark)


def _end_of_list(plain: str, end: int, ends: Mapping[int, int]) -> int:
    """Give where the list ends that a unit stands in, each of its units being marked."""
    while True:
        between = _BETWEEN.match(plain, end)
        assert between is not None
        after = between.end()
        if after not in ends:
            return end
        end = ends[after]


def _column_titles(before: str) -> Sequence[str]:
    """Give the titles of columns for units; a title may be broken over two lines."""
    pieces = (piece for piece in re.split(r"[\n|]", before) if len(piece) <= _LONGEST_TITLE)
    cells = [cell for piece in pieces if (cell := "".join(piece.split()))]
    pairs = (one + two for one, two in pairwise(cells))
    found = (_TITLE.fullmatch(cell) for cell in (*cells, *pairs))
    return [match[1] for match in found if match]
