"""Silver words: those of jieba's dictionary, cut so that no end of a marked span is inside one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from taskner.corpus.annotated import AnnotatedText
from taskner.errors import MissingExtraError

Cuts = Mapping[str, tuple[int, ...]]
"""Where a word of the dictionary is cut, by the word; offsets inside it."""


def dictionary_words(text: str, *, guesses: bool = False) -> list[str]:
    """Cut a text into words of jieba's dictionary; together they are the text.

    Args:
        text: Any text.
        guesses: Whether characters that form no word of the dictionary are joined to guessed
            ones, as jieba does unless told. Guesses join what only stands side by side (率达).

    Raises:
        MissingExtraError: rjieba is not installed.
    """
    try:
        import rjieba  # noqa: PLC0415 - an extra
    except ImportError as error:
        purpose = "training a segmenter"
        raise MissingExtraError(package="rjieba", extra="segmenter", purpose=purpose) from error
    words: list[str] = rjieba.cut(text, guesses)
    return words


def learn_cuts(texts: Iterable[AnnotatedText]) -> Cuts:
    """Learn which words of the dictionary a border of a mark falls into, and where.

    A word that a border falls into once is cut wherever it stands, so that one word is
    not taught in two ways. A number is no word: it is cut only where a border is.

    Raises:
        MissingExtraError: rjieba is not installed.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for text in texts:
        borders = _borders(text)
        for start, word in _placed(text.text):
            if not _has_digit(word):
                found[word].update(_inside(borders, start, word))
    return {word: tuple(sorted(offsets)) for word, offsets in found.items() if offsets}


def silver_lines(text: AnnotatedText, cuts: Cuts) -> Iterator[tuple[str, ...]]:
    """Give the words of each stretch of a text between spaces, as pkuseg reads it.

    Args:
        text: A marked text; every border of a mark is one of a word.
        cuts: What :func:`learn_cuts` gave.

    Raises:
        MissingExtraError: rjieba is not installed.
    """
    borders = _borders(text)
    line: list[str] = []
    for start, word in _placed(text.text):
        offsets = {0, *cuts.get(word, ()), *_inside(borders, start, word), len(word)}
        ends = sorted(offsets)
        for begin, end in pairwise(ends):
            # Where a word holds spaces, they end what stands before them.
            for index, part in enumerate(_between_spaces(word[begin:end])):
                if index and line:
                    yield tuple(line)
                    line = []
                if part:
                    line.append(part)
    if line:
        yield tuple(line)


def _between_spaces(piece: str) -> list[str]:
    """Split at spaces, empty strings at the ends standing for spaces there."""
    parts = piece.split()
    if not parts:
        return ["", ""]
    head = [""] if piece[0].isspace() else []
    tail = [""] if piece[-1].isspace() else []
    return [*head, *parts, *tail]


def _placed(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in dictionary_words(text):
        yield at, word
        at += len(word)


def _borders(text: AnnotatedText) -> frozenset[int]:
    return frozenset(place for span in text.spans for place in (span.start, span.end))


def _inside(borders: frozenset[int], start: int, word: str) -> list[int]:
    return [offset for offset in range(1, len(word)) if start + offset in borders]


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
