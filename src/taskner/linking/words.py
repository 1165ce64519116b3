"""The word lists of linking, read once from data/words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def read_words(name: str) -> tuple[str, ...]:
    """One word list, longest words first.

    Args:
        name: Key in ``data/words.toml``.

    Returns:
        The words.
    """
    text = files("taskner.linking").joinpath("data/words.toml").read_text(encoding="utf-8")
    words: Sequence[str] = tomllib.loads(text)[name]
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def words_pattern(*names: str) -> re.Pattern[str]:
    """A pattern that matches any word of the lists, longest first.

    Args:
        names: Keys in ``data/words.toml``.

    Returns:
        The compiled alternation.
    """
    words = {word for name in names for word in read_words(name)}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)))
