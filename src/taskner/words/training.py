"""Train a segmentation model on marked texts and write its folder."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.files import list_marked
from taskner.corpus.inline import read_inline
from taskner.errors import CorpusError, OutputError
from taskner.version import __version__
from taskner.words.card import to_card
from taskner.words.features import TAGS, words_in
from taskner.words.fitting import SETTINGS, Fitted, fit
from taskner.words.folder import CARD, FEATURES, MANIFEST, SCHEMA, WEIGHTS, check_words
from taskner.words.silver import learn_cuts, silver_lines

_log = logging.getLogger(__name__)
CHARACTERS_A_SECOND = 20_000
"""On one core, of reading, cutting and fitting together; measured, not promised."""


def find_texts(places: Iterable[Path]) -> list[Path]:
    """List the marked texts (``*.txt``) of files and folders.

    Raises:
        CorpusError: A place holds none, or two texts have one name.
    """
    paths = list_marked(places)
    names = [path.stem for path in paths]
    for path in paths:
        if names.count(path.stem) > 1:
            raise CorpusError(path=str(path), detail="another text has the same name")
    return paths


def fit_texts(texts: Sequence[AnnotatedText]) -> Fitted:
    """Fit a field to the silver words of marked texts.

    Raises:
        CorpusError: The texts hold no word.
        MissingExtraError: The extra ``segmenter`` is not installed.
    """
    cuts = learn_cuts(texts)
    return fit([line for text in texts for line in silver_lines(text, cuts)])


def train_segmenter(
    places: Iterable[Path],
    target: Path,
    *,
    version: str = "0.1.0",
    scores: Path | None = None,
    overwrite: bool = False,
) -> Path:
    """Train a segmentation model; the same texts give the same weights.

    Args:
        places: Marked texts, or folders of them.
        target: The model folder; its name is the model's.
        version: The model's version.
        scores: The report of ``python -m taskner.studies.segmentation`` (JSON), for the card.
        overwrite: Whether a segmentation model that stands there is replaced.

    Returns:
        The folder. It is written beside its place and put there whole.

    Raises:
        CorpusError: There is no marked text, or the report cannot be read.
        MarksError: A mark is malformed.
        OutputError: Something stands at ``target``, or it cannot be written.
        MissingExtraError: The extra ``segmenter`` is not installed.
    """
    _check_place(target, overwrite=overwrite)
    paths = find_texts(places)
    shown = _read_scores(scores)
    texts = [read_inline(path) for path in paths]
    n_characters = sum(len(text.text) for text in texts)
    _log.info(
        "learning words from %d texts of %d characters: about %d s on one core",
        len(texts), n_characters, 1 + n_characters // CHARACTERS_A_SECOND,
    )  # fmt: skip
    began = time.monotonic()
    fitted = fit_texts(texts)
    _log.info("%d features in %.0f s", len(fitted.features), time.monotonic() - began)
    manifest = {
        "schema": SCHEMA,
        "name": target.resolve().name,
        "version": version,
        "taskner": __version__,
        "date": datetime.now(tz=UTC).date().isoformat(),
        "settings": SETTINGS,
        "features": len(fitted.features),
        "characters": n_characters,
        "documents": {path.stem: _sha256(path.read_bytes()) for path in paths},
        "scores": shown,
    }
    return _write(fitted, manifest, target)


def write_data(fitted: Fitted, folder: Path) -> None:
    """Write what pkuseg reads: ``features.msgpack`` and ``weights.npz``."""
    import srsly  # noqa: PLC0415 - comes with spacy-pkuseg, an extra

    features = {
        "unigram": words_in(fitted.features),
        # Used in pkuseg's training only.
        "bigram": [],
        "feature_to_idx": {feature: at for at, feature in enumerate(fitted.features)},
        "tag_to_idx": {tag: at for at, tag in enumerate(TAGS)},
    }
    srsly.write_msgpack(folder / FEATURES, features)
    weights = np.concatenate([fitted.weights.ravel(), fitted.transitions.ravel()])
    sizes = np.array([len(TAGS), len(fitted.features)])
    np.savez_compressed(folder / WEIGHTS, sizes=sizes, w=weights)


def _write(fitted: Fitted, manifest: dict[str, Any], target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".writing-") as place:
            folder = Path(place) / "model"
            folder.mkdir()
            write_data(fitted, folder)
            (folder / CARD).write_text(to_card(manifest), encoding="utf-8")
            names = (CARD, FEATURES, WEIGHTS)
            manifest["files"] = {name: _sha256((folder / name).read_bytes()) for name in names}
            text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
            (folder / MANIFEST).write_text(text, encoding="utf-8")
            check_words(folder)
            if target.exists():
                target.rename(Path(place) / "replaced")
            shutil.move(folder, target)
    except OSError as error:
        raise OutputError(path=str(target), detail=error.strerror or str(error)) from error
    return target


def _check_place(target: Path, *, overwrite: bool) -> None:
    if not target.exists():
        return
    if not (target / MANIFEST).is_file():
        raise OutputError(path=str(target), detail="something else stands there")
    if not overwrite:
        raise OutputError(path=str(target), detail="a model stands there; give --overwrite")


def _read_scores(path: Path | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {key: data[key] for key in ("command", "date", "folds", "aligned", "tokens")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            path=str(path), detail=f"is no report of a segmenter ({error})"
        ) from error


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
