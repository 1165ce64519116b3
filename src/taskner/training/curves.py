"""The curves of a run: loss, and the left-out documents' scores after each epoch."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)
PICTURE = "curves.png"
_SCORE = "eval_f1_"


def draw_curves(history: Sequence[Mapping[str, Any]], folder: Path) -> Path | None:
    """Draw a run's curves.

    Args:
        history: What the Trainer logged, entry by entry.
        folder: Where the picture goes.

    Returns:
        The picture, or None where matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        _log.info("no picture of the curves: pip install 'taskner[report]'")
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - an extra
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    names = sorted({key for entry in history for key in entry if key.startswith(_SCORE)})
    figure = Figure(figsize=(10 if names else 5, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(1, 2 if names else 1, squeeze=False)[0]
    for key, label in (("loss", "learned texts"), ("eval_loss", "left-out texts")):
        _draw(axes[0], history, key, label)
    axes[0].set(xlabel="epoch", ylabel="loss", title="Loss")
    axes[0].legend()
    if names:
        for name in names:
            _draw(axes[1], history, name, name.removeprefix(_SCORE))
        axes[1].set(xlabel="epoch", ylabel="F1 of spans", title="Left-out texts", ylim=(0, 1))
        axes[1].legend()
    figure.savefig(folder / PICTURE, dpi=120)
    return folder / PICTURE


def _draw(axis: Any, history: Sequence[Mapping[str, Any]], key: str, label: str) -> None:
    points = [(entry["epoch"], entry[key]) for entry in history if key in entry]
    if points:
        axis.plot(*zip(*points, strict=True), marker="o", label=label)
