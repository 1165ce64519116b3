"""Where output goes: data to stdout as UTF-8 bytes, messages to stderr."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from taskner.errors import OutputError
from taskner.output_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

_WIDTH_OF_FILES = 120
_FIRST_RAW, _LAST_RAW = 0xDC80, 0xDCFF


def say(message: str) -> None:
    """Print one line on stderr."""
    sys.stderr.write(f"taskner: {escaped(message)}\n")
    sys.stderr.flush()


def escaped(text: str) -> str:
    """Give text in one line that no terminal obeys: a file's name may hold anything."""
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    code = ord(character)
    if _FIRST_RAW <= code <= _LAST_RAW:
        # How Python carries a byte of a file's name that is no UTF-8.
        return f"\\x{code - _FIRST_RAW + 0x80:02x}"
    return character.encode("unicode_escape").decode("ascii")


def put(data: bytes, path: Path | None = None) -> None:
    """Write data to a file, or to stdout whatever its encoding claims to be.

    Raises:
        OutputError: It cannot be written.
    """
    put_pieces((data,), path)


def put_pieces(pieces: Iterable[bytes], path: Path | None = None) -> None:
    """Write pieces to stdout, each as it comes, or to a file, which is seen when it is whole.

    Raises:
        OutputError: They cannot be written.
    """
    if path is not None:
        write_whole(path, pieces)
        return
    for piece in pieces:
        try:
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(path="standard output", detail=error.strerror) from error


def put_text(text: str, path: Path | None = None) -> None:
    """Write text as UTF-8; half a surrogate pair becomes ``?``, so that offsets hold."""
    put(text.encode("utf-8", "replace"), path)


def without_controls(text: str) -> str:
    """Replace, one to one, what a terminal would obey; line breaks and tabs stay."""
    return "".join(c if c in "\n\t" or _escaped(c) == c else "\ufffd" for c in text)


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
