"""The files of a folder that can be read, and what was left out of it."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

_LOCKS = (".", "~$")
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_MOST_NAMES = 5
_Kind = Literal["file", "link", "hidden", "special", "closed"]


@dataclass(slots=True)
class Listing:
    """What was found in a folder and below it."""

    files: list[Path] = field(default_factory=list)
    """To be read, sorted; folders among them cannot be opened, which reading them will say."""
    n_hidden: int = 0
    other_types: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)

    def left_out(self) -> Iterator[str]:
        """Say what is not read, a phrase for each reason."""
        if self.other_types:
            kinds = ", ".join(
                f"{suffix} {count}" for suffix, count in sorted(self.other_types.items())
            )
            yield f"{self.other_types.total()} of other types ({kinds})"
        if self.n_hidden:
            yield f"{self.n_hidden} hidden or lock files"
        if self.links:
            yield f"{len(self.links)} links that lead elsewhere or nowhere ({_some(self.links)})"
        if self.special:
            yield f"{len(self.special)} pipes or devices ({_some(self.special)})"


def list_folder(
    folder: Path, *, suffixes: Collection[str], companions: Collection[str] = ()
) -> Listing:
    """List a folder and what is below it.

    Links are followed to files inside the folder only; links to folders never are, so that
    nothing is read twice and no loop is walked.

    Args:
        folder: Where to begin.
        suffixes: Of the files to be read, in lower case.
        companions: Suffixes of files that belong to the others and are left out unsaid.
    """
    listing = Listing()
    linked: list[Path] = []
    for path, kind in _walk(folder):
        if kind == "hidden":
            listing.n_hidden += 1
        elif kind == "link":
            linked.append(path)
        elif kind == "special":
            listing.special.append(str(path.relative_to(folder)))
        elif kind == "closed" or path.suffix.lower() in suffixes:
            listing.files.append(path)
        elif path.suffix.lower() not in companions:
            listing.other_types[path.suffix.lower() or "no suffix"] += 1
    # Last, so that a file is known by its own name where it has one here.
    root = os.path.realpath(folder)
    known = {os.path.realpath(path) for path in listing.files}
    for link in linked:
        target = os.path.realpath(link)
        if not (Path(target).is_relative_to(root) and _is_file(Path(target))):
            listing.links.append(str(link.relative_to(folder)))
        elif link.suffix.lower() in suffixes and target not in known:
            listing.files.append(link)
            known.add(target)
    listing.files.sort()
    return listing


def _walk(folder: Path) -> Iterator[tuple[Path, _Kind]]:
    """Give what stands in a folder and below it; folders only where they cannot be opened."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                found = list(entries)
        except OSError:
            yield current, "closed"
            continue
        for entry in found:
            path = current / entry.name
            if entry.name.startswith(_LOCKS) or entry.name.lower() in _LITTER:
                yield path, "hidden"
            elif entry.is_symlink():
                yield path, "link"
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield path, "file" if entry.is_file(follow_symlinks=False) else "special"


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _some(names: list[str]) -> str:
    shown = ", ".join(sorted(names)[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown}, …"
