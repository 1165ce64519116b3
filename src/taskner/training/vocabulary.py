"""Trim the base vocabulary to the pieces Chinese notices need.

The text is cut after isolating every character that is neither Han nor Latin: digits
and punctuation are then pieces of their own, and hardly a span's border falls inside a
piece (a training run counts those that do).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_SPACE = "▁"
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]{1,2}|[A-Z]{3,4}")
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def choose_pieces(pieces: Sequence[str]) -> list[int]:
    """Choose the rows of the base vocabulary to keep, in their order.

    Kept: the special pieces, runs of Han, short Latin runs, and single characters
    that are digits, punctuation or symbols; 21,240 of multilingual-e5-small's 250,002.
    """
    return [index for index, piece in enumerate(pieces) if index < len(SPECIAL) or _keep(piece)]


def _keep(piece: str) -> bool:
    if _HAN.fullmatch(piece) or _LATIN.fullmatch(piece) or piece == _SPACE:
        return True
    return len(piece) == 1 and unicodedata.category(piece)[0] in "NPS"


def build_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Build the tokenizer of the trimmed vocabulary.

    Args:
        pieces: The kept pieces; the first four are the special ones.
        scores: Their log probabilities.

    Returns:
        A tokenizer whose offsets are code points of its input, one code point of
        input to one of normalised text.
    """
    tokenizer = Tokenizer(
        models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=SPECIAL.index("<unk>"))
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"\s"), _SPACE),
            *(normalizers.Replace(full, half) for full, half in _FULL_WIDTH.items()),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{Han}\p{Latin}]"), "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer
