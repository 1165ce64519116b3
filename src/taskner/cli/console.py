"""Where output goes: data to stdout as UTF-8 bytes, messages to stderr."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from taskner.errors import TasknerError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

_WIDTH_OF_FILES = 120


def say(message: str) -> None:
    """Print one line on stderr."""
    # Without control characters: a file's name or text may carry any.
    line = "".join(c if c.isprintable() else " " for c in message)
    sys.stderr.write(f"taskner: {line}\n")
    sys.stderr.flush()


def put(data: bytes, path: Path | None = None) -> None:
    """Write data to a file, or to stdout whatever its encoding claims to be.

    Raises:
        TasknerError: The file cannot be written.
    """
    try:
        if path is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            path.write_bytes(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        place = path or "standard output"
        detail = f"{place}: cannot be written ({error.strerror}); choose another place."
        raise TasknerError(detail=detail) from error


def put_text(text: str, path: Path | None = None) -> None:
    """Write text as UTF-8; half a surrogate pair becomes ``?``, so that offsets hold."""
    put(text.encode("utf-8", "replace"), path)


def is_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    return sys.stdout.isatty()


def drawn(draw: Callable[[Console], None], *, coloured: bool) -> str:
    """Give what is drawn on a console as text, in the width of the terminal.

    Args:
        draw: Prints on the console it is given.
        coloured: Whether a terminal will show it; NO_COLOR is obeyed.
    """
    from rich.console import Console  # noqa: PLC0415 - only where something is drawn

    buffer = io.StringIO()
    draw(
        Console(
            file=buffer,
            force_terminal=coloured,
            legacy_windows=False,
            width=None if coloured else _WIDTH_OF_FILES,
        )
    )
    return buffer.getvalue()
