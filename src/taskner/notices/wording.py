"""The word lists of this room, read once from ``data/*.toml`` and compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Read ``data/<name>.toml`` of this package.

    Args:
        name: File name without suffix.

    Returns:
        The parsed table.
    """
    text = files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """Compile one regular expression of a word list.

    Args:
        name: Word list.
        key: Its key; a list of patterns or words is joined, the longest first.

    Returns:
        The compiled expression.
    """
    value = load(name)[key]
    if isinstance(value, str):
        return re.compile(value)
    return re.compile("|".join(sorted(value, key=len, reverse=True)))


@cache
def words(name: str, key: str) -> re.Pattern[str]:
    """Compile plain words into one expression, the longest first.

    Args:
        name: Word list.
        key: Its key, a list of plain words.

    Returns:
        An expression that finds any of them.
    """
    return re.compile("|".join(map(re.escape, sorted(load(name)[key], key=len, reverse=True))))
