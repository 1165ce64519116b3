"""What the words between two neighbouring spans say about linking them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taskner.linking.weights import Weights
from taskner.linking.words import read_words, words_pattern

_SENTENCE = re.compile(r"[。!?]|(?<!\d)\.|\.(?!\d)")
_MARKS = re.compile(r"[\s、,;:。!?.()\[\]“”\"'‘’《》|/—-]")
_FAR = 120
"""Characters of a gap that are read; longer gaps are as far as can be."""

_LONGEST_PLACE = 10
"""Characters of a place name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The text between two neighbouring spans, as evidence.

    ``n_words`` counts characters that are neither marks nor fillers; ``listed`` means that
    nothing but coordinators stands there; ``named`` that words follow the right-hand span
    directly, so that it has a noun of its own.
    """

    empty: bool
    n_words: int
    list_mark: bool
    comma: bool
    semicolon: bool
    sentence: bool
    line_break: bool
    listed: bool
    each: bool
    respectively: bool
    named: bool

    @classmethod
    def of(cls, text: str, following: str) -> Gap:
        """Read a gap.

        Args:
            text: Folded text between the spans, without deadlines and units.
            following: Folded text after the right-hand span.

        Returns:
            The evidence in it.
        """
        near = text if len(text) <= _FAR else text[: _FAR // 2] + text[-_FAR // 2 :]
        rest = words_pattern("fillers").sub("", near)
        return cls(
            empty=not text.strip(),
            n_words=_count_words(rest) + max(0, len(text) - _FAR),
            list_mark="、" in near,
            comma="," in near or ":" in near,
            semicolon=";" in text,
            sentence=_SENTENCE.search(text) is not None,
            line_break="\n" in text or "|" in text,
            listed=bool(text.strip()) and not _without_coordinators(near),
            each=any(word in near for word in read_words("each")),
            respectively=any(word in near for word in read_words("respectively")),
            named=_opens_with_noun(following),
        )


def _count_words(text: str) -> int:
    """Characters of the pieces of a gap that are no places."""
    return sum(len(piece) for piece in _MARKS.split(text) if not _is_place(piece))


def _is_place(text: str) -> bool:
    place = text.endswith(read_words("place_parts")) and len(text) <= _LONGEST_PLACE
    return place and not text.endswith(read_words("no_places"))


def _without_coordinators(text: str) -> str:
    return words_pattern("coordinators").sub("", text).strip()


def _opens_with_noun(text: str) -> bool:
    if not text or _MARKS.match(text) or text[0] == "的":
        return False
    return words_pattern("fillers", "coordinators").match(text) is None


def breaks_cost(gap: Gap, weights: Weights, *, comma: float, list_mark: float) -> float:
    """Cost of the marks in a gap between two spans that would be linked.

    Args:
        gap: The gap.
        weights: The costs.
        comma: What a comma costs here.
        list_mark: What a list mark costs here.

    Returns:
        The sum.
    """
    return (
        (list_mark if gap.list_mark else 0.0)
        + (comma if gap.comma else 0.0)
        + (weights.semicolon if gap.semicolon else 0.0)
        + (weights.sentence if gap.sentence else 0.0)
        + (weights.line_break if gap.line_break else 0.0)
    )


def _before_breaks(gap: Gap, weights: Weights) -> float:
    return breaks_cost(gap, weights, comma=weights.before_comma, list_mark=weights.list_mark)


def before_cost(gap: Gap, weights: Weights) -> float:
    """Cost of linking a metric to the target after it (规上企业达到3家)."""
    own = weights.own_noun if gap.named and (gap.comma or gap.list_mark) else 0.0
    words = weights.before_character * gap.n_words
    return words + own + _before_breaks(gap, weights)


def after_cost(gap: Gap, weights: Weights) -> float:
    """Cost of linking a target to the metric after it (3家社区食堂)."""
    words = weights.after_character * gap.n_words
    breaks = breaks_cost(gap, weights, comma=weights.after_mark, list_mark=weights.after_mark)
    return weights.after + words + breaks


def shared_cost(gap: Gap, weights: Weights) -> float:
    """Cost of two neighbouring metrics being coordinated parts of one list."""
    if gap.listed or gap.empty:
        return 0.0
    words = weights.shared_character * gap.n_words
    return words + _before_breaks(gap, weights)


def carried_cost(gap: Gap, weights: Weights) -> float:
    """Cost of a further target having the metric of the target before it."""
    if gap.empty:
        return weights.carried
    cost = weights.carried + weights.carried_character * gap.n_words
    if gap.named:
        cost += weights.own_noun
    cost += weights.carried_comma if gap.comma else 0.0
    cost += weights.carried_comma if gap.semicolon else 0.0
    cost += weights.line_break if gap.line_break else 0.0
    return cost + (weights.sentence if gap.sentence else 0.0)


def border_cost(gap: Gap, weights: Weights) -> float:
    """Cost of two neighbouring spans not belonging together."""
    return weights.glued if gap.empty and not gap.line_break else 0.0
