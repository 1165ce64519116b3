"""Labels that a notice makes up for itself, printed in the copy as the usual ones.

A notice in which field after field is opened by words of its own (【主抓】…【交卷】…, 主管:…
协管:…) means the usual fields by them. Three things tell which: lists of such words, what the
notice's letter says of them (“主管”即第一责任科室), and what stands behind them each time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from taskner.notices.label_contents import kinds_by_contents
from taskner.notices.labels import UNIT_KINDS, usual_labels, usual_sign
from taskner.notices.wording import load, pattern

_OFTEN = 3  # uses of one label that make it a habit of the notice
_NAME = r"[\u4e00-\u9fff](?:\s{0,2}[\u4e00-\u9fff]){0,6}"
_BRACKETED = re.compile(rf"[\[【〔〖「『]\s*(?P<name>{_NAME})\s*[\]】〕〗」』]\s*:?")
_WITH_COLON = re.compile(
    r"(?:^|(?<=[\s;。)】●○◆◇■□▲△★☆•·▶➢※]))(?P<name>[\u4e00-\u9fff]{2,6})\s*:", re.MULTILINE
)
# Behind a label that is spoken of: 【主抓】是牵头单位, 【责任】一栏排头的为主办.
_SPOKEN_OF = re.compile(
    r"\s*(?:一?[栏列项]|是|指|即|系|[、和与](?=[\[【〔〖「『])|只|(?:均|都)?为[^,。;]{0,12}"
    r"(?:单位|部门|科室|站所|主体|领导|人员?|时限|时间|内容)(?:[,。;]|$))"
)
_LEVELS = re.compile(r"\s*(?:一?[栏列项]|科室|单位|部门|站所|者)?(?:是|指|即|系|为|:)?")
_END = re.compile(r"[;。\n【\[〔〖「『“]|$")


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a label opens a field: its offsets with bracket and colon, its name."""

    start: int
    end: int
    name: str
    bracketed: bool


def with_usual_labels(text: str, cells: Sequence[tuple[int, int]]) -> str:
    """Print the labels that a notice makes up as the usual ones.

    Args:
        text: Folded text of the document.
        cells: Offsets of its table cells, which keep their words.

    Returns:
        A text of the same length.
    """
    uses = [use for use in _uses(text) if not _in_table(text, cells, use)]
    named = _kinds(text, uses)
    out, position = [], 0
    for use in uses:
        kind = named.get((use.name, use.bracketed))
        if kind is None:
            continue
        sign = usual_sign(kind)
        out += [text[position : use.start], sign, " " * (use.end - use.start - len(sign))]
        position = use.end
    return "".join([*out, text[position:]])


def _uses(text: str) -> list[Use]:
    found = [
        Use(*match.span(), _plain(match["name"]), bracketed=True)
        for match in _BRACKETED.finditer(text)
        if not _SPOKEN_OF.match(text, match.end())
    ]
    found += [
        Use(*match.span(), match["name"], bracketed=False)
        for match in _WITH_COLON.finditer(text)
        if match["name"] not in usual_labels()
    ]
    return sorted(found, key=lambda use: use.start)


def _plain(name: str) -> str:
    return "".join(name.split())


def _in_table(text: str, cells: Sequence[tuple[int, int]], use: Use) -> bool:
    """Whether a label stands in a cell, of a grid or between pipes."""
    if any(start <= use.start < end for start, end in cells):
        return True
    start = text.rfind("\n", 0, use.start) + 1
    end = text.find("\n", use.start)
    return "|" in text[start : end if end >= 0 else len(text)]


def _kinds(text: str, uses: Sequence[Use]) -> dict[tuple[str, bool], str]:
    """What the labels of the notice mean, those in brackets and those with a colon apart."""
    places: dict[tuple[str, bool], list[Use]] = defaultdict(list)
    for use in uses:
        places[use.name, use.bracketed].append(use)
    known: dict[tuple[str, bool], str] = {}
    for (name, bracketed), found in places.items():
        kind = _explained(text, name) or _known(name, bracketed=bracketed)
        if kind and (bracketed or len(found) >= _OFTEN):
            known[name, bracketed] = kind
    contents = {
        key: [text[use.end : _stop(text, use, uses)] for use in found]
        for key, found in places.items()
        if len(found) >= _OFTEN
    }
    known |= kinds_by_contents(contents, known)
    times = sum(len(places[key]) for key in known)
    habit = any(len(places[key]) >= _OFTEN for key in known) or times > _OFTEN
    names_units = {"lead", "responsible"} & set(known.values()) or _names_units_usually(text)
    return known if habit and names_units else {}


def _names_units_usually(text: str) -> bool:
    return any(
        f"{name}:" in text
        for name, kind in usual_labels().items()
        if kind in UNIT_KINDS and len(name) > _SHORT
    )


_SHORT = 2


def _stop(text: str, use: Use, uses: Sequence[Use]) -> int:
    """Where the field ends that a label opens: at the next label, or with the line."""
    line = text.find("\n", use.end)
    line = len(text) if line < 0 else line
    return min([line, *(other.start for other in uses if use.end <= other.start < line)])


def _known(name: str, *, bracketed: bool) -> str | None:
    if bracketed and name in usual_labels():
        kind = usual_labels()[name]
        return None if kind == "upper" else kind
    return _words().get(name)


@cache
def _words() -> Mapping[str, str]:
    return {name: kind for kind, names in load("own_labels")["words"].items() for name in names}


def _explained(text: str, name: str) -> str | None:
    """The kind that a sentence of the notice gives a label: “协管”为配合科室."""
    if name in usual_labels():
        return None
    for definition in _definitions(text, name):
        if pattern("rules", "order").search(definition):
            continue  # tells who of the list leads
        for stretch in (definition.partition(",")[0], definition):
            for meaning in load("own_labels")["means"]:
                if re.search(meaning["pattern"], stretch):
                    return str(meaning["kind"])
    return None


def _definitions(text: str, name: str) -> Iterator[str]:
    """What is said of a label: in quotes or brackets, or as the name of a field (主抓一栏)."""
    spoken = rf"[【\[〔〖「『“\"‘']{name}[】\]〕〗」』”\"’']|{name}(?=一?[栏列])"
    for match in re.finditer(spoken, text):
        verb = _LEVELS.match(text, match.end())
        start = verb.end() if verb else match.end()
        end = _END.search(text, start)
        label = text[match.start()] not in "“\"‘'" and not _SPOKEN_OF.match(text, match.end())
        if end and start < end.start() and not label:
            yield text[start : end.start()]
