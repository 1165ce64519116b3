"""Fine-tune the token classifier with the Hugging Face Trainer."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2
from transformers import (
    DataCollatorForTokenClassification,
    EvalPrediction,
    PreTrainedTokenizerFast,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
    get_linear_schedule_with_warmup,
    set_seed,
)

from taskner.tagging.decode import TAGS
from taskner.training.dropout import use_cheap_dropout
from taskner.training.encoder import Start, load_start, save_start
from taskner.training.examples import IGNORED, Window, find_marked, read_marked, windows_of
from taskner.training.quiet import without_bars
from taskner.training.recipe import FitConfig, Recipe
from taskner.training.runs import mark_finished, prepare_run

_log = logging.getLogger(__name__)
_PIECES_A_SECOND = {"fp32": 900, "bf16": 1800}
"""Training speed on two cores, for the time printed before a run; measured, not promised."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A finished run. ``documents`` are names and sha256 of the marked texts."""

    folder: Path
    documents: tuple[tuple[str, str], ...]
    n_windows: int
    n_pieces: int
    base: str


@without_bars()
def fit(recipe: Recipe, folder: Path, *, held_out: Sequence[Path] = ()) -> Fitted:
    """Train by a recipe; a run that was cut off goes on from its last checkpoint.

    Args:
        recipe: What to train on and how.
        folder: Where checkpoints go (``folder/checkpoints``) and the Hugging Face
            model (``folder/model``). What another recipe or corpus left there is deleted.
        held_out: Marked texts scored after each epoch, for the log; never trained on.

    Returns:
        What was trained, and on what.

    Raises:
        TasknerError: The corpus, the base or the recipe does not serve.
    """
    if recipe.fit.threads:
        torch.set_num_threads(recipe.fit.threads)
    set_seed(recipe.fit.seed)
    places = [recipe.resolve(place) for place in recipe.corpus.marked]
    paths = find_marked(recipe.corpus, places)
    documents = tuple((path.stem, sha256(path.read_bytes()).hexdigest()) for path in paths)
    is_finished = prepare_run(folder, recipe, documents)
    start = load_start(recipe)
    windows = [
        window
        for path in paths
        for window in windows_of(read_marked(path), start.tokenizer, recipe.corpus)
    ]
    n_pieces = sum(len(window.input_ids) for window in windows)
    n_crossed = sum(window.n_crossed for window in windows)
    _log.info("%d spans have a border inside a piece", n_crossed)
    precision = choose_precision(recipe.fit)
    minutes = n_pieces * recipe.fit.epochs / _PIECES_A_SECOND[precision] / 60
    _log.info(
        "training on %d documents, %d windows, %d pieces in %s; about %.0f minutes on two cores",
        len(paths), len(windows), n_pieces, precision, minutes,
    )  # fmt: skip
    keep_all = dataclasses.replace(recipe.corpus, keep_empty=(1.0, 1.0))
    test = [
        window
        for path in held_out
        for window in windows_of(read_marked(path), start.tokenizer, keep_all)
    ]
    fitted = Fitted(
        folder=folder / "model",
        documents=documents,
        n_windows=len(windows),
        n_pieces=n_pieces,
        base=start.description,
    )
    if is_finished:
        _log.info("this run is finished already: %s", folder)
        return fitted
    trainer = _build_trainer(start, recipe.fit, folder, windows, test)
    checkpoints = sorted((folder / "checkpoints").glob("checkpoint-*"))
    trainer.train(resume_from_checkpoint=bool(checkpoints))
    save_start(start, folder / "model")
    mark_finished(folder)
    return fitted


def choose_precision(config: FitConfig) -> str:
    """Give "bf16" or "fp32"; "auto" is bf16 where the processor multiplies it in tiles (AMX).

    Elsewhere PyTorch computes bf16 far more slowly than fp32.
    """
    if config.precision != "auto":
        return config.precision
    return "bf16" if torch.cpu._is_amx_tile_supported() else "fp32"  # noqa: SLF001 - no public name


def _build_trainer(
    start: Start, config: FitConfig, folder: Path, windows: list[Window], test: list[Window]
) -> Trainer:
    n_steps = -(-len(windows) // config.batch_size) * config.epochs
    _freeze(start, config)
    use_cheap_dropout(start.model)
    optimizer = torch.optim.AdamW(_parameter_groups(start, config), eps=1e-6, fused=True)
    schedule = get_linear_schedule_with_warmup(optimizer, int(n_steps * config.warmup), n_steps)
    arguments = TrainingArguments(
        output_dir=str(folder / "checkpoints"),
        num_train_epochs=config.epochs,
        per_device_train_batch_size=config.batch_size,
        per_device_eval_batch_size=16,
        train_sampling_strategy="group_by_length",
        eval_strategy="epoch" if test else "no",
        save_strategy="epoch",
        save_total_limit=1,
        save_only_model=False,
        logging_strategy="epoch",
        max_grad_norm=1.0,
        seed=config.seed,
        data_seed=config.seed,
        use_cpu=True,
        bf16=choose_precision(config) == "bf16",
        report_to=[],
        disable_tqdm=True,
        dataloader_num_workers=0,
        remove_unused_columns=True,
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=start.tokenizer, pad_token="<pad>")  # noqa: S106 - a token's name
    trainer = Trainer(
        model=start.model,
        args=arguments,
        train_dataset=_to_dataset(windows),
        eval_dataset=_to_dataset(test) if test else None,
        data_collator=DataCollatorForTokenClassification(tokenizer),
        optimizers=(optimizer, schedule),
        compute_metrics=_compute_metrics,
        callbacks=[_Log()],
    )
    trainer.remove_callback(PrinterCallback)  # _Log says the same, in the log
    return trainer


def _to_dataset(windows: Sequence[Window]) -> Dataset:
    return Dataset.from_dict(
        {
            "input_ids": [list(window.input_ids) for window in windows],
            "attention_mask": [[1] * len(window.input_ids) for window in windows],
            "labels": [list(window.labels) for window in windows],
        }
    )


def _freeze(start: Start, config: FitConfig) -> None:
    """Freeze the embeddings and the lowest layers: they cost time and gain nothing."""
    frozen = ("embeddings.", *(f"encoder.layer.{i}." for i in range(config.frozen_layers)))
    for name, parameter in start.model.base_model.named_parameters():
        parameter.requires_grad = not name.startswith(frozen)


def _parameter_groups(start: Start, config: FitConfig) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for in_head in (False, True):
        for decays in (True, False):
            parameters = [
                parameter
                for name, parameter in start.model.named_parameters()
                if parameter.requires_grad
                and name.startswith("classifier") == in_head
                and (parameter.ndim > 1) == decays
            ]
            rate = config.head_learning_rate if in_head else config.learning_rate
            decay = config.weight_decay if decays else 0.0
            groups.append({"params": parameters, "lr": rate, "weight_decay": decay})
    return groups


def _compute_metrics(prediction: EvalPrediction) -> dict[str, float]:
    """Score tags with seqeval, strict IOB2, without constraint decoding."""
    gold, found = [], []
    for row, labels in zip(prediction.predictions, prediction.label_ids, strict=True):
        kept = labels != IGNORED
        gold.append([TAGS[tag] for tag in labels[kept]])
        found.append([TAGS[tag] for tag in np.asarray(row)[kept].argmax(-1)])
    report = classification_report(
        gold, found, output_dict=True, mode="strict", scheme=IOB2, zero_division=0
    )
    return {f"f1_{name}": row["f1-score"] for name, row in report.items()}


class _Log(TrainerCallback):  # type: ignore[misc]
    """Write each epoch's figures to the plain log, with the time left."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def on_log(self, args: Any, state: Any, control: Any, **more: Any) -> None:  # noqa: ARG002
        """Log what the Trainer logged."""
        logs = more.get("logs") or {}
        done = max(state.global_step, 1) / max(state.max_steps, 1)
        left = (time.monotonic() - self._began) * (1 - done) / done
        figures = ", ".join(f"{k} {v:.4g}" for k, v in logs.items() if isinstance(v, float))
        step, last = state.global_step, state.max_steps
        _log.info("step %d of %d, %.0f s left: %s", step, last, left, figures)
