"""Which files a command's arguments name."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import say
from taskner.cli.folders import list_folder
from taskner.readers import SUFFIXES, ReaderConfig, read, read_bytes
from taskner.types import Document

STDIN = "-"
LimitsOption = Annotated[
    Path | None,
    typer.Option(
        "--limits",
        metavar="FILE",
        help="Limits of the reader: a TOML file with keys of ReaderConfig (docs/limits.md).",
    ),
]


def read_input(name: str, *, limits: ReaderConfig | None = None) -> Document:
    """Read one input.

    Args:
        name: A path, or ``-`` for standard input.
        limits: Of the reader.

    Raises:
        ReadError: It cannot be read.
    """
    limits = limits or ReaderConfig()
    if name != STDIN:
        return read(name, config=limits)
    return read_bytes(read_stdin(limits=limits), name=STDIN, config=limits)


def read_stdin(*, limits: ReaderConfig) -> bytes:
    """Give what stands on standard input, up to one byte over the limit, which tells."""
    return sys.stdin.buffer.read(limits.max_bytes + 1)


def list_inputs(
    names: Iterable[str],
    *,
    suffixes: Collection[str] = SUFFIXES,
    companions: Collection[str] = (),
    output: Path | None = None,
) -> list[str]:
    """Give the files that the arguments name, each once; say what is left out of folders.

    Args:
        names: Files, folders and ``-``. A folder stands for the files in it and below it
            that have one of the suffixes, sorted; one without any stands for itself, so
            that reading it says what is wrong.
        suffixes: In lower case.
        companions: Suffixes of files that belong to the others and are left out unsaid.
        output: The file that will be written: what an earlier run left is no input.
    """
    listed: dict[str, str] = {}
    written = output and os.path.realpath(output)
    for name in names:
        if name == STDIN or not Path(name).is_dir():
            listed.setdefault(STDIN if name == STDIN else os.path.realpath(name), name)
            continue
        listing = list_folder(Path(name), suffixes=suffixes, companions=companions)
        left_out = list(listing.left_out())
        found = {os.path.realpath(path): str(path) for path in listing.files}
        if found.pop(written or "", None):
            left_out.append("the output")
        if left_out:
            say(f"{name}: left out: {'; '.join(left_out)}")
        for real, path in (found or {os.path.realpath(name): name}).items():
            listed.setdefault(real, path)
    return list(listed.values())
