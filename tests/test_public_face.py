"""Contracts of the package as a whole: names, imports, errors, layers."""

import json
import os
import pickle
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import taskner
from taskner import errors

HEAVY = {
    "lxml", "numpy", "onnxruntime", "openpyxl", "pandas", "polars", "pyarrow", "rich", "spacy",
    "tokenizers", "torch", "transformers", "typer",
}  # fmt: skip
CLASSES = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, errors.TasknerError)
]


def test_public_names_are_sorted_and_exist():
    # Constants, then classes, then functions, each by the alphabet: as ruff sorts them.
    assert len(set(taskner.__all__)) == len(taskner.__all__)
    names = [name for name in taskner.__all__ if name != "__version__"]
    kinds = [(not name.isupper(), name[0].islower(), name) for name in names]
    assert kinds == sorted(kinds)
    for name in taskner.__all__:
        assert getattr(taskner, name) is not None
    assert sorted(dir(taskner)) == sorted(taskner.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        taskner.no_such_name  # noqa: B018 - the look-up is what fails


def test_import_is_light_and_quick():
    script = (
        "import json, sys, time; t = time.process_time(); import taskner; "
        "print(json.dumps([time.process_time() - t, sorted(sys.modules)]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(taskner.__file__).parents[1])}
    runs = [
        json.loads(subprocess.check_output([sys.executable, "-c", script], env=environment))
        for _ in range(3)
    ]
    assert not HEAVY & {module.partition(".")[0] for module in runs[0][1]}
    assert min(seconds for seconds, _ in runs) < 0.3


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_pickles_with_its_facts(kind):
    facts = {name: f"<{name}>" for name in re.findall(r"{(\w+)", kind.template)}
    error = pickle.loads(pickle.dumps(kind(**facts)))  # noqa: S301 - our own bytes
    assert type(error) is kind
    assert str(error) == str(kind(**facts))
    assert error.facts == facts
    assert all(f"<{name}>" in str(error) for name in facts)


def test_every_error_stands_in_the_tree():
    for kind in CLASSES[1:]:
        assert re.search(rf"─ {kind.__name__}\b", errors.__doc__)


def test_layers_hold(root):
    pytest.importorskip("importlinter", reason="of the extra dev")
    script = "import sys, importlinter.cli as c; sys.exit(c.lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
    )
    assert done.returncode == 0, done.stdout


def test_the_package_says_that_it_is_typed():
    assert (resources.files("taskner") / "py.typed").is_file()


def test_text_in_ledger_out(tmp_path):
    notice = taskner.extract_text("一、任务\n1.新建公园3个。\n责任单位:县园林局\n", model="rules")
    assert [target.span.text for target in notice.tasks[0].targets] == ["3个"]
    taskner.write(notice, tmp_path / "ledger.csv")
    assert "县园林局" in (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
