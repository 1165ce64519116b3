"""Undoing texts that were decoded wrongly and saved again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_SAMPLE = 4_096
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc€™]")
_FEW = 8
"""Least characters by which a line proves how it was damaged."""

# First bytes of 一…十 in GB 2312; no two are the same.
_NUMERALS = {character.encode("gbk")[0]: character for character in "一二三四五六七八九十"}
_SHIFTED = re.compile(r"\?[ \u3000]?。(?=\S)")
_LONGEST_SHIFT = 40
_OPEN, _CLOSE = "（".encode("gbk"), "）".encode("gbk")
_SPACE_TAIL = 0xA1
"""Second byte of the ideographic space before （, whose first byte was lost."""


def undo_latin(text: str) -> str | None:
    """Undo UTF-8 or GBK that was read as Latin-1 or Windows-1252.

    Args:
        text: A decoded text.

    Returns:
        The text as it was, or None when it is not damaged in this way.
    """
    sample = text[:_SAMPLE]
    if len(_LATIN.findall(sample)) <= 4 * len(_HAN.findall(sample)) + _FEW:
        return None
    import ftfy  # noqa: PLC0415

    utf8 = ftfy.fix_encoding(text)
    if _is_chinese(utf8):
        return utf8
    for codec in ("latin-1", "sloppy-windows-1252"):  # the second is registered by ftfy
        try:
            gbk = text.encode(codec).decode("gb18030")
        except UnicodeError:
            continue
        if _is_chinese(gbk):
            return gbk
    return None


def _is_chinese(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_HAN.findall(sample)) > 4 * len(_LATIN.findall(sample)) + _FEW


def undo_gbk(text: str) -> str | None:
    """Undo UTF-8 that was read as GBK: 鐜板皢 for 现将.

    Args:
        text: A decoded text.

    Returns:
        The text as it was, or None when most of its lines are not damaged in this way.
        In lines that lost a byte, what cannot be known is U+FFFD.
    """
    lines = [line for line in text[:_SAMPLE].split("\n") if len(_HAN.findall(line)) >= _FEW]
    proven = sum(_as_utf8(line) is not None for line in lines)
    if not proven or proven * 2 <= len(lines):
        return None
    return "\n".join(
        _as_utf8(line) or line.encode("gb18030", "replace").decode("utf-8", "replace")
        for line in text.split("\n")
    )


def _as_utf8(line: str) -> str | None:
    try:
        return line.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return None


def undo_shifts(text: str) -> str | None:
    """Undo numbers before which a byte was lost: ?。ǘ┨嵘 for （二）提升.

    The ideographic space before （ lost its first byte, so that all bytes up to the next
    error were paired wrongly. A character whose byte is lost for good is shown as ?.

    Args:
        text: A decoded text.

    Returns:
        The text with its numbers, or None when there is no such place.
    """
    out, position = [], 0
    for match in _SHIFTED.finditer(text):
        if match.start() < position:
            continue
        undone = _unshift(text[match.end() : match.end() + _LONGEST_SHIFT])
        if undone is None:
            continue
        words, used = undone
        out += [text[position : match.start()], words]
        position = match.end() + used
    return "".join([*out, text[position:]]) if out else None


def _unshift(damaged: str) -> tuple[str, int] | None:
    """Read （number） and the words after it off pairs that are one byte late.

    Returns:
        The words and how many characters they replace; None for anything else.
    """
    pairs = _pairs(damaged)
    first = next(pairs, b"")
    # 。 gave A3, the first byte of （; the pair after it is A8 and the numeral's first byte.
    if len(first) < len(_OPEN) or first[0] != _OPEN[1] or first[1] not in _NUMERALS:
        return None
    numeral = _NUMERALS[first[1]]
    rest, used = damaged[1:], 1
    second = numeral.encode("gbk")[1]
    if rest and (
        rest[0] == "?" or rest[0] > "\ue000" or rest[0].encode("gbk", "replace")[0] == second
    ):
        rest, used = (rest, used) if rest[0] in "）)" else (rest[1:], used + 1)
    if rest[:1] in {"）", ")"}:
        return f"（{numeral}）", used + 1
    words, late = "", -1
    for pair in _pairs(rest):
        if late < 0 and pair[0] != _CLOSE[1]:
            return None
        if late >= 0:
            try:
                words += bytes((late, pair[0])).decode("gbk")
            except UnicodeError:
                break
        late = pair[1]
        used += 1
    if late < 0:
        return None
    lost = rest[used - (len(damaged) - len(rest)) :][:1] == "?"
    return f"（{numeral}）{words}?", used + lost


def _pairs(text: str) -> Iterator[bytes]:
    """The GBK bytes of each character up to the first that has no two."""
    for character in text:
        pair = character.encode("gbk", "ignore")
        if len(pair) < len(_OPEN):
            return
        yield pair


REMEDIES: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("latin", undo_latin),
    ("gbk", undo_gbk),
    ("shifted", undo_shifts),
)
