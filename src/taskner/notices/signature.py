"""Who signs a notice and when: the date alone below the text, and the name above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskner.notices.columns import classify
from taskner.notices.dates import find_date, parse_date
from taskner.notices.labels import UNIT_KINDS, label_spans
from taskner.notices.lines import Line
from taskner.notices.organisations import is_complete

MAX_ISSUER = 40
"""Most characters of an issuer's name."""

_SIGNED = re.compile(r"[。;!?:,]|^\d")


def find_signature(lines: Sequence[Line], body: int) -> int | None:
    """Find the line with the date of signing: a date alone, below a line that can sign.

    Args:
        lines: The lines of the document.
        body: Index of the line after the title.

    Returns:
        Its index.
    """
    tasks = False  # a date alone signs only above the first task
    for index in range(body, len(lines)):
        text = lines[index].text
        tasks = tasks or text.startswith("附件") or _assigns(text)
        if len(text) > MAX_ISSUER or "年" not in text:
            continue
        if index and _share_a_row(lines[index - 1], lines[index]):
            continue  # a due date beside the units of a task
        match = find_date(text)
        if (
            match is None
            or text[match.end() :].strip(" )。(此件公开发布")
            or parse_date(text) is None
        ):
            continue
        before = text[: match.start()].strip()
        if not before and index and (not tasks or _can_sign(lines[index - 1].text)):
            return index
        if before and _can_sign(before):
            return index
    return None


def _share_a_row(above: Line, line: Line) -> bool:
    return (
        above.cell is not None
        and line.cell is not None
        and (above.cell.table, above.cell.row) == (line.cell.table, line.cell.row)
    )


def _assigns(text: str) -> bool:
    return classify(text) is not None or any(
        label[0] in UNIT_KINDS for _start, _end, label in label_spans(text)
    )


def _can_sign(text: str) -> bool:
    return len(text) <= MAX_ISSUER and not _SIGNED.search(text) and is_complete(text)


def signer_line(lines: Sequence[Line], signature: int | None) -> int | None:
    """The line above the date when it names who signs, and no list of units goes on there."""
    if not signature or not _can_sign(lines[signature - 1].text):
        return None
    date_ = find_date(lines[signature].text)
    goes_on = signature > 1 and lines[signature - 2].text.endswith(("、", ","))
    return signature - 1 if date_ and not (date_.start() or goes_on) else None


def read_signer(lines: Sequence[Line], signature: int, original: str) -> str | None:
    """Read who signs, as printed: before the date or on the line above it."""
    line = lines[signature]
    match = find_date(line.text)
    before = line.text[: match.start()].rstrip() if match else ""
    if before:
        return original[line.start : line.start + len(before)]
    above = lines[signature - 1]
    if not _can_sign(above.text):
        return None
    return re.sub(r"\s+", "", original[above.start : above.end])
