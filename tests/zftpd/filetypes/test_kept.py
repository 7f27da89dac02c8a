"""Listings are kept only while the catalog stands still."""

from __future__ import annotations

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.info import Allocation
from mvsfs.system import Mvs
from zftpd.filetypes.kept import MOST, kept


@pytest.fixture
def mvs(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as system:
        yield system


def names(mvs, made):
    """The names below A, counting how often they are really made."""

    def make():
        made.append(1)
        return [info.dsname for info in mvs.search("A.**")]

    return list(kept(mvs, "A", make))


def test_a_second_listing_is_not_made_again(mvs):
    made = []
    mvs.allocate("A.B", Allocation(), Requester("U"))

    assert ["A.B"] == names(mvs, made) == names(mvs, made)
    assert [1] == made


def test_a_new_data_set_is_in_the_next_listing(mvs):
    made = []
    names(mvs, made)
    mvs.allocate("A.C", Allocation(), Requester("U"))

    assert ["A.C"] == names(mvs, made)


def test_few_are_kept(mvs):
    made = []
    for number in (*range(MOST + 1), 0):
        kept(mvs, number, lambda: made.append(1) or ["X"])

    assert MOST + 2 == len(made)
