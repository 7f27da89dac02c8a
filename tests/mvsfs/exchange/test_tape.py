"""Tape images: blocks, marks and labels come back, and damage is told."""

from __future__ import annotations

import bz2
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import BadRecordData, MvsError
from mvsfs.exchange import awstape, tape
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember

WHEN = date(2026, 3, 25)
LIBRARY = UnloadedDataset(
    "USER1.LIB",
    Dcb.of("FB", 80, 800, Dsorg.PO),
    members=[UnloadedMember("A", [b"\x40" * 80] * 30), UnloadedMember("B", [b"\xc1" * 80])],
    directory_blocks=1,
)
FILES = [
    UnloadedDataset("USER1.VERY.LONG.DATASET.NAME", Dcb.of("FBA", 133, 1330), [b"\xf1" * 133] * 25),
    UnloadedDataset("USER1.VB", Dcb.of("VB", 256, 1000), [b"A", b"", b"B" * 252]),
    UnloadedDataset("USER1.EMPTY", Dcb.of("VBS", 500, 800), []),
    UnloadedDataset("USER1.VBS", Dcb.of("VBS", 5000, 800), [b"X" * 3000, b"Y"]),
    UnloadedDataset("USER1.U", Dcb.of("U", 0, 6144), [b"block", b"one"]),
]


def test_labelled_data_sets_come_back_with_the_end_of_their_names():
    found = list(tape.read(tape.write(FILES, "TAPE01", WHEN)))

    assert [dataset.dsname for dataset in found] == [dataset.dsname[-17:].lstrip() for dataset in FILES]
    assert [dataset.dcb for dataset in found] == [dataset.dcb for dataset in FILES]
    assert [list(dataset.records) for dataset in found] == [list(dataset.records) for dataset in FILES]


def test_labels_are_80_characters():
    blocks = list(tape.write(FILES[:1], "TAPE01", WHEN))

    assert [len(found) for found in blocks[:3]] == [80, 80, 80]
    assert blocks[0].decode("cp037").startswith("VOL1TAPE01")
    assert blocks[1].decode("cp037") == "HDR1LONG.DATASET.NAMETAPE0100010001      026084000000" + "0000000IBM OS/VS 370       "
    assert blocks[2].decode("cp037").startswith("HDR2F013300013340")
    assert blocks[-1] is None


def test_a_library_lies_on_tape_as_its_unload():
    (found,) = tape.read(tape.write([LIBRARY], "TAPE01", WHEN))

    assert (found.dsname, found.dcb, found.members) == (LIBRARY.dsname, LIBRARY.dcb, LIBRARY.members)


def test_an_unlabelled_tape_has_files_without_names():
    found = list(tape.read(tape.write_unlabelled(FILES[:2]), Dcb.of("U", 0, 32760)))

    assert [dataset.dsname for dataset in found] == ["FILE0001", "FILE0002"]
    assert list(next(tape.read(tape.write_unlabelled(FILES[:1]), FILES[0].dcb)).records) == FILES[0].records


@given(st.lists(st.one_of(st.none(), st.binary(min_size=1, max_size=50))), st.integers(1, 20))
def test_blocks_and_marks_come_back(blocks, size):
    data = b"".join(awstape.write(blocks))

    assert list(awstape.read(data[at : at + size] for at in range(0, len(data), size))) == blocks


def test_a_long_block_goes_in_chunks():
    data = b"".join(awstape.write([b"A" * 70000]))

    assert data[:6] == b"\xff\xff\0\0\x80\0"
    assert list(awstape.read([data])) == [b"A" * 70000]


@pytest.mark.parametrize(("flags", "packed"), [(b"\xa1\0", zlib.compress(b"AB")), (b"\xa2\0", bz2.compress(b"AB"))])
def test_compressed_chunks_are_read(flags, packed):
    assert list(awstape.read([len(packed).to_bytes(2, "little") + b"\0\0" + flags + packed])) == [b"AB"]


def test_a_chunk_that_would_fill_the_memory_is_refused():
    packed = bz2.compress(bytes(1 << 24))
    with pytest.raises(BadRecordData):
        list(awstape.read([len(packed).to_bytes(2, "little") + b"\0\0\xa2\0" + packed]))


def test_a_block_of_chunks_that_together_would_fill_the_memory_is_refused():
    packed = bz2.compress(bytes(1 << 20))
    size = len(packed).to_bytes(2, "little")
    chunks = [size + b"\0\0\x82\0" + packed, *[size + size + b"\x02\0" + packed] * 3]

    with pytest.raises(BadRecordData, match="too long"):
        list(awstape.read(chunks))


@pytest.mark.parametrize(
    "data", [b"\1", b"\1\0\0\0\xa0\0", b"\1\0\5\0\xa0\0A", b"\1\0\0\0\x20\0A", b"\1\0\0\0\x80\0A", b"\1\0\0\0\xa1\0A"]
)
def test_a_broken_image_is_refused(data):
    with pytest.raises(BadRecordData):
        list(awstape.read([data]))


@given(st.binary(max_size=120))
def test_any_bytes_are_blocks_or_refused(data):
    try:
        list(tape.read(awstape.read([data])))
    except MvsError:
        pass


@given(
    st.lists(st.one_of(st.none(), st.binary(max_size=80), st.sampled_from(list(tape.write(FILES[:2], "T", WHEN)))), max_size=12)
)
def test_any_blocks_are_data_sets_or_refused(blocks):
    try:
        list(tape.read(blocks))
    except MvsError:
        pass


def test_another_program_reads_the_same_data_sets_from_a_tape(tmp_path, oracle):
    text = UnloadedDataset("U.TEXT", Dcb.of("FB", 80, 800), [f"LINE {number}".ljust(80).encode("cp037") for number in range(30)])
    path = tmp_path / "out.aws"
    path.write_bytes(b"".join(awstape.write(tape.write([text, LIBRARY], "TAPE01", WHEN))))
    found = oracle(path)

    assert found["U.TEXT"] == {"": b"".join(text.records)}
    assert found["USER1.LIB"] == {member.name: b"".join(member.records) for member in LIBRARY.members}
