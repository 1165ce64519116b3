from pathlib import Path

import pytest

from taskner.corpus.inline import read_inline
from taskner.corpus.tally import tally


def varied(texts):
    """A handful of texts that holds every kind of mark, link and fact: short ones, then any."""
    kinds, few = set(), []
    for text in sorted(texts, key=lambda one: len(one.text)):
        if not tally(text).keys() <= kinds:
            kinds |= tally(text).keys()
            few.append(text)
    return few + [text for text in texts[::12] if text not in few]


@pytest.fixture(scope="session")
def authored(root):
    """The notices of the project, with their ledgers."""
    return [read_inline(path) for path in sorted((root / "corpora" / "authored").glob("*.txt"))]


@pytest.fixture(scope="session")
def gold(shared):
    """The published notices and reports, marked by people."""
    return [read_inline(path) for path in sorted((shared / "gold").glob("*.txt"))]


@pytest.fixture(scope="session")
def some_authored(authored):
    return varied(authored)


@pytest.fixture(scope="session")
def some_gold(gold):
    return varied(gold)


@pytest.fixture
def save(tmp_path):
    """Write a file of the format under test."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
