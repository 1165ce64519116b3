from pathlib import Path

import pytest

from taskner.corpus.inline import read_inline


@pytest.fixture(scope="session")
def authored(root):
    """The notices of the project, with their ledgers."""
    return [read_inline(path) for path in sorted((root / "corpora" / "authored").glob("*.txt"))]


@pytest.fixture(scope="session")
def gold(shared):
    """The published notices and reports, marked by people."""
    return [read_inline(path) for path in sorted((shared / "gold").glob("*.txt"))]


@pytest.fixture
def save(tmp_path):
    """Write a file of the format under test."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
