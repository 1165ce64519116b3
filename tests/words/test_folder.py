"""A folder that is not what was trained is refused before pkuseg sees it."""

import hashlib
import io
import json
import pickle
import shutil
import zipfile

import numpy as np
import pytest
import srsly

from taskner.errors import (
    ModelDamagedError,
    ModelTooNewError,
    SegmenterNotFoundError,
    UnsafeModelError,
)
from taskner.words.folder import (
    FEATURES,
    MANIFEST,
    WEIGHTS,
    check_words,
    find_words,
)
from taskner.words.segmenter import open_segmenter


class Touching:
    """Leaves a file behind where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


@pytest.fixture
def folder(trained, tmp_path):
    return shutil.copytree(trained, tmp_path / "words")


def sign(folder, name):
    """Enter a file's hash in the manifest, as who makes a folder to do harm would."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_a_folder_as_trained_is_opened(folder):
    assert check_words(folder)["schema"] == "taskner-words/1"
    assert open_segmenter(folder).cut(" 新建\n公园 ") == ["新建", "公园"]


@pytest.mark.parametrize("name", ["features.pkl", "extra/features.pkl", "model.txt", "x.py"])
def test_a_file_too_many_is_refused(folder, tmp_path, name):
    touched = tmp_path / "touched"
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(pickle.dumps(Touching(touched), protocol=0))
    with pytest.raises(UnsafeModelError):
        open_segmenter(folder)
    assert not touched.exists()


def test_a_pickle_in_place_of_the_features_is_refused(folder, tmp_path):
    touched = tmp_path / "touched"
    (folder / FEATURES).unlink()
    (folder / "features.pkl").write_bytes(pickle.dumps(Touching(touched)))
    with pytest.raises(UnsafeModelError, match=r"features\.pkl"):
        open_segmenter(folder)
    assert not touched.exists()


@pytest.mark.parametrize("name", [FEATURES, WEIGHTS, MANIFEST, "README.md"])
def test_a_pickle_under_a_good_name_is_refused(folder, tmp_path, name):
    touched = tmp_path / "touched"
    (folder / name).write_bytes(pickle.dumps(Touching(touched)))
    if name != MANIFEST:
        sign(folder, name)
    with pytest.raises(UnsafeModelError):
        open_segmenter(folder)
    assert not touched.exists()


def test_a_pickle_inside_the_weights_is_refused(folder, tmp_path):
    touched = tmp_path / "touched"
    weights = np.array([Touching(touched)], dtype=object)
    np.savez(folder / WEIGHTS, sizes=np.array([2, 1]), w=weights)
    sign(folder, WEIGHTS)
    with pytest.raises(UnsafeModelError, match="a pickle in it"):
        open_segmenter(folder)
    assert not touched.exists()


@pytest.mark.parametrize(
    "sizes",
    [
        (
            b"\x93NUMPY\x01\x00v\x00"
            b"{'descr': '<i8', 'fortran_order': False, 'shape': (100000000000000,), }"
        ),
        None,
    ],
    ids=["a shape beyond all memory", "one number"],
)
def test_arrays_that_are_none_are_told(folder, sizes):
    weights = io.BytesIO()
    np.save(weights, np.zeros(4))
    one = io.BytesIO()
    np.save(one, np.array(4))
    with zipfile.ZipFile(folder / WEIGHTS, "w") as archive:
        archive.writestr("w.npy", weights.getvalue())
        archive.writestr("sizes.npy", sizes.ljust(127) + b"\n" if sizes else one.getvalue())
    sign(folder, WEIGHTS)
    with pytest.raises(ModelDamagedError, match=WEIGHTS):
        check_words(folder)


def test_a_member_too_many_is_refused(folder):
    with zipfile.ZipFile(folder / WEIGHTS, "a") as archive:
        archive.writestr("more.npy", b"x")
    sign(folder, WEIGHTS)
    with pytest.raises(UnsafeModelError, match="other members"):
        check_words(folder)


def test_a_link_is_refused(folder, tmp_path):
    shutil.move(folder / FEATURES, tmp_path / FEATURES)
    (folder / FEATURES).symlink_to(tmp_path / FEATURES)
    with pytest.raises(UnsafeModelError, match="a link"):
        check_words(folder)


@pytest.mark.parametrize("name", [FEATURES, WEIGHTS])
def test_a_changed_or_missing_file_is_told(folder, name):
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelDamagedError, match=name):
        check_words(folder)
    (folder / name).unlink()
    with pytest.raises(ModelDamagedError, match=name):
        check_words(folder)


@pytest.mark.parametrize(
    "change",
    [
        # pkuseg would read beyond its weights.
        lambda data: data["feature_to_idx"].update({"c.园": 10**6}),
        lambda data: data["tag_to_idx"].update({"B": 7}),
        lambda data: data.pop("unigram"),
        lambda data: data.update(unigram=[1]),
        lambda data: data["feature_to_idx"].popitem(),
    ],
)
def test_features_that_do_not_fit_the_weights_are_refused(folder, change):
    data = srsly.read_msgpack(folder / FEATURES)
    change(data)
    srsly.write_msgpack(folder / FEATURES, data)
    sign(folder, FEATURES)
    with pytest.raises(ModelDamagedError, match="a weight for each feature"):
        check_words(folder)


@pytest.mark.parametrize(
    "arrays",
    [
        {"sizes": np.array([2, 10]), "w": np.zeros(3)},
        {"sizes": np.array([2, 1]), "w": np.zeros(6, dtype=np.float32)},
        {"sizes": np.array([5, 1]), "w": np.zeros(30)},
    ],
)
def test_weights_of_another_size_are_refused(folder, arrays):
    np.savez(folder / WEIGHTS, **arrays)
    sign(folder, WEIGHTS)
    with pytest.raises(ModelDamagedError, match="as many numbers as it says"):
        check_words(folder)


def test_an_archive_that_claims_too_much_is_refused(folder, monkeypatch):
    monkeypatch.setattr("taskner.words.folder._MOST_BYTES", 1000)
    with pytest.raises(ModelDamagedError, match="1000 bytes"):
        check_words(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 1}'])
def test_a_manifest_of_another_kind_is_refused(folder, text):
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(ModelDamagedError, match=MANIFEST):
        check_words(folder)


def test_a_later_schema_is_told(folder):
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"schema": "taskner-words/9"}), "utf-8")
    with pytest.raises(ModelTooNewError, match="taskner-words/9"):
        check_words(folder)


def test_what_is_no_archive_is_told(folder):
    (folder / WEIGHTS).write_bytes(b"weights")
    sign(folder, WEIGHTS)
    with pytest.raises(ModelDamagedError, match=WEIGHTS):
        check_words(folder)


def test_models_are_found_by_folder_and_by_name(folder):
    assert find_words(folder) == folder.resolve()
    with pytest.raises(SegmenterNotFoundError, match="'nobody'"):
        find_words("nobody")
