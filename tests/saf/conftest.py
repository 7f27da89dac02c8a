"""A security database per test."""

from __future__ import annotations

import pytest

from tests.racfworld import World


@pytest.fixture
def racf(tmp_path):
    """One system: `racf("ADDUSER ...")` issues a command as IBMUSER."""
    world = World(tmp_path / "store")
    yield world
    world.engine.dispose()
