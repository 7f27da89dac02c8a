"""Seeds made real, and written back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mvsfs.dcb import LRECL_X, Dcb
from mvsfs.errors import BadRecordData
from mvsfs.info import Allocation, Status, Target
from mvsfs.records import forms
from mvsfs.seed import Seed, SeedError, apply, read
from mvsfs.seed.apply import records_of
from mvsfs.seed.export import encoding_of, export
from mvsfs.seed.model import Content, Encoding, SeedDataset
from mvsfs.seed.text import to_text

WORLD = """
datasets:
  USER1.JCL: {dsntype: LIBRARY, stats: true, members: {HI: {alias_of: HELLO}}}
  USER1.VB: {recfm: VB, lrecl: 84}
  USER1.LOAD: {recfm: U, blksize: 32760, members: {PROG: {load: {size: 4096, ac: 1}}}}
  USER1.OLD: {status: migrated}
  USER1.TAPE: {status: tape, volser: T00001, unit: TAPE}
  USER1.KSDS: {dsorg: VSAM, volser: USER01}
  USER1.FULL: {dsorg: PS, extents: 16, used_tracks: 99999, recfm: FB, lrecl: 80}
  USER1.GDG.G0001V00: {}
gdg: {USER1.GDG: {limit: 3, scratch: true}}
aliases: {USER1.NICK: USER1.VB}
unix:
  /u/user1/link: {target: note}
  /u/user1/note: {mode: "0600", tag: ISO8859-1}
  /u/user1/pipe: {kind: fifo}
"""


@pytest.fixture
def world(folder):
    folder("USER1.JCL/HELLO.jcl", "//HELLO JOB\n//* caf\u00e9\n")
    folder("USER1.LOAD/PROG.rdw", b"\0\x0c\0\0\1\2\3\4\5\6\7\x15" + b"\0\x06\0\0\xff\xfe")
    folder("USER1.VB.txt", "one\ntwo  \n\n")
    folder("USER1.CARDS.bin", b"\0\x15\xff" * 80)
    folder("unix/u/user1/note", "hello\n")
    folder("unix/u/user1/raw", b"\xff\0")
    return folder("_mvs.yaml", WORLD)


def texts(mvs, who, name, member=None):
    target = Target(name, member)
    return "".join(to_text(mvs.records(target, who), mvs.find(name).dcb, "IBM-1047"))


def test_a_world_is_as_described(mvs, who, world):
    apply(mvs, read(world), who)

    assert texts(mvs, who, "USER1.JCL", "HELLO") == "//HELLO JOB\n//* caf\u00e9\n"
    assert texts(mvs, who, "USER1.VB") == "one\ntwo  \n\n"
    assert list(mvs.records(Target("USER1.LOAD", "PROG"), who)) == [b"\1\2\3\4\5\6\7\x15", b"\xff\xfe"]
    assert mvs.find("USER1.OLD").status is Status.MIGRATED
    assert mvs.find("USER1.FULL").used_tracks == 99999
    assert mvs.gdg("USER1.GDG").generations == ("USER1.GDG.G0001V00",)
    assert [(m.name, m.alias_of) for m in mvs.members("USER1.JCL")] == [("HELLO", ""), ("HI", "HELLO")]
    with mvs.unix.open_input("/u/user1/link", who) as reader:
        assert reader.read() == b"hello\n"


def test_loading_twice_changes_nothing(mvs, who, world):
    apply(mvs, read(world), who)
    before = list(mvs.search("USER1.*"))
    apply(mvs, read(world), who)

    assert list(mvs.search("USER1.*")) == before


def test_a_folder_written_from_a_system_makes_the_same_system(mvs, other, who, world, tmp_path):
    apply(mvs, read(world), who)
    export(mvs, tmp_path / "one", who, unix=["/u/user1"])
    apply(other, read(tmp_path / "one"), who)
    export(other, tmp_path / "two", who, unix=["/u/user1"])

    one = {str(p.relative_to(tmp_path / "one")): p.read_bytes() for p in (tmp_path / "one").rglob("*") if p.is_file()}
    two = {str(p.relative_to(tmp_path / "two")): p.read_bytes() for p in (tmp_path / "two").rglob("*") if p.is_file()}
    assert two == one
    assert list(other.search("USER1.*")) == list(mvs.search("USER1.*"))


def test_a_data_set_with_other_attributes_is_made_anew(mvs, who):
    apply(mvs, Seed((SeedDataset("A.B", Allocation(recfm="FB", lrecl=80), content=Content.of("x")),)), who)
    apply(mvs, Seed((SeedDataset("A.B", Allocation(recfm="VB", lrecl=255), content=Content.of("y")),)), who)

    assert (str(mvs.find("A.B").dcb.recfm), texts(mvs, who, "A.B")) == ("VB", "y\n")


def test_a_pds_gets_a_directory_for_all_the_members_that_the_seed_has(mvs, who, folder):
    for number in range(600):
        root = folder(f"USER1.LIB/M{number:05}.txt", "X\n")

    apply(mvs, read(root), who)

    assert len(mvs.members("USER1.LIB")) == 600


def test_members_that_the_seed_does_not_name_stay(mvs, who, folder):
    apply(mvs, read(folder("A.LIB/ONE", "1")), who)
    folder("A.LIB/TWO", "2")
    (folder("A.LIB/TWO", "2") / "A.LIB" / "ONE").unlink()
    apply(mvs, read(folder("A.LIB/TWO", "2")), who)

    assert [m.name for m in mvs.members("A.LIB")] == ["ONE", "TWO"]


@pytest.mark.parametrize("text", ["x" * 81, "\u20ac", "\u0142"])
def test_text_that_does_not_fit_is_refused_with_its_place(mvs, who, folder, text):
    with pytest.raises(SeedError) as caught:
        apply(mvs, read(folder("A.B", text)), who)

    assert "A.B" in caught.value.place


def test_a_file_that_is_tagged_as_unicode_holds_unicode(mvs, who, folder):
    folder("unix/u/a.json", '{"\u20ac": 1}\n')
    apply(mvs, read(folder("_mvs.yaml", "unix: {/u/a.json: {tag: UTF-8, mtime: 2024-02-29}}")), who)

    with mvs.unix.open_input("/u/a.json", who) as reader:
        assert '{"\u20ac": 1}\n' == reader.read().decode("utf-8")
        assert (2024, 2, 29) == reader.info.mtime.timetuple()[:3]


def test_a_user_that_is_not_there_is_named(mvs, who, folder):
    with pytest.raises(SeedError) as caught:
        apply(mvs, read(folder("_mvs.yaml", "unix: {/a: {owner: NOBODY}}")), who)

    assert "NOBODY" in str(caught.value)


def test_a_volume_that_is_not_there_is_told_in_words(mvs, who, folder):
    with pytest.raises(SeedError) as caught:
        apply(mvs, read(folder("_mvs.yaml", "datasets: {A.B: {recfm: FB, lrecl: 80, volser: NOSUCH}}")), who)

    assert str(caught.value).startswith("datasets: A.B: A.B cannot be allocated: no such volume")


def test_a_folder_that_holds_something_is_not_written_over(mvs, who, folder):
    path = folder("A.B")
    with pytest.raises(SeedError):
        export(mvs, path, who)


FORMATS = [Dcb.of("FB", 8), Dcb.of("VB", 12), Dcb.of("U", 0, 8)]


@pytest.mark.parametrize("dcb", FORMATS, ids=lambda dcb: str(dcb.recfm))
@given(records=st.lists(st.binary(max_size=8)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_is_written_to_a_file_is_read_as_the_same_records(dcb, records):
    if dcb.recfm.is_fixed:
        records = [record.ljust(8, b"\x40") for record in records]
    how = Encoding(encoding_of(records, dcb, "IBM-1047"))
    if how is Encoding.TEXT:
        raw = "".join(to_text(records, dcb, "IBM-1047")).encode()
    else:
        raw = b"".join(records if how is Encoding.BINARY else forms.join(records, forms.Form.RDW, dcb))

    assert list(records_of(Content(lambda: (raw,), how), dcb, "IBM-1047")) == records


@pytest.mark.parametrize(
    ("dcb", "records"),
    [
        (Dcb.of("FB", 4), [b"abcd", b"efg\0"]),
        (Dcb.of("VB", 8), [b"abcd", b"efg"]),
        (Dcb.of("U", 0, 5), [b"abcde", b"fg"]),
    ],
)
def test_bytes_without_length_words_are_cut_at_the_longest_record(dcb, records):
    assert records == list(records_of(Content(lambda: (b"abc", b"defg"), Encoding.BINARY), dcb, "IBM-1047"))


@pytest.mark.parametrize("dcb", [Dcb.of("VBS", LRECL_X), Dcb(None, 80, 0)])
def test_bytes_without_length_words_need_a_longest_record(dcb):
    with pytest.raises(BadRecordData):
        list(records_of(Content(lambda: (b"abc",), Encoding.BINARY), dcb, "IBM-1047"))
