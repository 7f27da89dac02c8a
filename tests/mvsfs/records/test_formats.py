"""Records go into blocks and come out again, one contract for every record format."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, MvsError
from mvsfs.records.formats import block, unblock

#: Each format's class runs the same property for itself.
INHERITED = settings(suppress_health_check=[HealthCheck.differing_executors])


class RecordFormat:
    """What every format must do; a subclass says which."""

    dcb: Dcb
    blocks_per_record = False

    def fit(self, record: bytes) -> bytes:
        return record[: self.dcb.data_length]

    @INHERITED
    @given(records=st.lists(st.binary(max_size=40)))
    def test_records_come_back(self, records):
        records = [self.fit(record) for record in records]

        assert list(unblock(block(records, self.dcb), self.dcb)) == records

    @INHERITED
    @given(records=st.lists(st.binary(max_size=40)))
    def test_no_block_is_longer_than_blksize(self, records):
        assert all(len(data) <= self.dcb.blksize for data in block([self.fit(record) for record in records], self.dcb))

    @INHERITED
    @given(blocks=st.lists(st.binary(max_size=60)))
    def test_any_bytes_are_records_or_damage(self, blocks):
        try:
            list(unblock(blocks, self.dcb))
        except MvsError:
            pass


class TestF(RecordFormat):
    dcb = Dcb.of("F", 10)

    def fit(self, record):
        return record[:10].ljust(10)


class TestFB(TestF):
    dcb = Dcb.of("FB", 10, 50)

    def test_five_records_make_a_block(self):
        assert [len(data) for data in block([b"0123456789"] * 7, self.dcb)] == [50, 20]


class TestFBSA(TestF):
    dcb = Dcb.of("FBSA", 10, 30)


class TestV(RecordFormat):
    dcb = Dcb.of("V", 24, 28)

    def test_each_record_has_a_block(self):
        assert list(block([b"A", b"BC"], self.dcb)) == [b"\0\x09\0\0\0\5\0\0A", b"\0\x0a\0\0\0\6\0\0BC"]


class TestVB(RecordFormat):
    dcb = Dcb.of("VBM", 24, 40)

    def test_records_fill_a_block(self):
        assert list(block([b"A", b"BC"], self.dcb)) == [b"\0\x0f\0\0\0\5\0\0A\0\6\0\0BC"]

    def test_a_large_block_has_a_fullword_length(self):
        assert list(unblock([b"\x80\0\0\x09\0\5\0\0A"], self.dcb)) == [b"A"]


class TestVS(RecordFormat):
    dcb = Dcb.of("VS", 100, 14)

    def test_a_long_record_goes_in_segments(self):
        expected = [b"\0\x0e\0\0\0\x0a\1\0ABCDEF", b"\0\x0e\0\0\0\x0a\3\0GHIJKL", b"\0\x09\0\0\0\5\2\0M"]

        assert list(block([b"ABCDEFGHIJKLM"], self.dcb)) == expected


class TestVBS(RecordFormat):
    dcb = Dcb.of("VBS", 0x8000, 20)

    def test_the_rest_of_a_block_takes_the_first_segment(self):
        expected = [b"\0\x14\0\0\0\x09\0\0ABCDE\0\7\1\0FGH", b"\0\x09\0\0\0\5\2\0I"]

        assert list(block([b"ABCDE", b"FGHI"], self.dcb)) == expected


class TestU(RecordFormat):
    dcb = Dcb.of("U", 0, 30)

    def test_block_borders_are_kept(self):
        assert list(unblock([b"A", b"", b"BC"], self.dcb)) == [b"A", b"", b"BC"]


@pytest.mark.parametrize(
    ("recfm", "blocks"),
    [
        ("FB", [b"A" * 11]),
        ("VB", [b"\0\5\0\0A"]),
        ("VB", [b"\0\x09\0\0\0\6\0\0A"]),
        ("VB", [b"\0\x09\0\0\0\3\0\0A"]),
        ("VB", [b"\0\x09\0\0\0\5\1\0A"]),
        ("VB", [b""]),
        ("VBS", [b"\0\x09\0\0\0\5\2\0A"]),
        ("VBS", [b"\0\x09\0\0\0\5\1\0A"]),
        ("VBS", [b"\0\x09\0\0\0\5\1\0A", b"\0\x09\0\0\0\5\1\0A"]),
    ],
)
def test_damaged_blocks_are_refused(recfm, blocks):
    with pytest.raises(BadRecordData):
        list(unblock(blocks, Dcb.of(recfm, 10, 40)))


@pytest.mark.parametrize(("recfm", "record"), [("FB", b"A"), ("VB", b"A" * 40), ("U", b"A" * 41)])
def test_a_record_that_does_not_fit_is_refused(recfm, record):
    with pytest.raises(BadRecordData):
        list(block([record], Dcb.of(recfm, 10, 40)))


def test_format_d_is_refused():
    with pytest.raises(BadRecordData):
        list(block([b"A"], Dcb.of("DB", 10, 40)))
