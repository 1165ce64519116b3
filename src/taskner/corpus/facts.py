"""The facts of a notice as JSON members, for formats that have room for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from taskner.corpus.annotated import Facts


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
