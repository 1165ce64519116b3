import pytest

from taskner.corpus.splits import Fold, read_splits
from taskner.errors import ConfigError


def write(folder, text):
    path = folder / "splits.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_folds_keep_the_order_of_the_file(tmp_path):
    path = write(
        tmp_path,
        '[[fold]]\nname = "b"\ndocuments = ["y", "x"]\n[[fold]]\nname = "a"\ndocuments = ["z"]\n',
    )
    assert read_splits(path) == (
        Fold(name="b", documents=("y", "x")),
        Fold(name="a", documents=("z",)),
    )


@pytest.mark.shared
def test_our_folds_hold_each_gold_document_once(root, shared):
    folds = read_splits(root / "corpora" / "splits.toml")
    held = [name for fold in folds for name in fold.documents]
    assert len(folds) == 8
    assert {path.stem for path in (shared / "gold").glob("*.txt")} <= set(held)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "fold"),
        ("fold = 3", "fold"),
        ("fold = [3]", r"fold\[0\]"),
        ("[[fold]\n", "file"),
        ('seed = 1\n[[fold]]\nname = "a"\ndocuments = ["x"]', "seed"),
        ('[[fold]]\nname = "a"\ndocuments = ["x"]\nseed = 1', r"fold\[0\]\.seed: unknown"),
        ('[[fold]]\nname = "a"', r"fold\[0\]\.documents: missing"),
        ('[[fold]]\nname = 1\ndocuments = ["x"]', r"fold\[0\]\.name"),
        ('[[fold]]\nname = "a"\ndocuments = []', r"fold\[0\]\.documents"),
        ('[[fold]]\nname = "a"\ndocuments = "x"', r"fold\[0\]\.documents"),
        ('[[fold]]\nname = "a"\ndocuments = ["x", "x"]', r"fold\.documents: 'x' occurs twice"),
        ('[[fold]]\nname = "a"\ndocuments = ["x"]\n' * 2, r"fold\.name: 'a' occurs twice"),
    ],
)
def test_what_is_no_splits_file_is_an_error_with_file_and_key(tmp_path, text, key):
    with pytest.raises(ConfigError, match=rf"splits\.toml: {key}"):
        read_splits(write(tmp_path, text))


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        read_splits(tmp_path / "absent.toml")


def test_every_authored_notice_is_left_out_once(root):
    folds = read_splits(root / "corpora" / "authored-splits.toml")
    left_out = [name for fold in folds for name in fold.documents]
    authored = [path.stem for path in (root / "corpora" / "authored").glob("*.txt")]
    assert sorted(left_out) == sorted(authored)
    assert len(folds) == len(read_splits(root / "corpora" / "splits.toml"))
