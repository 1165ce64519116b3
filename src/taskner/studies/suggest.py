"""What ``taskner suggest`` is worth against chance, simulated on gold.

    python -m taskner.studies.suggest evaluation/gold-only.toml

A light classifier over frozen vectors of the untrained base encoder learns a few items,
drawn at random from all folds but one; then, round by round, more, which a rule chooses.
It is scored on items of the fold left out. The rules are tried on a first draw of each
fold; what suggest ships and chance are measured on other draws. Vectors and finished runs
are kept, so that a study that was cut off goes on.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from taskner.errors import TasknerError
from taskner.output_files import write_whole
from taskner.studies.folds import Plan, marked_texts, read_plan, texts_of_fold
from taskner.studies.frozen_items import (
    PIECES_A_SECOND,
    SETTINGS,
    GoldItems,
    LightTagger,
    load_items,
)
from taskner.studies.machine import describe_machine
from taskner.studies.ranking import choose, item_doubt, piece_doubts, vectors_of
from taskner.studies.suggest_curves import Curve
from taskner.studies.suggest_report import CHANCE, MEASURES, to_json, to_markdown
from taskner.training.progress import duration

_log = logging.getLogger(__name__)
_Floats = npt.NDArray[np.float32]

SEED_ITEMS = 10
ADDED = 15
ROUNDS = 4
DRAWS = 4
"""The first is for trying rules."""

SCORED = 60
"""Most items of a fold that are scored, drawn once."""

_SECONDS_A_RUN = 1.3


def _sum(doubts: _Floats) -> float:
    return float(doubts.sum())


def _mean(doubts: _Floats) -> float:
    return float(doubts.mean()) if len(doubts) else 0.0


def _top(doubts: _Floats) -> float:
    return float(np.sort(doubts)[-5:].mean()) if len(doubts) else 0.0


def _none(_: _Floats) -> float:
    return 1.0


RULES: Mapping[str, tuple[Callable[[_Floats], float], bool]] = {
    "sum": (_sum, False),
    "mean": (_mean, False),
    "mean, unlike": (_mean, True),
    "root, unlike": (item_doubt, True),
    "worst five, unlike": (_top, True),
    "unlike": (_none, True),
}
"""How an item's doubt is made of its pieces', and whether what is like a chosen one counts less."""

SHIPPED = "root, unlike"
"""What ``taskner suggest`` does (:func:`taskner.studies.ranking.item_doubt` and ``choose``)."""


class Study:
    """The items of a plan, and what was run on them."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        """Load the items and their vectors.

        Args:
            plan: Folds of documents that are left out together.
            folder: Where vectors and finished runs are kept.
        """
        self._plan = plan
        self._folder = folder
        texts = marked_texts(plan.recipe)
        wanted = [path for fold in plan.folds for path in texts_of_fold(fold, texts, plan)]
        n_characters = sum(path.stat().st_size for path in wanted) // 3
        _log.info(
            "vectors of %d documents, unless they are kept: about %s on one core",
            len(wanted), duration(n_characters / PIECES_A_SECOND),
        )  # fmt: skip
        self._items: GoldItems = load_items(wanted, plan.recipe, folder / "vectors")
        self._likeness = vectors_of([item.text for item in self._items.items])
        facts = [
            (SEED_ITEMS, ADDED, ROUNDS, SCORED, SETTINGS, str(plan.recipe.base)),
            [(fold.name, fold.documents) for fold in plan.folds],
            [item.text for item in self._items.items],
        ]
        self._digest = sha256(json.dumps(facts).encode()).hexdigest()[:16]

    @property
    def n_items(self) -> int:
        """How many items there are."""
        return len(self._items.items)

    def run(self) -> list[Curve]:
        """Run what is not kept yet, and give all."""
        wanted = list(self._wanted())
        curves = {key: curve for key in wanted if (curve := self._read(*key))}
        missing = [key for key in wanted if key not in curves]
        _log.info("%d of %d runs, about %s on one core",
                  len(missing), len(wanted), duration(len(missing) * _SECONDS_A_RUN))  # fmt: skip
        for key in missing:
            curves[key] = self._simulate(*key)
            self._write(curves[key])
        return [curves[key] for key in wanted]

    def _wanted(self) -> Iterator[tuple[str, int, str]]:
        for draw in range(DRAWS):
            rules = (CHANCE, *RULES) if draw == 0 else (CHANCE, SHIPPED)
            for fold in self._plan.folds:
                yield from ((fold.name, draw, rule) for rule in rules)

    def _simulate(self, fold: str, draw: int, rule: str) -> Curve:
        began = time.process_time()
        documents = next(one.documents for one in self._plan.folds if one.name == fold)
        everything = range(self.n_items)
        test = [i for i in everything if self._items.items[i].document.id in documents]
        pool = [i for i in everything if self._items.items[i].document.id not in documents]
        if len(test) > SCORED:
            test = sorted(random.Random(fold).sample(test, SCORED))  # noqa: S311 - no secret
        dealt = random.Random(f"{fold} {draw}")  # noqa: S311 - no secret
        dealt.shuffle(pool)
        learned, pool = pool[:SEED_ITEMS], pool[SEED_ITEMS:]
        tagger = LightTagger(self._items)
        rounds: list[tuple[int, int, list[float]]] = []
        for at in range(ROUNDS + 1):
            tagger.learn(learned)
            scores = tagger.score(test)
            values = [scores[measure].f1 or 0.0 for measure in MEASURES]
            rounds.append((len(learned), self._characters(learned), values))
            if at < ROUNDS:
                # The rest of the pool lies in the order it was dealt in.
                taken = range(ADDED) if rule == CHANCE else self._choose(rule, tagger, pool)
                learned = [*learned, *(pool[index] for index in taken)]
                pool = [one for index, one in enumerate(pool) if index not in set(taken)]
        _log.info("%s, draw %d, %s: F1 %.3f to %.3f, %.1f s", fold, draw, rule,
                  rounds[0][2][0], rounds[-1][2][0], time.process_time() - began)  # fmt: skip
        return Curve(
            fold=fold,
            draw=draw,
            rule=rule,
            items=tuple(row[0] for row in rounds),
            characters=tuple(row[1] for row in rounds),
            f1={
                measure: tuple(round(row[2][column], 4) for row in rounds)
                for column, measure in enumerate(MEASURES)
            },
        )

    def _choose(self, rule: str, tagger: LightTagger, pool: Sequence[int]) -> list[int]:
        measure, is_unlike = RULES[rule]
        every = piece_doubts([tagger.log_scores(self._items.rows(pool))])
        ends = np.cumsum([len(self._items.rows([index])) for index in pool])
        doubts = [measure(own) for own in np.split(every, ends[:-1])]
        likeness = self._likeness[list(pool)]
        return choose(doubts, likeness if is_unlike else np.zeros_like(likeness), ADDED)

    def _characters(self, chosen: Sequence[int]) -> int:
        return sum(len(self._items.items[index].text) for index in chosen)

    def _path(self, fold: str, draw: int, rule: str) -> Path:
        return self._folder / f"{fold}-{draw}-{rule.replace(', ', '-').replace(' ', '-')}.json"

    def _write(self, curve: Curve) -> None:
        data = {"run": self._digest, **asdict(curve)}
        path = self._path(curve.fold, curve.draw, curve.rule)
        write_whole(path, [json.dumps(data).encode()])

    def _read(self, fold: str, draw: int, rule: str) -> Curve | None:
        path = self._path(fold, draw, rule)
        if not path.exists():
            return None
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("run") != self._digest:
            return None
        return Curve(**data)


def main() -> int:
    """Run the study of a plan of folds and write its report beside the plan."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the plan
        sys.stderr.write("usage: python -m taskner.studies.suggest PLAN.toml\n")
        return 2
    try:
        plan = read_plan(Path(sys.argv[1]))
        study = Study(plan, Path("training/runs/suggest"))
        curves = study.run()
        facts = {
            "command": f"python -m taskner.studies.suggest {sys.argv[1]}",
            "date": datetime.now(tz=UTC).date().isoformat(),
            "machine": describe_machine(),
            "n_items": study.n_items,
            "n_documents": sum(len(fold.documents) for fold in plan.folds),
            "seed_items": SEED_ITEMS,
            "added": ADDED,
            "rounds_added": ROUNDS,
            "scored": SCORED,
        }
        data = to_json(curves, shipped=SHIPPED, facts=facts)
        reports = plan.path.parent / "reports"
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        write_whole(reports / "suggest.json", [text.encode()])
        write_whole(reports / "suggest.md", [to_markdown(data).encode()])
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _log.info("wrote the report of %d runs", len(curves))
    return 0


if __name__ == "__main__":
    sys.exit(main())
