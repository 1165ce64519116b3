"""An encoder as it is, untrained: a vector for each piece, read as the tagger reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from taskner.tagging.onnx import PAD, window_ids
from taskner.training.encoder import Start
from taskner.training.expectation import choose_precision
from taskner.training.recipe import FitConfig

_BATCH = 16


@dataclass(frozen=True, slots=True)
class FrozenEncoder:
    """Gives one layer's vectors where a scorer gives tags.

    A :class:`taskner.tagging.Tagger` with it cuts segments into windows and joins them
    again; what it calls log scores are the vectors then. Shape (pieces, width), float32.
    """

    start: Start
    layer: int

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Cut folded text into pieces: ids and code point offsets."""
        encoding = self.start.tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids, encoding.offsets

    def score(
        self, heading: Sequence[Sequence[int]], pieces: Sequence[Sequence[int]]
    ) -> list[npt.NDArray[np.float32]]:
        """Give the vectors of each text's pieces, the heading read before them."""
        inputs = [window_ids(head, ids) for head, ids in zip(heading, pieces, strict=True)]
        found = [np.zeros((0, 0), np.float32)] * len(inputs)
        order = sorted(range(len(inputs)), key=lambda index: len(inputs[index]))
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            vectors = self._run([inputs[index] for index in batch])
            for row, index in enumerate(batch):
                end = len(inputs[index]) - 1
                found[index] = vectors[row, end - len(pieces[index]) : end]
        return found

    def _run(self, inputs: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        ids = torch.full((len(inputs), max(map(len, inputs))), PAD)
        for row, own in enumerate(inputs):
            ids[row, : len(own)] = torch.tensor(own)
        mask = (torch.arange(ids.shape[1]) < torch.tensor([[len(own)] for own in inputs])).long()
        quick = choose_precision(FitConfig()) == "bf16"
        encoder = self.start.model.base_model.eval()
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=quick):
            layers = encoder(ids, mask, output_hidden_states=True).hidden_states
        return np.asarray(layers[self.layer].float().numpy())
