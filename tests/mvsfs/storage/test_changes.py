"""The token that tells whether anything was written."""

from __future__ import annotations

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.info import Allocation
from mvsfs.system import Mvs

WHO = Requester("USER1")


@pytest.fixture
def mvs(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as system:
        yield system


def test_the_token_stays_while_one_only_looks(mvs):
    mvs.allocate("A.B", Allocation(), WHO)
    before = mvs.changes.token()

    list(mvs.search("A.**"))

    assert before == mvs.changes.token()


def test_the_token_changes_with_every_write(mvs):
    before = mvs.changes.token()

    mvs.allocate("A.B", Allocation(), WHO)

    assert before != mvs.changes.token()


def test_another_process_is_noticed(tmp_path, clock):
    one = Mvs.open(f"file://{tmp_path}", now=clock, guard=OpenGuard())
    other = Mvs.open(f"file://{tmp_path}", now=clock, guard=OpenGuard())
    before = one.changes.token()

    other.allocate("A.B", Allocation(), WHO)

    assert before != one.changes.token()
    one.close()
    other.close()
