"""Runs that go on from a released model, stop early, or meet what they cannot use."""

import json
import resource
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file

from taskner.errors import BaseModelError, ConfigError, CorpusError, OutputError, SplitLeakError
from taskner.tagging.package import open_package
from taskner.training.fit import fit
from taskner.training.recipe import read_recipe
from taskner.training.release import release, train
from taskner.training.released import load_released
from taskner.training.runs import last_checkpoint
from taskner.version import __version__
from tiny_encoder import MARKED, save_recipe

# torch.jit and the exporter warn about their own future.
pytestmark = [
    pytest.mark.xdist_group("training"),  # in one process, for the release they share
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
NEW = """\
新地县年度责任清单
1.⟦M#a|城乡绿道⟧⟦T>a;k=level|45公里⟧。
责任单位：⟦U:lead|县住建局⟧
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory, tiny_base):
    """A recipe, its finished run and the model released from it."""
    folder = tmp_path_factory.mktemp("finished")
    recipe = read_recipe(save_recipe(folder, tiny_base, epochs=2))
    fitted = fit(recipe, folder / "runs" / "tiny")
    return recipe, fitted, release(recipe, fitted, folder / "models" / "tiny")


@pytest.fixture
def continuing(tmp_path, tiny_base, finished):
    """A recipe of one new text that replays the released model's."""
    path = save_recipe(tmp_path, tiny_base, epochs=1, marked=NEW, name="xindi")
    old = finished[0].path.parent / "corpus"
    with path.open("a", encoding="utf-8") as file:
        file.write(f'[replay]\nmarked = ["{old}"]\nper_new = 2\naverage = 0.25\n')
    return path


def test_a_new_text_is_added_to_what_a_released_model_knows(finished, continuing, tmp_path):
    released = finished[2]
    models = tmp_path / "models"
    folder = train(continuing, models=models, runs=tmp_path / "runs", released=released)
    training = open_package(folder, taskner_version=__version__).manifest["training"]
    assert set(training["documents"]) == {"yunting", "xindi"}
    assert training["went_on_from"]["name"] == "tiny"
    assert training["went_on_from"]["new"] == ["xindi"]
    assert training["went_on_from"]["replayed"] == ["yunting"]
    assert "goes on from tiny 0.0.1" in (folder / "README.md").read_text("utf-8")
    run = tmp_path / "runs" / "tiny"
    log = (run / "train.log").read_text("utf-8")
    assert "training on 1 documents" in log
    assert "windows are new" in log
    assert (run / "curves.png").read_bytes()[:4] == b"\x89PNG"
    # The start was the released model: its unfrozen matrices moved a little, not at random.
    before, after = (load_file(place / "model.safetensors") for place in (released, folder))
    name = "bert.encoder.layer.0.output.dense.weight"
    moved = (after[name].float() - before[name].float()).norm() / before[name].float().norm()
    assert 0 < moved < 0.5
    # And what is released lies a quarter of the way back from where the run ended.
    ended = load_file(run / "model" / "model.safetensors")[name]
    wanted = 0.25 * before[name].float() + 0.75 * ended
    torch.testing.assert_close(after[name].float(), wanted, rtol=1e-3, atol=1e-5)
    assert not torch.allclose(after[name].float(), ended, rtol=1e-3, atol=1e-5)


def test_a_folder_without_torch_weights_gives_the_same_ones_back(finished, tmp_path):
    # A model that came in a wheel has the ONNX files only.
    folder = tmp_path / "bare"
    shutil.copytree(finished[2], folder)
    (folder / "model.safetensors").unlink()
    states = [
        load_released(open_package(place, taskner_version=__version__), dropout=0.1)[0].state_dict()
        for place in (finished[2], folder)
    ]
    assert states[0].keys() == states[1].keys()
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])


def test_a_run_stops_when_left_out_texts_are_read_no_better(tmp_path, tiny_base):
    path = save_recipe(tmp_path, tiny_base, epochs=5)
    (tmp_path / "corpus" / "xindi.txt").write_text(NEW, encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace("learning_rate = 0.005", "learning_rate = 1e-9")
    path.write_text(
        f'{text}head_learning_rate = 1e-9\n[stop]\ndocuments = ["xindi"]\npatience = 1\n',
        encoding="utf-8",
    )
    fitted = fit(read_recipe(path), tmp_path / "run")
    assert [name for name, _ in fitted.documents] == ["yunting"]
    assert fitted.epochs == 1
    outcome = json.loads((tmp_path / "run" / "outcome.json").read_text("utf-8"))
    scored = [entry["epoch"] for entry in outcome["history"] if "eval_f1_micro avg" in entry]
    assert scored == [1.0, 2.0]


def test_a_copy_of_a_left_out_text_is_refused_with_its_name(tmp_path, tiny_base):
    path = save_recipe(tmp_path, tiny_base)
    copy = MARKED.replace("7%", "8%")
    (tmp_path / "corpus" / "copy.txt").write_text(copy, encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write('[stop]\ndocuments = ["copy"]\n')
    with pytest.raises(SplitLeakError, match="copy and yunting: 9"):
        train(path, models=tmp_path / "models", runs=tmp_path / "runs")
    assert not (tmp_path / "models").exists()


def test_a_text_that_the_released_model_learned_cannot_be_left_out(finished, continuing, tmp_path):
    known = finished[0].path.parent / "corpus" / "yunting.txt"
    shutil.copy(known, tmp_path / "corpus" / "other-name.txt")
    with continuing.open("a", encoding="utf-8") as file:
        file.write('[stop]\ndocuments = ["other-name"]\n')
    with pytest.raises(SplitLeakError, match=r"other-name and yunting: tiny 0\.0\.1 learned"):
        train(continuing, models=tmp_path / "models", runs=tmp_path, released=finished[2])


@pytest.mark.parametrize("writes_run", [True, False])
def test_a_full_disk_is_one_error_and_leaves_no_half_model(finished, tmp_path, writes_run):
    recipe, fitted, _ = finished
    target = tmp_path / "models" / "tiny"

    def write():
        return fit(recipe, tmp_path / "run") if writes_run else release(recipe, fitted, target)

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list((tmp_path / "models").rglob("*"))
    # With room again the same call succeeds.
    if writes_run:
        assert write().folder.is_dir()


def narrower(folder):
    weights = load_file(folder / "model.safetensors")
    name = "bert.encoder.layer.0.output.dense.weight"
    weights[name] = weights[name][:, :-8].contiguous()
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def other_pieces(folder):
    path = folder / "tokenizer.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for piece in data["added_tokens"]:
        piece["content"] = piece["content"].replace("<s>", "[CLS]")
    data["model"]["vocab"][0][0] = "[CLS]"
    data["post_processor"] = None
    path.write_text(json.dumps(data), encoding="utf-8")


def shorter(folder):
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    weights = load_file(folder / "model.safetensors")
    name = "bert.embeddings.position_embeddings.weight"
    weights[name] = weights[name][:128].contiguous()
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    path.write_text(json.dumps(config | {"max_position_embeddings": 128}), encoding="utf-8")


def without_config(folder):
    (folder / "config.json").unlink()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (narrower, "of another shape"),
        (other_pieces, "its tokenizer must have"),
        (shorter, "it reads 128 pieces at once"),
        (without_config, "cannot be loaded"),
    ],
)
def test_a_base_of_another_shape_is_named(tmp_path, tiny_base, damage, message):
    base = tmp_path / "base"
    shutil.copytree(tiny_base, base)
    damage(base)
    path = save_recipe(tmp_path, base)
    with pytest.raises(BaseModelError, match=message):
        train(path, models=tmp_path / "models", runs=tmp_path / "runs")
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(
    "case",
    [
        (MARKED, "frozen_layers = 2", ConfigError, "at most 1, the layers"),
        ("没有标注的一行。", "", CorpusError, "no marks in 1 texts"),
        (MARKED, "[replay]\nmarked = ['corpus']", ConfigError, "give --from"),
        (MARKED, "[stop]\npatience = 1", ConfigError, "stop.patience: expected stop.documents"),
        (MARKED, "[stop]\ndocuments = ['else']", ConfigError, "has no document 'else'"),
        (MARKED, "[stop]\ndocuments = 'yunting'", ConfigError, "expected an array"),
        (MARKED, "warmup = 2.0", ConfigError, "fit.warmup: expected a share"),
        (MARKED, "[replay]\naverage = 1.0", ConfigError, "replay.average: expected a share"),
    ],
)
def test_a_run_that_cannot_be_is_one_clear_error(tmp_path, tiny_base, case):
    text, more, error, message = case
    path = save_recipe(tmp_path, tiny_base, marked=text, more_fit=more)
    with pytest.raises(error, match=message):
        train(path, models=tmp_path / "models", runs=tmp_path / "runs")
    assert not (tmp_path / "models").exists()


def test_a_half_written_checkpoint_is_dropped(tmp_path):
    for step, state in ((4, "{}"), (8, "{}"), (12, '{"epo'), (16, None)):
        folder = tmp_path / "checkpoints" / f"checkpoint-{step}"
        folder.mkdir(parents=True)
        if state is not None:
            (folder / "trainer_state.json").write_text(state, encoding="utf-8")
    assert last_checkpoint(tmp_path).name == "checkpoint-8"
    assert len(list((tmp_path / "checkpoints").iterdir())) == 2


def test_replay_of_nothing_is_said_before_the_run(finished, tmp_path, tiny_base, caplog):
    recipe = read_recipe(save_recipe(tmp_path, tiny_base, marked=NEW, name="xindi"))
    fit(replace(recipe, released=finished[2]), tmp_path / "run")
    assert any("may forget" in message for message in caplog.messages)


@pytest.mark.real
def test_two_processes_train_and_release_one_model(tmp_path, tiny_base):
    path = save_recipe(tmp_path, tiny_base, epochs=2)
    launch = [sys.executable, "-W", "ignore", "-m", "torch.distributed.run", "--standalone"]
    places = ["--models", str(tmp_path / "models"), "--runs", str(tmp_path / "runs")]
    ran = subprocess.run(
        [*launch, "--nproc-per-node", "2", "-m", "taskner", "train", str(path), *places],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == [str(tmp_path / "models" / "tiny")]
    open_package(tmp_path / "models" / "tiny", taskner_version=__version__)
    # Both hold the same weights and take steps together: as many as one process takes.
    one = fit(replace(read_recipe(path), name="one"), tmp_path / "runs" / "one")
    steps = [
        json.loads((tmp_path / "runs" / name / "outcome.json").read_text("utf-8"))["history"][-1][
            "step"
        ]
        for name in ("tiny", "one")
    ]
    assert steps[0] == steps[1]
    assert one.epochs == 2
