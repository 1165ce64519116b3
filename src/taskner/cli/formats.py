"""The formats of a ledger, and which one a command's options ask for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import typer

from taskner.cli.console import is_terminal
from taskner.cli.inputs import STDIN
from taskner.output_files import check_writable


class Format(StrEnum):
    """How a ledger is written."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


class Lang(StrEnum):
    """The language of column titles and glosses."""

    ZH = "zh"
    EN = "en"


_WITH_TEXT = (Format.JSONL, Format.JSON)
_ONLY_FILES = (Format.XLSX,)


def choose_format(wanted: Format | None, output: Path | None) -> Format:
    """Give the format asked for by option, by suffix, or by where stdout goes.

    Raises:
        typer.BadParameter: The suffix names no format, or another one than the option.
    """
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if wanted is not None:
        # A text under a workbook's name opens in no program; json and jsonl are near enough.
        is_near = {suffix, wanted} <= {Format.JSON, Format.JSONL}
        if suffix in tuple(Format) and suffix != wanted and not is_near:
            message = (
                f"{output}: is no name for {wanted}; call it .{wanted}, or leave --format out."
            )
            raise typer.BadParameter(message)
        return wanted
    if output is None:
        return Format.TABLE if is_terminal() else Format.JSONL
    if suffix not in tuple(Format):
        known = ", ".join(f".{name}" for name in Format if name is not Format.TABLE)
        message = f"{output}: the suffix names no format ({known}); give --format."
        raise typer.BadParameter(message)
    return Format(suffix)


def check_use(
    chosen: Format, output: Path | None, names: Sequence[str], *, with_text: bool
) -> None:
    """Refuse before any work what cannot end well.

    Raises:
        typer.BadParameter: The options contradict each other, or the output is an input.
        OutputError: The output cannot be written.
    """
    if with_text and chosen not in _WITH_TEXT:
        message = f"--with-text is for {' and '.join(_WITH_TEXT)}, not {chosen}."
        raise typer.BadParameter(message)
    if output is None:
        if chosen in _ONLY_FILES and is_terminal():
            message = f"{chosen} is no text for a terminal; give -o FILE.{chosen}."
            raise typer.BadParameter(message)
        return
    check_output(output, names)


def check_output(output: Path, names: Sequence[str]) -> None:
    """Refuse before any work an output that is an input or cannot be written.

    Raises:
        typer.BadParameter: It is also an input.
        OutputError: It cannot be written.
    """
    written = os.path.realpath(output)
    if any(name != STDIN and os.path.realpath(name) == written for name in names):
        message = f"{output}: is also an input; choose another file."
        raise typer.BadParameter(message)
    check_writable(output)
