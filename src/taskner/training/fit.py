"""Fine-tune the token classifier with the Hugging Face Trainer."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2
from transformers import (
    DataCollatorForTokenClassification,
    EarlyStoppingCallback,
    EvalPrediction,
    PreTrainedTokenizerFast,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
    get_linear_schedule_with_warmup,
    set_seed,
)

from taskner.errors import ConfigError, CorpusError
from taskner.tagging.decode import TAGS
from taskner.training.curves import draw_curves
from taskner.training.disk import writing
from taskner.training.dropout import use_cheap_dropout
from taskner.training.encoder import Start, load_start, save_start
from taskner.training.examples import IGNORED, Window, cut_window, read_marked, windows_of
from taskner.training.expectation import choose_precision, say_what_comes
from taskner.training.processes import Processes, joined_processes
from taskner.training.progress import Progress, log_file
from taskner.training.quiet import without_bars
from taskner.training.recipe import CorpusConfig, FitConfig, Recipe
from taskner.training.replay import replay_windows
from taskner.training.runs import (
    is_finished,
    last_checkpoint,
    mark_finished,
    prepare_run,
    read_outcome,
)
from taskner.training.texts import Texts, choose_texts, digests

_log = logging.getLogger(__name__)
_BEST = "eval_f1_micro avg"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A finished run.

    ``documents`` and ``replayed`` are names and sha256 of marked texts; ``epochs`` counts those
    behind the weights; ``seconds`` is what the steps took since the run last began.
    """

    folder: Path
    documents: tuple[tuple[str, str], ...]
    replayed: tuple[tuple[str, str], ...]
    n_windows: int
    n_pieces: int
    epochs: int
    base: str
    licence: str
    seconds: float = 0.0


@without_bars()
def fit(recipe: Recipe, folder: Path, *, held_out: Sequence[Path] = ()) -> Fitted:
    """Train by a recipe; a run that was cut off goes on from its last checkpoint.

    Under torchrun all processes call this together; each takes its share of every batch, and
    the first one writes.

    Args:
        recipe: What to train on and how.
        folder: Where checkpoints go (``folder/checkpoints``), the Hugging Face model
            (``folder/model``), the log and the curves. What another recipe or corpus left
            there is deleted.
        held_out: Marked texts scored after each epoch, for the log; never trained on. Where
            the recipe names documents to stop by, those are scored instead.

    Returns:
        What was trained, and on what.

    Raises:
        OutputError: The disk is full, or the folder cannot be written.
        TasknerError: The corpus, the base or the recipe does not serve.
    """
    if recipe.fit.threads:
        torch.set_num_threads(recipe.fit.threads)
    set_seed(recipe.fit.seed)
    texts = choose_texts(recipe)
    with joined_processes() as processes:
        if recipe.fit.batch_size % processes.size:
            detail = f"cannot be shared by {processes.size} processes; give a multiple of it"
            raise ConfigError(path=str(recipe.path), key="fit.batch_size", detail=detail)
        with writing(folder):
            if processes.is_first:
                every = digests([*texts.learned, *texts.held_out, *texts.replayed])
                prepare_run(folder, recipe, every)
                last_checkpoint(folder)
            processes.wait()
            with log_file(folder, wanted=processes.is_first):
                return _fit(recipe, folder, texts, texts.held_out or held_out, processes)


def _fit(
    recipe: Recipe, folder: Path, texts: Texts, test: Sequence[Path], processes: Processes
) -> Fitted:
    start = load_start(recipe)
    windows = [*_windows(texts.learned, start, recipe.corpus)]
    if not any(window.n_spans for window in windows):
        detail = f"no marks in {len(texts.learned)} texts: there is nothing to learn"
        raise CorpusError(path=str(texts.learned[0].parent), detail=detail)
    n_new = len(windows)
    windows += replay_windows(_windows(texts.replayed, start, recipe.corpus), n_new, recipe)
    n_pieces = sum(len(window.input_ids) for window in windows)
    if processes.is_first:
        say_what_comes(recipe, texts, windows, n_new, start)
    fitted = Fitted(
        folder=folder / "model",
        documents=digests(texts.learned),
        replayed=digests(texts.replayed),
        n_windows=len(windows),
        n_pieces=n_pieces,
        epochs=recipe.fit.epochs,
        base=start.description,
        licence=start.licence,
    )
    if not is_finished(folder):
        keep_all = dataclasses.replace(recipe.corpus, keep_empty=(1.0, 1.0))
        tested = [*_windows(test, start, keep_all)]
        trainer = _build_trainer(start, recipe, folder, windows, test=tested, processes=processes)
        checkpoint = last_checkpoint(folder)
        processes.wait()
        done = trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        if processes.is_first:
            save_start(start, folder / "model")
            history = trainer.state.log_history
            draw_curves(history, folder)
            seconds = done.metrics["train_runtime"]
            outcome = {"epochs": _epochs(trainer), "seconds": seconds, "history": history}
            mark_finished(folder, outcome)
        processes.wait()
    elif processes.is_first:
        _log.info("this run is finished already: %s", folder)
    return dataclasses.replace(fitted, **read_outcome(folder, keys=("epochs", "seconds")))


def _windows(paths: Iterable[Path], start: Start, config: CorpusConfig) -> Iterator[Window]:
    longest = start.longest
    for path in paths:
        for window in windows_of(read_marked(path), start.tokenizer, config):
            # A sentence longer than the encoder reads is learned from as far as it goes.
            yield cut_window(window, longest) if longest else window


def _epochs(trainer: Trainer) -> int:
    """Give the epoch whose weights are kept: the best one where there is a choice."""
    state = trainer.state
    best = state.best_global_step if trainer.args.load_best_model_at_end else None
    steps = state.max_steps / trainer.args.num_train_epochs
    epochs: int = round((best or state.global_step) / steps)
    return epochs


def _build_trainer(
    start: Start,
    recipe: Recipe,
    folder: Path,
    windows: list[Window],
    *,
    test: list[Window],
    processes: Processes,
) -> Trainer:
    config = recipe.fit
    stops = bool(recipe.stop.documents)
    n_steps = -(-len(windows) // config.batch_size) * config.epochs
    _freeze(start, config)
    use_cheap_dropout(start.model)
    optimizer = torch.optim.AdamW(_parameter_groups(start, config), eps=1e-6, fused=True)
    schedule = get_linear_schedule_with_warmup(optimizer, int(n_steps * config.warmup), n_steps)
    arguments = TrainingArguments(
        output_dir=str(folder / "checkpoints"),
        num_train_epochs=config.epochs,
        per_device_train_batch_size=config.batch_size // processes.size,
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
        load_best_model_at_end=stops,
        metric_for_best_model=_BEST if stops else None,
        greater_is_better=True if stops else None,
        restore_callback_states_from_checkpoint=stops,
        ddp_backend="gloo" if processes.size > 1 else None,
        ddp_find_unused_parameters=False,
    )
    callbacks: list[TrainerCallback] = [Progress()] if processes.is_first else []
    if recipe.stop.patience:
        callbacks.append(EarlyStoppingCallback(early_stopping_patience=recipe.stop.patience))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=start.tokenizer, pad_token="<pad>")  # noqa: S106 - a token's name
    trainer = Trainer(
        model=start.model,
        args=arguments,
        train_dataset=_to_dataset(windows),
        eval_dataset=_to_dataset(test) if test else None,
        data_collator=DataCollatorForTokenClassification(tokenizer),
        optimizers=(optimizer, schedule),
        compute_metrics=_compute_metrics,
        callbacks=callbacks,
    )
    trainer.remove_callback(PrinterCallback)  # Progress says the same, in the log
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
