"""Which files a command's arguments name."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from taskner.cli.console import say
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
    names: Iterable[str], *, suffixes: Collection[str] = SUFFIXES, companions: Collection[str] = ()
) -> list[str]:
    """Give the files that the arguments name, each once.

    Args:
        names: Files, folders and ``-``. A folder stands for the files in it and below it
            that have one of the suffixes, sorted; one without any stands for itself, so
            that reading it says what is wrong.
        suffixes: In lower case.
        companions: Suffixes of files that belong to the others and are left out unsaid.
    """
    listed: dict[object, str] = {}
    for name in names:
        if name == STDIN or not Path(name).is_dir():
            found: Iterable[str] = (name,)
        else:
            found = map(str, _files_in(Path(name), suffixes, companions))
        for file in found:
            listed.setdefault(STDIN if file == STDIN else Path(file).resolve(), file)
    return list(listed.values())


def _files_in(
    folder: Path, suffixes: Collection[str], companions: Collection[str]
) -> Iterator[Path]:
    others = set()
    n_found = 0
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        # Hidden files, and the lock files of office programs, are nobody's notices.
        if any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts):
            continue
        if file.suffix.lower() in suffixes:
            n_found += 1
            yield file
        elif file.suffix.lower() not in companions:
            others.add(file.suffix or "no suffix")
    if others:
        say(f"{folder}: files of other types left out ({', '.join(sorted(others))})")
    if not n_found:
        yield folder
