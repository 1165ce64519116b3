"""Old office files, converted by LibreOffice and read as Word or Excel files.

LibreOffice runs without a window, with a profile of its own that is thrown away: macros are
not run, links to other files are not updated, nothing is fetched over the network.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Literal

from taskner.errors import (
    NeedsConversionError,
    OverLimitError,
    ReadTimeoutError,
    UnreadableFileError,
)
from taskner.readers.config import ReaderConfig
from taskner.readers.office_profile import PROFILE
from taskner.readers.signatures import kind_of

ENVIRONMENT = "TASKNER_SOFFICE"
"""The variable that names the program."""

Suffix = Literal["docx", "xlsx"]

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_OPTIONS = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
_SHARE_OF_TIME = 0.9
"""So that the conversion is ended from here, before the whole process is ended from outside."""
_PAUSE = 0.05


def convert(data: bytes, *, suffix: str, to: Suffix, path: str, config: ReaderConfig) -> bytes:
    """Convert a file that taskner does not read by itself.

    Args:
        data: The whole file.
        suffix: What LibreOffice shall take it for, without the dot.
        to: What it becomes.
        path: The file as the user named it, for errors.
        config: Limits; time and the size of the result are held to them.

    Raises:
        NeedsConversionError: LibreOffice is not there.
        UnreadableFileError: It cannot convert the file.
        OverLimitError: The result is too large.
        ReadTimeoutError: It takes too long.
    """
    program = find_soffice()
    if program is None:
        program_advice = f"install LibreOffice or name its program in {ENVIRONMENT}"
        advice = f"{program_advice}, or open the file in WPS or Office and save it as .{to}."
        raise NeedsConversionError(path=path, found=kind_of(data), advice=advice)
    with tempfile.TemporaryDirectory(prefix="taskner-") as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
        (folder / "tmp").mkdir()
        source = folder / f"notice.{suffix}"
        source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", *_OPTIONS, "--convert-to", to]
        _run([*command, "--outdir", str(folder), str(source)], folder, path=path, config=config)
        result = folder / f"notice.{to}"
        if not result.is_file():
            detail = (
                "LibreOffice cannot convert it; it is damaged or protected by a password: "
                f"open it in WPS or Office and save it as .{to}"
            )
            raise UnreadableFileError(path=path, detail=detail)
        return result.read_bytes()


def find_soffice() -> str | None:
    """Give LibreOffice's program: the one that TASKNER_SOFFICE names, or an installed one."""
    if named := os.environ.get(ENVIRONMENT):
        return shutil.which(named)
    found = (shutil.which(name) for name in (*_NAMES, *_PLACES))
    return next(filter(None, found), None)


def _run(command: list[str], folder: Path, *, path: str, config: ReaderConfig) -> None:
    end = time.monotonic() + config.max_seconds * _SHARE_OF_TIME
    with subprocess.Popen(  # noqa: S603 - found by us or named by the user
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        cwd=folder,
        # A group of its own, to be killed as one: the program only starts another.
        process_group=0 if hasattr(os, "killpg") else None,
    ) as process:
        try:
            while process.poll() is None:
                time.sleep(_PAUSE)
                if time.monotonic() > end:
                    raise ReadTimeoutError(path=path, value=config.max_seconds)
                _check_written(folder, path=path, config=config)
        finally:
            _end(process)
    _check_written(folder, path=path, config=config)


def _check_written(folder: Path, *, path: str, config: ReaderConfig) -> None:
    """Refuse what fills the disk: the result, or what LibreOffice writes on the way to it."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(place, name).lstat().st_size
    limit = config.max_expanded_bytes
    if total > limit:
        found = f"more than {limit:,} bytes when converted"
        raise OverLimitError(path=path, found=found, limit="max_expanded_bytes", value=limit)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the program with its whole group."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _environment(folder: Path) -> dict[str, str]:
    """Give the environment without what leads to a screen, a session or other code."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}
        and not name.startswith("PYTHON")
    }
    return {**kept, "TMPDIR": str(folder / "tmp"), "SAL_USE_VCLPLUGIN": "svp"}
