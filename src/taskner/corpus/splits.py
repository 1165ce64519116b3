"""Folds for leave-one-out, read from ``corpora/splits.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskner.errors import ConfigError

_FOLD_KEYS = ("name", "documents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Documents that are left out together: trained on all others, scored on these."""

    name: str
    documents: tuple[str, ...]


def read_splits(path: Path | str) -> tuple[Fold, ...]:
    """Read the folds of a splits file.

    Args:
        path: A TOML file of ``[[fold]]`` tables, each with ``name`` and ``documents``.

    Returns:
        Folds in order of the file; no two share a name or a document.

    Raises:
        ConfigError: The file cannot be read, a key is unknown or missing, a value is of
            the wrong kind, or a name or document occurs twice.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(path=path, key="file", detail=f"cannot be read ({error})") from error
    tables = data.pop("fold", None)
    if data:
        raise ConfigError(path=path, key=next(iter(data)), detail="unknown key; expected 'fold'")
    if not isinstance(tables, list) or not tables:
        raise ConfigError(path=path, key="fold", detail="expected at least one [[fold]] table")
    folds = tuple(_read_fold(table, f"fold[{n}]", path) for n, table in enumerate(tables))
    _check_unique([fold.name for fold in folds], "name", path)
    _check_unique([name for fold in folds for name in fold.documents], "documents", path)
    return folds


def _read_fold(table: Any, key: str, path: Path | str) -> Fold:
    if not isinstance(table, dict):
        raise ConfigError(path=path, key=key, detail="expected a table")
    if wrong := sorted(table.keys() ^ set(_FOLD_KEYS)):
        state = "unknown key" if wrong[0] in table else "missing"
        raise ConfigError(path=path, key=f"{key}.{wrong[0]}", detail=state)
    name, documents = (table[part] for part in _FOLD_KEYS)
    if not isinstance(name, str) or not name:
        raise ConfigError(path=path, key=f"{key}.name", detail="expected a name")
    if not (isinstance(documents, list) and documents and _all_text(documents)):
        raise ConfigError(path=path, key=f"{key}.documents", detail="expected document ids")
    return Fold(name=name, documents=tuple(documents))


def _all_text(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) and value for value in values)


def _check_unique(names: Sequence[str], key: str, path: Path | str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ConfigError(path=path, key=f"fold.{key}", detail=f"{name!r} occurs twice")
        seen.add(name)
