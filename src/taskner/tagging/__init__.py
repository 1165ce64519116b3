"""Tagging: find units, metrics, targets and deadlines in segments.

Takes: a document and segments of it. Gives: spans with scores.
May import: values, records, folding, types, errors; onnxruntime and tokenizers when a model opens.
Does not: link spans, know tasks, or train.
"""

from taskner.tagging.package import ModelPackage, open_package
from taskner.tagging.rules import RuleTagger
from taskner.tagging.tagger import ScoredSegment, Scorer, Tagger, open_tagger, spans_of

__all__ = [
    "ModelPackage",
    "RuleTagger",
    "ScoredSegment",
    "Scorer",
    "Tagger",
    "open_package",
    "open_tagger",
    "spans_of",
]
