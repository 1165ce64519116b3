"""What a run that goes on from a released model repeats, so that it forgets nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable

from taskner.training.examples import Window
from taskner.training.recipe import Recipe


def replay_windows(known: Iterable[Window], n_new: int, recipe: Recipe) -> list[Window]:
    """Draw the windows to repeat, each at most once.

    Args:
        known: Windows of the texts that are replayed, in a fixed order.
        n_new: Windows of the texts that are learned.
        recipe: Says how many windows come on each new one, how many at least, and the seed.

    Returns:
        Windows in the order they were given in.
    """
    windows = list(known)
    replay = recipe.replay
    n_wanted = min(len(windows), max(replay.least, round(n_new * replay.per_new)))
    drawn = random.Random(recipe.fit.seed).sample(range(len(windows)), n_wanted)  # noqa: S311 - no secret
    return [windows[index] for index in sorted(drawn)]
