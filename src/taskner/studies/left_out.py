"""Train without some documents and score them.

    python -m taskner.studies.left_out evaluation/left-out.toml

Writes ``reports/left-out.json`` and ``.md`` beside the plan. Finished trainings under
``training/runs`` are kept, so that a study that was cut off goes on. The classifier alone
is scored on the segments the parser gives it; with the field rules, units are the
parser's and links, values and rows are the whole pipeline's.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from taskner.errors import ConfigError, TasknerError
from taskner.evaluation.bootstrap import bootstrap
from taskner.evaluation.counts import Scores, merge
from taskner.evaluation.gold import Gold, load_gold, score_gold
from taskner.evaluation.spans import score_spans
from taskner.evaluation.table import scores_to_json, scores_to_markdown
from taskner.notices import parse_notice
from taskner.pipeline.extractor import link_notice, segments_to_tag
from taskner.readers import document_from_text
from taskner.studies.machine import describe_machine
from taskner.tagging import ModelPackage, Tagger, open_package, open_tagger
from taskner.training.examples import find_marked
from taskner.training.fit import fit
from taskner.training.recipe import Recipe, read_recipe
from taskner.training.release import release
from taskner.version import __version__

_log = logging.getLogger(__name__)
_SPAN_ROWS = ("spans.UNIT", "spans.TARGET", "spans.METRIC", "spans.DEADLINE")
_ROWS = (
    "tasks",
    *_SPAN_ROWS,
    "links.metric",
    "links.deadline",
    "links.unit",
    "links.unit_role",
    "units",
    "roles",
    "values.value",
    "values.measure",
    "values.comparator",
    "values.basis",
    "values.date",
    "rows",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Documents that are left out together."""

    name: str
    documents: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A study: a recipe and what to leave out of it, group after group."""

    path: Path
    recipe: Recipe
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One left-out document: the classifier alone, and the whole pipeline.

    ``trained_on`` gives name and sha256 of each text the scoring model learned from.
    """

    group: str
    trained_on: Mapping[str, str]
    has_ledger: bool
    alone: Scores
    pipeline: Scores


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises:
        ConfigError: The plan is not TOML or lacks a key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        recipe = read_recipe((path.parent / data["recipe"]).resolve())
        groups = tuple(
            Group(name=group["name"], documents=tuple(group["documents"]))
            for group in data["group"]
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ConfigError(path=str(path), key="plan", detail=str(error)) from error
    notes = tuple(str(note) for note in data.get("notes", ()))
    return Plan(path=path, recipe=recipe, groups=groups, notes=notes)


def run(plan: Plan, *, runs: Path) -> dict[str, Scored]:
    """Train and score each group.

    Args:
        plan: What to leave out.
        runs: Where trainings are kept.

    Returns:
        Scores by document.

    Raises:
        TasknerError: The recipe, its corpus or the plan does not serve.
    """
    scored: dict[str, Scored] = {}
    for group in plan.groups:
        _log.info("group %s: leaving out %s", group.name, ", ".join(group.documents))
        package = _train(plan.recipe, group, runs)
        tagger = open_tagger(package)
        for gold in _left_out(plan.recipe, group):
            trained_on = package.manifest["training"]["documents"]
            alone, pipeline = score_document(gold, tagger)
            scored[gold.document.id] = Scored(
                group=group.name,
                trained_on=trained_on,
                has_ledger=gold.notice is not None,
                alone=alone,
                pipeline=pipeline,
            )
    return scored


def score_document(gold: Gold, tagger: Tagger) -> tuple[Scores, Scores]:
    """Score one gold document: the classifier alone, and the whole pipeline."""
    document = document_from_text(gold.document.text, name=gold.document.id)
    notice = parse_notice(document)
    spans = tagger.tag(document, segments_to_tag(notice.tasks))
    marks = [mark.span for mark in gold.marked.marks]
    return score_spans(marks, spans), score_gold(gold, link_notice(notice, spans))


def _train(recipe: Recipe, group: Group, runs: Path) -> ModelPackage:
    corpus = dataclasses.replace(recipe.corpus, leave_out=group.documents)
    own = dataclasses.replace(recipe, corpus=corpus, name=f"left-out-{group.name}", scores="")
    # A run of another recipe or corpus is cleared by fit, with what was released from it.
    fitted = fit(own, runs / own.name, held_out=_paths(recipe, group))
    folder = runs / own.name / "released"
    if not folder.is_dir():
        release(own, fitted, folder)
    return open_package(folder, taskner_version=__version__)


def _left_out(recipe: Recipe, group: Group) -> Iterator[Gold]:
    """Load the gold of a group."""
    return map(load_gold, _paths(recipe, group))


def _paths(recipe: Recipe, group: Group) -> list[Path]:
    """Find the marked texts of a group; the recipe says where marked texts stand."""
    everything = dataclasses.replace(recipe.corpus, leave_out=())
    places = [recipe.resolve(place) for place in recipe.corpus.marked]
    paths = {path.stem: path for path in find_marked(everything, places)}
    for name in group.documents:
        if name not in paths:
            detail = f"the recipe's corpus has no document {name!r}"
            raise ConfigError(path=str(recipe.path), key="group.documents", detail=detail)
    return [paths[name] for name in group.documents]


def write_report(plan: Plan, scored: Mapping[str, Scored], folder: Path, *, command: str) -> None:
    """Write the table of a study as Markdown and JSON."""
    notices = {name: item for name, item in scored.items() if item.has_ledger}
    pipeline = {name: item.pipeline for name, item in scored.items()}
    alone = {name: item.alone for name, item in scored.items()}
    summary = _summary(notices)
    today = datetime.now(tz=UTC).date().isoformat()
    data = {
        "command": command,
        "date": today,
        "machine": describe_machine(),
        "recipe": plan.recipe.name,
        "groups": {
            group.name: {
                "left_out": group.documents,
                "trained_on": scored[group.documents[0]].trained_on,
            }
            for group in plan.groups
        },
        "summary": summary,
        "classifier_alone": scores_to_json(alone),
        "pipeline": scores_to_json(pipeline, intervals=bootstrap(pipeline)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    name = plan.path.stem
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    lines = [
        "# Scores on left-out documents",
        "",
        f"Made by `{command}` on {today}, {data['machine']}.",
        f"Recipe `{plan.recipe.name}`, trained once a group without the group's documents",
        "(names and sha256 of the texts learned from stand in the JSON file beside this):",
        *_groups(plan, scored),
        "",
        "Counts are from the gold side: a missed target loses its links. `alone` is the",
        "classifier on the parser's segments; the other columns are the whole pipeline.",
        *("\n" + note for note in plan.notes),
        "",
        "## Averages over the notices with a ledger",
        "",
        "| measure | average |",
        "|---|---|",
        *(f"| {measure} | {value} |" for measure, value in summary.items()),
        "",
        "## By document (F1, or the share right of what was found for roles and values)",
        "",
        *_by_document(scored),
        "",
        "## All left-out documents together, the whole pipeline",
        "",
        scores_to_markdown(pipeline, intervals=bootstrap(pipeline)).rstrip("\n"),
    ]
    (folder / f"{name}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _groups(plan: Plan, scored: Mapping[str, Scored]) -> Iterator[str]:
    for group in plan.groups:
        n_documents = len(scored[group.documents[0]].trained_on)
        yield f"- {group.name}: without {', '.join(group.documents)}; {n_documents} texts learned"


def _summary(notices: Mapping[str, Scored]) -> dict[str, float]:
    """Average each measure over the documents whose gold has it."""
    summary = {}
    for way in ("alone", "pipeline"):
        for row in _SPAN_ROWS if way == "alone" else _ROWS:
            found = [getattr(item, way)[row].f1 for item in notices.values()]
            values = [value for value in found if value is not None]
            if values:
                name = f"{row} (classifier alone)" if way == "alone" else row
                summary[name] = round(sum(values) / len(values), 4)
    return summary


def _by_document(scored: Mapping[str, Scored]) -> Iterator[str]:
    columns = [*(f"{row.removeprefix('spans.')} alone" for row in _SPAN_ROWS), *_ROWS]
    yield "| document | " + " | ".join(columns) + " |"
    yield "|---|" + "---|" * len(columns)
    everything = dict(sorted(scored.items()))
    for name, item in everything.items():
        yield _line(name, item.alone, item.pipeline)
    alone = merge(item.alone for item in everything.values())
    yield _line("all", alone, merge(item.pipeline for item in everything.values()))


def _line(name: str, alone: Scores, pipeline: Scores) -> str:
    values = [*(alone[row].f1 for row in _SPAN_ROWS), *(pipeline[row].f1 for row in _ROWS)]
    cells = ("–" if value is None else f"{value:.3f}" for value in values)
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> int:
    """Run the study a plan describes."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the plan
        sys.stderr.write("usage: python -m taskner.studies.left_out PLAN.toml\n")
        return 2
    began = time.monotonic()
    try:
        plan = read_plan(Path(sys.argv[1]))
        scored = run(plan, runs=Path("training/runs"))
        command = f"python -m taskner.studies.left_out {sys.argv[1]}"
        write_report(plan, scored, plan.path.parent / "reports", command=command)
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _log.info("done in %.0f s", time.monotonic() - began)
    return 0


if __name__ == "__main__":
    sys.exit(main())
