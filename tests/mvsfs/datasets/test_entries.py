"""Aliases, stated entries, cataloguing, deleting and renaming data sets."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import (
    DatasetExists,
    DatasetMigrated,
    DatasetNotFound,
    NotExpired,
    VolumeUnavailable,
)
from mvsfs.info import Allocation, DatasetInfo, Status, Target
from mvsfs.storage import tables
from mvsfs.storage.database import reading
from mvsfs.storage.options import StoreOptions

MIGRATED = DatasetInfo("USER1.OLD", Dcb(None, 0, 0, Dsorg.UNKNOWN), volser="MIGRAT", status=Status.MIGRATED)


def test_an_alias_reads_its_data_set_and_is_listed(world):
    world.write("USER1.REAL", [b"x"])
    world.mvs.define_alias("USER1.ALSO", "USER1.REAL", world.who)

    assert world.read("USER1.ALSO") == [b"x"]
    assert [(i.dsname, i.alias_of) for i in world.mvs.search("USER1.*")] == [("USER1.ALSO", "USER1.REAL"), ("USER1.REAL", "")]


def test_deleting_an_alias_leaves_its_data_set(world):
    world.write("USER1.REAL", [b"x"])
    world.mvs.define_alias("USER1.ALSO", "USER1.REAL", world.who)
    world.mvs.delete(Target("USER1.ALSO"), world.who)

    assert world.names("USER1.*") == ["USER1.REAL"]


def test_deleting_a_data_set_takes_its_aliases_along(world):
    world.write("USER1.REAL", [b"x"])
    world.mvs.define_alias("USER1.ALSO", "USER1.REAL", world.who)
    world.mvs.delete(Target("USER1.REAL"), world.who)

    assert world.names("USER1.*") == []


def test_an_alias_takes_a_name(world):
    world.write("USER1.REAL", [b"x"])
    world.mvs.define_alias("USER1.ALSO", "USER1.REAL", world.who)
    with pytest.raises(DatasetExists):
        world.mvs.allocate("USER1.ALSO", Allocation(), world.who)


def test_renaming_keeps_contents_and_aliases(world):
    world.write("USER1.A", [b"x"])
    world.mvs.define_alias("USER1.ALSO", "USER1.A", world.who)
    world.mvs.rename(Target("USER1.A"), Target("USER2.B"), world.who)

    assert [b"x"] == world.read("USER2.B") == world.read("USER1.ALSO")
    with pytest.raises(DatasetNotFound):
        world.read("USER1.A")


def test_renaming_onto_an_existing_name_is_refused(world):
    world.write("USER1.A", [b"a"])
    world.write("USER1.B", [b"b"])
    with pytest.raises(DatasetExists):
        world.mvs.rename(Target("USER1.A"), Target("USER1.B"), world.who)


def test_deleting_what_is_not_there_is_refused(world):
    with pytest.raises(DatasetNotFound):
        world.mvs.delete(Target("USER1.NONE"), world.who)


def test_deleting_leaves_no_content_behind(world):
    world.pds("USER1.PDS")
    world.write("USER1.PDS(M)", [b"x"] * 2000)
    world.write("USER1.PDS(S)", [b"x"])
    world.mvs.delete(Target("USER1.PDS"), world.who)

    assert [] == _references(world) == _files(world)


def test_an_unexpired_data_set_needs_purge(world):
    world.write("USER1.A", [b"x"], allocation=Allocation(recfm="FB", lrecl=80, retention_days=30))
    with pytest.raises(NotExpired) as refused:
        world.mvs.delete(Target("USER1.A"), world.who, purge=False)
    world.mvs.delete(Target("USER1.A"), world.who, purge=True)

    assert date(2026, 4, 24) == refused.value.expires


def test_a_migrated_data_set_is_recalled_when_opened(world):
    world.write("USER1.OLD", [b"x"])
    world.mvs.enter(replace(world.mvs.find("USER1.OLD"), status=Status.MIGRATED, volser="MIGRAT"))

    assert world.read("USER1.OLD") == [b"x"]
    assert (world.mvs.find("USER1.OLD").status, world.mvs.find("USER1.OLD").volser) == (Status.ONLINE, "USER01")


def test_a_recall_that_is_not_wanted_is_refused(world):
    world.mvs.enter(MIGRATED)
    with pytest.raises(DatasetMigrated):
        world.mvs.open_input(Target("USER1.OLD"), world.who, recall=False)


def test_the_installation_is_called_for_a_recall(world):
    called = []
    world.mvs.enter(MIGRATED)
    world.mvs.store.options = StoreOptions(recall=called.append)
    world.read("USER1.OLD")

    assert called == ["USER1.OLD"]


def test_a_migrated_data_set_is_deleted_without_recall(world):
    world.mvs.enter(MIGRATED)
    world.mvs.delete(Target("USER1.OLD"), world.who)

    assert world.names("USER1.*") == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.TAPE, "tape"),
        (Status.NOT_MOUNTED, "not-mounted"),
        (Status.NOT_ON_VOLUME, "not-on-volume"),
        (Status.ERROR, "error"),
    ],
)
def test_what_lies_on_no_mounted_disk_is_not_opened(world, status, reason):
    world.mvs.enter(DatasetInfo("USER1.T", Dcb(None, 0, 0), volser="VGSA03", status=status))
    with pytest.raises(VolumeUnavailable) as refused:
        world.read("USER1.T")

    assert (reason, "VGSA03") == (refused.value.reason, refused.value.volser)


@pytest.mark.parametrize("status", list(Status))
def test_every_state_can_be_stated(world, status):
    stated = DatasetInfo(
        "USER1.X",
        Dcb.of("FB", 80, 27920),
        volser="USER09",
        status=status,
        created=date(2020, 1, 2),
        referred=None,
        extents=3,
        used_tracks=13875,
        allocated_tracks=14000,
    )
    world.mvs.enter(stated)

    assert stated == world.mvs.find("USER1.X")


def test_stating_an_entry_again_leaves_its_contents(world):
    world.write("USER1.A", [b"x"])
    world.mvs.enter(replace(world.mvs.find("USER1.A"), referred=date(2001, 1, 1)))

    assert date(2001, 1, 1) == world.mvs.find("USER1.A").referred
    assert world.read("USER1.A") == [b"x"]
    assert date(2026, 3, 25) == world.mvs.find("USER1.A").referred


def test_an_uncatalogued_data_set_is_found_again_by_its_volume(world):
    world.write("USER1.A", [b"first"])
    volser = world.mvs.find("USER1.A").volser
    world.mvs.uncatalog("USER1.A", world.who)
    assert world.names("USER1.*") == []
    world.mvs.recatalog("USER1.A", volser, world.who)

    assert world.read("USER1.A") == [b"first"]


def test_a_label_is_written_anew(world):
    world.mvs.allocate("USER1.A", Allocation(), world.who)
    info = world.mvs.set_dcb("USER1.A", Dcb.of("VB", 255))

    assert (str(info.dcb.recfm), info.dcb.lrecl, info.dcb.blksize) == ("VB", 255, 27998)


def _references(world):
    with reading(world.mvs.engine) as connection:
        return list(connection.execute(select(tables.content.c.reference).where(~tables.content.c.doomed)).scalars())


def _files(world):
    return [str(path) for path in (world.mvs.store.folder / "objects").rglob("*") if path.is_file()]
