"""A restart keeps the first records or skips them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form, join, split
from mvsfs.records.parts import head, skip_bytes, tail, take_bytes

FIXED, VARIABLE = Dcb.of("FB", 3), Dcb.of("VB", 30)


@given(
    st.lists(st.binary(max_size=9).map(lambda record: record.replace(b"\x15", b""))),
    st.sampled_from(Form),
    st.integers(0, 12),
    st.integers(1, 30),
)
def test_head_and_tail_make_the_whole(records, form, number, size):
    dcb = FIXED if form is Form.FIXED else VARIABLE
    if form is Form.FIXED:
        records = [record[:3].ljust(3) for record in records]
    stored = b"".join(join(records, form, dcb))
    chunks = [stored[at : at + size] for at in range(0, len(stored), size)]

    assert list(split(head(chunks, form, dcb, number), form, dcb)) == records[:number]
    assert list(split(tail(chunks, form, dcb, number), form, dcb)) == records[number:]


@given(st.binary(max_size=40), st.integers(0, 50), st.integers(1, 9))
def test_bytes_are_taken_and_skipped(data, number, size):
    chunks = [data[at : at + size] for at in range(0, len(data), size)]

    assert b"".join(take_bytes(chunks, number)) == data[:number]
    assert b"".join(skip_bytes(chunks, number)) == data[number:]
