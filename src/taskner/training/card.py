"""The model card, generated from the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_CARD = """\
---
language: zh
license: apache-2.0
library_name: transformers
pipeline_tag: token-classification
base_model: intfloat/multilingual-e5-small
tags: [token-classification, chinese, government, onnx]
---

# {name} {version}

Tags responsible units (UNIT), metrics (METRIC), numeric targets (TARGET) and deadlines
(DEADLINE) in the task sentences of Chinese responsibility notices (责任分解通知). It is the
tagger of [taskner](https://pypi.org/project/taskner/), which also parses the notice and links
the spans; alone it gives spans only.

## Use

    import taskner
    notice = taskner.load("{name}").extract("通知.txt")

    from transformers import pipeline
    tag = pipeline("token-classification", "models/{name}", aggregation_strategy="simple")

## What it was made from

- Base: {base}, licence {licence}; trimmed to {n_labels} tags and the pieces that Chinese
  notices need.
- {n_documents} marked documents, {n_windows} windows, {n_pieces} pieces, {epochs} epochs,
  seed {seed}; names and sha256 stand in `manifest.json`, the settings in `recipe.toml`.
{earlier}  Public notices were used as marked texts and are not part of this folder; the authored
  notices (CC BY 4.0) stand in `corpora/authored`.

## Scores on left-out documents

{scores}

## Limits

- All real notices with units that it learned from come from northern Zhejiang; the other
  real documents are excerpts of provincial reports of 2026. Other layouts and deadlines were
  learned from notices written for the project.
- It reads Chinese; traditional characters are folded to simplified ones first.
- A span's score is the model's own and is not calibrated.

## Files

`model.int8.onnx` is what taskner runs; `model.fp16.onnx` takes over where the self-check of
the first fails; `model.safetensors` (fp16) is for transformers. No file runs code.
"""


def write_card(path: Path, manifest: Mapping[str, Any]) -> None:
    """Write the card of a model folder."""
    training = manifest["training"]
    text = _CARD.format(
        name=manifest["name"],
        version=manifest["version"],
        base=manifest["base"]["name"],
        licence=manifest["base"]["licence"],
        n_labels=len(manifest["labels"]),
        n_documents=len(training["documents"]),
        n_windows=training["n_windows"],
        n_pieces=training["n_pieces"],
        epochs=training["epochs"],
        seed=training["seed"],
        earlier=_earlier(training.get("went_on_from")),
        scores=_scores(manifest.get("scores")),
    )
    path.write_text(text, encoding="utf-8")


def _earlier(before: Mapping[str, Any] | None) -> str:
    if before is None:
        return ""
    return (
        f"  It goes on from {before['name']} {before['version']}:\n"
        f"  {len(before['new'])} new documents, {len(before['replayed'])} replayed. "
        "What that model learned from is counted above.\n"
    )


def _scores(scores: Mapping[str, Any] | None) -> str:
    if not scores:
        return "None were given with this run; see `taskner evaluate`."
    lines = [
        "Of the same recipe trained without the documents scored, not of these weights",
        f"(`{scores['command']}`, {scores['date']}; {', '.join(scores['documents'])}):",
        "",
        "| measure | F1 or share right |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in scores["summary"].items()),
    ]
    return "\n".join(lines)
