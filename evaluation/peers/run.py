"""Train every peer on named folds, score all with one code, and write the report.

    pip install -r evaluation/peers/requirements.txt
    python -m evaluation.peers.run

A peer and fold that are recorded are not run again, so that the command goes on where it
was cut off. Models stay under ``training/runs/peers``; records without text are written to
``evaluation/reports/folds/peers``. taskner's own line is made from the records of
``evaluation/protocol.toml``; its speed is the released model's.
"""

from __future__ import annotations

import os

# Set before anything that counts cores is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evaluation.peers.peer import PEERS, Peer
from evaluation.peers.report import OWN, Entry, to_data, to_markdown
from evaluation.peers.speed import characters_a_second
from evaluation.peers.trial import Trial, documents_of, run_trial, training_facts

from taskner.errors import TasknerError
from taskner.pipeline import load
from taskner.studies.fold_records import read_record
from taskner.studies.folds import Plan, marked_texts, read_plan
from taskner.studies.machine import describe_machine
from taskner.studies.predictions import Prediction, predictions

FOLDS = ("huzhou-2021", "pinghu-2024", "reports-west")
_PLAN = Path("evaluation/protocol.toml")
_RUNS = Path("training/runs/peers")
_RELEASED = Path("models/taskner-small")


def trials_of(plan: Plan, folds: Sequence[str], *, runs: Path) -> list[Trial]:
    """Pair every peer with every named fold of a plan, peer by peer."""
    texts = marked_texts(plan.recipe)
    records = plan.path.parent / "reports" / "folds" / "peers"
    found = {fold.name: fold for fold in plan.folds}
    return [
        Trial(peer=peer, fold=found[name], texts=texts, records=records, models=runs)
        for peer in PEERS
        for name in folds
    ]


def missing_packages(peer: Peer) -> list[str]:
    """Name the packages a peer needs and that are not installed."""
    missing = []
    for name in peer.packages:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    return missing


def run_all(trials: Sequence[Trial]) -> None:
    """Run what is not recorded yet; a peer whose package is missing is left out, and said."""
    left = [trial for trial in trials if (old := trial.record()) is None or old.run != trial.run]
    minutes = sum(trial.peer.minutes for trial in left)
    print(f"{len(left)} of {len(trials)} trials to run; about {minutes:.0f} minutes on a free core")
    for trial in trials:
        if missing := missing_packages(trial.peer):
            print(f"{trial.peer.name}: not installed: {', '.join(missing)}", flush=True)
            continue
        print(f"{trial.peer.name}, {trial.fold.name}", flush=True)
        run_trial(trial)


def entries_of(plan: Plan, trials: Sequence[Trial], *, speeds: Mapping[str, float]) -> list[Entry]:
    """Put what is recorded of taskner and of every peer beside gold."""
    folds = list(dict.fromkeys(trial.fold.name for trial in trials))
    texts = marked_texts(plan.recipe)
    own = {
        name: list(predictions([read_record(path)], texts))
        for name in folds
        if (path := plan.records / f"{name}.json").exists()
    }
    what = f"recorded folds of `{plan.path.name}`; speed of {_RELEASED.name}, int8"
    entries = [Entry(name=OWN, what=what, predicted=own, speed=speeds.get(OWN), notes=_stale(own))]
    for peer in dict.fromkeys(trial.peer.name for trial in trials):
        of_peer = [trial for trial in trials if trial.peer.name == peer]
        present = [(trial, found) for trial in of_peer if (found := trial.record())]
        predicted = {t.fold.name: list(predictions([record], texts)) for t, record in present}
        changed = [trial.fold.name for trial, record in present if record.run != trial.run]
        notes = [f"{name} was run with other texts or settings" for name in changed]
        entries.append(
            Entry(
                name=peer,
                what=of_peer[0].peer.what,
                labels=of_peer[0].peer.labels,
                predicted=predicted,
                training={t.fold.name: facts for t, _ in present if (facts := training_facts(t))},
                speed=speeds.get(peer),
                notes=(*notes, *_stale(predicted)),
            )
        )
    return entries


def _stale(predicted: Mapping[str, Sequence[Prediction]]) -> tuple[str, ...]:
    untagged = sum(one.n_untagged for found in predicted.values() for one in found)
    return (f"{untagged} segments that the parser gives now were not tagged",) if untagged else ()


def _speeds(trials: Sequence[Trial]) -> dict[str, float]:
    if importlib.util.find_spec("torch"):
        import torch  # noqa: PLC0415

        torch.set_num_threads(1)
    taggers = {OWN: load(_RELEASED, threads=1).tagger}
    for trial in trials:
        if trial.peer.name not in taggers and not missing_packages(trial.peer):
            tagger = trial.tagger()
            if tagger is not None:
                taggers[trial.peer.name] = tagger
    folds = {trial.fold.name: trial for trial in trials}
    documents = [found for trial in folds.values() for found in documents_of(trial)]
    return characters_a_second(taggers, documents)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the report and write it."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.peers.run")
    names = [peer.name for peer in PEERS]
    parser.add_argument("--peers", nargs="*", choices=names, default=names, help="which to run")
    parser.add_argument("--folds", nargs="+", default=list(FOLDS), help="folds of the plan")
    given_arguments = list(sys.argv[1:] if arguments is None else arguments)
    given = parser.parse_args(given_arguments)
    try:
        plan = read_plan(_PLAN)
        trials = trials_of(plan, given.folds, runs=_RUNS)
        run_all([trial for trial in trials if trial.peer.name in given.peers])
        entries = entries_of(plan, trials, speeds=_speeds(trials))
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    command = " ".join(("python -m evaluation.peers.run", *given_arguments))
    now, machine = datetime.now(tz=UTC).date().isoformat(), describe_machine()
    head = [
        f"Made by `{command}` on {now}, {machine}.",
        "",
        "F1 of spans by label, of links from targets to metrics, and of whole rows; every tagger",
        "reads the same segments of the same parser and is linked and scored by the same code.",
        "UNIT in the first table is the parser's where fields name units, whatever the tagger;",
        "what taggers find by themselves stands in the second. Characters a second are those",
        "tagged in one second of processor time, all in this run; parsing and linking are not in",
        "it. Reports have no ledger: they count in spans and links only.",
    ]
    data = {"command": command, "date": now, "machine": machine, "folds": given.folds}
    data |= {"taggers": to_data(entries, given.folds)}
    folder = _PLAN.parent / "reports"
    dumped = json.dumps(data, ensure_ascii=False, indent=1)
    (folder / "peers.json").write_text(dumped + "\n", encoding="utf-8")
    text = to_markdown(entries, given.folds, head)
    (folder / "peers.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
