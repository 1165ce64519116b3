"""A conditional random field on characters.

Source: Lafferty, McCallum and Pereira (2001); features as is usual for Chinese names:
characters and pairs of them in a window, and their kinds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.peers.sentences import (
    Found,
    Lesson,
    Sentence,
    f1_on,
    spans_of_tags,
    tags_of,
)

SETTINGS = {
    "c1": 0.05,
    "c2": 0.01,
    "max_iterations": 200,
    "delta": 1e-3,
    "period": 10,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
_MODEL = "model.crfsuite"
_WINDOW = 3
_KINDS = (
    ("digit", "0123456789.%"),
    ("numeral", "一二三四五六七八九十百千万亿两"),
    ("separator", "、,;:/| \n"),
    ("stop", "。!?"),
    ("bracket", '()[]〔〕《》“”"'),
    ("time", "年月日季度底前"),
)
_KIND = {character: kind for kind, characters in _KINDS for character in characters}


class Crf:
    """A trained field."""

    def __init__(self, folder: Path) -> None:
        """Open the model that :func:`train` wrote."""
        import pycrfsuite  # noqa: PLC0415 - a peer's package

        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(folder / _MODEL))

    def find(self, sentences: Sequence[Sentence]) -> list[list[Found]]:
        """Find spans on the best path."""
        return [
            spans_of_tags(self._tagger.tag(features_of(sentence)))  # type: ignore[misc]
            for sentence in sentences
        ]


def train(lessons: Sequence[Lesson], folder: Path) -> Mapping[str, Any]:
    """Train until the loss gains less than ``delta`` in ``period`` rounds."""
    import pycrfsuite  # noqa: PLC0415

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=SETTINGS, verbose=False)
    for lesson in lessons:
        trainer.append(features_of(lesson.sentence), tags_of(lesson))
    trainer.train(str(folder / _MODEL))
    rounds = trainer.logparser.iterations
    curve = [[row["num"], round(row["loss"])] for row in rounds[:: max(1, len(rounds) // 10)]]
    (folder / "curve.json").write_text(json.dumps(curve), encoding="utf-8")
    return {
        "f1": f1_on(Crf(folder), lessons),
        "passes": len(rounds),
        "converged": len(rounds) < int(SETTINGS["max_iterations"]),
        "loss by round": curve,
    }


def features_of(sentence: Sentence) -> list[list[str]]:
    """Give the features of each character."""
    text = sentence.text
    padded = "\0" * _WINDOW + text + "\0" * _WINDOW
    kinds = [_kind(character) for character in padded]
    field = ["responsibility"] if sentence.in_responsibility else []
    return [_features(padded, kinds, at) + field for at in range(_WINDOW, _WINDOW + len(text))]


def _features(padded: str, kinds: Sequence[str], at: int) -> list[str]:
    found = [f"{i}={padded[at + i]}" for i in range(-_WINDOW, _WINDOW + 1)]
    found += [f"{i}:2={padded[at + i : at + i + 2]}" for i in range(-2, 2)]
    found.append("kinds=" + "|".join(kinds[at - 2 : at + 3]))
    return found


def _kind(character: str) -> str:
    if character in _KIND:
        return _KIND[character]
    return "latin" if character.isascii() and character.isalpha() else "other"
