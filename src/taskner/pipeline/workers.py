"""Files are read in a process of their own, which may die of one without harm to the rest."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.spawn import get_executable
from pathlib import Path
from typing import Any, Literal, Self

from taskner.errors import (
    ReadCrashError,
    ReadMemoryError,
    ReadTimeoutError,
    TasknerError,
    WorkerStartError,
)
from taskner.pipeline.processes import await_end, end_session, memory_of
from taskner.pipeline.reading import Input, name_of
from taskner.readers import ReaderConfig
from taskner.types import Notice

READY = "ready"
"""What a worker answers to its limits."""

# Not multiprocessing, whose child runs the caller's main module again.
_CODE = (
    "import sys; sys.path[:] = sys.argv[1:]; from taskner.pipeline.worker_main import main; main()"
)
_AHEAD = 1
_LOOK_EVERY = 0.02
_SECONDS_TO_START = 120.0
_SECONDS_TO_DIE = 5.0
_LONGEST_DETAIL = 300


def read_many(
    inputs: Iterable[Input], *, limits: ReaderConfig
) -> Generator[tuple[Input, Notice | TasknerError], None, None]:
    """Read and parse inputs in a worker, in their order; while one is used the next is read.

    Args:
        inputs: Taken one ahead of the results, in the caller's thread.
        limits: Of the readers; ``max_seconds`` and ``max_memory`` are held from outside.

    Yields:
        Each input with its notice without targets, or with the error it caused.

    Raises:
        WorkerStartError: No worker starts on this machine.
    """
    waiting: deque[tuple[Input, Future[Notice | TasknerError]]] = deque()
    executor = ThreadPoolExecutor(1, thread_name_prefix="taskner-reader")
    worker = ReaderWorker(limits)
    try:
        for source in inputs:
            waiting.append((source, executor.submit(worker.read, source)))
            if len(waiting) > _AHEAD:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        # Also when the caller stops early, or is interrupted.
        worker.close()
        executor.shutdown(cancel_futures=True)


class ReaderWorker:
    """A process that reads one file after the other; a new one follows when it dies."""

    def __init__(self, limits: ReaderConfig) -> None:
        """Keep the limits; the process starts with the first file."""
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._lock = threading.RLock()

    def read(self, source: Input) -> Notice | TasknerError:
        """Read and parse one input.

        Returns:
            The notice without targets, or why there is none.

        Raises:
            WorkerStartError: The process does not start.
        """
        process = self._running()
        limits, path = self._limits, name_of(source)
        with _Watch(self, process, seconds=limits.max_seconds, memory=limits.max_memory) as watch:
            answer: Notice | TasknerError | None = _ask(process, source)
        if answer is None and not watch.reason:
            await_end(process, seconds=_SECONDS_TO_DIE)
        # What one file leaves behind must not be charged to the next.
        is_spent = memory_of(process.pid) > limits.max_memory / 2
        if answer is None or watch.reason or is_spent or isinstance(answer, ReadMemoryError):
            self.end()
        if answer is not None:
            return answer
        if watch.reason == "time":
            return ReadTimeoutError(path=path, value=limits.max_seconds)
        if watch.reason == "memory":
            return ReadMemoryError(path=path, value=limits.max_memory)
        return ReadCrashError(path=path, detail=_describe(process.returncode))

    def end(self) -> None:
        """End the process with all that it started; the next file gets a new one."""
        with self._lock:
            if self._process is not None:
                end_session(self._process)
                for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                    with contextlib.suppress(OSError):
                        if pipe is not None:
                            pipe.close()
            self._process = None

    def close(self) -> None:
        """End the process for good."""
        with self._lock:
            self._is_closed = True
            self.end()

    def _running(self) -> subprocess.Popen[bytes]:
        """Give the process; a new one when there is none or it has died since."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        process = self._start()
        with _Watch(self, process, seconds=_SECONDS_TO_START) as watch:
            is_ready = _ask(process, self._limits) == READY and not watch.reason
        if is_ready:
            if process.stderr is not None:
                process.stderr.close()
            return process
        if not watch.reason:
            await_end(process, seconds=_SECONDS_TO_DIE)
        end_session(process)
        messages = process.stderr.read() if process.stderr is not None else b""
        self.end()
        # The last line of a traceback is its message.
        detail = messages.decode("utf-8", "replace").strip().rpartition("\n")[2]
        detail = detail[-_LONGEST_DETAIL:] or _describe(process.returncode)
        raise WorkerStartError(detail=detail)

    def _start(self) -> subprocess.Popen[bytes]:
        if getattr(sys, "frozen", False):
            # The executable is a program of its own and would start itself again.
            raise WorkerStartError(detail="this program carries no Python interpreter")
        paths = [str(Path(path).absolute()) for path in sys.path]
        command = [os.fsdecode(get_executable() or ""), "-P", "-c", _CODE, *paths]
        with self._lock:
            if self._is_closed:
                raise WorkerStartError(detail="it was closed")
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    # Ctrl-C is for us alone, and by the session we find what it started.
                    start_new_session=True,
                )
            except (OSError, ValueError) as error:
                raise WorkerStartError(detail=str(error)) from error
            return self._process


class _Watch:
    """Ends a worker that takes too much time or memory for its answer."""

    def __init__(
        self,
        worker: ReaderWorker,
        process: subprocess.Popen[bytes],
        *,
        seconds: float,
        memory: int = sys.maxsize,
    ) -> None:
        self.reason: Literal["time", "memory"] | None = None
        self._worker = worker
        self._pid = process.pid
        self._seconds = seconds
        self._memory = memory
        self._is_answered = threading.Event()
        self._thread = threading.Thread(target=self._look, name="taskner-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_answered.set()
        self._thread.join()

    def _look(self) -> None:
        end = time.monotonic() + self._seconds
        while not self._is_answered.wait(_LOOK_EVERY):
            if time.monotonic() > end:
                self.reason = "time"
            elif memory_of(self._pid) > self._memory:
                self.reason = "memory"
            if self.reason:
                self._worker.end()
                return


def _ask(process: subprocess.Popen[bytes], message: object) -> Any:
    """Send a message and give the answer; None when the process dies of it."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        pickle.dump(message, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        return pickle.load(process.stdout)  # noqa: S301 - from our own child
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        # ValueError: the pipe was closed on this side, when the process was ended.
        return None


def _describe(code: int | None) -> str:
    """Say how a process ended."""
    if code is None or code >= 0:
        return f"exit code {code}"
    if code == -signal.SIGKILL:
        return "killed by the system, most likely for want of memory"
    return signal.strsignal(-code) or f"signal {-code}"
