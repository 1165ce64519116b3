"""Which texts a run learns from, repeats and is measured on."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from taskner.corpus.inline import parse_marks
from taskner.corpus.leaks import Leak, find_leaks
from taskner.errors import ConfigError, CorpusError, SplitLeakError
from taskner.tagging.package import open_package
from taskner.training.examples import find_marked
from taskner.training.recipe import CorpusConfig, Recipe
from taskner.version import __version__

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Marked texts by what a run does with them."""

    learned: tuple[Path, ...]
    replayed: tuple[Path, ...]
    held_out: tuple[Path, ...]


def choose_texts(recipe: Recipe) -> Texts:
    """Find the marked texts of a recipe.

    Raises:
        CorpusError: A folder is missing or holds no marked text, or none is left to learn.
        ConfigError: A document to stop by is not in the corpus, or a recipe replays without
            a released model to go on from.
    """
    places = [recipe.resolve(place) for place in recipe.corpus.marked]
    found = {path.stem: path for path in find_marked(recipe.corpus, places)}
    for name in recipe.stop.documents:
        if name not in found:
            detail = f"the corpus has no document {name!r} that is not left out anyway"
            raise ConfigError(path=str(recipe.path), key="stop.documents", detail=detail)
    held_out = [found.pop(name) for name in dict.fromkeys(recipe.stop.documents)]
    if not found:
        detail = "stop.documents leave no text to learn"
        raise CorpusError(path=str(recipe.path), detail=detail)
    return Texts(
        learned=tuple(found.values()),
        replayed=_replayed(recipe, known=[*found, *recipe.stop.documents]),
        held_out=tuple(held_out),
    )


def check_held_out(recipe: Recipe) -> None:
    """Make sure that nothing of what a recipe holds out is learned from all the same.

    Held out are the documents it leaves out, as far as its folders have them, and those that
    it stops by.

    Raises:
        SplitLeakError: A document, its near-copy or copies of its sentences stand on both sides.
        MarksError: A mark is malformed.
        TasknerError: The corpus does not serve.
    """
    names = {*recipe.corpus.leave_out, *recipe.stop.documents}
    if not names:
        return
    texts = choose_texts(recipe)
    everything = dataclasses.replace(recipe.corpus, leave_out=())
    places = [recipe.resolve(place) for place in recipe.corpus.marked]
    held_out = [path for path in find_marked(everything, places) if path.stem in names]
    leaks = [
        *_known_to_released(recipe, held_out),
        *find_leaks(_read([*texts.learned, *texts.replayed]), _read(held_out)),
    ]
    if leaks:
        pairs = "\n".join(f"  {leak}" for leak in leaks)
        raise SplitLeakError(path=str(recipe.path), pairs=pairs)


def digests(paths: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """Give name and sha256 of each text."""
    return tuple((path.stem, sha256(path.read_bytes()).hexdigest()) for path in paths)


def _replayed(recipe: Recipe, *, known: Sequence[str]) -> tuple[Path, ...]:
    """Find what is repeated: nothing that is learned, left out or stopped by."""
    if recipe.released is None:
        if recipe.replay.marked:
            detail = "only a run that goes on from a released model replays; give --from NAME"
            raise ConfigError(path=str(recipe.path), key="replay.marked", detail=detail)
        return ()
    if not recipe.replay.marked:
        _log.warning(
            "nothing is replayed (no [replay] marked): the model may forget what it knows of "
            "other places"
        )
        return ()
    places = [recipe.resolve(place) for place in recipe.replay.marked]
    found = find_marked(CorpusConfig(marked=recipe.replay.marked), places)
    without = {*known, *recipe.corpus.leave_out}
    return tuple(path for path in found if path.stem not in without)


def _known_to_released(recipe: Recipe, held_out: Sequence[Path]) -> list[Leak]:
    if recipe.released is None:
        return []
    package = open_package(recipe.released, taskner_version=__version__)
    learned = (package.manifest.get("training") or {}).get("documents") or {}
    detail = f"{package.name} learned from it"
    return [
        Leak(learned=name, held_out=path.stem, detail=detail)
        for path, (_, digest) in zip(held_out, digests(held_out), strict=True)
        for name, known in learned.items()
        if known == digest or name == path.stem
    ]


def _read(paths: Iterable[Path]) -> dict[str, str]:
    texts = {}
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(path=str(path), detail=str(error)) from error
        texts[path.stem] = parse_marks(text, path=str(path)).text
    return texts
