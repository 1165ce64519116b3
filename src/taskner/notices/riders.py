"""Riders: a note that makes a collective answerable for every task that follows."""

from __future__ import annotations

from collections.abc import Sequence

from taskner.notices.drafts import Draft
from taskner.notices.fields import Chunk
from taskner.notices.lines import Line
from taskner.notices.wording import pattern


def find_riders(lines: Sequence[Line]) -> list[Chunk]:
    """Find the notes that add a unit to all later tasks (以下各项均需各县区落实).

    Args:
        lines: All lines of the notice.

    Returns:
        The units they name, as fields of supporters, in text order.
    """
    found = []
    for line in lines:
        if "各" not in line.text:
            continue
        for match in pattern("rules", "rider").finditer(line.text):
            start, end = match.span(match.lastindex or 0)
            found.append(Chunk(line.start + start, line.start + end, "support"))
    return found


def add_riders(drafts: Sequence[Draft], riders: Sequence[Chunk]) -> None:
    """Give each draft the riders that stand in it or before it.

    Args:
        drafts: Drafts of one part of the notice, in text order.
        riders: Riders of this part, and of the letter.
    """
    for draft in drafts:
        end = max(chunk.end for chunk in (*draft.content, *draft.fields))
        draft.riders = [rider for rider in riders if rider.start < end]
