"""Open a model folder: data only, every file checked against its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskner.errors import ModelDamagedError, ModelTooNewError, UnsafeModelError
from taskner.tagging.decode import TAGS

SCHEMA = "taskner-model/1"
MANIFEST = "manifest.json"
TOKENIZER = "tokenizer.json"
INT8 = "model.int8.onnx"
FALLBACK = "model.fp16.onnx"
NEEDED = frozenset({TOKENIZER, INT8, FALLBACK})
"""What extraction reads; a wheel carries no more than this and the manifest."""
MOST_MANIFEST_BYTES = 4_000_000
_CODE_SUFFIXES = frozenset(
    {
        *(".bin", ".ckpt", ".dill", ".dll", ".dylib", ".exe", ".h5", ".joblib", ".msgpack"),
        *(".npy", ".npz", ".pickle", ".pkl", ".pt", ".pth", ".py", ".pyc", ".sh", ".so"),
        *(".tar", ".zip"),
    }
)
PICKLE_MAGIC = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))
_ZIP_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPackage:
    """A checked model folder. ``manifest`` is the parsed manifest.json."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The model's name and version."""
        return f"{self.manifest['name']} {self.manifest['version']}"

    def read(self, file: str) -> bytes:
        """Read a file of the model and check its hash.

        Raises:
            ModelDamagedError: The file is missing, not in the manifest, or changed.
        """
        expected = self.manifest["files"].get(file)
        if expected is None:
            raise ModelDamagedError(
                path=str(self.path), file=file, expected="a hash in the manifest", found="none"
            )
        try:
            data = (self.path / file).read_bytes()
        except OSError:
            raise ModelDamagedError(
                path=str(self.path), file=file, expected="a readable file", found="none"
            ) from None
        digest = hashlib.sha256(data).hexdigest()
        if digest != expected:
            raise ModelDamagedError(
                path=str(self.path), file=file, expected=expected[:12], found=digest[:12]
            )
        return data


def open_package(path: Path, *, taskner_version: str) -> ModelPackage:
    """Open a model folder without loading weights.

    Args:
        path: The folder.
        taskner_version: This installation's version, for the manifest's range.

    Raises:
        UnsafeModelError: The folder holds a file that may run code.
        ModelDamagedError: The manifest is missing or does not parse.
        ModelTooNewError: The model was made for another taskner.
    """
    check_data_only(path)
    manifest = _read_manifest(path)
    schema = str(manifest.get("schema"))
    if schema != SCHEMA:
        raise ModelTooNewError(path=str(path), wanted=schema, found=SCHEMA)
    wanted = str(manifest.get("taskner", ""))
    if not _admits(wanted, taskner_version):
        raise ModelTooNewError(path=str(path), wanted=wanted, found=taskner_version)
    if tuple(manifest.get("labels", ())) != TAGS:
        raise ModelDamagedError(
            path=str(path), file=MANIFEST, expected=f"labels {', '.join(TAGS)}", found="others"
        )
    return ModelPackage(path=path, manifest=manifest)


def check_data_only(path: Path) -> None:
    """Refuse a folder that holds a pickle, code, an archive or a link.

    Raises:
        UnsafeModelError: It does.
    """
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_symlink():
            raise UnsafeModelError(path=str(path), file=f"{name} (a link)")
        if not file.is_file():
            continue
        with file.open("rb") as stream:
            head = stream.read(4)
        suspect = head[:2] in PICKLE_MAGIC or head == _ZIP_MAGIC
        if suspect or file.suffix.lower() in _CODE_SUFFIXES:
            raise UnsafeModelError(path=str(path), file=name)


def _read_manifest(path: Path) -> dict[str, Any]:
    file = path / MANIFEST
    try:
        if file.stat().st_size > MOST_MANIFEST_BYTES:
            raise ModelDamagedError(
                path=str(path), file=MANIFEST, expected="a small JSON file", found="a huge one"
            )
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise ModelDamagedError(
            path=str(path), file=MANIFEST, expected="a readable file", found="none"
        ) from None
    except (ValueError, RecursionError):
        raise ModelDamagedError(
            path=str(path), file=MANIFEST, expected="JSON", found="something else"
        ) from None
    keys = ("schema", "name", "version", "files", "labels")
    if not isinstance(manifest, dict) or not all(key in manifest for key in keys):
        raise ModelDamagedError(
            path=str(path), file=MANIFEST, expected=f"the keys {', '.join(keys)}", found="others"
        )
    if not _is_well_formed(manifest):
        raise ModelDamagedError(
            path=str(path), file=MANIFEST, expected="values of the right types", found="others"
        )
    unlisted = {file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()} - {
        MANIFEST,
        *manifest["files"],
    }
    if unlisted:
        # A pickle of the oldest protocol looks like text: what the manifest does not list
        # is no part of the model.
        raise UnsafeModelError(path=str(path), file=f"{min(unlisted)} (not in its manifest)")
    return manifest


def _is_well_formed(manifest: dict[str, Any]) -> bool:
    files, probes = manifest["files"], manifest.get("probes", [])
    return (
        all(isinstance(manifest[key], str) for key in ("schema", "name", "version"))
        and isinstance(files, dict)
        and all(isinstance(digest, str) for digest in files.values())
        and isinstance(manifest["labels"], list)
        and isinstance(probes, list)
        and all(
            isinstance(probe, dict)
            and isinstance(probe.get("text"), str)
            and isinstance(probe.get("context"), str)
            and isinstance(probe.get("spans"), list)
            for probe in probes
        )
    )


def _admits(wanted: str, version: str) -> bool:
    """Tell whether a range such as ``>=0.1,<0.3`` admits a version."""
    own = _release(version)
    for clause in filter(None, (part.strip() for part in wanted.split(","))):
        bound = _release(clause.lstrip("<>="))
        if clause.startswith(">=") and own < bound:
            return False
        if clause.startswith("<") and not clause.startswith("<=") and own >= bound:
            return False
    return True


def _release(version: str) -> tuple[int, ...]:
    parts = []
    for part in version.split(".")[:3]:
        digits = "".join(c for c in part if c.isdigit())
        parts.append(int(digits) if digits else 0)
    return tuple(parts + [0] * (3 - len(parts)))
