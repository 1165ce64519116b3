"""Which of the task's units a target concerns: all, unless the text deals them out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from taskner.folding import fold
from taskner.linking.names import cut_ending, names_of
from taskner.linking.sheet import Sheet, spans_between
from taskner.linking.words import read_words, words_pattern
from taskner.types import Span, Unit

_CLAUSE_ENDS = ",;。!?:\n"
_REACH = 60
"""Characters between a unit and its number: 云溪镇新建改建M3座."""

_SHORTEST = 2
"""Characters of a unit's short form."""

_VERB = 3
"""Characters of a verb that no list holds: 去化, 立项."""


def find_units(sheet: Sheet, units: Sequence[Unit]) -> list[Span]:
    """Find where the content names units of the task, in full or in short."""
    return [
        Span(start=match.start(), end=match.end(), label="UNIT", text=match.group())
        for match in _mentions(sheet, _short_forms(units))
    ]


def deal_units(sheet: Sheet, units: Sequence[Unit]) -> dict[Span, tuple[int, ...]]:
    """Find targets that the text gives to some of the units.

    云溪区完成3个、石桥县完成5个; 云溪区、石桥县分别完成3个、5个. A unit counts where little but
    verbs and the metric stand before the number, and only if the text sets units against
    each other (two have numbers of their own, or 各 or 分别 follows several): a single place
    name may be a site.

    Args:
        sheet: The task's content.
        units: All units of the task.

    Returns:
        Indices of units, for the targets that do not concern all of them.
    """
    forms = _short_forms(units)
    if len(units) < 2:  # noqa: PLR2004
        return {}
    mentions = _mentions(sheet, forms)
    dealt: dict[Span, tuple[int, ...]] = {}
    stated = False
    for run, limit in _runs(sheet.text, mentions):
        targets = _targets_after(sheet, run[-1].end(), limit)
        if not targets:
            continue
        named = tuple(forms[match.group()] for match in run)
        lead_in = sheet.text[run[-1].end() : targets[0].start]
        stated |= len(named) > 1 and any(word in lead_in for word in read_words("each"))
        ordered = any(word in lead_in for word in read_words("respectively"))
        paired = ordered and len(named) == len(targets)
        for index, target in enumerate(targets):
            dealt[target] = (named[index],) if paired else tuple(sorted(set(named)))
    return dealt if stated or len(set(dealt.values())) > 1 else {}


def _short_forms(units: Sequence[Unit]) -> dict[str, int]:
    """The ways a text may name each unit; forms that fit two units are left out."""
    forms: dict[str, int] = {}
    shared: set[str] = set()
    for index, unit in enumerate(units):
        for form in _forms(fold(unit.name)):
            if forms.setdefault(form, index) != index:
                shared.add(form)
    return {form: index for form, index in forms.items() if form not in shared}


def _forms(name: str) -> set[str]:
    forms = set(names_of(name))
    forms |= {cut_ending(form, "place_endings") for form in forms}
    if name[:1] in read_words("level_prefixes"):
        forms.add(name[1:])
    return {form for form in forms if len(form) >= _SHORTEST} - set(read_words("fillers"))


def _runs(text: str, mentions: Sequence[re.Match[str]]) -> list[tuple[list[re.Match[str]], int]]:
    """Mentions joined by list marks, each run with the start of the next one."""
    runs: list[list[re.Match[str]]] = []
    for match in mentions:
        if runs and text[runs[-1][-1].end() : match.start()] in {"、", "和", "与", "及"}:
            runs[-1].append(match)
        else:
            runs.append([match])
    limits = [*(run[0].start() for run in runs), len(text)][1:]
    return list(zip(runs, limits, strict=True))


def _mentions(sheet: Sheet, forms: Collection[str]) -> list[re.Match[str]]:
    """Units the content names, but for those inside a metric."""
    if not forms:
        return []
    pattern = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
    in_metrics = {
        position
        for span in sheet.spans
        if span.label == "METRIC"
        for position in range(span.start, span.end)
    }
    return [match for match in pattern.finditer(sheet.text) if match.start() not in in_metrics]


def _targets_after(sheet: Sheet, start: int, limit: int) -> list[Span]:
    """Targets of the clause, if little but verbs and metrics stand before the first."""
    end = start
    while end < min(limit, start + _REACH) and sheet.text[end] not in _CLAUSE_ENDS:
        end += 1
    spans = spans_between(sheet.spans, start, end)
    targets = [span for span in spans if span.label == "TARGET"]
    if not targets:
        return []
    between = _without(sheet.text, start, targets[0].start, spans)
    words = words_pattern("fillers", "hedges").sub("", between).strip()
    if len(words) > _VERB:
        return []
    others = _OTHERS.search(sheet.text, targets[0].end, end)
    return [target for target in targets if not others or target.end <= others.start()]


_OTHERS = re.compile("其[他余它]|剩余|余下")


def _without(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """Text between two offsets without the spans that start there."""
    pieces = []
    for span in spans:
        if start <= span.start < end:
            pieces.append(text[start : span.start])
            start = span.end
    return "".join([*pieces, text[start:end]])
