"""Members: directory, statistics, aliases, replacement."""

from datetime import date

import pytest

from mvsfs.errors import DatasetExists, DatasetNotFound, MemberNotFound, WrongDsorg
from mvsfs.info import IspfStats, LoadModule, Target


@pytest.fixture(params=["PDS", "LIBRARY"])
def library(world, request):
    world.pds("USER1.LIB", dsntype=request.param)
    return world


def test_members_ascend_as_ebcdic(library):
    for name in ("A1", "AB", "$X", "#X", "@X", "Z"):
        library.write(f"USER1.LIB({name})", [b"x"])

    assert _names(library) == ["$X", "#X", "@X", "AB", "A1", "Z"]


def test_a_mask_picks_members(library):
    for name in ("ABC", "ABD", "XBC"):
        library.write(f"USER1.LIB({name})", [b"x"])

    assert [each.name for each in library.mvs.members("USER1.LIB", "AB*")] == ["ABC", "ABD"]
    assert [each.name for each in library.mvs.members("USER1.LIB", "%BC")] == ["ABC", "XBC"]


def test_statistics_begin_with_01_00(library, clock):
    library.write("USER1.LIB(M)", [b"x"] * 3, stats=True)

    expected = IspfStats(1, 0, date(2026, 3, 25), clock(), 3, 3, 0, "USER1")
    assert expected == library.mvs.member("USER1.LIB", "M").stats


def test_a_replacement_counts_as_a_modification(library):
    library.write("USER1.LIB(M)", [b"x"] * 3, stats=True)
    library.write("USER1.LIB(M)", [b"x"] * 5, stats=True)

    stats = library.mvs.member("USER1.LIB", "M").stats
    assert (stats.version, stats.modification, stats.size, stats.init) == (1, 1, 5, 3)


def test_without_statistics_old_ones_go(library):
    library.write("USER1.LIB(M)", [b"x"], stats=True)
    library.write("USER1.LIB(M)", [b"x"])

    assert library.mvs.member("USER1.LIB", "M").stats is None


def test_modification_stops_at_99(library):
    library.write("USER1.LIB(M)", [b"x"], stats=IspfStats(2, 99, date(2020, 1, 1), library.mvs.now(), 1, 1, 0, "U"))
    library.write("USER1.LIB(M)", [b"x"], stats=True)

    assert (library.mvs.member("USER1.LIB", "M").stats.version, library.mvs.member("USER1.LIB", "M").stats.modification) == (
        2,
        99,
    )


def test_load_module_facts_are_kept(library):
    module = LoadModule(0x3DBD8, 1, "31", "24", ("FO", "RN", "RU"), 0x10)
    library.write("USER1.LIB(M)", [b"x"], load=module)

    assert module == library.mvs.member("USER1.LIB", "M").load


def test_a_missing_member_is_told_from_a_missing_data_set(library):
    with pytest.raises(MemberNotFound):
        library.read("USER1.LIB(NONE)")
    with pytest.raises(DatasetNotFound):
        library.read("USER1.NONE(M)")


def test_a_member_of_a_sequential_data_set_is_refused(library):
    library.write("USER1.SEQ", [b"x"])
    with pytest.raises(WrongDsorg):
        library.read("USER1.SEQ(M)")


def test_a_member_does_not_make_its_data_set(library):
    with pytest.raises(DatasetNotFound):
        library.write("USER1.NONE(M)", [b"x"], allocation=None)


def test_deleting_and_renaming_members(library):
    for name in ("A", "B"):
        library.write(f"USER1.LIB({name})", [name.encode()])
    library.mvs.rename(Target("USER1.LIB", "A"), Target("USER1.LIB", "C"), library.who)
    library.mvs.delete(Target("USER1.LIB", "B"), library.who)

    assert _names(library) == ["C"]
    assert library.read("USER1.LIB(C)") == [b"A"]


def test_a_member_is_not_renamed_onto_another(library):
    for name in ("A", "B"):
        library.write(f"USER1.LIB({name})", [b"x"])
    with pytest.raises(DatasetExists) as refused:
        library.mvs.rename(Target("USER1.LIB", "A"), Target("USER1.LIB", "B"), library.who)

    assert refused.value.member == "B"


def test_an_alias_in_a_pds_keeps_the_old_content_when_its_member_is_replaced(world):
    world.pds("USER1.LIB", dsntype="PDS")
    world.write("USER1.LIB(MAIN)", [b"old"])
    for alias in ("ALSO", "TOO"):
        world.mvs.add_member_alias("USER1.LIB", alias, "MAIN", world.who)
    world.write("USER1.LIB(MAIN)", [b"new", b"new"])

    assert [world.read(f"USER1.LIB({name})") for name in ("MAIN", "ALSO", "TOO")] == [[b"new", b"new"], [b"old"], [b"old"]]
    assert [world.mvs.member("USER1.LIB", name).alias_of for name in ("ALSO", "TOO")] == ["", "ALSO"]
    assert world.mvs.find("USER1.LIB").records == 3


def test_writing_to_an_alias_leaves_the_member_alone(library):
    library.write("USER1.LIB(MAIN)", [b"old"])
    library.mvs.add_member_alias("USER1.LIB", "ALSO", "MAIN", library.who)
    library.write("USER1.LIB(ALSO)", [b"new"])

    assert [library.read(f"USER1.LIB({name})") for name in ("MAIN", "ALSO")] == [[b"old"], [b"new"]]
    assert library.mvs.find("USER1.LIB").records == 2


def test_an_alias_in_a_pdse_sees_the_replacement_of_its_member(world):
    world.pds("USER1.LIB", dsntype="LIBRARY")
    world.write("USER1.LIB(MAIN)", [b"one"])
    world.mvs.add_member_alias("USER1.LIB", "ALSO", "MAIN", world.who)
    world.write("USER1.LIB(MAIN)", [b"two"])

    assert world.read("USER1.LIB(ALSO)") == [b"two"]
    assert world.mvs.member("USER1.LIB", "ALSO").alias_of == "MAIN"


def test_an_alias_follows_a_renamed_member(library):
    library.write("USER1.LIB(MAIN)", [b"one"])
    library.mvs.add_member_alias("USER1.LIB", "ALSO", "MAIN", library.who)
    library.mvs.rename(Target("USER1.LIB", "MAIN"), Target("USER1.LIB", "NEW"), library.who)

    assert library.read("USER1.LIB(ALSO)") == [b"one"]


def test_an_alias_is_deleted_alone(library):
    library.write("USER1.LIB(MAIN)", [b"one"])
    library.mvs.add_member_alias("USER1.LIB", "ALSO", "MAIN", library.who)
    library.mvs.delete(Target("USER1.LIB", "ALSO"), library.who)

    assert library.read("USER1.LIB(MAIN)") == [b"one"]


def test_the_aliases_of_a_deleted_member_still_read_it(world):
    world.pds("USER1.LIB", dsntype="PDS")
    library = world
    library.write("USER1.LIB(MAIN)", [b"one"])
    for alias in ("ALSO", "TOO"):
        library.mvs.add_member_alias("USER1.LIB", alias, "MAIN", library.who)
    library.mvs.delete(Target("USER1.LIB", "MAIN"), library.who)
    library.write("USER1.LIB(MAIN)", [b"new"])
    library.mvs.compress("USER1.LIB", library.who)

    assert [library.read(f"USER1.LIB({name})") for name in ("ALSO", "TOO", "MAIN")] == [[b"one"], [b"one"], [b"new"]]
    assert library.mvs.member("USER1.LIB", "TOO").alias_of == "ALSO"

    library.mvs.delete(Target("USER1.LIB", "ALSO"), library.who)
    assert library.read("USER1.LIB(TOO)") == [b"one"]
    library.mvs.delete(Target("USER1.LIB", "TOO"), library.who)
    assert [entry.name for entry in library.mvs.members("USER1.LIB")] == ["MAIN"]


def test_appending_to_a_member(library):
    library.write("USER1.LIB(M)", [b"one"])
    library.write("USER1.LIB(M)", [b"two"], append=True)

    assert library.read("USER1.LIB(M)") == [b"one", b"two"]


def test_the_data_set_sums_its_members(library):
    library.write("USER1.LIB(A)", [b"x"] * 3)
    library.write("USER1.LIB(B)", [b"x"] * 2)
    library.write("USER1.LIB(A)", [b"x"])
    library.mvs.delete(Target("USER1.LIB", "B"), library.who)

    assert (library.mvs.find("USER1.LIB").records, library.mvs.find("USER1.LIB").size) == (1, 80)


def test_a_failed_replacement_leaves_the_member(library):
    library.write("USER1.LIB(M)", [b"old"], stats=True)
    with pytest.raises(ZeroDivisionError), library.mvs.open_output(Target("USER1.LIB", "M"), library.who, stats=True):
        raise ZeroDivisionError

    assert library.read("USER1.LIB(M)") == [b"old"]


def _names(world):
    return [each.name for each in world.mvs.members("USER1.LIB")]


def test_an_alias_that_is_there_is_refused(library):
    library.write("USER1.LIB(MAIN)", [b"one"])
    library.mvs.add_member_alias("USER1.LIB", "ALSO", "MAIN", library.who)
    with pytest.raises(DatasetExists):
        library.mvs.add_member_alias("USER1.LIB", "ALSO", "MAIN", library.who)
