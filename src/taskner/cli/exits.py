"""Exit codes, and what becomes of errors: one line on stderr, never a traceback."""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from typing import Any

import typer
from typer.core import TyperGroup

from taskner.cli.console import escaped, say
from taskner.errors import (
    CorpusError,
    MarksError,
    ReadError,
    SpanError,
    TasknerError,
    UnexpectedError,
)

_OF_DOCUMENTS = (ReadError, MarksError, CorpusError, SpanError, UnexpectedError)


class ExitCode(IntEnum):
    """What a command answers to the shell."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_USE = 2
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class Commands(TyperGroup):
    """The commands; an error that one of them raises ends here."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except TasknerError as error:
            if ctx.params.get("debug"):
                raise
            say(str(error))
            code = ExitCode.SOME_FAILED if isinstance(error, _OF_DOCUMENTS) else ExitCode.WRONG_USE
        except KeyboardInterrupt:
            say("interrupted")
            code = ExitCode.INTERRUPTED
        except BrokenPipeError:
            _forget_stdout()
            code = ExitCode.PIPE_CLOSED
        except Exception as error:
            # typer's own (help, wrong arguments) know their exit code and print themselves.
            if isinstance(message := getattr(error, "message", None), str):
                error.message = escaped(message)  # type: ignore[attr-defined]
            if hasattr(error, "exit_code") or ctx.params.get("debug"):
                raise
            say(str(UnexpectedError.of(error, path="taskner")))
            code = ExitCode.SOME_FAILED
        raise typer.Exit(code)


def is_debugging(context: typer.Context) -> bool:
    """Tell whether ``--debug`` was given: errors then show their traceback."""
    return bool(context.find_root().params.get("debug"))


def _forget_stdout() -> None:
    """Let nothing be written at exit to a pipe whose reader has gone."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.close(devnull)
