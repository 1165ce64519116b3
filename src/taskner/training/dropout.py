"""Dropout that is cheap on processors, for training.

PyTorch draws a dropout mask on the CPU one float at a time on one core, which costs about as
much as the matrix products of a small encoder, and its fused attention is slow backwards there.
"""

from __future__ import annotations

from typing import Any

import torch
from transformers import AttentionInterface, AttentionMaskInterface, PreTrainedModel
from transformers.masking_utils import eager_mask

_ATTENTION = "taskner_cpu"
_LEVELS = 256
_BYTES_A_DRAW = 8


class ByteDropout(torch.nn.Dropout):
    """Dropout whose mask takes a random byte an element: its rate is a multiple of 1/256."""

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """Give ``hidden`` (any shape) with elements zeroed and the rest scaled up."""
        return drop_out(hidden, self.p if self.training else 0.0)


def drop_out(hidden: torch.Tensor, rate: float) -> torch.Tensor:
    """Zero about ``rate`` of the elements, and scale the others so that the mean stays."""
    dropped = round(rate * _LEVELS)
    if not dropped:
        return hidden
    n_draws = -(-hidden.numel() // _BYTES_A_DRAW)
    draws = torch.empty(n_draws, dtype=torch.int64).random_(torch.iinfo(torch.int64).min, None)
    keep = draws.view(torch.uint8)[: hidden.numel()].view(hidden.shape) >= dropped
    return hidden * keep.to(hidden.dtype).mul_(_LEVELS / (_LEVELS - dropped))


def use_cheap_dropout(model: PreTrainedModel) -> None:
    """Exchange all dropout of an encoder, that of its attention included, in place."""
    for module in list(model.modules()):
        for name, child in module.named_children():
            if type(child) is torch.nn.Dropout:
                setattr(module, name, ByteDropout(child.p))
    AttentionInterface.register(_ATTENTION, _attend)
    AttentionMaskInterface.register(_ATTENTION, eager_mask)
    model.set_attn_implementation(_ATTENTION)


def _attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    scaling: float,
    dropout: float = 0.0,
    **_: Any,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Attend; tensors have the shape (batch, heads, pieces, width)."""
    scores = query @ key.transpose(2, 3) * scaling
    if attention_mask is not None:
        scores = scores + attention_mask
    weights = drop_out(scores.softmax(-1), dropout if module.training else 0.0)
    return (weights @ value).transpose(1, 2).contiguous(), weights
