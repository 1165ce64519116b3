"""What every export format is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from taskner.types import Notice

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document of the batch that gave no notice."""

    path: str
    error: Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The notices and failures of one export, in the order they came."""

    notices: tuple[Notice, ...]
    failures: tuple[Failure, ...] = ()
    language: Language = "zh"
    with_text: bool = False
