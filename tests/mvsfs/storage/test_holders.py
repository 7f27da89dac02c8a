"""Which processes use a store, and which are dead."""

import os

import pytest
from sqlalchemy import select

from mvsfs.access import OpenGuard
from mvsfs.storage import tables
from mvsfs.storage.database import reading, writing
from mvsfs.storage.options import StoreOptions
from mvsfs.storage.store import open_store, sweep


@pytest.fixture
def store(clock):
    opened = open_store("memory:", now=clock, guard=OpenGuard(), sysname="MVS1", options=StoreOptions())
    yield opened
    opened.close()


def numbers(store):
    with reading(store.engine) as connection:
        return list(connection.execute(select(tables.holder.c.id)).scalars())


def in_child(act):
    child = os.fork()
    if child == 0:
        try:
            os._exit(act() or 0)
        except BaseException:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_process_has_one_number(store):
    assert numbers(store) == [store.holders.number]


def test_a_child_takes_a_number_of_its_own_even_when_its_first_transaction_fails(store):
    def child():
        with pytest.raises(ZeroDivisionError), writing(store.engine):
            raise ZeroDivisionError
        return store.holders.number

    assert [in_child(child), in_child(child)] == [2, 3]
    assert numbers(store) == [1, 2, 3]


def test_a_dead_child_is_told_from_a_living_parent(store):
    dead = in_child(lambda: store.holders.number)
    with writing(store.engine) as connection:
        assert store.holders.dead(connection) == [dead]
        assert store.holders.is_alive(store.holders.number, connection)


def test_the_parent_looks_alive_to_its_child(store):
    def child():
        with writing(store.engine) as connection:
            return 0 if store.holders.is_alive(1, connection) else 1

    assert in_child(child) == 0


def test_sweeping_strikes_the_dead(store):
    in_child(lambda: store.holders.number)
    sweep(store)

    assert numbers(store) == [1]


def test_closing_gives_the_number_back(clock, tmp_path):
    for _ in range(2):
        store = open_store(f"file://{tmp_path}", now=clock, guard=OpenGuard(), sysname="MVS1", options=StoreOptions())
        assert len(numbers(store)) == 1
        store.close()

    assert list((tmp_path / "holders").iterdir()) == []
