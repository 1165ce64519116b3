"""Write a released model folder: data only, each file's hash in the manifest."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForTokenClassification,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from taskner.errors import ModelDamagedError
from taskner.folding import fold
from taskner.tagging.decode import TAGS, spans_from_scores
from taskner.tagging.onnx import OnnxScorer, open_file
from taskner.tagging.package import (
    FALLBACK,
    INT8,
    MANIFEST,
    SCHEMA,
    TOKENIZER,
    ModelPackage,
    open_package,
)
from taskner.training.card import CARD, render_card
from taskner.training.disk import writing
from taskner.training.export import export_float, quantise, store_half
from taskner.training.fit import Fitted, fit
from taskner.training.manifest import hash_files, read_scores, write_manifest
from taskner.training.processes import process_numbers
from taskner.training.quiet import without_bars
from taskner.training.recipe import Recipe, read_recipe
from taskner.training.released import load_released
from taskner.training.texts import check_held_out
from taskner.version import __version__

_LEAST_PROBES = 4


def train(
    recipe_path: Path, *, models: Path, runs: Path, released: Path | None = None
) -> Path | None:
    """Train by a recipe and release the model.

    A run that was cut off goes on from its last checkpoint; nothing half-written ever
    stands under ``models``. Under torchrun the first process releases.

    Args:
        recipe_path: The recipe.
        models: Where the model folder goes, named like the recipe.
        runs: Where checkpoints go.
        released: The folder of a released model to go on from, instead of the recipe's base.

    Returns:
        The model folder; None in all processes but the first.

    Raises:
        SplitLeakError: A document held out, or its copy, is learned from.
        OutputError: The disk is full, or a folder cannot be written.
        TasknerError: The recipe, the corpus or the base does not serve.
    """
    recipe = dataclasses.replace(read_recipe(recipe_path), released=released)
    _read_scores(recipe)
    check_held_out(recipe)
    fitted = fit(recipe, runs / recipe.name)
    if process_numbers()[0] > 0:
        return None
    return release(recipe, fitted, models / recipe.name)


@without_bars()
def release(recipe: Recipe, fitted: Fitted, target: Path) -> Path:
    """Export a finished run and put it in place in one step.

    Raises:
        ModelDamagedError: A file is too large, or int8 and fallback disagree on the probes.
        OutputError: The disk is full, or the folder cannot be written.
    """
    with writing(target):
        return _release(recipe, fitted, target)


def _release(recipe: Recipe, fitted: Fitted, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".writing-") as place:
        folder = Path(place) / recipe.name
        folder.mkdir()
        _write_hugging_face(fitted.folder, folder, recipe)
        float_model = Path(place) / "float.onnx"
        export_float(folder, float_model)
        quantise(float_model, folder / INT8)
        store_half(float_model, folder / FALLBACK)
        shutil.copyfile(recipe.path, folder / "recipe.toml")
        manifest = _describe(recipe, fitted, _probe(folder))
        (folder / CARD).write_text(render_card(manifest), encoding="utf-8")
        for file in folder.iterdir():
            file.chmod(0o644)
        manifest["files"] = hash_files(folder)
        write_manifest(folder, manifest)
        if target.exists():
            target.rename(Path(place) / "replaced")
        folder.rename(target)
    return target


def _write_hugging_face(source: Path, folder: Path, recipe: Recipe) -> None:
    """Write config, tokenizer and fp16 weights as Hugging Face has them."""
    model = AutoModelForTokenClassification.from_pretrained(
        source, dtype=torch.float32, use_safetensors=True, trust_remote_code=False
    )
    if recipe.released is not None:
        _average(model, recipe.released, recipe.replay.average)
    model.half().save_pretrained(folder, safe_serialization=True)
    PreTrainedTokenizerFast(
        tokenizer_file=str(source / TOKENIZER),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=model.config.max_position_embeddings,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)
    _name_tokenizer(folder / "tokenizer_config.json")


def _average(model: PreTrainedModel, released: Path, share: float) -> None:
    """Draw weights back towards those of the model they went on from, in place.

    Source: Wortsman et al. 2022, Robust fine-tuning of zero-shot models.
    """
    package = open_package(released, taskner_version=__version__)
    before, _ = load_released(package, dropout=0.0)
    weights = before.state_dict()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.lerp_(weights[name], share)


def _name_tokenizer(path: Path) -> None:
    """Name the tokenizer's class as transformers 4 and 5 both know it; 5 writes its own name."""
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["tokenizer_class"] = "PreTrainedTokenizerFast"
    path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _probe(folder: Path) -> list[dict[str, Any]]:
    """Tag the probe sentences; keep those on which int8 and fallback agree."""
    listed = resources.files("taskner.training").joinpath("probes.toml").read_text("utf-8")
    package = ModelPackage(path=folder, manifest={"files": hash_files(folder)})
    scorers = [open_file(package, file) for file in (INT8, FALLBACK)]
    probes = []
    for probe in tomllib.loads(listed)["probe"]:
        text, context = fold(probe["text"]), fold(probe["context"])
        spans = [_tag(scorer, text, context) for scorer in scorers]
        if spans[0] == spans[1]:
            probes.append({"context": context, "text": text, "spans": spans[0]})
    if len(probes) < _LEAST_PROBES:
        raise ModelDamagedError(
            path=str(folder),
            file=INT8,
            expected=f"{_LEAST_PROBES} probes tagged as by {FALLBACK}",
            found=str(len(probes)),
        )
    return probes


def _tag(scorer: OnnxScorer, text: str, context: str) -> list[list[Any]]:
    ids, offsets = scorer.encode(text)
    scores = scorer.score([scorer.encode(context)[0]], [ids])[0]
    return [[span.start, span.end, span.label] for span in spans_from_scores(scores, offsets)]


def _describe(recipe: Recipe, fitted: Fitted, probes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "name": recipe.name,
        "version": recipe.version,
        "taskner": f">={__version__},<{int(__version__.split('.')[0]) + 1}",
        "date": datetime.now(tz=UTC).date().isoformat(),
        "labels": list(TAGS),
        "base": {"name": fitted.base, "licence": fitted.licence},
        "training": {
            "documents": dict(fitted.documents),
            "n_windows": fitted.n_windows,
            "n_pieces": fitted.n_pieces,
            "epochs": fitted.epochs,
            "seed": recipe.fit.seed,
        }
        | _earlier(recipe, fitted),
        "scores": _read_scores(recipe),
        "limits": list(recipe.limits),
        "probes": probes,
    }


def _earlier(recipe: Recipe, fitted: Fitted) -> dict[str, Any]:
    """Describe what the model knew before this run; ``documents`` names all it ever learned."""
    if recipe.released is None:
        return {}
    before = open_package(recipe.released, taskner_version=__version__)
    known = (before.manifest.get("training") or {}).get("documents") or {}
    return {
        "documents": dict(known) | dict(fitted.replayed) | dict(fitted.documents),
        "went_on_from": {
            "name": before.manifest["name"],
            "version": before.manifest["version"],
            "manifest": hashlib.sha256((recipe.released / MANIFEST).read_bytes()).hexdigest(),
            "new": sorted(name for name, _ in fitted.documents),
            "replayed": sorted(name for name, _ in fitted.replayed),
            "average": recipe.replay.average,
        },
    }


def _read_scores(recipe: Recipe) -> Mapping[str, Any] | None:
    """Read the left-out scores that the recipe names; they are not the release's own."""
    return read_scores(recipe.resolve(recipe.scores)) if recipe.scores else None
