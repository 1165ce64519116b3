"""Taskner's base encoder fine-tuned as the token-classification example of transformers does.

Every layer learns at one rate that rises and falls to nought (four times the example's: with that
this small encoder had a loss of 0.65 after two passes); tags are the argmax of each piece,
and an inside tag that continues nothing begins a span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.peers.sentences import Found, Lesson, Sentence, f1_on, spans_of_tags

from taskner.tagging.decode import TAGS, tags_from_spans
from taskner.types import Document, Span

SETTINGS = {"learning_rate": 2e-4, "warmup": 0.1, "batch": 16, "passes": 5, "seed": 13}
_MODEL = "model"
_MOST_PIECES = 512
_BATCH = 16


class PlainHf:
    """A trained classifier of pieces."""

    def __init__(self, folder: Path) -> None:
        """Open the folder that :func:`train` wrote."""
        import torch  # noqa: PLC0415 - an extra
        from tokenizers import Tokenizer  # noqa: PLC0415
        from transformers import AutoModelForTokenClassification  # noqa: PLC0415

        self._torch = torch
        self._tokenizer = Tokenizer.from_file(str(folder / _MODEL / "tokenizer.json"))
        self._model = AutoModelForTokenClassification.from_pretrained(folder / _MODEL).eval()

    def find(self, sentences: Sequence[Sentence]) -> list[list[Found]]:
        """Find spans, in batches of sentences of like length."""
        found: list[list[Found]] = [[] for _ in sentences]
        order = sorted(range(len(sentences)), key=lambda at: len(sentences[at].text))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            spans = self._find([sentences[at].text for at in batch])
            for at, one in zip(batch, spans, strict=True):
                found[at] = one
        return found

    def _find(self, texts: Sequence[str]) -> list[list[Found]]:
        pieces = [_encode(self._tokenizer, text) for text in texts]
        longest = max(len(ids) for ids, _ in pieces)
        ids = self._torch.full((len(pieces), longest), 1)
        mask = self._torch.zeros((len(pieces), longest), dtype=self._torch.long)
        for row, (own, _) in enumerate(pieces):
            ids[row, : len(own)] = self._torch.tensor(own)
            mask[row, : len(own)] = 1
        with self._torch.inference_mode():
            best = self._model(input_ids=ids, attention_mask=mask).logits.argmax(-1).tolist()
        return [
            [
                (offsets[first][0], offsets[last - 1][1], label)  # type: ignore[misc]
                for first, last, label in spans_of_tags(
                    [TAGS[tag] for tag in row[1 : len(offsets) + 1]]
                )
            ]
            for row, (_, offsets) in zip(best, pieces, strict=True)
        ]


def train(lessons: Sequence[Lesson], folder: Path) -> Mapping[str, Any]:
    """Fine-tune with the Trainer; goes on from its last checkpoint."""
    from datasets import Dataset  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        DataCollatorForTokenClassification,
        PreTrainedTokenizerFast,
        Trainer,
        TrainingArguments,
    )

    from taskner.training.encoder import load_start, save_start  # noqa: PLC0415
    from taskner.training.fit import choose_precision  # noqa: PLC0415
    from taskner.training.recipe import CorpusConfig, FitConfig, Recipe  # noqa: PLC0415

    fit = FitConfig(seed=int(SETTINGS["seed"]))
    start = load_start(
        Recipe(
            name="plain", version="0", corpus=CorpusConfig(marked=()), path=folder / "none", fit=fit
        )
    )
    arguments = TrainingArguments(
        output_dir=str(folder / "checkpoints"),
        learning_rate=float(SETTINGS["learning_rate"]),
        warmup_steps=float(SETTINGS["warmup"]),
        num_train_epochs=int(SETTINGS["passes"]),
        per_device_train_batch_size=int(SETTINGS["batch"]),
        train_sampling_strategy="group_by_length",
        save_strategy="epoch",
        save_total_limit=1,
        logging_strategy="epoch",
        seed=fit.seed,
        use_cpu=True,
        bf16=choose_precision(fit) == "bf16",
        report_to=[],
        disable_tqdm=True,
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=start.tokenizer, pad_token="<pad>")  # noqa: S106
    rows = [_row(start.tokenizer, lesson) for lesson in lessons]
    trainer = Trainer(
        model=start.model,
        args=arguments,
        train_dataset=Dataset.from_list(rows),
        data_collator=DataCollatorForTokenClassification(tokenizer),
    )
    trainer.train(resume_from_checkpoint=any((folder / "checkpoints").glob("checkpoint-*")))
    save_start(start, folder / _MODEL)
    losses = [round(row["loss"], 4) for row in trainer.state.log_history if "loss" in row]
    f1 = f1_on(PlainHf(folder), lessons)
    return {"f1": f1, "passes": int(SETTINGS["passes"]), "loss by pass": losses}


def _encode(tokenizer: Any, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, offsets = encoding.ids[: _MOST_PIECES - 2], encoding.offsets[: _MOST_PIECES - 2]
    return [0, *ids, 2], offsets


def _row(tokenizer: Any, lesson: Lesson) -> dict[str, list[int]]:
    text = lesson.sentence.text
    document = Document(id="lesson", text=text)
    ids, offsets = _encode(tokenizer, text)
    spans = [Span.of(document, start, end, label) for start, end, label in lesson.spans]
    tags, _ = tags_from_spans(offsets, spans)
    return {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": [-100, *tags, -100]}
