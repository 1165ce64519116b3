"""Fit the weights of a pkuseg model.

A pkuseg model is a conditional random field of first order. CRFsuite fits the same field some
hundred times as fast as the trainer in spacy_pkuseg, which is written in Python and needs
minutes for every pass over our texts, and it gives the same weights each time.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from taskner.errors import CorpusError, MissingExtraError
from taskner.words.features import (
    BIAS,
    TAGS,
    features_of,
    lexicon_of,
    nodes_of,
    tags_of,
)

SETTINGS = {"max_iterations": 10, "feature.minfreq": 2}
"""Of CRFsuite's averaged perceptron: passes, and how often a feature is seen at least."""

_STEP = 1 / 256
"""Weights are kept in steps of this: what is nearer to zero than half a step is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A fitted field.

    ``weights`` are those of each feature, a row a feature and a column a tag (``B``, ``I``);
    ``transitions`` those of a tag after another, a row the later tag.
    """

    features: tuple[str, ...]
    weights: NDArray[np.float64]
    transitions: NDArray[np.float64]


def fit(lines: Sequence[Sequence[str]]) -> Fitted:
    """Fit a field to words.

    Args:
        lines: Words of stretches without spaces.

    Raises:
        CorpusError: There are no words to learn from.
        MissingExtraError: CRFsuite or spacy-pkuseg is not installed.
    """
    if not any(lines):
        raise CorpusError(path="the marked texts", detail="there is no word to learn from")
    try:
        import pycrfsuite  # noqa: PLC0415 - an extra
        import spacy_pkuseg  # noqa: F401, PLC0415 - an extra, here only to say that it is missing
    except ImportError as error:
        purpose = "training a segmenter"
        raise MissingExtraError(
            package=str(error.name), extra="segmenter", purpose=purpose
        ) from error
    lexicon = lexicon_of(lines)
    trainer = pycrfsuite.Trainer(algorithm="ap", params=SETTINGS, verbose=False)
    for line in lines:
        trainer.append(features_of(nodes_of("".join(line)), lexicon), tags_of(line))
    with tempfile.TemporaryDirectory() as place:
        path = str(Path(place) / "field.crfsuite")
        _seed_shuffling()
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learned = tagger.info()
        tagger.close()
    return _rounded(learned.state_features, learned.transitions)


def _seed_shuffling() -> None:
    """Let CRFsuite shuffle the same way each time.

    It calls the C library's rand(), which goes on from whatever called it before, and takes
    no seed itself. On Windows, where C libraries are several, only new processes are alike.
    """
    if os.name == "posix":
        ctypes.CDLL(None).srand(1)


def _rounded(
    weights: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float]
) -> Fitted:
    steps = {key: round(weight / _STEP) * _STEP for key, weight in weights.items()}
    used = {feature for (feature, _), weight in steps.items() if weight}
    features = (BIAS, *sorted(used - {BIAS}))
    return Fitted(
        features=features,
        weights=np.array([[steps.get((f, tag), 0.0) for tag in TAGS] for f in features]),
        transitions=np.array([[transitions.get((a, b), 0.0) for a in TAGS] for b in TAGS]),
    )
