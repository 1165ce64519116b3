"""The way back from a released model to weights that can be trained further."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from safetensors import SafetensorError
from safetensors.torch import load
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForTokenClassification, PreTrainedModel

from taskner.errors import ModelDamagedError
from taskner.tagging.package import FALLBACK, TOKENIZER, ModelPackage

WEIGHTS = "model.safetensors"
CONFIG = "config.json"
_WRAPPER = "model."
_HALF = "_fp16"
_FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)


def load_released(package: ModelPackage, *, dropout: float) -> tuple[PreTrainedModel, Tokenizer]:
    """Load model and tokenizer of a released folder, in float32.

    Weights come from ``model.safetensors``; a folder that came in a wheel has none, and they
    are read out of the fp16 ONNX file, which holds the same numbers.

    Args:
        package: A checked model folder.
        dropout: Of hidden states and attention.

    Raises:
        ModelDamagedError: A file is missing, changed, or not what the others need.
    """
    try:
        facts = json.loads(package.read(CONFIG))
        kind = facts.pop("model_type")
        # The release's own precision is not the training's.
        facts.pop("dtype", None)
        facts |= {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": dropout}
        config = AutoConfig.for_model(kind, **facts)
        model = AutoModelForTokenClassification.from_config(config, dtype=torch.float32)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(package, CONFIG, "the description of an encoder", error) from error
    state, file = _state(package)
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        raise _damaged(package, file, f"the weights that {CONFIG} describes", error) from error
    try:
        tokenizer = Tokenizer.from_str(package.read(TOKENIZER).decode())
    except ModelDamagedError:
        raise
    except Exception as error:
        raise _damaged(package, TOKENIZER, "a tokenizer", error) from error
    return model, tokenizer


def _state(package: ModelPackage) -> tuple[dict[str, torch.Tensor], str]:
    if (package.path / WEIGHTS).exists():
        try:
            stored = load(package.read(WEIGHTS))
        except SafetensorError as error:
            raise _damaged(package, WEIGHTS, "safetensors", error) from error
        return {name: tensor.float() for name, tensor in stored.items()}, WEIGHTS
    graph = onnx.load_from_string(package.read(FALLBACK)).graph
    arrays = weights_of(graph)
    return {name: torch.from_numpy(array) for name, array in arrays.items()}, FALLBACK


def weights_of(graph: onnx.GraphProto) -> dict[str, npt.NDArray[np.float32]]:
    """Read a classifier's parameters out of the ONNX graph that ``export`` writes.

    Biases, norms and embeddings keep their names there. The exporter turns matrices round
    and renames them; each is known by the bias that is added to its product.

    Returns:
        float32 arrays by the names that transformers gives them; matrices are (out, in).
    """
    stored = {tensor.name: tensor for tensor in graph.initializer}
    source = {name: name for name in stored} | {
        node.output[0]: node.input[0]
        for node in graph.node
        if node.op_type == "Cast" and node.input[0] in stored
    }
    weights = {}
    for name, tensor in stored.items():
        # Buffers, such as the numbers of the positions, are no parameters.
        if name.startswith(_WRAPPER) and tensor.data_type in _FLOATS:
            weights[name.removeprefix(_WRAPPER).removesuffix(_HALF)] = _array(tensor)
    biases = {
        product: bias
        for node in graph.node
        if node.op_type == "Add"
        for product, bias in (tuple(node.input), tuple(node.input)[::-1])
        if bias.startswith(_WRAPPER) and bias.endswith(".bias")
    }
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in source and node.output[0] in biases:
            bias = biases[node.output[0]].removeprefix(_WRAPPER)
            turned = _array(stored[source[node.input[1]]]).T
            weights[f"{bias.removesuffix('bias')}weight"] = np.ascontiguousarray(turned)
    return weights


def _array(tensor: onnx.TensorProto) -> npt.NDArray[np.float32]:
    return np.asarray(numpy_helper.to_array(tensor), np.float32)


def _damaged(package: ModelPackage, file: str, expected: str, found: Any) -> ModelDamagedError:
    lines = str(found).splitlines() or ["something else"]
    shown = " ".join(line.strip() for line in lines[:2])[:200]
    return ModelDamagedError(path=str(package.path), file=file, expected=expected, found=shown)
