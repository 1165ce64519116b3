"""The folder of a segmentation model: data only, every file checked before pkuseg opens it."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from taskner.errors import (
    ModelDamagedError,
    ModelTooNewError,
    SegmenterNotFoundError,
    UnsafeModelError,
)
from taskner.tagging.package import MOST_MANIFEST_BYTES, PICKLE_MAGIC, ModelPackage
from taskner.words.features import TAGS

SCHEMA = "taskner-words/1"
MANIFEST = "words.json"
CARD = "README.md"
FEATURES = "features.msgpack"
WEIGHTS = "weights.npz"
_ALLOWED = frozenset({MANIFEST, CARD, FEATURES, WEIGHTS})
_ARRAYS = frozenset({"sizes.npy", "w.npy"})
_MOST_BYTES = 200_000_000


def find_words(name: str | Path) -> Path:
    """Find a segmentation model by its folder, or by the name of one that came along.

    Raises:
        SegmenterNotFoundError: There is none.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder.resolve()
    carried = known_words()
    if str(name) not in carried:
        raise SegmenterNotFoundError(name=str(name), known=", ".join(carried) or "(none)")
    return carried[str(name)]


def known_words() -> dict[str, Path]:
    """Give the segmentation models that this installation or checkout carries, by name."""
    package = Path(str(resources.files("taskner")))
    places = (package / "models", package.parents[1] / "models")
    found = [file.parent for place in places for file in sorted(place.glob(f"*/{MANIFEST}"))]
    return {folder.name: folder for folder in reversed(found)}


def check_words(folder: Path) -> Mapping[str, Any]:
    """Check a folder before anything in it is loaded, and give its manifest.

    pkuseg unpickles ``features.pkl`` where there is no ``features.msgpack``, and writes what it
    reads of other forms back into the folder: whatever is not one of our four files is refused.

    Raises:
        UnsafeModelError: It holds a pickle, a link, or a file that is no part of such a model.
        ModelDamagedError: A file is missing, or is not the one that was trained.
        ModelTooNewError: It was written for a later taskner.
    """
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink():
            raise UnsafeModelError(path=str(folder), file=f"{name} (a link)")
        if name not in _ALLOWED or not file.is_file():
            raise UnsafeModelError(path=str(folder), file=name)
        with file.open("rb") as stream:
            if stream.read(2) in PICKLE_MAGIC:
                raise UnsafeModelError(path=str(folder), file=f"{name} (a pickle)")
    manifest = _read_manifest(folder)
    package = ModelPackage(path=folder, manifest=manifest)
    for name in (FEATURES, WEIGHTS):
        package.read(name)
    _check_features(folder, _check_arrays(folder))
    return manifest


def _read_manifest(folder: Path) -> Mapping[str, Any]:
    try:
        with (folder / MANIFEST).open("rb") as stream:
            manifest = json.loads(stream.read(MOST_MANIFEST_BYTES))
    except (OSError, ValueError, RecursionError):
        raise ModelDamagedError(
            path=str(folder), file=MANIFEST, expected="JSON", found="something else or nothing"
        ) from None
    files = manifest.get("files") if isinstance(manifest, dict) else None
    is_sound = isinstance(files, dict) and all(isinstance(one, str) for one in files.values())
    if not isinstance(manifest, dict) or not is_sound:
        raise ModelDamagedError(
            path=str(folder), file=MANIFEST, expected="the key files", found="none"
        )
    if manifest.get("schema") != SCHEMA:
        raise ModelTooNewError(path=str(folder), wanted=str(manifest.get("schema")), found=SCHEMA)
    return manifest


def _check_arrays(folder: Path) -> int:
    """Refuse arrays of Python objects, which are pickles inside the archive.

    Returns:
        How many features there are weights for.
    """
    path = folder / WEIGHTS
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        if {member.filename for member in members} != _ARRAYS or len(members) != len(_ARRAYS):
            raise UnsafeModelError(path=str(folder), file=f"{WEIGHTS} (with other members)")
        if sum(member.file_size for member in members) > _MOST_BYTES:
            raise ModelDamagedError(
                path=str(folder), file=WEIGHTS, expected=f"{_MOST_BYTES} bytes", found="more"
            )
        with np.load(path, allow_pickle=False) as arrays:
            n_tags, n_features = (int(size) for size in arrays["sizes"])
            weights = arrays["w"]
    except (OSError, zipfile.BadZipFile, zlib.error, TypeError, MemoryError):
        raise ModelDamagedError(
            path=str(folder), file=WEIGHTS, expected="arrays", found="something else"
        ) from None
    except ValueError:
        # What NumPy says of an array of objects, and of anything that is no array.
        raise UnsafeModelError(path=str(folder), file=f"{WEIGHTS} (a pickle in it)") from None
    n_weights = n_tags * (n_features + n_tags)
    if n_tags != len(TAGS) or weights.dtype != np.float64 or weights.shape != (n_weights,):
        raise ModelDamagedError(
            path=str(folder), file=WEIGHTS, expected="as many numbers as it says", found="others"
        )
    return n_features


def _check_features(folder: Path, n_features: int) -> None:
    """Refuse a feature without a weight: pkuseg would read past the end of its weights."""
    import srsly  # noqa: PLC0415 - comes with spacy-pkuseg, an extra

    try:
        data = srsly.read_msgpack(folder / FEATURES)
        places = set(data["feature_to_idx"].values())
        is_sound = (
            places == set(range(n_features))
            and len(data["feature_to_idx"]) == n_features
            and data["tag_to_idx"] == {tag: at for at, tag in enumerate(TAGS)}
            and all(isinstance(word, str) for word in data["unigram"])
            and data["bigram"] == []
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        is_sound = False
    if not is_sound:
        raise ModelDamagedError(
            path=str(folder), file=FEATURES, expected="a weight for each feature", found="others"
        )
