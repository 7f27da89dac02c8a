"""Searching the catalog."""

import time

import pytest
from sqlalchemy import event, insert, select

from mvsfs.errors import InvalidDsname
from mvsfs.info import Allocation
from mvsfs.storage import tables
from mvsfs.storage.database import writing

NAMES = ("USER1.A", "USER1.A.B", "USER1.A1", "USER1.AB", "USER1.B.C.D", "USER2.A", "USER10.X")


@pytest.fixture
def filled(world):
    for name in NAMES:
        world.mvs.allocate(name, Allocation(), world.who)
    return world


@pytest.mark.parametrize(
    ("mask", "found"),
    [
        ("USER1.*", ["USER1.A", "USER1.A.B", "USER1.AB", "USER1.A1", "USER1.B.C.D"]),
        ("USER1.A*", ["USER1.A", "USER1.A.B", "USER1.AB", "USER1.A1"]),
        ("USER1.A%", ["USER1.AB", "USER1.A1"]),
        ("USER1.A", ["USER1.A"]),
        ("USER1.**", ["USER1.A", "USER1.A.B", "USER1.AB", "USER1.A1", "USER1.B.C.D"]),
        ("USER%.A", ["USER1.A", "USER2.A"]),
        ("NOBODY.*", []),
    ],
)
def test_masks_find_names_in_ebcdic_order(filled, mask, found):
    assert found == filled.names(mask)


def test_a_mask_that_is_none_is_refused(filled):
    with pytest.raises(InvalidDsname):
        filled.names("USER1.TOOLONGNAME*")


def test_ten_thousand_entries_are_listed_by_few_statements_and_fast(world):
    world.mvs.allocate("USER1.MODEL", Allocation(recfm="FB", lrecl=80), world.who)
    _copy_rows(world, 10_000)
    statements = []
    event.listen(world.mvs.engine, "before_cursor_execute", lambda *facts: statements.append(facts[2]))
    begin = time.perf_counter()
    found = world.names("USER1.*")

    assert len(found) == 10_001
    assert len(statements) <= 2
    assert time.perf_counter() - begin < 5


def _copy_rows(world, count):
    with writing(world.mvs.engine) as connection:
        model = dict(connection.execute(select(tables.dataset)).first()._mapping)
        del model["id"]
        rows = [model | {"dsname": f"USER1.D{number:05}"} for number in range(count)]
        connection.execute(insert(tables.dataset), rows)
