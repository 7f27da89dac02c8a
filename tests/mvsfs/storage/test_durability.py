"""Which commits wait for the medium: those that acknowledge something, and no others."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from mvsfs.access import OpenGuard, Requester
from mvsfs.dcb import Dsorg
from mvsfs.info import Allocation, Target
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs

WHO = Requester("USER1")
FB80 = Allocation(recfm="FB", lrecl=80)
WAITS, PASSES = 2, 1


@pytest.fixture
def levels():
    """What SQLite was told at each commit that wrote."""
    return []


@pytest.fixture
def store(tmp_path, clock, levels):
    def opened(**options):
        mvs = Mvs.open(f"file://{tmp_path}", now=clock, guard=OpenGuard(), options=StoreOptions(**options))

        @event.listens_for(mvs.engine, "commit")
        def commit(connection):
            levels.append(connection.connection.dbapi_connection.execute("PRAGMA synchronous").fetchone()[0])

        mvs.allocate("U.LIB", Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO), WHO)
        levels.clear()
        return mvs

    return opened


@pytest.mark.parametrize("target", [Target("U.NEW"), Target("U.LIB", "M")], ids=str)
def test_storing_waits_for_the_medium_once(store, levels, target):
    with store() as mvs:
        with mvs.open_output(target, WHO, allocation=FB80) as writer:
            writer.write_records([b" " * 80])

        assert levels == [PASSES, WAITS]


def test_reading_never_waits(store, levels):
    with store() as mvs:
        with mvs.open_output(Target("U.A"), WHO, allocation=FB80) as writer:
            writer.write_records([b" " * 80])
        levels.clear()
        list(mvs.records(Target("U.A"), WHO))

        assert levels == [PASSES, PASSES]


def test_allocation_rename_and_deletion_wait_in_whatever_order_they_come(store, levels):
    with store() as mvs:
        for name in ("U.A", "U.B"):
            mvs.allocate(name, FB80, WHO)
            list(mvs.records(Target(name), WHO))
        mvs.rename(Target("U.A"), Target("U.C"), WHO)
        mvs.delete(Target("U.C"), WHO)

        assert [level for level in levels if level == WAITS] == [WAITS] * 4
        assert levels[-2:] == [WAITS, WAITS]


def test_a_store_that_need_not_be_durable_never_waits(store, levels):
    with store(durable=False) as mvs:
        mvs.allocate("U.A", FB80, WHO)

        assert levels == [PASSES]
