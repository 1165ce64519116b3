"""What a run says while it lasts: a line every half minute, a plain log file, its figures."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

_log = logging.getLogger(__name__)
_EVERY = 30.0
LOG = "train.log"


class Progress(TrainerCallback):  # type: ignore[misc]
    """Says how far a run is and how long it will take, and each epoch's figures."""

    def __init__(self) -> None:
        """Set the clock."""
        self._began = self._said = time.monotonic()
        self._first = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **more: Any) -> None:  # noqa: ARG002
        """Start the clock; a run that goes on has steps behind it."""
        self._began = self._said = time.monotonic()
        self._first = state.global_step

    def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:  # noqa: ARG002
        """Say where the run is, twice a minute."""
        if time.monotonic() - self._said >= _EVERY:
            self._say(state, f"epoch {state.epoch:.1f}")

    def on_log(self, args: Any, state: Any, control: Any, **more: Any) -> None:  # noqa: ARG002
        """Say what the Trainer logged."""
        logs = more.get("logs") or {}
        self._say(state, ", ".join(f"{k} {v:.4g}" for k, v in logs.items() if isinstance(v, float)))

    def _say(self, state: Any, what: str) -> None:
        self._said = time.monotonic()
        step, last = state.global_step, state.max_steps
        done = step - self._first
        left = (self._said - self._began) * (last - step) / done if done > 0 else None
        about = "" if left is None else f", about {duration(left)} left"
        _log.info("step %d of %d%s: %s", step, last, about, what)


def duration(seconds: float) -> str:
    """Give a time span as a person says it."""
    if seconds < 100:  # noqa: PLR2004 - beyond, seconds tell nothing
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 - as above


@contextmanager
def log_file(folder: Path, *, wanted: bool) -> Iterator[None]:
    """Write what training says to ``folder/train.log`` too, behind what stands there."""
    if not wanted:
        yield
        return
    logger = logging.getLogger("taskner.training")
    level = logger.level
    handler = logging.FileHandler(folder / LOG, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
        handler.close()
