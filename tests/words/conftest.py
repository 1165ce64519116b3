"""A segmenter trained once on an authored notice."""

import pytest

from taskner.words.training import train_segmenter


@pytest.fixture(scope="session")
def notice(root):
    return root / "corpora" / "authored" / "yunxi-2025.txt"


@pytest.fixture(scope="session")
def trained(notice, tmp_path_factory):
    return train_segmenter([notice], tmp_path_factory.mktemp("words") / "my-words")
