"""``taskner model``: what models there are, and what one of them is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from taskner.cli.console import put_text
from taskner.version import __version__

if TYPE_CHECKING:
    from taskner.tagging import ModelPackage

_RULES_ARE = "word lists, for tests and comparison"

models = typer.Typer(name="model", help="Show the models of this installation.")


@models.command("list")
def list_models() -> None:
    """List the installed models by name; the first one is the default.

    \b
    Example:
      taskner model list
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.pipeline import RULES, known_models  # noqa: PLC0415 - numpy loads with it

    lines = [f"{name}\t{folder}\n" for name, folder in known_models().items()]
    put_text("".join((*lines, f"{RULES}\t{_RULES_ARE}\n")))


@models.command("show")
def show_model(
    name: Annotated[
        str | None, typer.Argument(metavar="MODEL", help="A model folder or name.")
    ] = None,
) -> None:
    """Show a model: version, labels, base, scores, and whether its files are whole.

    Without a name it is the default model, or the one that TASKNER_MODEL names.

    \b
    Example:
      taskner model show models/taskner-small
    """  # noqa: D301 - click keeps the lines after a backspace
    from taskner.pipeline import RULES, find_model, wanted_model  # noqa: PLC0415 - as above
    from taskner.tagging import open_package  # noqa: PLC0415 - as above

    if wanted_model(name) == RULES:
        put_text(f"name     {RULES}, {_RULES_ARE}; no folder\n")
        return
    package = open_package(find_model(name), taskner_version=__version__)
    put_text("".join(f"{line}\n" for line in _describe(package)))


def _describe(package: ModelPackage) -> Iterator[str]:
    from taskner.tagging.package import NEEDED  # noqa: PLC0415 - as above

    manifest = package.manifest
    base = manifest.get("base") or {}
    labels = dict.fromkeys(tag[2:] for tag in manifest["labels"] if len(tag) > 1)
    yield f"name     {package.name}"
    yield f"folder   {package.path}"
    yield f"date     {manifest.get('date', 'not stated')}"
    yield f"labels   {', '.join(labels)}"
    yield f"base     {base.get('name', 'not stated')} ({base.get('licence', 'no licence stated')})"
    yield f"taskner  {manifest.get('taskner', 'any')}"
    for file in manifest["files"]:
        if file not in NEEDED and not (package.path / file).exists():
            yield f"file     {file}  not here; extraction does without"
            continue
        # Reading checks the hash; a file that fails ends the command with its error.
        size = len(package.read(file))
        yield f"file     {file}  {size:,} bytes  sha256 ok"
    scores = manifest.get("scores") or {}
    for measure, value in (scores.get("summary") or {}).items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"score    {measure}  {shown}"
    if not scores:
        yield "score    none given"
