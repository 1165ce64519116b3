"""What machine a figure was measured on."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

_CPU_INFO = Path("/proc/cpuinfo")
_STATUS = Path("/proc/self/status")
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def describe_machine() -> str:
    """Give processor, cores and Python version in one line."""
    model = platform.processor() or platform.machine()
    if _CPU_INFO.exists():
        for line in _CPU_INFO.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}"


def peak_memory() -> float | None:
    """Give the most memory this process has held, in MB; None where it cannot be told.

    The resource module would start at what the parent process held.
    """
    match = _PEAK.search(_STATUS.read_text(encoding="utf-8")) if _STATUS.exists() else None
    return int(match[1]) / 1024 if match else None
