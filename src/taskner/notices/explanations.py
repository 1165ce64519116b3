"""Lines that explain and assign nothing: glossaries, instructions, names of attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskner.notices.fields import names_units
from taskner.notices.lines import Line
from taskner.notices.numbering import parse_numbering
from taskner.notices.wording import pattern


def without_explanations(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """Leave out a glossary at the end and instructions for filling in.

    Args:
        lines: Lines of a part.

    Returns:
        The other lines, and whether any were left out.
    """
    kept: list[Line] = []
    skipping = False
    for index, line in enumerate(lines):
        if line.cell is None and len(line.text) <= _MAX_TITLE:
            if kept and pattern("prose", "glossary").fullmatch(line.text.rstrip(":")):
                return kept, True
            if pattern("prose", "instructions").search(line.text):
                skipping = index + 1 < len(lines)
                continue
        skipping = skipping and bool(parse_numbering(line.text)) and not names_units([line.text])
        if not skipping:
            kept.append(line)
    return kept, len(kept) < len(lines)


_MAX_TITLE = 12


_NAMES = re.compile(r"附\s*件?\s*:\s*\d")


def without_names(lines: Sequence[Line]) -> list[Line]:
    """Leave out the names of attachments: 附件:1.甲清单, and 2.乙计划表 below it.

    Args:
        lines: Lines of a part.

    Returns:
        The other lines.
    """
    kept: list[Line] = []
    named = 0
    for line in lines:
        opening = _NAMES.match(line.text)
        numbering = parse_numbering(line.text[opening.end() - 1 :] if opening else line.text)
        follows = named and numbering and numbering.value == named + 1
        if numbering and (opening or follows) and not names_units([line.text]):
            named = numbering.value
            continue
        named = 0
        kept.append(line)
    return kept
