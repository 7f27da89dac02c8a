"""Space is real: tracks used, extents taken, abends when there are no more."""

import pytest

from mvsfs.access import OpenGuard, Requester
from mvsfs.errors import SystemAbend
from mvsfs.info import Allocation, Target
from mvsfs.records.forms import Form
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs

RECORDS_PER_TRACK = 698  # FB 80/27920: two blocks of 349


def small(primary, secondary, **more):
    return Allocation(recfm="FB", lrecl=80, primary=primary, secondary=secondary, **more)


def fill(world, name, tracks, allocation):
    world.write(name, [b"x"] * RECORDS_PER_TRACK * tracks, allocation=allocation)


def test_tracks_in_use_follow_from_block_size(world):
    fill(world, "USER1.A", 3, small(5, 0))

    assert _space(world, "USER1.A") == (3, 5, 1)


def test_secondary_extents_are_taken_as_needed(world):
    fill(world, "USER1.A", 6, small(2, 3))

    assert _space(world, "USER1.A") == (6, 8, 3)


def test_without_secondary_space_d37(world):
    with pytest.raises(SystemAbend) as refused:
        fill(world, "USER1.A", 3, small(2, 0))

    assert (refused.value.code, refused.value.reason, refused.value.dsname) == ("D37", "04", "USER1.A")


def test_sixteen_extents_are_all_then_b37(world):
    fill(world, "USER1.A", 16, small(1, 1))
    with pytest.raises(SystemAbend) as refused:
        fill(world, "USER1.A", 17, small(1, 1))

    assert refused.value.code == "B37"
    assert _space(world, "USER1.A") == (16, 16, 16)


def test_a_partitioned_data_set_ends_with_e37(world):
    world.pds("USER1.PDS", space_unit="TRACK", primary=1, secondary=1)
    with pytest.raises(SystemAbend) as refused:
        world.write("USER1.PDS(BIG)", [b"x"] * RECORDS_PER_TRACK * 16)

    assert (refused.value.code, refused.value.member) == ("E37", "BIG")


def test_a_failed_new_data_set_gives_all_its_space_back(world):
    before = world.mvs.volumes
    with pytest.raises(SystemAbend):
        world.write("USER1.A", [b"x"] * RECORDS_PER_TRACK * 20, allocation=small(1, 1), conddisp_catlg=False)

    assert before == world.mvs.volumes


def test_deleting_gives_space_back_and_joins_it(world):
    before = world.mvs.volumes
    for name in ("USER1.A", "USER1.B", "USER1.C"):
        world.mvs.allocate(name, Allocation(primary=5, volsers=("USER01",)), world.who)
    for name in ("USER1.B", "USER1.A", "USER1.C"):
        world.mvs.delete(Target(name), world.who)

    assert before == world.mvs.volumes


def test_release_gives_back_what_is_not_used(world):
    fill(world, "USER1.A", 2, small(10, 0, release=True))

    assert _space(world, "USER1.A") == (2, 2, 1)


def test_a_full_directory_is_b14(world):
    world.pds("USER1.PDS", directory_blocks=1)
    for number in range(21):
        world.write(f"USER1.PDS(M{number})", [b"x"])
    with pytest.raises(SystemAbend) as refused:
        world.write("USER1.PDS(ONEMORE)", [b"x"])

    assert (refused.value.code, refused.value.reason, refused.value.member) == ("B14", "0C", "ONEMORE")
    assert len(world.mvs.members("USER1.PDS")) == 21


def test_replaced_members_eat_a_pds_until_it_is_compressed(world):
    world.pds("USER1.PDS", space_unit="TRACK", primary=5, secondary=0)
    with pytest.raises(SystemAbend):
        for _ in range(10):
            world.write("USER1.PDS(M)", [b"x"] * RECORDS_PER_TRACK)
    won = world.mvs.compress("USER1.PDS", world.who)
    world.write("USER1.PDS(M)", [b"x"] * RECORDS_PER_TRACK)

    assert won == 3


def test_replaced_members_of_a_pdse_do_not(world):
    world.pds("USER1.LIB", dsntype="LIBRARY", space_unit="TRACK", primary=5, secondary=0)
    for _ in range(10):
        world.write("USER1.LIB(M)", [b"x"] * RECORDS_PER_TRACK)

    assert world.mvs.compress("USER1.LIB", world.who) == 0


def test_stored_chunks_count_like_records(world):
    with pytest.raises(SystemAbend), world.mvs.open_output(Target("USER1.A"), world.who, allocation=small(1, 0)) as writer:
        for _ in range(100):
            writer.write_stored(b"\x40" * 8000, Form.FIXED, 100)


def _space(world, name):
    info = world.mvs.find(name)
    return info.used_tracks, info.allocated_tracks, info.extents


def test_a_failed_data_set_shows_all_extents_it_could_get(world):
    with pytest.raises(SystemAbend), world.mvs.open_output(Target("USER1.A"), world.who, allocation=small(1, 1)) as writer:
        writer.write_stored(b"\x40" * 80 * RECORDS_PER_TRACK * 20, Form.FIXED, RECORDS_PER_TRACK * 20)

    assert _space(world, "USER1.A") == (0, 16, 16)


def test_members_begin_on_the_last_track_of_the_directory(world):
    world.pds("USER1.PDS", space_unit="TRACK", primary=1, secondary=0, directory_blocks=27)
    world.write("USER1.PDS(M)", [b"x"] * 2)

    assert _space(world, "USER1.PDS") == (1, 1, 1)


def test_without_accounting_a_data_set_takes_what_the_volume_has(clock):
    options = StoreOptions(accounted=False)
    with Mvs.open("memory:", now=clock, guard=OpenGuard(), options=options) as mvs:
        with mvs.open_output(Target("USER1.A"), Requester("U"), allocation=small(1, 0)) as writer:
            writer.write_records([b"x" * 80] * RECORDS_PER_TRACK * 40)
        info = mvs.find("USER1.A")

    assert 40 == info.used_tracks <= info.allocated_tracks
