"""TOML files become frozen dataclasses; what does not fit is named with file and key."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from taskner.errors import ConfigError

Config = TypeVar("Config")


def load_toml(path: Path) -> dict[str, Any]:
    """Give the decoded file.

    Raises:
        ConfigError: The file cannot be read or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        detail = f"cannot be read ({getattr(error, 'strerror', None) or error})"
        raise ConfigError(path=str(path), key="file", detail=detail) from error


def build_config(
    kind: type[Config], values: Any, *, path: Path, where: str, hidden: tuple[str, ...] = ()
) -> Config:
    """Build a dataclass of a decoded table.

    A value must have the type of its field's default, or be one of those its type lists
    (``Literal``), or be an array where the type is a tuple, which it becomes; a whole number
    is a float too.

    Args:
        kind: A frozen dataclass.
        values: The table.
        path: The file, for errors.
        where: The table's name, for errors.
        hidden: Fields that code fills in: errors do not offer them as keys.

    Raises:
        ConfigError: A key is unknown or missing, or a value has the wrong type.
    """
    if not isinstance(values, dict):
        raise ConfigError(path=str(path), key=where, detail="expected a table")
    fields: dict[str, dataclasses.Field[Any]] = {
        field.name: field
        for field in dataclasses.fields(kind)  # type: ignore[arg-type]
    }
    hints = get_type_hints(kind)
    for key, value in values.items():
        if key not in fields:
            known = ", ".join(name for name in fields if name not in hidden)
            detail = f"unknown key; known keys are {known}"
            raise ConfigError(path=str(path), key=f"{where}.{key}", detail=detail)
        default = fields[key].default
        if isinstance(default, int | float | str) and not _same_kind(value, default):
            detail = f"expected {type(default).__name__}, found {value!r}"
            raise ConfigError(path=str(path), key=f"{where}.{key}", detail=detail)
        if get_origin(hints[key]) is tuple and not _is_array(value, get_args(hints[key])):
            detail = f"expected an array ({_shown(get_args(hints[key]))}), found {value!r}"
            raise ConfigError(path=str(path), key=f"{where}.{key}", detail=detail)
        if get_origin(hints[key]) is Literal and value not in get_args(hints[key]):
            detail = f"expected one of {', '.join(get_args(hints[key]))}, found {value!r}"
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


def _is_array(value: Any, kinds: tuple[Any, ...]) -> bool:
    """Tell whether a value is an array of what ``tuple[...]`` lists."""
    if not isinstance(value, list):
        return False
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    return len(value) == len(kinds) and all(
        _same_kind(item, kind()) if kind in (int, float, str) else True
        for item, kind in zip(value, kinds, strict=True)
    )


def _shown(kinds: tuple[Any, ...]) -> str:
    return ", ".join("..." if kind is Ellipsis else kind.__name__ for kind in kinds)


def _same_kind(value: Any, default: float | str) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)
