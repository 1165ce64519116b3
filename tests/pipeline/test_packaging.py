"""A model folder as a wheel."""

import hashlib
import json
import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest

from taskner.errors import ModelDamagedError, PackagingError, UnsafeModelError
from taskner.pipeline import find_model
from taskner.pipeline.packaging import build_wheel
from taskner.tagging.decode import TAGS


@pytest.fixture
def folder(tmp_path):
    """A folder in a model's form; its files are not opened here."""
    folder = tmp_path / "bay-model"
    folder.mkdir()
    files = {
        "tokenizer.json": b"{}",
        "model.int8.onnx": b"8",
        "model.fp16.onnx": b"16",
        "model.safetensors": b"weights",
        "config.json": b"{}",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    write_manifest(folder, files=files)
    return folder


def write_manifest(folder, *, files=None, **changes):
    path = folder / "manifest.json"
    old = json.loads(path.read_text("utf-8")) if path.exists() else {}
    manifest = {
        "schema": "taskner-model/1",
        "name": "bay-model",
        "version": "0.2.0",
        "taskner": ">=0.1.0,<1",
        "labels": list(TAGS),
        "probes": [],
    }
    if files is not None:
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        manifest["files"] = digests
    path.write_text(json.dumps(manifest | old | changes), encoding="utf-8")


def test_an_installed_wheel_is_found_by_name(folder, tmp_path, monkeypatch):
    wheel = build_wheel(folder, tmp_path / "dist")
    assert wheel.name == "taskner_model_bay_model-0.2.0-py3-none-any.whl"
    assert [path.name for path in wheel.parent.iterdir()] == [wheel.name]
    place = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(place)
    assert not [name for name in names if name.endswith(".py")]
    assert "taskner_model_bay_model/model.safetensors" not in names
    monkeypatch.syspath_prepend(place)
    found = find_model("bay-model")
    assert found == place / "taskner_model_bay_model"
    assert (found / "model.fp16.onnx").read_bytes() == b"16"


def test_weights_for_transformers_come_when_asked_for(folder, tmp_path):
    wheel = build_wheel(folder, tmp_path / "dist", with_weights=True)
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("taskner_model_bay_model/model.safetensors") == b"weights"


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (lambda folder: (folder / "setup.py").write_text("1"), UnsafeModelError, "setup.py"),
        (lambda folder: (folder / "config.json").write_text("[]"), ModelDamagedError, "config"),
        (lambda folder: (folder / "model.int8.onnx").unlink(), ModelDamagedError, "int8"),
        (lambda folder: write_manifest(folder, name="湖岸"), PackagingError, "the name '湖岸'"),
        (lambda folder: write_manifest(folder, version="v1 new"), PackagingError, "the version"),
        (
            lambda folder: write_manifest(folder, taskner='>=0.1"]\n[x]'),
            PackagingError,
            "the range",
        ),
    ],
)
def test_what_is_no_whole_and_safe_model_becomes_no_wheel(folder, tmp_path, change, error, message):
    change(folder)
    with pytest.raises(error, match=message):
        build_wheel(folder, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


@pytest.mark.real
def test_the_default_model_installs_into_a_fresh_environment(root, tmp_path):
    wheel = build_wheel(root / "models" / "taskner-small", tmp_path / "dist")
    place = tmp_path / "env"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    install = [python, "-m", "pip", "install", "--no-deps", "--no-index", "-q", str(wheel)]
    subprocess.run(install, check=True)
    # The libraries are those of this environment; the model is the installed one.
    paths = f"{root / 'src'}:{sysconfig.get_paths()['purelib']}"
    code = (
        "import taskner\n"
        "from taskner.pipeline import find_model\n"
        "print(find_model('taskner-small'))\n"
        "notice = taskner.load('taskner-small').extract_text('一、稳增长\\n1.新增小微企业30家。')\n"
        "print(notice.tasks[0].targets[0].span.text)"
    )
    ran = subprocess.run(
        [python, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": paths},
    )
    found, target = ran.stdout.splitlines()
    assert found.startswith(str(place))
    assert target == "30家"
    assert sys.executable != str(python)
