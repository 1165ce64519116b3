"""Scorers between the Hugging Face pipeline and taskner's: its weights, its way of decoding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from taskner.errors import MissingExtraError
from taskner.tagging.decode import TAGS
from taskner.tagging.tagger import Scorer

Scores = npt.NDArray[np.float32]
_LARGE = 100.0


@dataclass(frozen=True, slots=True)
class TorchScorer:
    """The safetensors of a model folder in float32; a window that comes again is not scored again.

    ``model`` and ``tokenizer`` are those of transformers.
    """

    model: Any
    tokenizer: Any
    _known: dict[tuple[tuple[int, ...], tuple[int, ...]], Scores] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> TorchScorer:
        """Open a model folder with the auto classes; nothing is fetched and no code runs.

        Raises:
            MissingExtraError: transformers or torch is not installed.
        """
        try:
            import torch  # noqa: PLC0415 - an extra
            from transformers import (  # noqa: PLC0415 - an extra
                AutoModelForTokenClassification,
                AutoTokenizer,
            )
        except ImportError as error:
            raise MissingExtraError(
                package="transformers", extra="train", purpose="reading safetensors"
            ) from error
        own = {"local_files_only": True, "trust_remote_code": False}
        model = AutoModelForTokenClassification.from_pretrained(
            str(folder), dtype=torch.float32, use_safetensors=True, **own
        )
        return cls(model.eval(), AutoTokenizer.from_pretrained(str(folder), **own))

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Cut folded text into pieces: ids and code point offsets."""
        found = self.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        return found["input_ids"], found["offset_mapping"]

    def score(
        self, heading: Sequence[Sequence[int]], pieces: Sequence[Sequence[int]]
    ) -> list[Scores]:
        """Score windows; see :class:`taskner.tagging.tagger.Scorer`."""
        return [self._score(tuple(h), tuple(p)) for h, p in zip(heading, pieces, strict=True)]

    def _score(self, heading: tuple[int, ...], pieces: tuple[int, ...]) -> Scores:
        import torch  # noqa: PLC0415 - as above

        if (heading, pieces) not in self._known:
            first, last = self.tokenizer.bos_token_id, self.tokenizer.eos_token_id
            ids = [first, *heading, last, *pieces, last] if heading else [first, *pieces, last]
            with torch.no_grad():
                logits = self.model(input_ids=torch.tensor([ids])).logits[0]
            own = logits[len(ids) - 1 - len(pieces) : len(ids) - 1]
            self._known[heading, pieces] = torch.log_softmax(own, dim=-1).numpy()
        return self._known[heading, pieces]


@dataclass(frozen=True, slots=True)
class HubDecoding:
    """A scorer whose windows decode as ``aggregation_strategy="simple"`` does.

    There each piece has its best tag; pieces of one label that follow each other are a span,
    wherever it begins, and B begins another.
    """

    scorer: Scorer

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Cut folded text into pieces: ids and code point offsets."""
        return self.scorer.encode(text)

    def score(
        self, heading: Sequence[Sequence[int]], pieces: Sequence[Sequence[int]]
    ) -> list[Scores]:
        """Score windows with the pipeline's tags as the only possible ones."""
        return [decided(scores) for scores in self.scorer.score(heading, pieces)]


def decided(scores: Scores) -> Scores:
    """Give scores under which the best allowed path is what the pipeline makes of the tags.

    Args:
        scores: Log probability of each tag. Shape (pieces, tags).

    Returns:
        Zero for the tag of each piece, mended to begin with B; else far below. Same shape.
    """
    changed = np.full_like(scores, -_LARGE)
    before = "O"
    for row, best in enumerate(scores.argmax(axis=-1)):
        tag = TAGS[best]
        if tag.startswith("I-") and tag[2:] != before[2:]:
            tag = f"B-{tag[2:]}"
        changed[row, TAGS.index(tag)] = 0.0
        before = tag
    return changed
