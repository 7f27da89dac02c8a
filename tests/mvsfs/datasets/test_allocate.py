"""What a new data set gets."""

from datetime import date

import pytest

from mvsfs.access import Access, Guard, OpenGuard
from mvsfs.dcb import Dsorg
from mvsfs.errors import AllocationFailed, DatasetExists, DatasetNotFound, InvalidDsname, NotAuthorized, StoreReadOnly
from mvsfs.info import Allocation
from mvsfs.storage.options import StoreOptions, VolumeModel
from mvsfs.system import Mvs


@pytest.mark.parametrize(
    ("recfm", "lrecl", "blksize", "expected"),
    [
        ("F", 80, 800, (80, 80)),
        ("FB", 80, 6233, (80, 6160)),
        ("FB", 80, 0, (80, 27920)),
        ("FB", 80, 40, (80, 80)),
        ("VB", 256, 6233, (256, 6233)),
        ("VB", 256, 100, (256, 260)),
        ("VB", None, 6233, (6229, 6233)),
        ("V", 255, 0, (255, 259)),
        ("U", 80, 6144, (0, 6144)),
        ("FB", None, 3120, (3120, 3120)),
    ],
    ids=str,
)
def test_lrecl_and_blksize_are_made_to_fit_the_record_format(world, recfm, lrecl, blksize, expected):
    info = world.mvs.allocate("USER1.A", Allocation(recfm=recfm, lrecl=lrecl, blksize=blksize), world.who)

    assert expected == (info.dcb.lrecl, info.dcb.blksize)


def test_a_name_that_is_taken_is_refused(world):
    world.write("USER1.A", [b"one"])
    with pytest.raises(DatasetExists):
        world.mvs.allocate("USER1.A", Allocation(), world.who)


def test_a_name_that_is_none_is_refused(world):
    with pytest.raises(InvalidDsname):
        world.mvs.allocate("USER1.TOOLONGNAME", Allocation(), world.who)


def test_like_takes_the_attributes_of_the_model(world):
    world.pds("USER1.MODEL", directory_blocks=5, lrecl=132)
    info = world.mvs.allocate("USER1.COPY", Allocation(like="USER1.MODEL"), world.who)

    assert (info.dcb.dsorg, info.dcb.lrecl, info.directory_blocks, info.dsntype) == (Dsorg.PO, 132, 5, "PDS")


def test_what_is_said_beats_the_model(world):
    world.write("USER1.MODEL", [b"x"])
    info = world.mvs.allocate("USER1.COPY", Allocation(like="USER1.MODEL", lrecl=100), world.who)

    assert (str(info.dcb.recfm), info.dcb.lrecl, info.dcb.blksize) == ("FB", 100, 27900)


def test_a_model_that_is_not_there_is_refused(world):
    with pytest.raises(DatasetNotFound):
        world.mvs.allocate("USER1.COPY", Allocation(like="USER1.NONE"), world.who)


def test_a_retention_period_becomes_an_expiration_date(world):
    info = world.mvs.allocate("USER1.A", Allocation(retention_days=10), world.who)

    assert date(2026, 4, 4) == info.expires


def test_a_library_has_no_directory_limit(world):
    info = world.pds("USER1.LIB", dsntype="LIBRARY")

    assert info.is_pdse
    assert info.directory_blocks == 0


def test_a_volume_that_is_not_there_is_refused(world):
    with pytest.raises(AllocationFailed) as refused:
        world.mvs.allocate("USER1.A", Allocation(volsers=("NOSUCH",)), world.who)

    assert refused.value.error == 0x0218


def test_a_named_volume_is_used(world):
    assert world.mvs.allocate("USER1.A", Allocation(volsers=("WORK01",)), world.who).volser == "WORK01"


def test_a_storage_class_puts_a_data_set_into_the_pool(world):
    info = world.mvs.allocate("USER1.A", Allocation(storclas="SCBASE"), world.who)

    assert (info.volser, info.storclas) == ("SMS001", "SCBASE")


def test_a_data_class_gives_what_was_left_open(clock):
    options = StoreOptions(data_classes={"DCFB": Allocation(recfm="FB", lrecl=80, primary=7)})
    with Mvs.open("memory:", now=clock, guard=OpenGuard(), options=options) as mvs:
        info = mvs.allocate("USER1.A", Allocation(dataclas="dcfb"), _who())

    assert (str(info.dcb.recfm), info.primary, info.dataclas) == ("FB", 7, "DCFB")


def test_a_full_volume_is_refused(clock):
    options = StoreOptions(volumes=(VolumeModel("TINY01", cylinders=2),))
    with Mvs.open("memory:", now=clock, guard=OpenGuard(), options=options) as mvs:
        mvs.allocate("USER1.A", Allocation(primary=15), _who())
        with pytest.raises(AllocationFailed) as refused:
            mvs.allocate("USER1.B", Allocation(primary=1), _who())

    assert refused.value.error == 0x9714


def test_a_read_only_store_refuses(clock):
    options = StoreOptions(read_only=True)
    with Mvs.open("memory:", now=clock, guard=OpenGuard(), options=options) as mvs, pytest.raises(StoreReadOnly):
        mvs.allocate("USER1.A", Allocation(), _who())


def test_the_guard_is_asked_for_alter_of_the_new_name(clock):
    asked = []

    class Recording(OpenGuard):
        def may_access(self, who, dsname, wanted, *, volser="", new=False):
            asked.append((dsname, wanted, new))
            return False

    guard: Guard = Recording()
    with Mvs.open("memory:", now=clock, guard=guard) as mvs, pytest.raises(NotAuthorized):
        mvs.allocate("USER1.A", Allocation(), _who())

    assert asked == [("USER1.A", Access.ALTER, True)]


def _who():
    from mvsfs.access import Requester

    return Requester("USER1")
