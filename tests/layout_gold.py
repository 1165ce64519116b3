"""Compare a notice with the gold of a layout fixture (tests/layouts/NAME.toml)."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent / "layouts"
OPEN = tomllib.loads((FOLDER / "open.toml").read_text(encoding="utf-8"))
"""Fixtures that do not hold yet, each with what is missing."""

NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "open"))


def load_fixture(name):
    """The text of a fixture and its gold."""
    gold = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), gold


def differences(gold, notice):
    """Say in what a notice differs from the gold, a line each; nothing means the same ledger.

    White space inside names is not compared: a name may be cut by a line break. Flags of
    the gold must be there, others may be. Keys that the gold leaves out are empty, but
    ``path`` and ``targets``, which are then not compared.
    """
    tasks = gold.get("task", [])
    found = [f"no flag {flag}" for flag in gold.get("flags", []) if flag not in notice.flags]
    wanted, got = [task["text"] for task in tasks], [task.text for task in notice.tasks]
    if wanted != got:
        lost = [f"lost task: {text}" for text in wanted if text not in got]
        extra = [f"no such task: {text}" for text in got if text not in wanted]
        return found + (lost + extra or ["tasks in another order"])
    for right, task in zip(tasks, notice.tasks, strict=True):
        name = right["number"] or right["text"][:12]
        found += [
            f"{name} {key}: {cell} instead of {expected}"
            for key, expected, cell in _cells(right, task)
            if cell != expected
        ]
        flags = [*right.get("flags", []), *["unit_inherited"] * right.get("inherited", False)]
        found += [f"{name} no flag {flag}" for flag in flags if flag not in task.flags]
    return found


def _cells(wanted, task):
    """What is compared of a task: name, right value, value found."""
    yield "number", wanted["number"], task.number or ""
    yield "leader", _closed(wanted.get("leader", "")), _closed(task.leader or "")
    for role in ("lead", "support", "unknown"):
        names = [_closed(unit.name) for unit in task.units if unit.role == role]
        yield role, [_closed(name) for name in wanted.get(role, [])], names
    yield "deadlines", [tuple(item) for item in wanted.get("deadlines", [])], _deadlines(task)
    if "path" in wanted:
        yield (
            "path",
            [item.rstrip(":：") for item in wanted["path"]],
            [item.rstrip(":：") for item in task.path],
        )
    if "targets" in wanted:
        yield "targets", *_targets(wanted["targets"], task)


def _closed(text):
    return "".join(text.split())


def _deadlines(task):
    every = {deadline for target in task.targets for deadline in target.deadlines}
    every |= set(task.deadlines)
    return [
        (deadline.span.text, str(deadline.period.last or ""))
        for deadline in sorted(every, key=lambda one: one.span.start)
    ]


def _targets(wanted, task):
    """Targets as text, metric, comparator, value, measure and, where the gold has it, scope."""
    got = [
        [
            target.span.text,
            "、".join(metric.text for metric in target.metrics),
            *(
                (target.quantity.comparator, f"{target.quantity.value:f}", target.quantity.measure)
                if target.quantity
                else ("", "", "")
            ),
            target.scope or "",
        ]
        for target in task.targets
    ]
    if all(len(item) < _WITH_SCOPE for item in wanted):
        return wanted, [item[:-1] for item in got]
    return [[*item, ""][:_WITH_SCOPE] for item in wanted], got


_WITH_SCOPE = 6
