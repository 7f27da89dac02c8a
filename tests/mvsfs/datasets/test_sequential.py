"""Sequential data sets: written whole or not at all."""

import pytest

from mvsfs.errors import DatasetNotFound, RecordTooLong, SystemAbend, WrongDsorg
from mvsfs.info import Allocation, Target
from mvsfs.records.forms import Form

VB255 = Allocation(recfm="VB", lrecl=255)


def test_a_new_data_set_holds_what_was_written(world):
    world.write("USER1.A", [b"one", b"two"])

    assert world.read("USER1.A") == [b"one", b"two"]


def test_writing_again_replaces_contents_and_keeps_attributes(world):
    world.write("USER1.A", [b"one", b"two"])
    world.write("USER1.A", [b"three"], allocation=VB255)

    assert world.read("USER1.A") == [b"three"]
    assert str(world.mvs.find("USER1.A").dcb.recfm) == "FB"


def test_append_adds_behind(world):
    world.write("USER1.A", [b"one"])
    world.write("USER1.A", [b"two"], append=True)

    assert world.read("USER1.A") == [b"one", b"two"]


def test_append_makes_a_data_set_that_is_not_there(world):
    world.write("USER1.A", [b"one"], append=True)

    assert world.read("USER1.A") == [b"one"]


def test_append_of_a_content_too_large_for_the_row_copies_it(world):
    big = Allocation(recfm="FB", lrecl=80, space_unit="CYLINDER", primary=5)
    world.write("USER1.A", [b"%d" % n for n in range(5000)], allocation=big)
    world.write("USER1.A", [b"last"], append=True)

    assert world.read("USER1.A")[-2:] == [b"4999", b"last"]
    assert world.mvs.find("USER1.A").records == 5001


def test_records_in_another_stored_form_join_those_already_there(world):
    with world.mvs.open_output(Target("USER1.V"), world.who, allocation=VB255) as writer:
        writer.write_stored(b"abc\x15\x15", Form.LINES, 2)
    with world.mvs.open_output(Target("USER1.V"), world.who, append=True) as writer:
        writer.write_records([b"with \x15 in it"])
        writer.write_stored(b"tail\x15", Form.LINES, 1)

    assert world.read("USER1.V") == [b"abc", b"", b"with \x15 in it", b"tail"]


def test_chunks_in_another_form_may_end_inside_a_record(world):
    world.write("USER1.V", [b"x\x15y"], allocation=VB255)
    with world.mvs.open_output(Target("USER1.V"), world.who, append=True) as writer:
        for chunk, records in ((b"ab", 0), (b"c\x15d", 1), (b"ef\x15", 1)):
            writer.write_stored(chunk, Form.LINES, records)

    with world.mvs.open_input(Target("USER1.V"), world.who) as reader:
        assert [record.rstrip(b"\x40") for record in reader.records()] == [b"x\x15y", b"abc", b"def"]


def test_a_failed_writing_leaves_the_old_content(world):
    world.write("USER1.A", [b"old"])
    with pytest.raises(KeyboardInterrupt), world.mvs.open_output(Target("USER1.A"), world.who) as writer:
        writer.write_records([b"new".ljust(80)])
        raise KeyboardInterrupt

    assert world.read("USER1.A") == [b"old"]


def test_a_closed_generator_discards_what_it_was_writing(world):
    def session():
        with world.mvs.open_output(Target("USER1.A"), world.who, allocation=VB255) as writer:
            writer.write_records([b"new"])
            yield

    running = session()
    next(running)
    running.close()

    assert world.read("USER1.A") == []


def test_a_new_data_set_is_not_listed_before_its_commit(world):
    with world.mvs.open_output(Target("USER1.A"), world.who, allocation=VB255) as writer:
        writer.write_records([b"new"])
        assert world.names("USER1.*") == []

    assert world.names("USER1.*") == ["USER1.A"]


@pytest.mark.parametrize(("keeps", "stays"), [(True, ["USER1.A"]), (False, [])], ids=["CATLG", "DELETE"])
def test_conddisp_decides_what_stays_of_a_new_data_set_that_failed(world, keeps, stays):
    free = world.mvs.volumes
    with (
        pytest.raises(ZeroDivisionError),
        world.mvs.open_output(Target("USER1.A"), world.who, allocation=VB255, conddisp_catlg=keeps),
    ):
        raise ZeroDivisionError

    assert stays == world.names("USER1.*")
    assert (free == world.mvs.volumes) is not keeps


def test_an_existing_data_set_stays_whatever_conddisp_says(world):
    world.write("USER1.A", [b"old"])
    with pytest.raises(ZeroDivisionError), world.mvs.open_output(Target("USER1.A"), world.who, conddisp_catlg=False):
        raise ZeroDivisionError

    assert world.read("USER1.A") == [b"old"]


def test_reading_what_is_not_there_is_refused(world):
    with pytest.raises(DatasetNotFound):
        world.mvs.open_input(Target("USER1.NONE"), world.who)


def test_writing_what_is_not_there_without_attributes_is_refused(world):
    with pytest.raises(DatasetNotFound):
        world.mvs.open_output(Target("USER1.NONE"), world.who)


def test_a_partitioned_data_set_is_not_read_without_a_member(world):
    world.pds("USER1.PDS")
    with pytest.raises(WrongDsorg) as refused:
        world.mvs.open_input(Target("USER1.PDS"), world.who)

    assert (refused.value.dsorg, refused.value.need) == ("PO", "member")


def test_a_record_longer_than_lrecl_is_refused_with_its_number(world):
    with pytest.raises(RecordTooLong) as refused, world.mvs.open_output(Target("USER1.A"), world.who, allocation=VB255) as writer:
        writer.write_records([b"x" * 251, b"x" * 252])

    assert (refused.value.record, refused.value.length, refused.value.lrecl) == (2, 252, 255)


def test_a_label_without_dcb_is_completed_by_the_first_output(world):
    world.mvs.allocate("USER1.A", Allocation(primary=1), world.who)
    with pytest.raises(SystemAbend) as refused:
        world.mvs.open_output(Target("USER1.A"), world.who)
    world.write("USER1.A", [b"one"])

    assert (refused.value.code, refused.value.reason) == ("013", "34")
    assert (str(world.mvs.find("USER1.A").dcb.recfm), world.mvs.find("USER1.A").dcb.lrecl) == ("FB", 80)


def test_a_reader_keeps_what_it_opened(world):
    world.pds("USER1.PDS")
    world.write("USER1.PDS(M)", [b"old"] * 2000)
    with world.mvs.open_input(Target("USER1.PDS", "M"), world.who) as reader:
        world.write("USER1.PDS(M)", [b"new"])

        assert len(list(reader.records())) == 2000
    assert world.read("USER1.PDS(M)") == [b"new"]


def test_a_large_content_offers_a_descriptor_and_a_small_one_none(world):
    big = Allocation(recfm="FB", lrecl=80, space_unit="CYLINDER", primary=5)
    world.write("USER1.BIG", [b"x"] * 5000, allocation=big)
    world.write("USER1.SMALL", [b"x"])
    with world.mvs.open_input(Target("USER1.BIG"), world.who) as large:
        assert large.fileno() is not None
        assert sum(map(len, large.chunks(4096, start=160))) == 400000 - 160
    with world.mvs.open_input(Target("USER1.SMALL"), world.who) as small:
        assert small.fileno() is None
