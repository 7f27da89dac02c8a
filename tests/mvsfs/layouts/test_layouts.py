"""Directory data: statistics, entries and load module facts come back from their bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import Dsorg, Recfm
from mvsfs.errors import BadRecordData
from mvsfs.info import IspfStats, LoadModule
from mvsfs.layouts import ispfstats, loadmodule, pdsdir
from mvsfs.layouts.recfm import dsorg_of, recfm_byte, recfm_of

#: A member of a public library, as its directory has it.
SEEN = bytes.fromhex("01000017 0121068F 0121068F 0011 0053 0053 0000 C8C5D9C3F0F14040")
STATS = IspfStats(1, 0, date(2021, 3, 9), datetime(2021, 3, 9, 0, 11, 17), 83, 83, 0, "HERC01")


def test_seen_statistics_are_read_and_written():
    assert ispfstats.parse(SEEN) == STATS
    assert ispfstats.build(STATS) == SEEN.ljust(30, b"\x40")


def test_more_than_65535_lines_need_the_extended_form():
    stats = replace(STATS, size=70000, userid="USERID78")
    data = ispfstats.build(stats)

    assert (len(data), data[2], data[14:16]) == (40, 0x20, b"\xff\xff")
    assert ispfstats.parse(data) == stats


LINES = st.integers(0, 200_000)


@given(
    st.integers(1, 99),
    st.integers(0, 99),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)),
    LINES,
    LINES,
    LINES,
    st.from_regex(r"[A-Z$@#][A-Z0-9]{0,7}", fullmatch=True),
)
def test_statistics_come_back(version, modification, created, changed, size, init, mod, userid):
    stats = IspfStats(version, modification, created, changed.replace(microsecond=0), size, init, mod, userid)

    assert ispfstats.parse(ispfstats.build(stats)) == stats


@given(st.binary(max_size=45))
def test_any_user_data_are_statistics_or_not(data):
    try:
        ispfstats.parse(data)
    except BadRecordData:
        assert not ispfstats.is_stats(data)


ENTRIES = st.lists(
    st.builds(
        pdsdir.Entry,
        st.from_regex(r"[A-Z$@#][A-Z0-9]{0,7}", fullmatch=True),
        st.integers(0, 0xFFFFFF),
        st.binary(max_size=31).map(lambda half: half + half),
        st.booleans(),
        st.integers(0, 3),
    ),
    unique_by=lambda entry: entry.name,
    max_size=60,
)


@given(ENTRIES)
def test_directory_entries_come_back_in_ebcdic_order(entries):
    blocks = pdsdir.build(entries)

    assert list(pdsdir.parse(data for _, data in blocks)) == sorted(entries, key=lambda entry: pdsdir.host_name(entry.name))
    assert all(len(data) == 256 for _, data in blocks)
    assert [key for key, _ in blocks] == sorted(key for key, _ in blocks)
    assert blocks[-1][0] == pdsdir.LAST


def test_digits_come_after_letters():
    entries = [pdsdir.Entry(name, 0) for name in ("A1", "AB", "A")]

    assert [entry.name for entry in pdsdir.parse(data for _, data in pdsdir.build(entries))] == ["A", "AB", "A1"]


@given(st.lists(st.binary(max_size=256)))
def test_any_blocks_are_a_directory_or_refused(blocks):
    try:
        list(pdsdir.parse(blocks))
    except BadRecordData:
        pass


#: The module of a public load library.
MODULE = bytes.fromhex("00002A000000000002E203F8B00B28000000880000010000")


def test_a_seen_load_module_is_read():
    found = loadmodule.parse(MODULE)

    assert (found.size, found.ac, found.amode, found.rmode, found.entry) == (0x3F8B0, 0, "24", "24", 0)


@given(
    st.builds(
        LoadModule,
        st.integers(0, 0xFFFFFF),
        st.integers(0, 255),
        st.sampled_from(["24", "31", "64", "ANY"]),
        st.sampled_from(["24", "ANY"]),
        st.sampled_from([("FO",), ("FO", "RN", "RU"), ("DC", "OL"), ("FO", "RN", "NE", "RF"), ("FO", "NX")]),
        st.integers(0, 0xFFFFFF),
    )
)
def test_load_module_facts_come_back(load):
    data = loadmodule.build(load)

    assert loadmodule.parse(data) == load
    assert len(data) == 24


@given(st.binary(max_size=60), st.booleans())
def test_any_user_data_are_a_load_module_or_refused(data, is_alias):
    try:
        loadmodule.parse(data, is_alias=is_alias)
    except BadRecordData:
        pass


@pytest.mark.parametrize(("text", "byte"), [("FB", 0x90), ("VBA", 0x54), ("VBS", 0x58), ("U", 0xC0), ("FBM", 0x92), ("F", 0x80)])
def test_record_format_bytes(text, byte):
    assert recfm_byte(Recfm.parse(text)) == byte
    assert str(recfm_of(byte)) == text


def test_organisations():
    assert (dsorg_of(0x4000), dsorg_of(0x0200), dsorg_of(0x0008), dsorg_of(0)) == (Dsorg.PS, Dsorg.PO, Dsorg.VSAM, Dsorg.UNKNOWN)
