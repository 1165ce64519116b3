"""The inside of the process that reads files: requests come in, answers go out.

Requests and answers are pickles on the pipes that were standard input and output. The
process is no jail: it keeps a file that crashes, hangs or swells from taking others along.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

from taskner.errors import ReadMemoryError, TasknerError, UnexpectedError
from taskner.pipeline.processes import limit_this_process
from taskner.pipeline.reading import Input, name_of, read_notice
from taskner.pipeline.workers import READY
from taskner.readers import ReaderConfig
from taskner.types import Notice


def main() -> None:
    """Answer requests until the pipe of requests is closed."""
    requests, answers = _take_pipes()
    limits: ReaderConfig = pickle.load(requests)  # noqa: S301 - from our own parent
    limit_this_process(limits.max_memory)
    _send(READY, answers)
    _silence()
    while True:
        try:
            source: Input = pickle.load(requests)  # noqa: S301 - as above
        except EOFError:
            return
        answer = _answer(source, limits)
        _send(answer, answers)
        if isinstance(answer, ReadMemoryError):
            # Libraries that met the end of memory are not to be trusted with another file.
            return


def _answer(source: Input, limits: ReaderConfig) -> Notice | TasknerError:
    try:
        return read_notice(source, limits)
    except TasknerError as error:
        return error
    except MemoryError:
        return ReadMemoryError(path=name_of(source), value=limits.max_memory)
    except Exception as error:  # noqa: BLE001 - one file's fault must not end the batch
        return UnexpectedError.of(error, path=name_of(source))


def _send(answer: object, answers: BinaryIO) -> None:
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for ourselves: a library that prints would garble the answers."""
    stdin, stdout, stderr = (stream.fileno() for stream in (sys.stdin, sys.stdout, sys.stderr))
    requests, answers = os.fdopen(os.dup(stdin), "rb"), os.fdopen(os.dup(stdout), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, stdin)
    os.dup2(stderr, stdout)
    os.close(null)
    return requests, answers


def _silence() -> None:
    """Drop what libraries print: it may hold anything that stands in a file."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(null, stream.fileno())
    os.close(null)
