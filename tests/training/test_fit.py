"""Training for real, on a tiny encoder."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
import torch
from safetensors.torch import load_file

from taskner.errors import ConfigError, CorpusError, MarksError, TasknerError
from taskner.pipeline import load
from taskner.tagging.onnx import open_file, passes_probes
from taskner.tagging.package import FALLBACK, INT8, open_package
from taskner.training.fit import fit
from taskner.training.recipe import read_recipe
from taskner.training.release import train
from taskner.version import __version__
from tiny_encoder import save_recipe

# torch.jit and the exporter warn about their own future.
pytestmark = [
    pytest.mark.xdist_group("training"),  # in one process, for the release they share
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

RUN = """
import sys
from pathlib import Path
from taskner.training.fit import fit
from taskner.training.recipe import read_recipe
fit(read_recipe(Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory, tiny_base):
    """A released model folder."""
    folder = tmp_path_factory.mktemp("trained")
    recipe = save_recipe(folder, tiny_base, epochs=1)
    return train(recipe, models=folder / "models", runs=folder / "runs")


def test_a_killed_run_goes_on_and_ends_with_the_same_weights(write_recipe, tmp_path):
    recipe = write_recipe(epochs=12, more_fit="threads = 1")  # more threads add up otherwise
    whole = fit(read_recipe(recipe), tmp_path / "whole")
    cut = tmp_path / "cut"
    command = [sys.executable, "-W", "ignore", "-c", RUN, str(recipe), str(cut)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not list(cut.glob("checkpoints/checkpoint-*/trainer_state.json")):
        assert time.monotonic() < deadline, "no checkpoint was written"
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (cut / "finished").exists()
    resumed = fit(read_recipe(recipe), cut)
    first = load_file(whole.folder / "model.safetensors")
    second = load_file(resumed.folder / "model.safetensors")
    assert first.keys() == second.keys()
    for name, weights in first.items():
        assert torch.equal(weights, second[name]), name


def test_a_release_is_data_only_and_tags_without_torch(trained):
    assert {file.name for file in trained.iterdir()} == {
        "README.md",
        "config.json",
        "manifest.json",
        "model.fp16.onnx",
        "model.int8.onnx",
        "model.safetensors",
        "recipe.toml",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    assert [path.name for path in trained.parent.iterdir()] == ["tiny"]
    package = open_package(trained, taskner_version=__version__)
    for file in (INT8, FALLBACK):
        assert passes_probes(open_file(package, file), package)
    code = (
        "import sys, taskner; sys.modules['torch'] = None\n"
        f"extractor = taskner.load({str(trained)!r})\n"
        "notice = extractor.extract_text('一、稳增长\\n1.新增小微企业30家。')\n"
        "assert not [name for name in sys.modules if name.startswith('transformers')]\n"
        "print(len(notice.tasks))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "1"


def test_a_model_that_fails_its_self_check_is_refused(trained, tmp_path):
    folder = shutil.copytree(trained, tmp_path / "tiny")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for probe in manifest["probes"]:
        probe["spans"].append([0, 1, "UNIT"])
    path.write_text(json.dumps(manifest), encoding="utf-8")
    package = open_package(folder, taskner_version=__version__)
    assert not passes_probes(open_file(package, INT8), package)
    with pytest.raises(TasknerError, match="probes"):
        load(folder)


@pytest.mark.parametrize(
    ("edit", "error", "part"),
    [
        (("epochs", "epoks"), ConfigError, r"fit\.epoks: unknown key"),
        (("epochs = 3", 'epochs = "3"'), ConfigError, r"fit\.epochs: expected int"),
        (('"corpus"', '"nowhere"'), CorpusError, "nowhere"),
        (("[corpus]", "[corpus"), ConfigError, "tiny.toml"),
        (('version = "0.0.1"', ""), ConfigError, "version are missing"),
        (("keep_empty", 'leave_out = ["yunting"]\nkeep_empty'), CorpusError, "leave_out"),
    ],
)
def test_a_wrong_recipe_is_one_clear_error(write_recipe, tmp_path, edit, error, part):
    path = write_recipe()
    path.write_text(path.read_text(encoding="utf-8").replace(*edit), encoding="utf-8")
    with pytest.raises(error, match=part):
        train(path, models=tmp_path / "models", runs=tmp_path / "runs")
    assert not (tmp_path / "models").exists()


def test_held_out_texts_are_scored_after_each_epoch(write_recipe, tmp_path, caplog, capfd):
    recipe = read_recipe(write_recipe(epochs=2))
    caplog.set_level("INFO", logger="taskner.training.fit")
    fit(recipe, tmp_path / "run", held_out=[tmp_path / "corpus" / "yunting.txt"])
    lines = [line for line in caplog.messages if "eval_f1_METRIC" in line]
    assert len(lines) == 2
    assert all(f"eval_f1_{label}" in lines[-1] for label in ("UNIT", "TARGET", "DEADLINE"))
    printed, shown = capfd.readouterr()
    assert printed == ""
    assert "%|" not in shown, "a progress bar"


def test_malformed_marks_stop_training_and_name_the_line(write_recipe, tmp_path):
    with pytest.raises(MarksError, match=r"yunting\.txt:2"):
        fit(read_recipe(write_recipe(marked="甲\n⟦U|乙")), tmp_path / "run")
