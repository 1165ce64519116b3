"""Tests of a group run in one process; without a word, each would make again what they share."""

import os

import pytest


@pytest.mark.xdist_group("groups")
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
def test_groups_are_known_to_the_scheduler(request):
    assert request.node.nodeid.endswith("@groups")
