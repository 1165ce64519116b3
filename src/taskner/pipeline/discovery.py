"""Find a model: by path, by name, by environment, by package, or the one that came along."""

from __future__ import annotations

import os
from importlib import metadata, resources
from pathlib import Path

from taskner.errors import ModelNotFoundError

ENVIRONMENT = "TASKNER_MODEL"
ENTRY_POINTS = "taskner.models"
RULES = "rules"
"""The name of the word-list tagger, which needs no model folder."""

_MANIFEST = "manifest.json"


def wanted_model(name: str | Path | None = None) -> str | None:
    """Give the model asked for by argument or environment; None means the default."""
    return str(name) if name is not None else os.environ.get(ENVIRONMENT) or None


def find_model(name: str | Path | None = None) -> Path:
    """Find a model folder.

    Looked up in this order: ``name`` as a path or a name, the variable TASKNER_MODEL,
    an installed model package, the model this installation carries.

    Args:
        name: A folder, the name of an installed model, or None for the default.

    Raises:
        ModelNotFoundError: There is no such model.
    """
    wanted = wanted_model(name)
    known = known_models()
    listed = ", ".join((*known, RULES))
    if wanted:
        folder = Path(wanted).expanduser()
        if folder.is_dir():
            return folder.resolve()
        if wanted in known:
            return known[wanted]
        raise ModelNotFoundError(name=wanted, known=listed)
    if not known:
        raise ModelNotFoundError(name="(default)", known=listed)
    return next(iter(known.values()))


def known_models() -> dict[str, Path]:
    """List the installed models by name; those of model packages come first."""
    models: dict[str, Path] = {}
    for entry in sorted(metadata.entry_points(group=ENTRY_POINTS)):
        # The entry point names a package whose folder is the model; it is not imported.
        for file in entry.dist.files or () if entry.dist else ():
            package = entry.value.replace(".", "/")
            if file.name == _MANIFEST and str(file.parent).replace("\\", "/") == package:
                models[entry.name] = Path(str(file.locate())).parent
    for folder in _carried():
        models.setdefault(folder.name, folder)
    return models


def _carried() -> list[Path]:
    """Model folders inside the installed package, or in the checkout it runs from."""
    package = Path(str(resources.files("taskner")))
    places = (package / "models", package.parents[1] / "models")
    return [
        manifest.parent for place in places for manifest in sorted(place.glob(f"*/{_MANIFEST}"))
    ]
