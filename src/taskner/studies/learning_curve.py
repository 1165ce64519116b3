"""What a few annotated items of a new place are worth, and what they cost other places.

    python -m taskner.studies.learning_curve evaluation/learning-curve.toml

A model that never saw the place goes on (``taskner train --from``) with 0, 10, 20, … of its
items, drawn at random, and is scored on items that are never drawn, and on the other notices
that it never saw. Each step is recorded beside the plan (``reports/learning-curve/``), so that a
study that was cut off goes on; then the report is written.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from taskner.corpus.files import list_marked
from taskner.errors import ConfigError, TasknerError
from taskner.evaluation.gold import Gold, load_gold, score_gold
from taskner.evaluation.table import scores_from_json, scores_to_json
from taskner.notices import parse_notice
from taskner.output_files import write_whole
from taskner.pipeline.extractor import link_notice, segments_to_tag
from taskner.readers import document_from_text
from taskner.studies.folds import Plan as FoldPlan
from taskner.studies.folds import marked_texts, read_plan, train_fold, without
from taskner.studies.items import deal_items, score_items, tasks_of, write_items
from taskner.studies.learning_curve_report import Step, to_markdown
from taskner.studies.machine import describe_machine
from taskner.tagging import ModelPackage, Tagger, open_package, open_tagger
from taskner.toml_config import build_config, load_toml
from taskner.training.expectation import PIECES_A_SECOND, choose_precision
from taskner.training.fit import fit
from taskner.training.progress import duration
from taskner.training.recipe import Recipe, read_recipe
from taskner.training.release import release
from taskner.types import Notice
from taskner.version import __version__

_log = logging.getLogger(__name__)
_RELEASE_SECONDS = 60
_CHARACTERS_A_PIECE = 1.5
_PIECES = 50
"""Of a window, about."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A plan: the folds whose model begins, the notice of the new place, the steps.

    Attributes:
        folds: A plan of folds (``evaluation/protocol.toml``); its recipe is what is replayed.
        document: The new place's notice, with a ledger; the fold that leaves it out gives the
            model to go on from, and its other documents with a ledger the harm.
        recipe: How the model goes on; its corpus is replaced by the items.
        others: Folders of marked texts with ledgers that no recipe learns from, on which the
            harm is measured too.
        items: How many items are added, step by step; 0 is the model as it is.
        draws: How often the items are drawn.
    """

    folds: str
    document: str
    recipe: str
    others: tuple[str, ...] = ()
    items: tuple[int, ...] = (0, 10, 20, 50, 100)
    draws: int = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A plan that was read: the start, the steps, the gold."""

    path: Path
    settings: Settings
    folds: FoldPlan
    begin: Recipe
    recipe: Recipe
    gold: Gold
    others: tuple[Gold, ...]

    @property
    def records(self) -> Path:
        """Where the records of the steps stand."""
        return self.path.parent / "reports" / self.path.stem


def read_study(path: Path) -> Study:
    """Read a plan.

    Raises:
        ConfigError: A key is unknown, missing or wrong, or no fold leaves the document out.
        TasknerError: What it names cannot be read.
    """
    settings = build_config(Settings, load_toml(path), path=path, where="plan")
    folds = read_plan((path.parent / settings.folds).resolve())
    fold = next((fold for fold in folds.folds if settings.document in fold.documents), None)
    if fold is None:
        detail = f"no fold of {settings.folds} leaves out {settings.document!r}"
        raise ConfigError(path=str(path), key="document", detail=detail)
    texts = marked_texts(folds.recipe)
    left_out = [texts[name] for name in fold.documents]
    never_learned = list_marked((path.parent / folder).resolve() for folder in settings.others)
    if learned := [text.stem for text in never_learned if text.stem in texts]:
        detail = f"{learned[0]} belongs to the recipe of {settings.folds}: it is learned"
        raise ConfigError(path=str(path), key="others", detail=detail)
    golds = [load_gold(text) for text in (*left_out, *never_learned)]
    gold = next(gold for gold in golds if gold.document.id == settings.document)
    n_items = len(tasks_of(gold))
    if not settings.items or max(settings.items) >= n_items or min(settings.items) < 0:
        detail = f"expected numbers from 0 to below {n_items}, the items of {settings.document}"
        raise ConfigError(path=str(path), key="items", detail=detail)
    begin = without(folds, fold)
    recipe = read_recipe((path.parent / settings.recipe).resolve())
    places = tuple(str(folds.recipe.resolve(place)) for place in folds.recipe.corpus.marked)
    replay = dataclasses.replace(recipe.replay, marked=places)
    corpus = dataclasses.replace(recipe.corpus, leave_out=fold.documents)
    return Study(
        path=path,
        settings=settings,
        folds=folds,
        begin=begin,
        recipe=dataclasses.replace(recipe, replay=replay, corpus=corpus, scores=""),
        gold=gold,
        others=tuple(g for g in golds if g.notice is not None and g is not gold),
    )


def run(study: Study, *, runs: Path) -> dict[tuple[int, int], Step]:
    """Train and score each step that is not recorded yet.

    Args:
        study: The plan.
        runs: Where trainings are kept.

    Returns:
        Steps by draw and number of items.
    """
    places = [(draw, n) for draw in range(study.settings.draws) for n in study.settings.items]
    known = {place: step for place in places if (step := _read(study, *place))}
    missing = [place for place in places if place not in known]
    if missing:
        seconds = sum(_expected(study, n) for _, n in missing)
        _log.info("%d of %d steps, about %s on two cores", len(missing), len(places),
                  duration(seconds))  # fmt: skip
        _log.info("if the model to go on from is not there yet, its training comes first")
        start = train_fold(study.begin, runs / study.begin.name)
        for place in missing:
            known[place] = _run_step(study, start, *place, runs=runs)
    return known


def _run_step(study: Study, start: ModelPackage, draw: int, n: int, *, runs: Path) -> Step:
    seconds = 0.0
    order = deal_items(len(tasks_of(study.gold)), draw)
    package = start
    if n:
        name = f"{study.path.stem}-{draw}-{n}"
        _log.info("draw %d, %d items", draw + 1, n)
        items = runs / f"{name}-items"
        write_items(study.gold, order[:n], items, name=f"{study.settings.document}-items")
        corpus = dataclasses.replace(study.recipe.corpus, marked=(str(items.resolve()),))
        recipe = dataclasses.replace(
            study.recipe, name=name, corpus=corpus, released=start.path.resolve()
        )
        fitted = fit(recipe, runs / name)
        began = time.monotonic()
        folder = release(recipe, fitted, runs / name / "released")
        package = open_package(folder, taskner_version=__version__)
        seconds = fitted.seconds + time.monotonic() - began
    tagger = open_tagger(package)
    # The last of the draw are added at no step: all steps are scored on the same items.
    scored = order[max(study.settings.items) :]
    step = Step(
        items=score_items(study.gold, _extract(study.gold, tagger), scored),
        others={g.document.id: score_gold(g, _extract(g, tagger)) for g in study.others},
        seconds=seconds,
        date=datetime.now(tz=UTC).date().isoformat(),
        machine=describe_machine(),
    )
    _write(study, draw, n, step)
    return step


def _extract(gold: Gold, tagger: Tagger) -> Notice:
    document = document_from_text(gold.document.text, name=gold.document.id)
    notice = parse_notice(document)
    return link_notice(notice, tagger.tag(document, segments_to_tag(notice.tasks)))


def _expected(study: Study, n: int) -> float:
    """Give about how many seconds a step takes: new and replayed text, and the release."""
    if not n:
        return 0.0
    share = n / len(tasks_of(study.gold))
    pieces = len(study.gold.document.text) * share / _CHARACTERS_A_PIECE
    replayed = max(pieces * study.recipe.replay.per_new, _PIECES * study.recipe.replay.least)
    speed = PIECES_A_SECOND[choose_precision(study.recipe.fit)]
    return (pieces + replayed) * study.recipe.fit.epochs / speed + _RELEASE_SECONDS


def _digest(study: Study) -> str:
    """Give what decides a step's outcome; a record of other settings is made again."""
    recipe, begin = study.recipe, study.begin
    facts = (
        recipe.fit,
        recipe.replay.per_new,
        recipe.replay.least,
        recipe.replay.average,
        recipe.corpus,
        begin.fit,
        begin.corpus,
    )
    texts = "".join(g.document.text for g in (study.gold, *study.others))
    known = f"{study.settings.items}{facts}{texts}"
    return sha256(known.encode()).hexdigest()


def _write(study: Study, draw: int, n: int, step: Step) -> None:
    data = {
        "run": _digest(study),
        "seconds": round(step.seconds),
        "date": step.date,
        "machine": step.machine,
        "items": scores_to_json(step.items),
        "others": scores_to_json(step.others),
    }
    study.records.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False) + "\n"
    write_whole(study.records / f"{draw}-{n}.json", [text.encode()])


def _read(study: Study, draw: int, n: int) -> Step | None:
    path = study.records / f"{draw}-{n}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["run"] != _digest(study):
        return None
    return Step(
        items=scores_from_json(data["items"], path=str(path)),
        others=scores_from_json(data["others"], path=str(path)),
        seconds=data["seconds"],
        date=data["date"],
        machine=data["machine"],
    )


def to_report(study: Study, steps: Mapping[tuple[int, int], Step], *, command: str) -> str:
    """Give the report of the steps that :func:`run` gave."""
    first = next(iter(steps.values()))
    draws = study.settings.draws
    head = [
        f"Made by `{command}` on {first.date}, {first.machine}.",
        "",
        f"Recipe `{study.begin.name}` trained without {', '.join(study.begin.corpus.leave_out)};",
        f"then `--from` it with items of {study.settings.document}, drawn {draws} times, and",
        f"{study.recipe.replay.per_new:g} replayed windows for each new one, at least",
        f"{study.recipe.replay.least}. Scored on",
        f"{len(first.items)} items a draw that are added at no step, and on",
        f"{len(study.others)} other notices that were never learned. Intervals: 95 %, items and",
        "notices drawn again (bootstrap).",
    ]
    return to_markdown(steps, draws=draws, head=head)


def main() -> int:
    """Run the study a plan describes."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the plan
        sys.stderr.write("usage: python -m taskner.studies.learning_curve PLAN.toml\n")
        return 2
    path = Path(sys.argv[1])
    try:
        study = read_study(path)
        steps = run(study, runs=Path("training/runs"))
        report = to_report(study, steps, command=f"python -m taskner.studies.learning_curve {path}")
        write_whole(path.parent / "reports" / f"{path.stem}.md", [report.encode()])
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _log.info("wrote the report of %d steps", len(steps))
    return 0


if __name__ == "__main__":
    sys.exit(main())
