"""The facts of a notice as JSON members, for formats that have room for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from taskner.corpus.annotated import Facts
from taskner.errors import ConfigError

FACTS = ("title", "issuer", "number", "issued")


def facts_to_json(facts: Facts) -> dict[str, str]:
    """Give the facts that are known."""
    members = {
        "title": facts.title,
        "issuer": facts.issuer,
        "number": facts.number,
        "issued": facts.issued.isoformat() if facts.issued else None,
    }
    return {name: value for name, value in members.items() if value is not None}


def facts_from_json(data: Mapping[str, Any]) -> tuple[Facts, list[str]]:
    """Read the facts among the members of an object.

    Returns:
        The facts, and the names of members that hold something else.
    """
    bad = [
        name
        for name in ("title", "issuer", "number")
        if not isinstance(data.get(name), (str, type(None)))
    ]
    issued = None
    try:
        issued = None if data.get("issued") is None else date.fromisoformat(str(data["issued"]))
    except ValueError:
        bad.append("issued")
    title, issuer, number = (
        None if name in bad else data.get(name) for name in ("title", "issuer", "number")
    )
    return Facts(title=title, issuer=issuer, number=number, issued=issued), bad


def read_facts(path: Path) -> dict[str, Facts]:
    """Read a TOML file of facts: a table for each text, by its id.

    Raises:
        ConfigError: The file cannot be read, a key is unknown or a value no text or date.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(path=path, key="file", detail=f"cannot be read ({error})") from error
    found: dict[str, Facts] = {}
    for name, table in data.items():
        if not isinstance(table, dict):
            raise ConfigError(path=path, key=name, detail="expected a table")
        if unknown := sorted(table.keys() - set(FACTS)):
            detail = f"unknown key; expected {', '.join(FACTS)}"
            raise ConfigError(path=path, key=f"{name}.{unknown[0]}", detail=detail)
        found[name], bad = facts_from_json(table)
        if bad:
            raise ConfigError(path=path, key=f"{name}.{bad[0]}", detail="expected text or a date")
    return found
