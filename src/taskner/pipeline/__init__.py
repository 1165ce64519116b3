"""The pipeline: the only place that knows the order of the stages.

Takes: files or text, and a model. Gives: notices.
May import: exporters, corpus, readers, notices, tagging, linking and what is below.
Does not: parse, tag or link by itself.

Names are imported when first used: the process that reads files needs no tagger.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taskner.pipeline.discovery import RULES, find_model, known_models, wanted_model
    from taskner.pipeline.extractor import Extractor, SpanTagger, extract, extract_text, load
    from taskner.pipeline.reading import Content

_HOMES = {
    "RULES": "discovery",
    "Content": "reading",
    "Extractor": "extractor",
    "SpanTagger": "extractor",
    "extract": "extractor",
    "extract_text": "extractor",
    "find_model": "discovery",
    "known_models": "discovery",
    "load": "extractor",
    "wanted_model": "discovery",
}

__all__ = [
    "RULES",
    "Content",
    "Extractor",
    "SpanTagger",
    "extract",
    "extract_text",
    "find_model",
    "known_models",
    "load",
    "wanted_model",
]


def __getattr__(name: str) -> Any:
    """Import the module of a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message, name=name)
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
