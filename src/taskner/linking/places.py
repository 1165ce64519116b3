"""Shares of one amount that a text deals out to places: (甲村120盏、乙村80盏、其他村60盏)."""

from __future__ import annotations

import re
from itertools import pairwise

from taskner.linking.sheet import Sheet
from taskner.types import Span

_PLACE = re.compile(
    r"(?:^|(?<=[(:,、;。]))\s*(?P<place>(?:其[他余它])?[\u4e00-\u9fff]{0,7}?"
    r"(?:村|镇|乡|街道|社区|农场|林场|片区|县|区|市|旗|盟))(?:\([^()]{1,8}\))?"
    r"\s*(?:合计|共计|共|各|约|完成|承担|分担)?\s*$"
)
_JOINT = re.compile(r"\s*[、,;]\s*")
_REACH = 24


def find_places(sheet: Sheet) -> dict[Span, Span]:
    """Find the places that a list gives their own numbers.

    Only a list counts, two places with a number each, next to each other: a single place
    before a number may be a site.

    Args:
        sheet: The task's content.

    Returns:
        For each such target the place, as a span of the sheet.
    """
    targets = sorted(
        (span for span in sheet.spans if span.label == "TARGET"), key=lambda span: span.start
    )
    places = {target: _place_before(sheet.text, target) for target in targets}
    listed: dict[Span, Span] = {}
    for above, target in pairwise(targets):
        first, second = places[above], places[target]
        if first and second and _JOINT.fullmatch(sheet.text, above.end, second.start):
            listed[above] = first
            listed[target] = second
    return listed


def _place_before(text: str, target: Span) -> Span | None:
    low = max(0, target.start - _REACH)
    match = _PLACE.search(text[low : target.start])
    if match is None or len(match["place"]) < 2:  # noqa: PLR2004
        return None
    start, end = match.span("place")
    return Span(start=low + start, end=low + end, label="UNIT", text=match["place"])
