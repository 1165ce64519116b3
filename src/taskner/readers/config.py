"""Limits that keep a hostile or mistaken file from filling the memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderConfig:
    """What a reader accepts. Every limit is named in the error it causes.

    Attributes:
        max_bytes: Size of a file.
        max_characters: Length of a document's text.
        max_blocks: Paragraphs, headings and cells of a document.
    """

    max_bytes: int = 50_000_000
    max_characters: int = 20_000_000
    max_blocks: int = 1_000_000
