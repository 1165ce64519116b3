"""What people know of authored notices and no code can tell: place, level, sector, layouts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskner.corpus.annotated import AnnotatedText
from taskner.errors import ConfigError
from taskner.folding import fold
from taskner.toml_config import build_config, load_toml
from taskner.types import Task

GENERAL = "general"
"""The sector of an issuer that answers for everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """Words that tell a sector: of the names of its bodies, and of what its items deal with."""

    bodies: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What the table says of one notice. ``layouts`` are by annex of the ledger."""

    place: str
    manner: str
    level: str
    sector: str
    layouts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandTable:
    """The table: what each layout and sector means, and the facts of each notice by its id."""

    layouts: Mapping[str, str]
    sectors: Mapping[str, Sector]
    notices: Mapping[str, NoticeFacts]

    def sector_of(self, notice: str, task: Task) -> str | None:
        """Give the sector of a task: of its issuer, its lead unit, or the words of its text.

        Returns:
            None where the lead unit's name holds no word of the table, or the text none.
        """
        if (own := self.notices[notice].sector) != GENERAL:
            return own
        if task.units:
            lead = next((it for it in task.units if it.role == "lead"), task.units[0])
            name = fold(lead.name)
            found = (s for s, it in self.sectors.items() if any(w in name for w in it.bodies))
            return next(found, None)
        text = fold(task.text)
        hits = {s: sum(text.count(w) for w in it.topics) for s, it in self.sectors.items()}
        best = max(hits, key=lambda sector: hits[sector])
        return best if hits[best] else None


def read_hand_table(path: Path, texts: Collection[AnnotatedText]) -> HandTable:
    """Read the table and check that it is complete.

    Args:
        path: A TOML file with ``[layouts]``, ``[sectors.NAME]`` and ``[notices.ID]``.
        texts: The texts it must describe, each annex with tasks, and no others.

    Raises:
        ConfigError: The file cannot be read, a key is unknown or missing, or a text, an
            annex, a layout or a sector is not on both sides.
    """
    data = load_toml(path)
    sectors: dict[str, Sector] = {
        name: build_config(Sector, values, path=path, where=f"sectors.{name}")
        for name, values in data.get("sectors", {}).items()
    }
    notices = {name: _facts(path, name, it) for name, it in data.get("notices", {}).items()}
    _check_same(path, "notices", set(notices), {text.id for text in texts})
    for text in texts:
        annexes = {task.annex for task in text.ledger.tasks} if text.ledger else set()
        _check_same(path, f"notices.{text.id}.layouts", set(notices[text.id].layouts), annexes)
        if notices[text.id].sector not in (GENERAL, *sectors):
            detail = f"expected {GENERAL} or a name of [sectors]"
            raise ConfigError(path=path, key=f"notices.{text.id}.sector", detail=detail)
    layouts = {name: str(meaning) for name, meaning in data.get("layouts", {}).items()}
    used = {it for facts in notices.values() for many in facts.layouts.values() for it in many}
    _check_same(path, "layouts", set(layouts), used)
    return HandTable(layouts=layouts, sectors=sectors, notices=notices)


def _facts(path: Path, name: str, values: Any) -> NoticeFacts:
    where = f"notices.{name}"
    facts: NoticeFacts = build_config(NoticeFacts, values, path=path, where=where)
    layouts = {annex: tuple(many) for annex, many in facts.layouts.items()}
    if empty := [annex for annex, many in layouts.items() if not many]:
        detail = f"annex {empty[0]} has no layout"
        raise ConfigError(path=path, key=f"{where}.layouts", detail=detail)
    return NoticeFacts(
        place=facts.place,
        manner=facts.manner,
        level=facts.level,
        sector=facts.sector,
        layouts=layouts,
    )


def _check_same(path: Path, key: str, given: set[str], wanted: set[str]) -> None:
    for names, state in ((wanted - given, "missing"), (given - wanted, "not in the corpus")):
        if names:
            raise ConfigError(path=path, key=key, detail=f"{', '.join(sorted(names))}: {state}")
