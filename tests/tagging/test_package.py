import hashlib
import json
import pickle

import pytest

from taskner.errors import ModelDamagedError, ModelTooNewError, UnsafeModelError
from taskner.tagging.decode import TAGS
from taskner.tagging.package import SCHEMA, open_package


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "config.json").write_bytes(b"{}")
    write_manifest(tmp_path)
    return tmp_path


def write_manifest(folder, **changes):
    manifest = {
        "schema": SCHEMA,
        "name": "probe",
        "version": "1",
        "taskner": ">=0.1,<1",
        "labels": list(TAGS),
        "files": {"config.json": hashlib.sha256(b"{}").hexdigest()},
    } | changes
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_sound_folder_opens(folder):
    package = open_package(folder, taskner_version="0.1.0")
    assert package.name == "probe 1"
    assert package.read("config.json") == b"{}"


def test_a_changed_file_is_damaged(folder):
    (folder / "config.json").write_bytes(b"{ }")
    package = open_package(folder, taskner_version="0.1.0")
    with pytest.raises(ModelDamagedError, match=r"config\.json"):
        package.read("config.json")


def test_a_missing_file_is_damaged(folder):
    (folder / "config.json").unlink()
    with pytest.raises(ModelDamagedError):
        open_package(folder, taskner_version="0.1.0").read("config.json")


@pytest.mark.parametrize(
    "changes", [{"labels": 5}, {"probes": 5}, {"probes": [1]}, {"files": {"config.json": 3}}]
)
def test_a_manifest_of_wrong_types_is_damaged(folder, changes):
    write_manifest(folder, **changes)
    with pytest.raises(ModelDamagedError):
        open_package(folder, taskner_version="0.1.0")


def test_what_the_manifest_does_not_list_is_refused(folder):
    (folder / "state.dat").write_text("cos\nsystem\n(S'id'\ntR.", encoding="ascii")
    with pytest.raises(UnsafeModelError, match=r"state\.dat"):
        open_package(folder, taskner_version="0.1.0")


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"schema": 1, "name": 2}'])
def test_a_broken_manifest_is_damaged(folder, text):
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelDamagedError):
        open_package(folder, taskner_version="0.1.0")


@pytest.mark.parametrize(
    "changes", [{"schema": "taskner-model/2"}, {"taskner": ">=2"}, {"taskner": ">=0.1,<0.1"}]
)
def test_a_model_of_another_time_says_so(folder, changes):
    write_manifest(folder, **changes)
    with pytest.raises(ModelTooNewError):
        open_package(folder, taskner_version="0.1.0")


def test_other_labels_are_refused(folder):
    write_manifest(folder, labels=["O", "B-X", "I-X"])
    with pytest.raises(ModelDamagedError, match="labels"):
        open_package(folder, taskner_version="0.1.0")


class Trap:
    def __reduce__(self):
        return (print, ("a pickle ran",))


@pytest.mark.parametrize("name", ["weights.pkl", "harmless.json", "deep/er/data.txt"])
def test_a_pickle_is_refused_whatever_its_name(folder, name, capsys):
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(UnsafeModelError, match=place.name):
        open_package(folder, taskner_version="0.1.0")
    assert capsys.readouterr().out == ""


def test_code_archives_and_links_are_refused(folder):
    for make in (
        lambda: (folder / "x.py").write_text("print()"),
        lambda: (folder / "x.dat").write_bytes(b"PK\x03\x04rest"),
        lambda: (folder / "link.json").symlink_to("/etc/passwd"),
    ):
        make()
        with pytest.raises(UnsafeModelError):
            open_package(folder, taskner_version="0.1.0")
        for name in ("x.py", "x.dat", "link.json"):
            (folder / name).unlink(missing_ok=True)
    open_package(folder, taskner_version="0.1.0")
