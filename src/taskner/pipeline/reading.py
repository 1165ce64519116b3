"""One file becomes a notice without targets: what a worker does, or this process."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from taskner.errors import TasknerError
from taskner.notices import parse_notice
from taskner.readers import ReaderConfig, read, read_bytes
from taskner.types import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file's content that is already in memory, and the name that tells its format."""

    name: str
    data: bytes


Input = str | Path | Content


def name_of(source: Input) -> str:
    """Give the name by which messages call an input."""
    return source.name if isinstance(source, Content) else str(source)


def read_notice(source: Input, limits: ReaderConfig) -> Notice:
    """Read and parse one input.

    Raises:
        ReadError: It cannot be read.
    """
    if isinstance(source, Content):
        return parse_notice(read_bytes(source.data, name=source.name, config=limits))
    return parse_notice(read(source, config=limits))


def read_many_here(
    inputs: Iterable[Input], *, limits: ReaderConfig
) -> Generator[tuple[Input, Notice | TasknerError], None, None]:
    """Read and parse inputs in this process, as :func:`workers.read_many` does in another."""
    for source in inputs:
        try:
            yield source, read_notice(source, limits)
        except TasknerError as error:
            yield source, error
