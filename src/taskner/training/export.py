"""Export a fine-tuned model to ONNX: int8 for use, fp16 storage as the fallback."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from transformers import AutoModelForTokenClassification, PreTrainedModel

OPSET = 18
_SMALL = 2048
"""Tensors of at most this many values stay float32."""


class _Logits(torch.nn.Module):
    """The classifier as a function of two tensors, for the exporter."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Give logits. Shapes: (batch, pieces) twice, to (batch, pieces, tags)."""
        logits: torch.Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).logits
        return logits


def export_float(folder: Path, target: Path) -> None:
    """Export a Hugging Face model folder to one float32 ONNX file."""
    model = AutoModelForTokenClassification.from_pretrained(
        folder,
        dtype=torch.float32,
        attn_implementation="eager",
        use_safetensors=True,
        trust_remote_code=False,
    ).eval()
    input_ids = torch.full((2, 24), 4)
    mask = torch.ones_like(input_ids)
    mask[1, 16:] = 0
    # Two named dimensions, so that any batch of any length runs.
    batch = torch.export.Dim("batch", min=1, max=1024)
    length = torch.export.Dim("length", min=2, max=model.config.max_position_embeddings)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            _Logits(model),
            (input_ids, mask),
            dynamo=True,
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_shapes={
                "input_ids": {0: batch, 1: length},
                "attention_mask": {0: batch, 1: length},
            },
            opset_version=OPSET,
            verbose=False,
        )
    assert program is not None
    program.save(str(target), external_data=False)
    graph = onnx.load(str(target))
    # The exporter notes the paths of this machine's source files on every node.
    for node in graph.graph.node:
        del node.metadata_props[:]
    onnx.save(graph, str(target))


def quantise(float_model: Path, target: Path) -> None:
    """Write the int8 model: weights in 8-bit blocks of 64, embeddings as fp16.

    Activations stay float32: a scale per tensor, as dynamic quantisation has it, makes
    a result depend on what shares the batch.

    Source: MatMulNBits of ONNX Runtime's contributed operators.
    """
    model = onnx.load(str(float_model))
    quantiser = MatMulNBitsQuantizer(
        model,
        algo_config=DefaultWeightOnlyQuantConfig(
            block_size=64, is_symmetric=True, bits=8, accuracy_level=0
        ),
    )
    logging.getLogger(quantiser.__module__).setLevel(logging.WARNING)
    quantiser.process()
    onnx.save(_halve(quantiser.model.model), str(target))


def store_half(float_model: Path, target: Path) -> None:
    """Write the fallback: weights stored as fp16, computed in float32."""
    onnx.save(_halve(onnx.load(str(float_model))), str(target))


def _halve(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store large float32 tensors as fp16 with a cast behind each."""
    casts = []
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.size <= _SMALL:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(array.astype(np.float16), f"{name}_fp16"))
        casts.append(
            helper.make_node("Cast", [f"{name}_fp16"], [name], f"{name}_cast", to=TensorProto.FLOAT)
        )
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model
