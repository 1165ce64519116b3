"""The card of a segmentation model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HEAD = """\
---
language: zh
license: apache-2.0
tags: [word-segmentation, chinese, government, pkuseg]
---

# {name} {version}

Cuts the text of Chinese responsibility notices (责任分解通知) into words, so that units, metrics,
targets and deadlines begin and end with words. A model of spacy-pkuseg (MIT), which ships none.

    import taskner
    nlp = taskner.load_spacy(words="{name}")

    import spacy_pkuseg
    spacy_pkuseg.pkuseg("models/{name}", user_dict=None).cut("年内新建公园3个。")

Without `user_dict=None` pkuseg joins words by a general dictionary, and spans are cut again.

## What it was made from

- {n_documents} marked texts of {characters} characters; names and sha256 stand in `words.json`.
- Words are silver: those of jieba's dictionary (MIT; read by rjieba, MIT) without guesses at new
  words, cut wherever a marked span begins or ends. A word that was cut once is cut everywhere.
  Nobody corrected the words otherwise: they are no standard of Chinese words.
- The features of pkuseg that name characters and words of at most six of them; those that name
  pairs of words are left out, and so is what is seen once. {features} features, weights by
  CRFsuite (averaged perceptron, {max_iterations} passes).
- Public notices were used as marked texts and are not part of this folder; the authored notices
  (CC BY 4.0) stand in `corpora/authored`.
"""
_NOT_MEASURED = "\nNot measured on left-out documents.\n"


def to_card(manifest: Mapping[str, Any]) -> str:
    """Write the card by a manifest."""
    facts = {**manifest, "n_documents": len(manifest["documents"]), **manifest["settings"]}
    head = _HEAD.format(**facts)
    scores = manifest["scores"]
    if not scores:
        return head + _NOT_MEASURED
    lines = [
        "",
        "## Scores on left-out documents",
        "",
        "Share of marked spans whose ends are ends of words; intervals draw documents. Of models",
        "trained the same way without the documents scored, not of these weights",
        f"(`{scores['command']}`, {scores['date']}, {len(scores['folds'])} folds):",
        "",
        "| | all spans | 95 % interval | tokens per 100 characters |",
        "|---|---|---|---|",
    ]
    for name, labels in scores["aligned"].items():
        every = labels["all"]
        lines.append(
            f"| {name} | {every['share']:.4f} | {every['low']:.4f}–{every['high']:.4f} "
            f"| {scores['tokens'][name]:.1f} |"
        )
    return head + "\n".join(lines) + "\n"
