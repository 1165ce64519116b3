"""What a manifest says of its folder besides weights: hashes of files, left-out scores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taskner.errors import CorpusError, ModelDamagedError
from taskner.tagging.package import MANIFEST

_MOST_BYTES = 95_000_000
_FEWEST = 5
"""Intervals from drawing fewer documents than this say little and are left out."""


def hash_files(folder: Path) -> dict[str, str]:
    """Give the sha256 of every file but the manifest.

    Raises:
        ModelDamagedError: A file is over 95 MB.
    """
    files = (file for file in sorted(folder.iterdir()) if file.name != MANIFEST)
    return {file.name: hash_file(file) for file in files}


def hash_file(file: Path) -> str:
    """Give the sha256 of a file of a model folder.

    Raises:
        ModelDamagedError: It is over 95 MB.
    """
    if file.stat().st_size > _MOST_BYTES:
        raise ModelDamagedError(
            path=str(file.parent), file=file.name, expected="at most 95 MB", found="more"
        )
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest of a model folder in one step."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    draft = folder.with_name(f".{folder.name}-{MANIFEST}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(folder / MANIFEST)


def read_scores(path: Path) -> dict[str, Any]:
    """Read the left-out scores of a report, as a manifest states them.

    Args:
        path: A ``scores.json`` that ``taskner evaluate`` wrote.

    Returns:
        ``command``, ``date``, ``documents``; ``summary`` (F1 or share by measure), and, by
        measure as well, ``intervals`` (95 %) and ``gold``, how many there are to find.

    Raises:
        CorpusError: The report cannot be read, or holds no scores.
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(path=str(path), detail=f"scores cannot be read: {error}") from error
    if "all" not in data or "facts" not in data:
        raise CorpusError(path=str(path), detail="holds no scores of a report")
    counted = {name: one for name, one in data["all"].items() if one and one["gold"]}
    has_intervals = len(data["documents"]) >= _FEWEST
    return {
        "command": data["facts"].get("command"),
        "date": data["facts"].get("date"),
        "documents": sorted(data["documents"]),
        "summary": {name: one["f1"] for name, one in counted.items()},
        "intervals": {
            name: [one["low"], one["high"]]
            for name, one in counted.items()
            if has_intervals and "low" in one
        },
        "gold": {name: one["gold"] for name, one in counted.items()},
    }
