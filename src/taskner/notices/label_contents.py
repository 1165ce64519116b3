"""What an unknown label means, by what stands behind it each time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from taskner.notices.organisations import is_complete, unit_likeness
from taskner.notices.wording import load, pattern

_EDGES = " \t;,。:、"
_LONG = 12  # characters from which what stands behind a label is mostly a sentence
_FIGURE = re.compile(r"\d")

Key = tuple[str, bool]


def kinds_by_contents(
    contents: Mapping[Key, Sequence[str]], known: Mapping[Key, str]
) -> dict[Key, str]:
    """Tell the kinds of labels that nothing explains.

    Args:
        contents: What stands behind each label, each time it is used; whether the label
            stands in brackets is part of its key.
        known: Labels whose kind is known.

    Returns:
        Kinds of further labels: a list of bodies names units, a date when, a person who
        leads. In brackets, the field with the sentences is the content where no other is.
    """
    open_ = [key for key in contents if key not in known and _may_open(key[0])]
    kinds = {key: _kind([text.strip(_EDGES) for text in contents[key]]) for key in open_}
    found = {key: kind for key, kind in kinds.items() if kind}
    if not {"lead", "responsible"} & {*known.values(), *found.values()}:
        return {}
    rest = [key for key in open_ if key[1] and key not in found]
    if rest and "content" not in known.values():
        longest = max(rest, key=lambda key: sum(map(len, contents[key])))
        if sum(map(len, contents[longest])) >= _LONG * len(contents[longest]):
            found[longest] = "content"
    return found | {key: "further" for key in rest if key not in found}


def _may_open(name: str) -> bool:
    """Whether a word can be a label: 县教育局 and 其中 are none."""
    return not (is_complete(name) or pattern("own_labels", "no_label").search(name))


def _kind(texts: Sequence[str]) -> str | None:
    filled = [text for text in texts if text and text not in _placeholders()]
    if len(filled) < 2:  # noqa: PLR2004
        return None
    if all(unit_likeness(text) == 1 and not _FIGURE.search(text) for text in filled):
        return "responsible"
    if all(pattern("own_labels", "when").fullmatch(text) for text in filled):
        return "deadline"
    if all(pattern("own_labels", "person").fullmatch(text) for text in filled):
        return "leader"
    return None


def _placeholders() -> Sequence[str]:
    return tuple(load("organisations")["placeholders"])
