"""A file's bytes, from regular files only and within the limits."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from taskner.errors import FolderError, OverLimitError, UnreadableFileError
from taskner.readers.config import ReaderConfig

# Opening a pipe would wait for its writer; the other two are Windows' own.
_FLAGS = os.O_RDONLY | sum(getattr(os, f"O_{n}", 0) for n in ("NONBLOCK", "BINARY", "NOINHERIT"))


def load_file(path: str | Path, *, config: ReaderConfig) -> bytes:
    """Give a regular file's content. Pipes and devices are never opened: they may not end.

    Raises:
        FolderError: The path is a folder.
        UnreadableFileError: The path is no regular file or cannot be opened.
        OverLimitError: The file is too large.
    """
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            os.scandir(path).close()  # which fails for a folder that may not be opened
            raise FolderError(path=str(path))
        _check_regular(status, path=str(path))
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            # What the path names may have changed since.
            status = os.fstat(file.fileno())
            _check_regular(status, path=str(path))
            check_size(status.st_size, path=str(path), config=config)
            data = file.read(config.max_bytes + 1)
    except FileNotFoundError as error:
        raise UnreadableFileError(path=str(path), detail="there is no such file") from error
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(path=str(path), detail=detail) from error
    check_size(len(data), path=str(path), config=config)
    return data


def check_size(n_bytes: int, *, path: str, config: ReaderConfig) -> None:
    """Refuse content that is too large.

    Raises:
        OverLimitError: It is.
    """
    if n_bytes > config.max_bytes:
        found = f"{n_bytes:,} bytes or more"
        raise OverLimitError(path=path, found=found, limit="max_bytes", value=config.max_bytes)


def _check_regular(status: os.stat_result, *, path: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(path=path, detail="it is no regular file")
