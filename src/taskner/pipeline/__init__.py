"""The pipeline: the only place that knows the order of the stages.

Takes: files or text, and a model. Gives: notices.
May import: exporters, corpus, readers, notices, tagging, linking and what is below.
Does not: parse, tag or link by itself.
"""

from taskner.pipeline.discovery import find_model, known_models
from taskner.pipeline.extractor import Extractor, load

__all__ = ["Extractor", "find_model", "known_models", "load"]
