"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from taskner.errors import OutputError


def check_writable(path: Path) -> None:
    """Make sure, before any work, that a file can be written; nothing is changed.

    Raises:
        OutputError: It cannot.
    """
    with _named(path):
        if not _is_replaced(path):
            return
        target = Path(os.path.realpath(path))
        if target.exists():
            # Write-protected, or held by the spreadsheet program that shows it.
            with target.open("r+b"):
                pass
        part = _part_of(target)
        part.touch(exist_ok=False)
        part.unlink()


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside its place and then put it there, so that no half of it is seen.

    A link is followed, the permissions of a file that is replaced are kept; a device or a
    pipe is written as it is.

    Args:
        path: The file; one that exists is replaced.
        pieces: Its content. When taking a piece fails, what was there before stays.

    Raises:
        OutputError: It cannot be written.
    """
    with _named(path):
        is_replaced = _is_replaced(path)
        target = Path(os.path.realpath(path))
        part = _part_of(target) if is_replaced else path
        file = part.open("xb" if is_replaced else "wb")
    try:
        for piece in pieces:
            with _named(path):
                file.write(piece)
        with _named(path):
            file.flush()
            if is_replaced:
                os.fsync(file.fileno())
            file.close()
            if is_replaced:
                if target.exists():
                    shutil.copymode(target, part)
                part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            file.close()
        if is_replaced:
            part.unlink(missing_ok=True)
        raise


def _is_replaced(path: Path) -> bool:
    """Say whether the path is a file's or free; a folder is neither."""
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    return path.is_file() or not path.exists()


def _part_of(target: Path) -> Path:
    return target.with_name(f".taskner-{secrets.token_hex(4)}.part")


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise OutputError(path=str(path), detail=detail) from error
