"""Repairing what a conversion did to a text, where it can be undone without guessing."""

from __future__ import annotations

import re
from collections.abc import Callable

from taskner.folding import fold
from taskner.readers.mojibake import REMEDIES

_DOUBLED = re.compile(r"(?:([^\s_])\1){4,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_VARIED = 3
"""Least different Han characters in a doubled run; 哈哈哈哈哈哈 has one."""
_FEW_RUNS = 2
"""Least doubled runs in a text: 大大小小方方面面 alone is good Chinese."""

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_READING = re.compile(rf"(?<=([\u3400-\u9fff]))[(（]([a-zü{_TONED}]{{1,6}})[)）]")
_TONE = re.compile(rf"[{_TONED}]")
_FEW_READINGS = 3
_FEW_FORMS = 3
_SIMPLIFIED = re.compile(r"(?<=([\u3400-\u9fff]))[(（]([\u4e00-\u9fff])[)）]")


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Undo damage of encodings, doubled glyphs and readings in brackets.

    Args:
        text: A decoded file.

    Returns:
        The text, and the names of what was undone; a sound text comes back as it is.
    """
    done: list[str] = []
    for name, undo in (*REMEDIES, *_REMEDIES):
        undone = undo(text)
        if undone is not None:
            text = undone
            done.append(name)
    return text, tuple(done)


def undo_doubling(text: str) -> str | None:
    """Undo bold type that a converter gives twice, glyph by glyph: 责责任任单单位位.

    Returns:
        The text, or None when too little is doubled to be sure.
    """
    runs = [match for match in _DOUBLED.finditer(text) if _is_doubled(match[0])]
    if len(runs) < _FEW_RUNS:
        return None
    out, position = [], 0
    for run in runs:
        out += [text[position : run.start()], run[0][::2]]
        position = run.end()
    return "".join([*out, text[position:]])


def _is_doubled(run: str) -> bool:
    return len(set(_HAN.findall(run))) >= _VARIED


def undo_readings(text: str) -> str | None:
    """Drop the reading or the simplified form printed after a traditional character.

    Returns:
        The text without them: 實(shí)施 and 實(实)施 become 實施; None when there are none.
    """
    toned = sum(bool(_TONE.search(match[2])) for match in _READING.finditer(text))
    without = text
    if toned >= _FEW_READINGS:
        without = _READING.sub(_without_reading, text)
    forms = [match for match in _SIMPLIFIED.finditer(without) if _is_form(match)]
    sure = sum(match[1] != match[2] for match in forms) >= _FEW_FORMS
    without = _SIMPLIFIED.sub(
        lambda match: "" if _is_form(match) and (sure or match[1] != match[2]) else match[0],
        without,
    )
    return without if without != text else None


def _without_reading(match: re.Match[str]) -> str:
    is_reading = _TONE.search(match[2]) or fold(match[1]) != match[1]
    return "" if is_reading else match[0]


def _is_form(match: re.Match[str]) -> bool:
    """Whether a bracket holds the character before it in its other form, or once more."""
    return fold(match[1]) == fold(match[2])


_REMEDIES: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("doubled", undo_doubling),
    ("readings", undo_readings),
)
