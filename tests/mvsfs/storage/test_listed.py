"""What listings show is what the catalog and the directories hold, in their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.info import Allocation, DatasetInfo, IspfStats, LoadModule, Status, Target
from mvsfs.system import Mvs

WHO = Requester("USER1")
#: In the order of EBCDIC, in which letters precede digits and `$` precedes both.
NAMES = ["U.$A", "U.A", "U.A.B", "U.AB", "U.A1", "U.Z", "U1.A"]


@pytest.fixture
def mvs(clock):
    with Mvs.open("memory:", now=clock, guard=OpenGuard()) as system:
        yield system


def shown(info: DatasetInfo) -> DatasetInfo:
    """The facts of a listing's columns alone."""
    seen = (info.dcb, info.volser, info.unit, info.status, info.dsntype)
    return DatasetInfo("", *seen, referred=info.referred, extents=info.extents, used_tracks=info.used_tracks)


def fill(mvs):
    for number, name in enumerate(reversed(NAMES)):
        mvs.allocate(name, Allocation(recfm="FB", lrecl=80 + number % 3, primary=1 + number), WHO)
    mvs.allocate("U.LIB", Allocation(recfm="U", blksize=6144, dsorg=Dsorg.PO), WHO)
    mvs.enter(DatasetInfo("U.OLD", Dcb(None, 0, 0), "MIGRAT", status=Status.MIGRATED))
    mvs.enter(DatasetInfo("U.TAPE", Dcb.of("VB", 255, 27998), "T00001", "3490", Status.TAPE, referred=date(1999, 12, 31)))
    mvs.define_gdg("U.GDG", limit=3, who=WHO)
    mvs.define_alias("U.OTHER", "U.A", WHO)
    mvs.define_alias("U.TWO", "U.LIB", WHO)


@pytest.mark.parametrize("mask", ["U.*", "U.A*", "*", "*.A", "U.%", "U.A", "X.*", "U.**", "U*"])
def test_a_listing_shows_the_entries_that_a_search_finds(mvs, mask):
    fill(mvs)
    found = list(mvs.search(mask))

    assert [(info.dsname, shown(info)) for info in found] == mvs.listed(mask)
    assert [info.dsname for info in found] == mvs.names(mask)


def test_names_ascend_as_ebcdic_with_aliases_among_them(mvs):
    fill(mvs)

    assert [name for name in mvs.names("*") if name in NAMES] == NAMES
    assert mvs.names("U.T*") == ["U.TAPE", "U.TWO"]


def test_entries_that_are_alike_share_their_facts(mvs):
    for name in ("A.ONE", "A.TWO", "A.THREE"):
        mvs.allocate(name, Allocation(recfm="FB", lrecl=80, volsers=("USER01",)), WHO)

    assert len({id(info) for _, info in mvs.listed("A.*")}) == 1


def test_a_directory_is_listed_with_the_statistics_of_each_member(mvs):
    stats = IspfStats(1, 3, date(2001, 2, 3), datetime(2026, 3, 25, 9, 59, 1).astimezone(), 70000, 7, 2, "USER1")
    mvs.allocate("U.LIB", Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO), WHO)
    for name, has in (("B", stats), ("$A", replace(stats, userid="")), ("A1", None), ("AB", True), ("A", stats)):
        with mvs.open_output(Target("U.LIB", name), WHO, stats=has) as writer:
            writer.write_records([b" " * 80])
    mvs.add_member_alias("U.LIB", "ALIAS", "B", WHO)

    assert [(member.name, member.stats) for member in mvs.members("U.LIB")] == mvs.member_statistics("U.LIB")
    assert mvs.member_names("U.LIB") == ["$A", "A", "AB", "ALIAS", "A1", "B"]
    assert mvs.member_names("U.LIB", "A*") == ["A", "AB", "ALIAS", "A1"]
    assert [name for name, _ in mvs.member_statistics("U.LIB", "%*B")] == ["AB"]


def test_an_empty_directory_has_no_lines(mvs):
    mvs.allocate("U.LIB", Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO), WHO)

    assert (mvs.member_names("U.LIB"), mvs.member_statistics("U.LIB")) == ([], [])


def test_a_load_module_without_statistics_is_listed_by_name(mvs):
    mvs.allocate("U.LOAD", Allocation(recfm="U", blksize=6144, dsorg=Dsorg.PO), WHO)
    with mvs.open_output(Target("U.LOAD", "PGM"), WHO, load=LoadModule(8)) as writer:
        writer.write_records([b"x" * 8])

    assert mvs.member_statistics("U.LOAD") == [("PGM", None)]
