"""Train once a fold without its documents, and record what that model tags in them.

    python -m taskner.studies.folds evaluation/gold-only.toml

The record of a fold (offsets, labels, scores; no text) is written beside the plan, under
``reports/folds/STUDY/FOLD.json``. It is committed, so that scores of the whole pipeline can
be made again from the texts without training again, and a study goes on where it was cut
off, also on another machine.
"""

from __future__ import annotations

import dataclasses
import logging
import sys
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from taskner.corpus.splits import Fold, read_splits
from taskner.errors import ConfigError, CorpusError, TasknerError
from taskner.evaluation.gold import Gold, load_gold
from taskner.notices import parse_notice
from taskner.pipeline.extractor import segments_to_tag
from taskner.readers import document_from_text
from taskner.studies.fold_records import (
    FoldRecord,
    TaggedDocument,
    digest,
    read_record,
    to_text,
)
from taskner.studies.machine import describe_machine
from taskner.tagging import ModelPackage, Tagger, open_package, open_tagger
from taskner.training.examples import find_marked
from taskner.training.fit import fit
from taskner.training.recipe import Recipe, read_recipe
from taskner.training.release import release
from taskner.training.runs import run_digest
from taskner.types import Segment
from taskner.version import __version__

_log = logging.getLogger(__name__)
_KEYS = ("recipe", "splits", "notes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A study: one recipe, trained once a fold."""

    path: Path
    recipe: Recipe
    folds: tuple[Fold, ...]
    notes: tuple[str, ...] = ()

    @property
    def records(self) -> Path:
        """Where the records of the folds stand."""
        return self.path.parent / "reports" / "folds" / self.path.stem


def read_plan(path: Path) -> Plan:
    """Read a plan: a TOML file with ``recipe``, ``splits`` and, if wanted, ``notes``.

    Where several splits are named, the first fold of each is left out together, and so on;
    folds are called as in the first.

    Raises:
        ConfigError: The plan is not TOML, or a key is unknown or missing.
        TasknerError: Its recipe or splits cannot be read.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(path=str(path), key="plan", detail=str(error)) from error
    for key in data.keys() - set(_KEYS):
        detail = f"unknown key; known keys are {', '.join(_KEYS)}"
        raise ConfigError(path=str(path), key=key, detail=detail)
    if not isinstance(data.get("recipe"), str):
        raise ConfigError(path=str(path), key="recipe", detail="expected a path")
    splits = data.get("splits")
    if (
        not isinstance(splits, list)
        or not all(isinstance(name, str) for name in splits)
        or not splits
    ):
        raise ConfigError(path=str(path), key="splits", detail="expected a list of paths")
    return Plan(
        path=path,
        recipe=read_recipe((path.parent / data["recipe"]).resolve()),
        folds=_joined([read_splits((path.parent / name).resolve()) for name in splits]),
        notes=tuple(str(note) for note in data.get("notes", ())),
    )


def run(plan: Plan, *, runs: Path, trains: bool = True) -> tuple[FoldRecord, ...]:
    """Train and tag what is not recorded yet; a record of other settings is made again.

    Args:
        plan: The recipe and its folds.
        runs: Where trainings are kept.
        trains: Without it, what is not recorded is left out.

    Returns:
        The records, in the order of the folds.

    Raises:
        CorpusError: Nothing is recorded, and nothing may be trained.
        TasknerError: The recipe, its corpus or the plan does not serve.
    """
    paths = marked_texts(plan.recipe)
    records = []
    found = [texts_of_fold(fold, paths, plan) for fold in plan.folds]
    for number, fold in enumerate(plan.folds, start=1):
        recipe = without(plan, fold)
        target = plan.records / f"{fold.name}.json"
        digest_of_run = run_digest(recipe, learned_texts(recipe))
        record = read_record(target) if target.exists() else None
        if record is None or record.run != digest_of_run:
            if not trains:
                _log.warning("fold %s is not recorded", fold.name)
                continue
            _log.info("fold %d of %d: %s", number, len(plan.folds), fold.name)
            record = _run_fold(recipe, fold, found[number - 1], runs, digest_of_run)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(to_text(record), encoding="utf-8")
        records.append(record)
    if not records:
        detail = f"no fold of {plan.path} is recorded; run it without --recorded"
        raise CorpusError(path=str(plan.records), detail=detail)
    return tuple(records)


def marked_texts(recipe: Recipe) -> dict[str, Path]:
    """Find all marked texts of a recipe, by document id; what it leaves out included.

    Raises:
        CorpusError: A folder of the recipe holds no marked text.
    """
    everything = dataclasses.replace(recipe.corpus, leave_out=())
    places = [recipe.resolve(place) for place in recipe.corpus.marked]
    return {path.stem: path for path in find_marked(everything, places)}


def without(plan: Plan, fold: Fold) -> Recipe:
    """Give the recipe of a fold: the plan's, without the fold's documents."""
    corpus = dataclasses.replace(plan.recipe.corpus, leave_out=fold.documents)
    name = f"{plan.path.stem}-{fold.name}"
    return dataclasses.replace(plan.recipe, corpus=corpus, name=name, scores="")


def train_fold(recipe: Recipe, folder: Path) -> ModelPackage:
    """Train the model of a fold and release it in its run's folder; a finished one is opened."""
    # A run of another recipe or corpus is cleared by fit, with what was released from it.
    fitted = fit(recipe, folder)
    released = folder / "released"
    if not released.is_dir():
        release(recipe, fitted, released)
    return open_package(released, taskner_version=__version__)


def tag_documents(golds: Iterable[Gold], tagger: Tagger) -> dict[str, TaggedDocument]:
    """Tag the parser's segments of each document."""
    tagged = {}
    for gold in golds:
        document = document_from_text(gold.document.text, name=gold.document.id)
        segments = segments_to_tag(parse_notice(document).tasks)
        spans = tagger.tag(document, segments)
        tagged[gold.document.id] = TaggedDocument(
            text_sha256=digest(gold.document.text),
            segments=_borders(segments),
            spans=tuple((s.start, s.end, s.label, round(s.score or 0.0, 4)) for s in spans),
        )
    return tagged


def _run_fold(
    recipe: Recipe, fold: Fold, paths: Sequence[Path], runs: Path, digest_of_run: str
) -> FoldRecord:
    began = time.monotonic()
    package = train_fold(recipe, runs / recipe.name)
    return FoldRecord(
        name=fold.name,
        run=digest_of_run,
        trained_on=package.manifest["training"]["documents"],
        documents=tag_documents(map(load_gold, paths), open_tagger(package)),
        seconds=time.monotonic() - began,
        machine=describe_machine(),
        date=datetime.now(tz=UTC).date().isoformat(),
    )


def _joined(splits: Sequence[tuple[Fold, ...]]) -> tuple[Fold, ...]:
    folds = []
    for together in zip_longest(*splits):
        present = [fold for fold in together if fold is not None]
        documents = tuple(name for fold in present for name in fold.documents)
        folds.append(Fold(name=present[0].name, documents=documents))
    return tuple(folds)


def learned_texts(recipe: Recipe) -> list[tuple[str, str]]:
    """Give id and sha256 of the texts a recipe learns from."""
    places = [recipe.resolve(place) for place in recipe.corpus.marked]
    paths = find_marked(recipe.corpus, places)
    return [(path.stem, sha256(path.read_bytes()).hexdigest()) for path in paths]


def texts_of_fold(fold: Fold, paths: Mapping[str, Path], plan: Plan) -> list[Path]:
    """Give the texts a fold leaves out.

    Raises:
        ConfigError: The recipe's corpus lacks one.
    """
    for name in fold.documents:
        if name not in paths:
            detail = f"the recipe's corpus has no document {name!r}"
            raise ConfigError(path=str(plan.path), key=f"fold {fold.name}", detail=detail)
    return [paths[name] for name in fold.documents]


def _borders(segments: Iterable[Segment]) -> tuple[tuple[int, int], ...]:
    return tuple((segment.start, segment.end) for segment in segments)


def main() -> int:
    """Run the folds a plan describes."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the plan
        sys.stderr.write("usage: python -m taskner.studies.folds PLAN.toml\n")
        return 2
    try:
        records = run(read_plan(Path(sys.argv[1])), runs=Path("training/runs"))
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _log.info("%d folds are recorded", len(records))
    return 0


if __name__ == "__main__":
    sys.exit(main())
