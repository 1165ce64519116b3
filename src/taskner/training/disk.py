"""A disk that is full or refuses is one clear error, whichever library met it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError

from taskner.errors import OutputError

_TORCH = ("PytorchStreamWriter", "inline_container", "file write failed")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Name the place when something under it cannot be written.

    Raises:
        OutputError: It cannot.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(path=str(path), detail=error.strerror or str(error)) from error
    except SafetensorError as error:
        raise OutputError(path=str(path), detail=str(error)) from error
    except RuntimeError as error:
        # torch.save reports a failed write as an error of its C++ file writer.
        if not any(sign in str(error) for sign in _TORCH):
            raise
        detail = "the disk is full or refuses to write"
        raise OutputError(path=str(path), detail=detail) from error
