"""A model folder as a wheel: installed, it is found by its name."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from taskner.errors import MissingExtraError, OutputError, PackagingError
from taskner.pipeline.discovery import ENTRY_POINTS
from taskner.tagging.package import MANIFEST, NEEDED, ModelPackage, open_package
from taskner.version import __version__

WEIGHTS = "model.safetensors"
"""What transformers reads; training goes on from the fp16 ONNX file without it."""

_BACKEND = "hatchling"
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = re.compile(r"\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?")
_RANGE = re.compile(r"(?:[<>=!~]=?\s*\d[\w.]*\s*,?\s*)*")
_PROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = {distribution}
version = {version}
description = {description}
requires-python = ">=3.11"
dependencies = [{requirement}]

[project.entry-points.{group}]
{name} = {package}

[tool.hatch.build]
ignore-vcs = true

[tool.hatch.build.targets.wheel]
only-include = [{package}]
"""


def build_wheel(folder: Path, target: Path, *, with_weights: bool = False) -> Path:
    """Make a wheel of a model folder. No code of the model runs: it holds none.

    Args:
        folder: The model folder; every file is checked against the manifest.
        target: The folder where the wheel goes.
        with_weights: Carry ``model.safetensors`` too, for transformers.

    Returns:
        The wheel. Installed, the model is found by the name in its manifest.

    Raises:
        ModelError: The folder is no whole, safe model, or its name or version cannot be a
            package's.
        MissingExtraError: hatchling is not installed.
        OutputError: The wheel cannot be written.
    """
    package = open_package(folder, taskner_version=__version__)
    files = dict(_files(package, with_weights=with_weights))
    project = _describe(package)
    if find_spec(_BACKEND) is None:
        raise MissingExtraError(package=_BACKEND, extra="package", purpose="taskner package")
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, prefix=".writing-") as place:
            root = Path(place)
            (root / "pyproject.toml").write_text(project, encoding="utf-8")
            model = root / _module(package)
            model.mkdir()
            for name, data in files.items():
                (model / name).parent.mkdir(parents=True, exist_ok=True)
                (model / name).write_bytes(data)
            shutil.copyfile(folder / MANIFEST, model / MANIFEST)
            built = _run_backend(root)
            wheel = target / built.name
            built.replace(wheel)
    except OSError as error:
        raise OutputError(path=str(target), detail=error.strerror or str(error)) from error
    return wheel


def _files(package: ModelPackage, *, with_weights: bool) -> Iterator[tuple[str, bytes]]:
    """Read the files to carry; reading checks each hash."""
    for name in package.manifest["files"]:
        is_here = name in NEEDED or (package.path / name).exists()
        if is_here and (with_weights or name != WEIGHTS):
            yield name, package.read(name)


def _describe(package: ModelPackage) -> str:
    name, version = package.manifest["name"], package.manifest["version"]
    wanted = str(package.manifest.get("taskner", ""))
    for what, value, pattern in (
        ("name", name, _NAME),
        ("version", version, _VERSION),
        ("range of taskner versions", wanted, _RANGE),
    ):
        if not pattern.fullmatch(value):
            raise PackagingError(path=str(package.path), what=what, value=value)
    quoted = {
        "distribution": f"taskner-model-{name}",
        "version": version,
        "description": f"The model {name} of taskner, which reads responsibility notices.",
        "requirement": f"taskner{wanted}",
        "group": ENTRY_POINTS,
        "name": name,
        "package": _module(package),
    }
    return _PROJECT.format(**{key: json.dumps(value) for key, value in quoted.items()})


def _module(package: ModelPackage) -> str:
    return "taskner_model_" + re.sub(r"[^a-z0-9]+", "_", package.manifest["name"].lower())


def _run_backend(root: Path) -> Path:
    """Build in a process of its own, since the backend works in the current folder."""
    command = [sys.executable, "-m", _BACKEND, "build", "--target", "wheel", "--directory", "dist"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    wheels = sorted((root / "dist").glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no wheel"]
        raise OutputError(path=str(root), detail=f"{_BACKEND}: {lines[-1][:200]}")
    return wheels[0]
