"""UnixFS: PyFilesystem2's whole conformance suite over z/OS UNIX files."""

from __future__ import annotations

import unittest
from datetime import UTC, datetime

import fs
import pytest
from fs.test import FSTestCases

from mvsfs.access import OpenGuard, Requester
from mvsfs.system import Mvs
from mvsfs.viewunix import UnixFS

WHO = Requester("IBMUSER")


def now():
    return datetime.now(UTC)


class TestWhole(FSTestCases, unittest.TestCase):
    """The suite over a directory of its own."""

    assertRaisesRegexp = unittest.TestCase.assertRaisesRegex  # noqa: N815 - the suite's name for it left Python 3.12

    def make_fs(self):
        self.mvs = Mvs.open("memory:", now=now, guard=OpenGuard())
        self.mvs.unix.makedirs("/u/test", WHO)
        return UnixFS(self.mvs, WHO, root="/u/test")

    def destroy_fs(self, view):
        view.close()
        self.mvs.close()


@pytest.fixture
def mvs(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as system:
        yield system


def test_the_tag_is_in_the_mvs_namespace(mvs):
    view = UnixFS(mvs, WHO)
    view.writetext("/tmp/x", "hello")
    view.setinfo("/tmp/x", {"mvs": {"tag": "ISO8859-1"}})

    assert view.getinfo("/tmp/x", ["mvs"]).get("mvs", "tag") == "ISO8859-1"


def test_a_link_is_followed_and_tells_where_it_leads(mvs):
    view = UnixFS(mvs, WHO)
    view.writetext("/tmp/x", "hello")
    mvs.unix.symlink("x", "/tmp/l", WHO)

    assert (view.readtext("/tmp/l"), view.getinfo("/tmp/l", ["link"]).target) == ("hello", "x")


def test_a_discarded_file_changes_nothing(mvs):
    view = UnixFS(mvs, WHO)
    view.writetext("/tmp/x", "old")
    file = view.openbin("/tmp/x", "r+")
    file.write(b"new")
    file.discard()

    assert view.readtext("/tmp/x") == "old"


def test_it_is_what_a_file_system_is(mvs):
    memory = fs.open_fs("mem://")
    memory.makedirs("a/b")
    memory.writetext("a/b/c", "deep")
    fs.copy.copy_fs(memory, UnixFS(mvs, WHO, root="/tmp"))

    assert mvs.unix.stat("/tmp/a/b/c", WHO).size == 4
