"""The published JSON Schema of a record."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, cast


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) that every written record satisfies."""
    text = (files("taskner.records") / "taskner-1.schema.json").read_text("utf-8")
    return cast("dict[str, Any]", json.loads(text))
