"""What the operating system offers to watch, limit and end a process and its children."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_PROC = Path("/proc")
_IS_LINUX = sys.platform == "linux"
_SESSION = 3  # in /proc/PID/stat, counted after the name in brackets: state, parent, group
_PR_SET_PDEATHSIG = 1
_SPARE = 2
_PAUSE = 0.01


def memory_of(pid: int, *, with_children: bool = True) -> int:
    """Give the bytes that a process and its children hold in memory; 0 where it is not told.

    Resident memory is counted, not address space: libraries reserve much that they never use.

    Args:
        pid: Of the process.
        with_children: Whether what it started counts too.
    """
    if not _IS_LINUX:
        return 0
    folder = _PROC / str(pid)
    try:
        pages = int((folder / "statm").read_text("ascii").split()[1])
        # Each thread has the children that it started.
        threads = [path.read_text("ascii") for path in folder.glob("task/*/children")]
    except (OSError, ValueError, IndexError):
        return 0
    children = [child for thread in threads for child in thread.split()] if with_children else ()
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(memory_of(int(child)) for child in children)


def end_session(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads its session, with all that it started, and wait for it.

    Whatever a reader starts may have a process group of its own; the session tells it.
    """
    if process.returncode is None:
        # Not before: a process that was waited for has given its number away.
        for pid in _members(process.pid) if _IS_LINUX else ():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()


def await_end(process: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Wait for a dying process, so that its own exit code is seen and not that of a kill.

    Its number is not given away: :func:`end_session` still finds what it started.
    """
    if not hasattr(os, "waitid"):
        return
    end = time.monotonic() + seconds
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    with contextlib.suppress(OSError):
        while not os.waitid(os.P_PID, process.pid, flags) and time.monotonic() < end:
            time.sleep(_PAUSE)


def _members(session: int) -> list[int]:
    """List the processes of a session, whatever their parents and groups are."""
    found = []
    for folder in _PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if len(fields) > _SESSION and int(fields[_SESSION]) == session:
            found.append(int(folder.name))
    return found


def limit_this_process(max_memory: int) -> None:
    """Let this process die with its parent, leave no core file and not eat the machine.

    The parent watches what is resident and ends this process at the limit. The limit set
    here is twice as high: it stops what grows faster than the parent looks. It counts
    private memory that can be written (RLIMIT_DATA), because address space (RLIMIT_AS) is
    reserved by threads and allocators in amounts that have nothing to do with a file.
    """
    try:
        import resource  # noqa: PLC0415 - not on every platform
    except ImportError:
        return
    _lower(resource.RLIMIT_CORE, 0)
    if _IS_LINUX:
        _lower(resource.RLIMIT_DATA, max_memory * _SPARE)
        import ctypes  # noqa: PLC0415 - as above

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))


def _lower(what: int, value: int) -> None:
    import resource  # noqa: PLC0415 - as above

    _, hard = resource.getrlimit(what)
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (most, most))
