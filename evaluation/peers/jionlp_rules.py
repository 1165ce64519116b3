"""JioNLP's extractors of times and of amounts of money: rules, offline."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from evaluation.peers.sentences import Found, Sentence


class JioNlp:
    """Times as deadlines, amounts as targets; a time that overlaps an amount stays out."""

    def __init__(self) -> None:
        """Load its word lists."""
        import jionlp  # noqa: PLC0415 - a peer's package

        self._ner: Any = jionlp.ner

    def find(self, sentences: Sequence[Sentence]) -> list[list[Found]]:
        """Find times and amounts."""
        # It logs a traceback with the text for whatever it cannot read as a time.
        logging.disable(logging.ERROR)
        try:
            return [self._find(sentence.text) for sentence in sentences]
        finally:
            logging.disable(logging.NOTSET)

    def _find(self, text: str) -> list[Found]:
        found: list[Found] = [
            (*one["offset"], "TARGET") for one in self._ner.extract_money(text, with_parsing=False)
        ]
        for one in self._ner.extract_time(text, with_parsing=False):
            start, end = one["offset"]
            if all(end <= first or last <= start for first, last, _ in found):
                found.append((start, end, "DEADLINE"))
        return sorted(found)
