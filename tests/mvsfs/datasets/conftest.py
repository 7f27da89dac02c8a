"""One small system per test, and short ways to write and read."""

from __future__ import annotations

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.dcb import Dsorg
from mvsfs.info import Allocation
from mvsfs.names import parse_target
from mvsfs.system import Mvs

FB80 = Allocation(recfm="FB", lrecl=80)
USER = Requester("USER1", "USER1A", 0)


class World:
    """A system with verbs for tests."""

    def __init__(self, mvs: Mvs) -> None:
        self.mvs = mvs
        self.who = USER

    def write(self, name, records, *, allocation=FB80, **more):
        with self.mvs.open_output(parse_target(name), self.who, allocation=allocation, **more) as writer:
            writer.write_records([record.ljust(80, b"\x40") for record in records])

    def read(self, name):
        with self.mvs.open_input(parse_target(name), self.who) as reader:
            return [record.rstrip(b"\x40") for record in reader.records()]

    def pds(self, name, **more):
        facts = {"recfm": "FB", "lrecl": 80, "dsorg": Dsorg.PO, "space_unit": "CYLINDER"} | more
        return self.mvs.allocate(name, Allocation(**facts), self.who)

    def names(self, mask):
        return [info.dsname for info in self.mvs.search(mask)]


@pytest.fixture
def world(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as mvs:
        yield World(mvs)
        assert mvs.enqueue.holdings() == [], "a test left a name held"
