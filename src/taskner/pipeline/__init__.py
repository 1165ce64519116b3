"""The pipeline: the only place that knows the order of the stages.

Takes: files or text, and a model. Gives: notices.
May import: exporters, corpus, readers, notices, tagging, linking and what is below.
Does not: parse, tag or link by itself.
"""

from taskner.pipeline.discovery import RULES, find_model, known_models, wanted_model
from taskner.pipeline.extractor import Extractor, SpanTagger, extract, extract_text, load

__all__ = [
    "RULES",
    "Extractor",
    "SpanTagger",
    "extract",
    "extract_text",
    "find_model",
    "known_models",
    "load",
    "wanted_model",
]
