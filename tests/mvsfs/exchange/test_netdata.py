"""Transmissions: what was sent comes back, by our reader and by another program's."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import BadRecordData, MvsError
from mvsfs.exchange import iebcopy, netdata
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember
from mvsfs.info import IspfStats, LoadModule
from mvsfs.layouts import iebcopy as layout
from mvsfs.layouts import ispfstats, loadmodule

WHEN = netdata.Transmission(datetime(2026, 3, 25, 11, 0, 0))
STATS = IspfStats(1, 2, date(2024, 2, 29), datetime(2026, 3, 25, 10, 59, 58), 3, 2, 1, "USER1")


def line(text: str) -> bytes:
    return text.ljust(80).encode("cp037")


def source_library() -> UnloadedDataset:
    members = [
        UnloadedMember("ALPHA", [line(f"LINE {number}") for number in range(1000)], userdata=ispfstats.build(STATS)),
        UnloadedMember("BETA", [line("B")]),
        UnloadedMember("BETAX", [], alias_of="BETA"),
        UnloadedMember("EMPTY", []),
    ]
    return UnloadedDataset("USER1.SOURCE", Dcb.of("FB", 80, 3200, Dsorg.PO), members=members, directory_blocks=5)


def load_library() -> UnloadedDataset:
    data = loadmodule.build(LoadModule(0x1234, 1, "31", "ANY", ("FO", "RN", "RU"), 0x10), 300, text=2)
    members = [UnloadedMember("PROG", [b"\x20" + bytes(99), b"\x01" * 300, b"\x0d" * 8000], userdata=data, ttrns=1)]
    return UnloadedDataset("USER1.LOAD", Dcb.of("U", 0, 32760, Dsorg.PO), members=members, directory_blocks=1)


def transmitted(dataset: UnloadedDataset) -> bytes:
    return b"".join(netdata.write(dataset, WHEN))


@pytest.mark.parametrize("library", [source_library(), load_library()], ids=["source", "load"])
def test_a_library_comes_back(library):
    found = netdata.read(transmitted(library))

    assert found.members == library.members
    assert (found.dsname, found.dcb) == (library.dsname, library.dcb)


def test_statistics_and_load_module_facts_come_back():
    assert netdata.read(transmitted(source_library())).members[0].stats == STATS
    assert netdata.read(transmitted(load_library())).members[0].load == LoadModule(
        0x1234, 1, "31", "ANY", ("FO", "RN", "RU"), 0x10
    )


def test_a_load_module_points_to_the_track_of_its_text():
    records = list(iebcopy.write(load_library()))

    # COPYR1, COPYR2, then the directory: the entry's first pointer is the TTR of the second block.
    assert records[2][12 + 8 + 2 + 12 :][:3] == b"\0\0\2"


@pytest.mark.parametrize(
    ("dcb", "records"),
    [
        (Dcb.of("FB", 80), [line("A"), line("B")]),
        (Dcb.of("VB", 256), [b"A", b"", b"B" * 252]),
        (Dcb.of("VBS", 0x8000), [b"A" * 70000]),
        (Dcb.of("U", 0, 6144), [b"A" * 6144, b"B"]),
        (Dcb.of("FBA", 133), []),
    ],
    ids=["FB", "VB", "VBS", "U", "empty"],
)
def test_a_sequential_data_set_comes_back(dcb, records):
    found = netdata.read(transmitted(UnloadedDataset("A.B.C", dcb, records)))

    assert list(found.records) == records
    assert (found.dsname, found.dcb) == ("A.B.C", dcb)


def test_a_transmission_is_80_byte_records():
    assert len(transmitted(source_library())) % 80 == 0


@pytest.mark.parametrize("data", [b"", b"\0" * 80, b"hello, this is no transmission at all", transmitted(source_library())[:200]])
def test_what_is_no_transmission_is_refused(data):
    with pytest.raises(BadRecordData):
        netdata.read(data)


@given(st.binary(max_size=200), st.integers(0, 5000), st.integers(0, 5000))
@settings(max_examples=60)
def test_a_damaged_transmission_raises_only_our_errors(noise, at, size):
    data = SENT[:at] + noise + SENT[at + size :]
    try:
        netdata.read(data)
    except MvsError:
        pass


SENT = transmitted(UnloadedDataset("A.B", Dcb.of("FB", 80, 800, Dsorg.PO), members=source_library().members[1:]))


def test_another_program_reads_the_same_members(tmp_path, oracle):
    for library in (source_library(), load_library()):
        path = tmp_path / "out.xmi"
        path.write_bytes(transmitted(library))
        wanted = {member.name: b"".join(member.records) for member in library.members if member.records}

        assert {name: data for name, data in oracle(path)[library.dsname].items() if data} == wanted


def test_another_program_reads_the_same_records(tmp_path, oracle):
    path = tmp_path / "seq.xmi"
    path.write_bytes(transmitted(UnloadedDataset("A.B", Dcb.of("FB", 80), [line("A"), line("B")])))

    assert list(oracle(path).values()) == [{"": line("A") + line("B")}]


def blocks(records: list[bytes]) -> list[bytes]:
    """The blocks of an unload behind its two headers, each with its own."""
    found, data = [], b"".join(records[2:])
    while data:
        size = layout.HEADER_LENGTH + data[9] + int.from_bytes(data[10:12], "big")
        found.append(data[:size])
        data = data[size:]
    return found


def flagged(flag: int, size: int) -> bytes:
    """A block of a PDSE's attributes, or the end of one."""
    data = b"\xc9\xc7\xe6\xc6\xc1\xc8\xd9\x40".ljust(160, b"\0")[:size]
    place = {"cc": 0, "hh": 0, "r": 9, "kl": 0, "key": b""}
    return layout.BLOCK.build({"mbb": flag << 24, "dl": size, "data": data, **place})


def extended(records: list[bytes]) -> list[bytes]:
    """The unload as IEBCOPY makes it of a PDSE: with attributes behind each member and at the end."""
    made, ends = [b"\x01" + records[0][1:], records[1]], 0
    for block in blocks(records):
        made.append(block)
        if len(block) == layout.HEADER_LENGTH:
            ends += 1
            made += [flagged(0x04, 160), flagged(0x84, 0)] if ends > 1 else []  # the first end is the directory's
    return [*made, flagged(0x02, 160), flagged(0xC2, 0)]


def test_what_a_pdse_keeps_about_its_members_is_no_data_of_theirs():
    library = source_library()

    assert iebcopy.read(extended(list(iebcopy.write(library)))).members == library.members
