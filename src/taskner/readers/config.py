"""Limits that keep a hostile or mistaken file from filling the memory or the day."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path

from taskner.errors import ConfigError
from taskner.toml_config import build_config, load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderConfig:
    """What a reader accepts. Every limit is named in the error it causes.

    Attributes:
        max_bytes: Size of a file.
        max_expanded_bytes: Size of what a compressed file (docx, xlsx, PDF) unpacks to.
        max_parts: Files inside a compressed file.
        max_xml_bytes: Size of one part of a docx that is read whole.
        max_xml_tags: Elements of it, counted by the signs that open their tags.
        max_characters: Length of a document's text.
        max_blocks: Paragraphs, headings and cells of a document.
        max_pages: Pages of a PDF.
        max_seconds: Time for one file, where it is read in a process of its own.
        max_memory: Bytes of memory for one file, where it is read in a process of its own.
    """

    max_bytes: int = 50_000_000
    max_expanded_bytes: int = 500_000_000
    max_parts: int = 10_000
    max_xml_bytes: int = 100_000_000
    max_xml_tags: int = 10_000_000
    max_characters: int = 20_000_000
    max_blocks: int = 1_000_000
    max_pages: int = 2_000
    max_seconds: float = 120.0
    max_memory: int = 1_500_000_000


def read_limits(path: str | Path) -> ReaderConfig:
    """Read limits from a TOML file whose keys are the attributes of ReaderConfig.

    Raises:
        ConfigError: The file cannot be read or is not TOML, a key is unknown, or a value
            is no number above 0.
    """
    path = Path(path)
    config = build_config(ReaderConfig, load_toml(path), path=path, where="limits")
    for key, value in dataclasses.asdict(config).items():
        if not 0 < value < math.inf:
            detail = f"expected a number above 0, found {value!r}"
            raise ConfigError(path=str(path), key=f"limits.{key}", detail=detail)
    return config
