"""The extractor of the layouts."""

from contextlib import suppress

import numpy as np
import pytest

import taskner
from layout_gold import FOLDER
from remembering import Remembering
from taskner.errors import TasknerError
from taskner.tagging import Tagger
from taskner.tagging.decode import TAGS


class Collecting:
    """A scorer that only notes what it is asked."""

    def __init__(self, scorer):
        self.encode = scorer.encode
        self.windows = []

    def score(self, heading, pieces):
        self.windows += zip(heading, pieces, strict=True)
        return [np.zeros((len(ids), len(TAGS)), np.float32) for ids in pieces]


@pytest.fixture(scope="session")
def extractor(released, request):
    """The model that ships; the fixtures to be tested are scored together, in few runs.

    A run of the model costs as much as a hundred pieces in it, and a fixture is short.
    """
    scorer = Remembering(released.tagger.scorer)
    collecting = Collecting(scorer)
    for name in names_tested(request.session.items):
        with suppress(TasknerError):  # which its own test will meet
            taskner.Extractor(Tagger(collecting)).extract(FOLDER / f"{name}.txt")
    if collecting.windows:
        scorer.score(*zip(*collecting.windows, strict=True))
    return taskner.Extractor(Tagger(scorer), released.package)


def names_tested(items):
    own = [item for item in items if item.path.parent == FOLDER and hasattr(item, "callspec")]
    return sorted(
        {item.callspec.params["name"] for item in own if "extractor" in item.fixturenames}
    )
