"""The model card in the form of the Hugging Face hub, generated from the manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from taskner.errors import MissingExtraError
from taskner.types import LABELS

CARD = "README.md"
_CARD = """\
---
{data}
---

# {name} {version}

Tags responsible units (UNIT), metrics (METRIC), numeric targets (TARGET) and deadlines
(DEADLINE) in the task sentences of Chinese responsibility notices (责任分解通知). It is the
tagger of [taskner](https://pypi.org/project/taskner/), which also parses the notice and links
the spans; alone it gives spans only.

## Use

```python
import taskner

notice = taskner.load("{name}").extract("通知.txt")
```

```python
from transformers import pipeline

tag = pipeline("token-classification", "models/{name}", aggregation_strategy="simple")
tag("新建农村公路36公里。")  # start and end count code points
```

Give it one task sentence or field at a time, with the heading or column title above it as
`"HEADING</s>TEXT"`, and drop what is found in the heading. Its spans may still differ from
taskner's, which knows which tag may follow which and folds traditional characters first; how
often stands in taskner's `evaluation/reports/hub-pipeline.md`. Of a text of more than 510
pieces only the beginning is read unless `stride=64` is given. Weights load as fp16; with
`dtype="float32"` transformers computes as taskner's fallback does.

## What it was made from

- Base: {base}. Of its pieces those were kept that Chinese notices need; the head has
  {n_labels} tags.
- {n_documents} marked documents, {n_windows} windows, {n_pieces} pieces, {epochs} epochs,
  seed {seed}; names and sha256 stand in `manifest.json`, the settings in `recipe.toml`.
{earlier}
## Scores on left-out documents

{scores}

## Limits

{limits}- It reads Chinese; taskner folds traditional characters to simplified ones first.
- {calibration}

## Files

`model.int8.onnx` is what taskner runs; `model.fp16.onnx` takes over where the self-check of
the first fails; `model.safetensors` (fp16) is for transformers. No file runs code.
"""
_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")


def render_card(manifest: Mapping[str, Any]) -> str:
    """Give the card of a model: metadata as YAML, then what a reader should know.

    Raises:
        MissingExtraError: huggingface_hub is not installed.
    """
    training = manifest["training"]
    return _CARD.format(
        data=_metadata(manifest),
        name=manifest["name"],
        version=manifest["version"],
        base=_base(manifest["base"]),
        n_labels=len(manifest["labels"]),
        n_documents=len(training["documents"]),
        n_windows=training["n_windows"],
        n_pieces=training["n_pieces"],
        epochs=training["epochs"],
        seed=training["seed"],
        earlier=_earlier(training.get("went_on_from")),
        scores=_scores(manifest.get("scores")),
        limits="".join(f"- {sentence}\n" for sentence in manifest.get("limits", ())),
        calibration=_calibration(manifest.get("calibration")),
    )


def _metadata(manifest: Mapping[str, Any]) -> str:
    try:
        from huggingface_hub import EvalResult, ModelCardData  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            package="huggingface_hub", extra="train", purpose="writing a model card"
        ) from error
    scores = manifest.get("scores") or {}
    base = _HUB_NAME.match(manifest["base"]["name"])
    data = ModelCardData(
        language="zh",
        license="apache-2.0",
        library_name="transformers",
        pipeline_tag="token-classification",
        base_model=base[0] if base else None,
        tags=["token-classification", "chinese", "government", "onnx", "taskner"],
        metrics=["f1"],
        model_name=manifest["name"],
        eval_results=[
            EvalResult(
                task_type="token-classification",
                task_name="Spans of taskner extract",
                dataset_type="left-out-documents",
                dataset_name=f"{len(scores['documents'])} left-out documents",
                metric_type="f1",
                metric_name=f"F1 ({label})",
                metric_value=scores["summary"][measure],
            )
            for label, measure in _measures(scores)
        ]
        or None,
    )
    return str(data.to_yaml(line_break="\n")).strip()


def _measures(scores: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for shown, measure in (("all labels", "spans"), *((x, f"spans.{x}") for x in LABELS)):
        if measure in scores.get("summary", {}):
            yield shown, measure


def _base(base: Mapping[str, str]) -> str:
    is_named = f"({base['licence']})" in base["name"]
    return base["name"] if is_named else f"{base['name']}, licence {base['licence']}"


def _earlier(before: Mapping[str, Any] | None) -> str:
    if before is None:
        return ""
    return (
        f"- It goes on from {before['name']} {before['version']}:\n"
        f"  {len(before['new'])} new documents, {len(before['replayed'])} replayed. "
        "What that model learned from is counted above.\n"
    )


def _scores(scores: Mapping[str, Any] | None) -> str:
    if not scores:
        return "None were given with this run; see `taskner evaluate`."
    intervals, gold = scores.get("intervals", {}), scores.get("gold", {})
    lines = [
        "Of the same recipe trained without the documents scored, not of these weights, and of",
        "all that taskner does: parser, tagger and linker, which also mends borders of spans.",
        f"Made by `{scores['command']}` on {scores['date']}; left out were",
        f"{', '.join(scores['documents'])}.",
        "",
        "| measure | F1 or share right | 95 % interval | to find |",
        "|---|---|---|---|",
    ]
    for name, value in scores["summary"].items():
        ends = intervals.get(name)
        interval = f"{ends[0]:.4f}–{ends[1]:.4f}" if ends else "–"
        lines.append(f"| {name} | {value:.4f} | {interval} | {gold.get(name, '–')} |")
    return "\n".join(lines)


def _calibration(calibration: Mapping[str, Any] | None) -> str:
    if not calibration:
        return "Scores of spans are the model's own and are not calibrated."
    scaled = ", ".join(calibration.get("scores", {}))
    return (
        "Scores that transformers gives are the model's own. taskner turns those of "
        f"{scaled}\n  and of whole rows into probabilities by the calibration in `manifest.json`."
    )
