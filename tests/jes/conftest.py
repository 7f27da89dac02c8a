"""A small system in memory: data sets, security, JES with initiators, and a clock that stands."""

from __future__ import annotations

import pytest

from jes.config import JesConfig
from jes.opening import open_system
from jes.spool.jobid import NumberRange
from jes.system import Jes
from tests.jes.system import System


@pytest.fixture
def opened(clock):
    """A factory of systems: opened(node="N1", ...) with any JesConfig value; started unless start=False."""
    systems = []

    def make(start: bool = True, url: str = "memory:", **config: object) -> System:
        mvs, saf = open_system(url, now=clock)
        given = {"meter": lambda: (0.0, 0.0), "poll_seconds": 0.05, "numbers": NumberRange(1, 99999), **config}
        jes = Jes.open(mvs, saf, now=clock, config=JesConfig(**given))
        system = System(mvs, saf, jes)
        systems.append(system)
        if start:
            jes.start()
        return system

    yield make
    for system in systems:
        system.close()


@pytest.fixture
def system(opened):
    """One running system."""
    return opened()
