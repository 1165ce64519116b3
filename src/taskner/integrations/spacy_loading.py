"""A spaCy pipeline for Chinese with taskner in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from taskner.errors import MissingExtraError
from taskner.integrations.spacy_docs import KEY

if TYPE_CHECKING:
    from spacy.language import Language

_PKUSEG = {"nlp": {"tokenizer": {"segmenter": "pkuseg"}}}


def load_spacy(
    model: str | Path | None = None,
    *,
    ents: bool = False,
    threads: int = 0,
    words: str | Path | None = None,
) -> Language:
    """Give ``spacy.blank("zh")`` with the component taskner.

    Tokens are characters, so that no span is lost. With ``words`` they are words of a
    segmentation model, read by spaCy's Chinese tokenizer; spans that begin or end inside a word
    are then missing in ``doc.spans`` and counted there, and ``doc._.taskner`` has them.

    Args:
        model: A model folder or name; None for the default model.
        ents: Whether ``doc.ents`` is set too.
        threads: Threads for the model; 0 for all cores. One is best with ``n_process``.
        words: A folder that ``taskner train-segmenter`` wrote, or ``"taskner-words"``.

    Raises:
        MissingExtraError: spaCy or spacy-pkuseg is not installed.
        ModelError: A model cannot be used; a folder of words that holds a pickle is refused.
    """
    try:
        import spacy  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        purpose = "a spaCy pipeline"
        raise MissingExtraError(package="spacy", extra="spacy", purpose=purpose) from error
    # Where taskner runs from a checkout that was never installed there is no entry point.
    from taskner.integrations import spacy_component  # noqa: F401, PLC0415

    if words is None:
        nlp = spacy.blank("zh")
    else:
        from taskner.words.folder import find_words  # noqa: PLC0415 - not asked for by most
        from taskner.words.segmenter import open_segmenter  # noqa: PLC0415 - as above

        segmenter = open_segmenter(find_words(words))
        nlp = spacy.blank("zh", config=_PKUSEG)
        # What tokenizer.initialize would set, less the general dictionary that joins words.
        nlp.tokenizer.pkuseg_seg = segmenter
    config = {"model": None if model is None else str(model), "ents": ents, "threads": threads}
    nlp.add_pipe(KEY, config=config)
    return nlp
