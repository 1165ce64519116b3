"""Score pieces with ONNX Runtime; no torch is needed.

Weights are stored in 8-bit blocks and multiplied in float32, row by row: what shares a
batch cannot change a result. Windows of one padded length run together, shortest first;
how far a window is padded depends on its own length only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from taskner.errors import ModelDamagedError
from taskner.tagging.decode import spans_from_scores
from taskner.tagging.package import FALLBACK, INT8, TOKENIZER, ModelPackage

BOS, PAD, EOS = 0, 1, 2
_PAD_TO = 8
_MAX_PIECES = 4_096
"""Most pieces of a run, padding included. Each run unpacks all weights: few runs are quick."""
_EXTERNAL = b"\n\x08location"


@dataclass(frozen=True, slots=True)
class OnnxScorer:
    """An ONNX Runtime session and its tokenizer."""

    session: Any
    tokenizer: Any

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Cut folded text into pieces: ids and code point offsets."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids, encoding.offsets

    def score(
        self, heading: Sequence[Sequence[int]], pieces: Sequence[Sequence[int]]
    ) -> list[npt.NDArray[np.float32]]:
        """Score windows; see :class:`taskner.tagging.tagger.Scorer`."""
        inputs = [window_ids(head, ids) for head, ids in zip(heading, pieces, strict=True)]
        results: list[npt.NDArray[np.float32]] = [np.zeros((0, 0), np.float32)] * len(inputs)
        for batch in _batches([len(ids) for ids in inputs]):
            logits = self._run([inputs[index] for index in batch])
            for row, index in enumerate(batch):
                end = len(inputs[index]) - 1
                results[index] = _log_softmax(logits[row, end - len(pieces[index]) : end])
        return results

    def _run(self, inputs: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        longest = max(map(len, inputs))
        width = -(-longest // _PAD_TO) * _PAD_TO
        ids = np.full((len(inputs), width), PAD, np.int64)
        for row, own in enumerate(inputs):
            ids[row, : len(own)] = own
        mask = (np.arange(width) < np.array([[len(own)] for own in inputs])).astype(np.int64)
        logits = self.session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return np.asarray(logits, np.float32)


def window_ids(heading: Sequence[int], pieces: Sequence[int]) -> list[int]:
    """Give the ids of a window: the heading, if there is one, then the text."""
    return [BOS, *heading, EOS, *pieces, EOS] if heading else [BOS, *pieces, EOS]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Group windows of one padded length, shortest first."""
    groups: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        groups.setdefault(-(-length // _PAD_TO), []).append(index)
    batches: list[list[int]] = []
    for n_steps, group in sorted(groups.items()):
        size = max(1, _MAX_PIECES // (n_steps * _PAD_TO))
        batches += [group[at : at + size] for at in range(0, len(group), size)]
    return batches


def _log_softmax(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.asarray(shifted - total, np.float32)


def open_scorer(package: ModelPackage, *, threads: int = 0) -> OnnxScorer:
    """Open the int8 model, or the fallback where the int8 one fails its self-check.

    Processors differ in how they compute with 8-bit weights; the probes of the manifest
    tell whether this one gives what the model gave when it was released.

    Args:
        package: A checked model folder.
        threads: Threads of one run; 0 leaves the choice to ONNX Runtime.

    Raises:
        ModelDamagedError: A file is damaged, or none passes the self-check.
    """
    for file in (INT8, FALLBACK):
        if file not in package.manifest["files"]:
            continue
        scorer = open_file(package, file, threads=threads)
        if passes_probes(scorer, package):
            return scorer
    raise _damaged(package, FALLBACK, "the probes' spans", "others on this processor")


def open_file(package: ModelPackage, file: str, *, threads: int = 0) -> OnnxScorer:
    """Open one ONNX file of a model folder, without the self-check.

    Raises:
        ModelDamagedError: The file is missing, changed, or no model of ours.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 - only when a model opens

    try:
        tokenizer = Tokenizer.from_str(package.read(TOKENIZER).decode())
    except Exception as error:
        if isinstance(error, ModelDamagedError):
            raise
        raise _damaged(package, TOKENIZER, "a tokenizer", str(error)[:200]) from None
    return OnnxScorer(_open_session(package, file, threads), tokenizer)


def passes_probes(scorer: OnnxScorer, package: ModelPackage) -> bool:
    """Tell whether the probe sentences of the manifest give the spans noted there."""
    for probe in package.manifest.get("probes", ()):
        ids, offsets = scorer.encode(probe["text"])
        scores = scorer.score([scorer.encode(probe["context"])[0]], [ids])[0]
        found = [[span.start, span.end, span.label] for span in spans_from_scores(scores, offsets)]
        if found != probe["spans"]:
            return False
    return True


def _open_session(package: ModelPackage, file: str, threads: int) -> Any:
    import onnxruntime  # noqa: PLC0415 - only when a model opens

    data = package.read(file)
    if _EXTERNAL in data:
        raise _damaged(package, file, "weights inside the file", "a path to another file")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # One document must not leave its largest window's memory behind for the next.
    options.enable_cpu_mem_arena = False
    # Threads that wait for each other in a loop take the cores from whatever else runs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            data, sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - ONNX Runtime's own classes are not public
        raise _damaged(package, file, "an ONNX model", str(error)[:200]) from None


def _damaged(package: ModelPackage, file: str, expected: str, found: str) -> ModelDamagedError:
    return ModelDamagedError(path=str(package.path), file=file, expected=expected, found=found)
