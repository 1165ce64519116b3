"""Fixtures shared by all tests."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from remembering import Remembering

# Forty examples a property keep the whole suite under ten minutes on two cores;
# HYPOTHESIS_PROFILE=long searches as far as Hypothesis does by itself.
settings.register_profile("short", max_examples=40)
settings.register_profile("long", max_examples=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """The folder of real notices and gold: absent from the repository by design."""
    path = Path(os.environ.get("TASKNER_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is absent: CI needs the real notices")
        pytest.skip(f"{path} is absent: the real notices are not part of the repository")
    return path


@pytest.fixture(scope="session")
def released():
    """The extractor with the model that ships."""
    import taskner  # noqa: PLC0415 - most tests need no model

    return taskner.load()


@pytest.fixture(scope="session")
def extractor(released):
    """The same, but a window that comes again is not scored again."""
    from taskner.tagging import Tagger  # noqa: PLC0415 - as above

    return replace(released, tagger=Tagger(Remembering(released.tagger.scorer)))


def pytest_make_parametrize_id(val, argname):
    """Name bytes by their length: an archive holds the second in which it was made.

    Both processes must collect the same tests.
    """
    return f"{argname} of {len(val)} bytes" if isinstance(val, bytes) else None
