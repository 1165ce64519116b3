"""Reads the word lists in ``data/``, which the modules compile once at import."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any


def read_list(name: str) -> dict[str, Any]:
    """Read one TOML word list.

    Args:
        name: File name without suffix, for example ``"units"``.

    Returns:
        The tables of the file.
    """
    path = resources.files("taskner.values") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Write a pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
