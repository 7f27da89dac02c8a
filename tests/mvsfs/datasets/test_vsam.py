"""VSAM: clusters, alternate indexes, paths."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mvsfs.access import OpenGuard, Requester
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.errors import (
    BadRecordData,
    DatasetExists,
    DatasetInUse,
    DatasetNotFound,
    DuplicateKey,
    OutOfSequence,
    RecordNotFound,
    RecordTooLong,
    VsamFull,
    WrongDsorg,
)
from mvsfs.info import Allocation, Target
from mvsfs.system import Mvs

NAME = "USER1.KSDS"


@pytest.fixture
def ksds(world):
    """Key in bytes 0-3, an alternate key in bytes 4-5."""
    world.mvs.define_vsam(ClusterInfo(NAME, keylen=4, keyoff=0, average=20, maximum=40), world.who)
    return world


def put(world, records, name=NAME):
    with world.mvs.vsam(name, world.who, update=True) as opened:
        opened.load(records)


def keys(world, name=NAME, **place):
    with world.mvs.vsam(name, world.who) as opened:
        return [key for key, _ in opened.located(**place)]


def test_a_cluster_is_three_entries(ksds):
    rows = [(i.dsname, i.dcb.dsorg.value, i.dsntype, bool(i.volser)) for i in ksds.mvs.search("USER1.*")]

    assert [
        (NAME, "VSAM", "CLUSTER", False),
        (f"{NAME}.DATA", "VSAM", "DATA", True),
        (f"{NAME}.INDEX", "VSAM", "INDEX", True),
    ] == rows


def test_records_come_in_key_order(ksds):
    put(ksds, [b"A001", b"A003"])
    put(ksds, [b"A002"])

    assert keys(ksds) == [b"A001", b"A002", b"A003"]


def test_reading_begins_at_a_key_or_a_generic_one(ksds):
    put(ksds, [b"A001", b"B001", b"B002", b"C001"])

    assert keys(ksds, from_key=b"B002") == [b"B002", b"C001"]
    assert keys(ksds, from_key=b"B") == [b"B001", b"B002", b"C001"]


def test_backwards_from_the_end(ksds):
    put(ksds, [b"%04d" % number for number in range(2500)])

    assert keys(ksds, backwards=True)[:2] == [b"2499", b"2498"]


def test_while_loading_keys_ascend(ksds):
    with ksds.mvs.vsam(NAME, ksds.who, update=True) as opened:
        opened.insert(b"A002")
        with pytest.raises(OutOfSequence) as refused:
            opened.insert(b"A001")

    assert refused.value.key == b"A001"


@pytest.mark.parametrize("again", [False, True], ids=["while loading", "later"])
def test_a_key_that_is_there_is_refused(ksds, again):
    with ksds.mvs.vsam(NAME, ksds.who, update=True) as opened:
        opened.insert(b"A001")
        if not again:
            with pytest.raises(DuplicateKey):
                opened.insert(b"A001")
    if again:
        with pytest.raises(DuplicateKey):
            put(ksds, [b"A001"])

    assert keys(ksds) == [b"A001"]


def test_records_are_replaced_and_erased(ksds):
    put(ksds, [b"A001old", b"A002"])
    with ksds.mvs.vsam(NAME, ksds.who, update=True) as opened:
        opened.replace(b"A001new")
        opened.erase(b"A002")
        with pytest.raises(RecordNotFound):
            opened.read(b"A002")
        assert opened.read(b"A001") == b"A001new"
    facts = ksds.mvs.cluster(NAME)

    assert (facts.records, facts.inserted, facts.updated, facts.deleted, facts.size) == (1, 0, 1, 1, 7)


def test_what_is_loaded_or_added_at_the_end_is_not_inserted(ksds):
    put(ksds, [b"A001", b"A005"])
    put(ksds, [b"A009"])
    assert ksds.mvs.cluster(NAME).inserted == 0

    put(ksds, [b"A003"])
    assert ksds.mvs.cluster(NAME).inserted == 1


@pytest.mark.parametrize(("record", "error"), [(b"A" * 41, RecordTooLong), (b"A01", BadRecordData)])
def test_a_record_must_fit_and_hold_its_key(ksds, record, error):
    with pytest.raises(error):
        put(ksds, [record])


def test_an_updater_keeps_others_out(ksds):
    with ksds.mvs.vsam(NAME, ksds.who, update=True), pytest.raises(DatasetInUse):
        ksds.mvs.vsam(NAME, Requester("OTHER"))


def test_space_ends(world):
    tiny = Allocation(space_unit="TRACK", primary=1, secondary=0)
    world.mvs.define_vsam(ClusterInfo("USER1.TINY", keylen=5, average=100, maximum=100, allocation=tiny), world.who)
    with pytest.raises(VsamFull):
        put(world, [b"%05d" % number + b"x" * 95 for number in range(3000)], "USER1.TINY")

    assert world.mvs.cluster("USER1.TINY").size <= 49152


def test_records_that_fit_before_the_space_ends_stay(world):
    tight = Allocation(space_unit="TRACK", primary=1, secondary=0)
    world.mvs.define_vsam(ClusterInfo(NAME, keylen=4, average=4000, maximum=4000, allocation=tight), world.who)

    with pytest.raises(VsamFull):
        put(world, [b"%04d" % number + bytes(3996) for number in range(20)])

    assert [b"%04d" % number for number in range(12)] == keys(world)
    assert 12 == world.mvs.cluster(NAME).records


def test_a_record_without_space_leaves_nothing_in_an_alternate_index(world):
    tight = Allocation(space_unit="TRACK", primary=1, secondary=0)
    world.mvs.define_vsam(ClusterInfo(NAME, keylen=4, average=4000, maximum=4000, allocation=tight), world.who)
    world.mvs.define_vsam(ClusterInfo("USER1.AIX", kind="AIX", base=NAME, keylen=2, keyoff=4, unique=False), world.who)

    with world.mvs.vsam(NAME, world.who, update=True) as opened:
        for number in range(20):
            opened.insert(b"%04dAB" % number + bytes(3994))
        with pytest.raises(VsamFull):
            opened.flush()
        opened.erase(b"0000")
        opened.insert(b"9999AB" + bytes(3994))

    with world.mvs.vsam("USER1.AIX", world.who) as opened:
        ((_, record),) = opened.located()
    assert 12 == int.from_bytes(record[2:4], "big")


def test_a_refused_record_of_an_esds_takes_no_address(world):
    world.mvs.define_vsam(ClusterInfo(NAME, organisation="ES", average=10, maximum=10), world.who)
    world.mvs.define_vsam(ClusterInfo("USER1.AIX", kind="AIX", base=NAME, keylen=2, keyoff=0), world.who)

    with world.mvs.vsam(NAME, world.who, update=True) as opened:
        opened.insert(b"AA45678901"[:10])
        with pytest.raises(DuplicateKey):
            opened.insert(b"AA11111111")
        assert 10 == opened.insert(b"BB11111111")


def test_reuse_begins_anew(world):
    world.mvs.define_vsam(ClusterInfo("USER1.R", keylen=1, maximum=10, reuse=True), world.who)
    put(world, [b"B"], "USER1.R")
    with world.mvs.vsam("USER1.R", world.who, update=True) as opened:
        opened.reset()
        opened.insert(b"A")

    assert keys(world, "USER1.R") == [b"A"]


def test_without_reuse_a_loaded_cluster_stays(ksds):
    put(ksds, [b"A001"])
    with ksds.mvs.vsam(NAME, ksds.who, update=True) as opened, pytest.raises(WrongDsorg):
        opened.reset()


def test_an_esds_keeps_entry_sequence_and_tells_rbas(world):
    world.mvs.define_vsam(ClusterInfo("USER1.E", organisation="ES", maximum=3000), world.who)
    with world.mvs.vsam("USER1.E", world.who, update=True) as opened:
        places = [opened.insert(record) for record in (b"b" * 2500, b"a" * 1000, b"c" * 1000)]
        with pytest.raises(WrongDsorg):
            opened.erase(0)

    assert [0, 2500, 4096] == places == keys(world, "USER1.E")
    assert keys(world, "USER1.E", from_rba=4096) == [4096]


def test_an_rrds_has_numbered_slots(world):
    world.mvs.define_vsam(ClusterInfo("USER1.N", organisation="RR", average=4, maximum=4), world.who)
    with world.mvs.vsam("USER1.N", world.who, update=True) as opened:
        assert [opened.insert(b"aaaa"), opened.insert(b"bbbb", rrn=7), opened.insert(b"cccc")] == [1, 7, 8]
        with pytest.raises(DuplicateKey):
            opened.insert(b"dddd", rrn=7)
        with pytest.raises(BadRecordData):
            opened.insert(b"short"[:3])
        opened.erase(7)

    assert keys(world, "USER1.N") == [1, 8]


@pytest.fixture
def indexed(ksds):
    put(ksds, [b"A001ZZ", b"A002YY"])
    ksds.mvs.define_vsam(ClusterInfo("USER1.AIX", kind="AIX", base=NAME, keylen=2, keyoff=4, unique=False), ksds.who)
    ksds.mvs.define_vsam(ClusterInfo("USER1.PATH", kind="PATH", base="USER1.AIX"), ksds.who)
    assert ksds.mvs.build_index("USER1.AIX", ksds.who) == (2, [])
    return ksds


def test_a_path_reads_in_the_order_of_the_alternate_key(indexed):
    with indexed.mvs.vsam("USER1.PATH", indexed.who) as opened:
        assert list(opened.located()) == [(b"YY", b"A002YY"), (b"ZZ", b"A001ZZ")]
        assert opened.read(b"ZZ") == b"A001ZZ"
        with pytest.raises(RecordNotFound):
            opened.read(b"XX")


def test_an_upgraded_index_follows_its_base(indexed):
    with indexed.mvs.vsam(NAME, indexed.who, update=True) as opened:
        opened.insert(b"A003YY")
        opened.replace(b"A001AA")
        opened.erase(b"A002")

    assert keys(indexed, "USER1.PATH") == [b"AA", b"YY"]


def test_a_unique_index_refuses_a_second_record(ksds):
    ksds.mvs.define_vsam(ClusterInfo("USER1.AIX", kind="AIX", base=NAME, keylen=2, keyoff=4), ksds.who)
    with ksds.mvs.vsam(NAME, ksds.who, update=True) as opened:
        opened.insert(b"A001ZZ")
        with pytest.raises(DuplicateKey) as refused:
            opened.insert(b"A002ZZ")

    assert (refused.value.alternate, refused.value.key) == ("USER1.AIX", b"ZZ")
    assert keys(ksds) == [b"A001"]


def test_a_replaced_record_keeps_its_alternate_key_or_takes_a_free_one(ksds):
    ksds.mvs.define_vsam(ClusterInfo("USER1.AIX", kind="AIX", base=NAME, keylen=2, keyoff=4), ksds.who)
    put(ksds, [b"A001ZZ", b"A002YY"])
    with ksds.mvs.vsam(NAME, ksds.who, update=True) as opened:
        opened.replace(b"A001ZZ more")
        opened.replace(b"A002XX")
        with pytest.raises(DuplicateKey):
            opened.replace(b"A002ZZ")

        assert (b"A001ZZ more", b"A002XX") == (opened.read(b"A001"), opened.read(b"A002"))


def test_an_alternate_index_opened_itself_shows_pointers(indexed):
    put(indexed, [b"A009YY"])
    with indexed.mvs.vsam("USER1.AIX", indexed.who) as opened:
        first = next(iter(opened.records()))

    assert bytes([0, 4, 0, 2, 2]) + b"YY" + b"A002A009" == first


def test_bldindex_tells_what_a_unique_index_left_out(ksds):
    put(ksds, [b"A001ZZ", b"A002ZZ"])
    ksds.mvs.define_vsam(ClusterInfo("USER1.AIX", kind="AIX", base=NAME, keylen=2, keyoff=4), ksds.who)

    assert ksds.mvs.build_index("USER1.AIX", ksds.who) == (1, [b"ZZ"])


def test_deleting_a_cluster_takes_along_what_hangs_on_it(indexed):
    indexed.mvs.delete(Target(NAME), indexed.who)

    assert indexed.names("USER1.*") == []


def test_paths_and_indexes_list_with_their_kind(indexed):
    kinds = {i.dsname: (i.dcb.dsorg.value, i.dsntype) for i in indexed.mvs.search("USER1.*")}

    assert (kinds["USER1.AIX"], kinds["USER1.PATH"]) == (("VSAM", "AIX"), ("PATH", "PATH"))


def test_a_renamed_cluster_keeps_its_index(indexed):
    indexed.mvs.rename(Target(NAME), Target("USER1.NEW"), indexed.who)

    assert keys(indexed, "USER1.PATH") == [b"YY", b"ZZ"]


def test_a_renamed_component_stays_with_its_cluster(ksds):
    ksds.mvs.rename(Target(f"{NAME}.DATA"), Target("USER1.PART"), ksds.who)

    put(ksds, [b"A001"])
    assert "USER1.PART" == ksds.mvs.cluster(NAME).data_name
    ksds.mvs.delete(Target(NAME), ksds.who)
    assert [] == ksds.names("USER1.**")


def test_a_component_is_not_deleted_by_itself(ksds):
    with pytest.raises(WrongDsorg):
        ksds.mvs.delete(Target(f"{NAME}.DATA"), ksds.who)

    ksds.mvs.delete(Target(NAME), ksds.who)
    assert [] == ksds.names("USER1.**")


def test_a_component_tells_its_owner(ksds):
    assert ksds.mvs.cluster(f"{NAME}.DATA").dsname == NAME


def test_names_that_are_taken_and_bases_that_are_missing_are_refused(ksds):
    with pytest.raises(DatasetExists):
        ksds.mvs.define_vsam(ClusterInfo(NAME, keylen=4), ksds.who)
    with pytest.raises(DatasetNotFound):
        ksds.mvs.define_vsam(ClusterInfo("USER1.P", kind="PATH", base="USER1.NONE"), ksds.who)


def test_a_cluster_is_not_read_as_a_sequential_data_set(ksds):
    with pytest.raises(WrongDsorg) as refused:
        ksds.mvs.open_input(Target(NAME), ksds.who)

    assert refused.value.dsorg == "VSAM"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("irex"), st.binary(min_size=2, max_size=2)), max_size=30))
def test_a_ksds_behaves_like_a_sorted_map(steps):
    from datetime import datetime

    who, model = Requester("U"), {}
    with Mvs.open("memory:", now=lambda: datetime(2026, 1, 1, tzinfo=UTC), guard=OpenGuard()) as mvs:
        mvs.define_vsam(ClusterInfo("U.K", keylen=2, maximum=10), who)
        with mvs.vsam("U.K", who, update=True) as opened:
            opened._loading = False  # any order from the beginning
            for number, (step, key) in enumerate(steps):
                record = key + b"%d" % number
                try:
                    if step == "i":
                        opened.insert(record)
                        assert key not in model
                        model[key] = record
                    elif step == "r":
                        opened.replace(record)
                        assert key in model
                        model[key] = record
                    elif step == "e":
                        opened.erase(key)
                        del model[key]
                    else:
                        assert sorted(model.items()) == list(opened.located())
                except DuplicateKey:
                    assert key in model
                except RecordNotFound:
                    assert key not in model
        with mvs.vsam("U.K", who) as opened:
            assert [record for _, record in sorted(model.items())] == list(opened.records())
        assert len(model) == mvs.cluster("U.K").records
