"""Open a segmentation model in pkuseg."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from taskner.errors import MissingExtraError
from taskner.words.folder import check_words


def open_segmenter(folder: Path) -> Any:
    """Give the pkuseg segmenter of a checked folder; ``.cut(text)`` gives words without spaces.

    Words are those of the model alone: pkuseg's general dictionary, which joins words where it
    knows a longer one, stays out.

    Raises:
        MissingExtraError: spacy-pkuseg is not installed.
        ModelError: The folder cannot be used.
    """
    try:
        import spacy_pkuseg  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            package="spacy-pkuseg", extra="spacy", purpose="a segmentation model"
        ) from error
    check_words(folder)
    segmenter = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
    # Absent without a dictionary, and spaCy asks for both when it stores the tokenizer.
    segmenter.postprocesser.common_words = set()
    segmenter.postprocesser.other_words = set()
    return segmenter


def borders_of(text: str, words: Iterable[str]) -> frozenset[int]:
    """Give where words begin and end in their text; what stands between them is space."""
    borders: set[int] = set()
    at = 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        borders |= {start, at}
    return frozenset(borders)
