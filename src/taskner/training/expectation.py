"""What a run will take, said before it begins."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import torch

from taskner.training.encoder import Start
from taskner.training.examples import Window
from taskner.training.progress import duration
from taskner.training.recipe import FitConfig, Recipe
from taskner.training.texts import Texts

_log = logging.getLogger(__name__)
PIECES_A_SECOND = {"fp32": 900, "bf16": 1800}
"""Training speed on two cores, for the time printed before a run; measured, not promised."""
_MEASURED_PARAMETERS = 21_293_568
"""Of that encoder: 12 layers of 384."""


def say_what_comes(
    recipe: Recipe, texts: Texts, windows: Sequence[Window], n_new: int, start: Start
) -> None:
    """Say what is learned, in which precision and about how long.

    Args:
        recipe: The run.
        texts: What it learns from.
        windows: New ones, then those replayed.
        n_new: How many are new.
        start: The encoder, by whose size the time goes.
    """
    _log.info("%d spans have a border inside a piece", sum(w.n_crossed for w in windows))
    n_pieces = sum(len(window.input_ids) for window in windows)
    precision = choose_precision(recipe.fit)
    seconds = n_pieces * recipe.fit.epochs / PIECES_A_SECOND[precision] * _weight(start)
    most = "at most " if recipe.stop.patience else ""
    _log.info(
        "training on %d documents, %d windows, %d pieces in %s; %sabout %s on two cores",
        len(texts.learned), len(windows), n_pieces, precision, most, duration(seconds),
    )  # fmt: skip
    if texts.replayed:
        n_replayed = len(windows) - n_new
        _log.info(
            "%d of the windows are new, %d are replayed from %d documents",
            n_new, n_replayed, len(texts.replayed),
        )  # fmt: skip


def _weight(start: Start) -> float:
    """Give how much larger the encoder is than the one whose speed was measured."""
    encoder = start.model.base_model.encoder
    n_parameters: int = sum(parameter.numel() for parameter in encoder.parameters())
    return n_parameters / _MEASURED_PARAMETERS


def choose_precision(config: FitConfig) -> str:
    """Give "bf16" or "fp32"; "auto" is bf16 where the processor multiplies it in tiles (AMX).

    Elsewhere PyTorch computes bf16 far more slowly than fp32.
    """
    if config.precision != "auto":
        return config.precision
    return "bf16" if torch.cpu._is_amx_tile_supported() else "fp32"  # noqa: SLF001 - no public name
