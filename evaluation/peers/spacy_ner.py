"""spaCy's own ``ner``: transitions over a convolutional tok2vec, trained from nothing.

Chinese is cut into characters, spaCy's default. Texts were folded, so that offsets of
characters are those of tokens.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.peers.sentences import Found, Lesson, Sentence, f1_on

SETTINGS = {
    "dropout": 0.1,
    "batch": 8,
    "most_passes": 30,
    "gain": 0.003,
    "patience": 2,
    "seed": 13,
}
_MODEL = "model"
_SAMPLE = 400
_BEGUN = 0.5
"""Averaged weights lag behind: F1 stays at nought for the first passes."""


class SpacyNer:
    """A trained pipeline, from a folder or from memory."""

    def __init__(self, source: Any) -> None:
        """Open the folder that :func:`train` wrote, or take a pipeline."""
        import spacy  # noqa: PLC0415 - a peer's package

        self._nlp = spacy.load(source / _MODEL) if isinstance(source, Path) else source

    def find(self, sentences: Sequence[Sentence]) -> list[list[Found]]:
        """Find the entities."""
        documents = self._nlp.pipe([sentence.text for sentence in sentences], batch_size=64)
        return [
            [(entity.start_char, entity.end_char, entity.label_) for entity in document.ents]
            for document in documents
        ]


def train(lessons: Sequence[Lesson], folder: Path) -> Mapping[str, Any]:
    """Train until F1 on a sample of the lessons no longer gains ``gain`` a pass."""
    import spacy  # noqa: PLC0415
    from spacy.training import Example  # noqa: PLC0415
    from spacy.util import fix_random_seed, minibatch  # noqa: PLC0415

    seed = int(SETTINGS["seed"])
    fix_random_seed(seed)
    dealer = random.Random(seed)  # noqa: S311 - no secret
    nlp = spacy.blank("zh")
    nlp.add_pipe("ner")
    examples = [
        Example.from_dict(nlp.make_doc(lesson.sentence.text), {"entities": list(lesson.spans)})
        for lesson in lessons
    ]
    optimizer = nlp.initialize(lambda: examples)
    sample = dealer.sample(list(lessons), min(_SAMPLE, len(lessons)))
    curve: list[float] = []
    while len(curve) < int(SETTINGS["most_passes"]) and not _is_flat(curve):
        dealer.shuffle(examples)
        for batch in minibatch(examples, size=int(SETTINGS["batch"])):
            nlp.update(batch, sgd=optimizer, drop=float(SETTINGS["dropout"]))
        with nlp.use_params(optimizer.averages):
            curve.append(round(f1_on(SpacyNer(nlp), sample), 4))
        print(f"  spacy-ner pass {len(curve)}: F1 on learned sentences {curve[-1]}", flush=True)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(folder / _MODEL)
        f1 = f1_on(SpacyNer(nlp), lessons)
    return {"f1": f1, "passes": len(curve), "converged": _is_flat(curve), "f1 by pass": curve}


def _is_flat(curve: Sequence[float]) -> bool:
    patience = int(SETTINGS["patience"])
    if len(curve) <= patience or max(curve) < _BEGUN:
        return False
    return max(curve[-patience:]) - max(curve[:-patience]) < float(SETTINGS["gain"])
