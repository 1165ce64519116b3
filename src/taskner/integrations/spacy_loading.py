"""A spaCy pipeline for Chinese with taskner in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from taskner.errors import MissingExtraError
from taskner.integrations.spacy_docs import KEY

if TYPE_CHECKING:
    from spacy.language import Language


def load_spacy(
    model: str | Path | None = None, *, ents: bool = False, threads: int = 0
) -> Language:
    """Give ``spacy.blank("zh")``, whose tokens are characters, with the component taskner.

    Args:
        model: A model folder or name; None for the default model.
        ents: Whether ``doc.ents`` is set too.
        threads: Threads for the model; 0 for all cores. One is best with ``n_process``.

    Raises:
        MissingExtraError: spaCy is not installed.
        ModelError: The model cannot be used.
    """
    try:
        import spacy  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        purpose = "a spaCy pipeline"
        raise MissingExtraError(package="spacy", extra="spacy", purpose=purpose) from error
    # Where taskner runs from a checkout that was never installed there is no entry point.
    from taskner.integrations import spacy_component  # noqa: F401, PLC0415

    nlp = spacy.blank("zh")
    config = {"model": None if model is None else str(model), "ents": ents, "threads": threads}
    nlp.add_pipe(KEY, config=config)
    return nlp
