"""Telling plan paragraphs from reviews, introductions and closings."""

from __future__ import annotations

import re

from taskner.notices.wording import pattern

_AMOUNT = re.compile(r"\d")
_DEMAND = re.compile(r"[。;!](?:我们)?要")
_SHORT = 14
_MAX_CLOSING = 600


def is_review(heading: str) -> bool:
    """Whether a heading opens a review of past years."""
    return len(heading) <= _MAX_HEADING and bool(pattern("prose", "review_heading").search(heading))


def is_bulletin(title: str) -> bool:
    """Whether a title announces a report on how far things are, and no plan beside it."""
    if pattern("prose", "mixed_heading").search(title):
        return False
    return bool(pattern("prose", "bulletin").search(title))


def opens_next_steps(heading: str) -> bool:
    """Whether a heading of a bulletin turns to what is to be done."""
    return len(heading) <= _MAX_HEADING and bool(pattern("prose", "next_steps").search(heading))


def is_mixed(heading: str) -> bool:
    """Whether a heading announces a review and a plan in one section."""
    return len(heading) <= _MAX_HEADING and bool(pattern("prose", "mixed_heading").search(heading))


def is_part_heading(line: str) -> bool:
    """Whether a line without number names a period and what is said of it."""
    return len(line) <= _MAX_HEADING and bool(pattern("prose", "part_heading").search(line))


def is_caption(line: str) -> bool:
    """Whether a marked line says what a picture shows: ▲去年投产的园区(资料图)."""
    return len(line) <= _MAX_HEADING and bool(pattern("prose", "caption").match(line))


def looks_ahead(paragraph: str) -> bool:
    """Whether a paragraph speaks more of what will be than of what was, or of neither."""
    ahead, back = (len(pattern("prose", key).findall(paragraph)) for key in ("ahead", "back"))
    return ahead > back or not back


def is_aside(paragraph: str) -> bool:
    """Whether a paragraph looks back, introduces a list or only addresses people."""
    if pattern("prose", "review_start").search(paragraph):
        return True
    if _AMOUNT.search(paragraph):
        return False
    return (
        len(paragraph) <= _SHORT
        or paragraph.endswith(":")
        or bool(pattern("prose", "overall").match(paragraph))
    )


def is_goal(paragraph: str) -> bool:
    """Whether a paragraph states the goals of the period with figures."""
    found = pattern("prose", "goal").search(paragraph, 0, _GOAL_WINDOW)
    found = found or pattern("prose", "stated_goal").search(paragraph)
    return bool(found and _AMOUNT.search(paragraph, found.end()))


def opens_like_plan(paragraph: str) -> bool:
    """Whether a paragraph begins with its own short title and introduces no list."""
    stop = paragraph.find("。")
    return (
        0 < stop <= _MAX_TITLE
        and stop + 1 < len(paragraph)
        and not pattern("prose", "intro").search(paragraph)
        and not paragraph.endswith(":")
    )


def is_long_plan(paragraph: str) -> bool:
    """Whether a paragraph before the first heading is a plan cut off at its beginning."""
    return len(paragraph) >= _LONG and opens_like_plan(paragraph)


def is_plan(paragraph: str) -> bool:
    """Whether a paragraph outside any heading can be a task."""
    return len(paragraph) > _SHORT and "。" in paragraph


def is_closing(paragraph: str) -> bool:
    """Whether a paragraph is the call at the end of a plan."""
    if len(paragraph) > _MAX_CLOSING:
        return False
    if pattern("prose", "call").search(paragraph):
        return "让我们" in paragraph or not _AMOUNT.search(paragraph)
    if len(paragraph) > _MAX_APPEAL or _AMOUNT.search(paragraph):
        return False
    if len(_DEMAND.findall(paragraph)) > 1:
        return False
    return bool(pattern("prose", "closing").search(paragraph))


_MAX_HEADING = 45
_MAX_TITLE = 24
_LONG = 150
_MAX_APPEAL = 150  # characters: what is longer and calls nobody says what is to be done
_GOAL_WINDOW = 120
