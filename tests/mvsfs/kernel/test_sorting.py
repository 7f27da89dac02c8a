"""The functions of sort.c refuse arguments that lie, and write nothing beyond what they were given."""

from __future__ import annotations

import ctypes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mvsfs.kernel
from mvsfs.kernel import sorting
from mvsfs.kernel.sorting import KeyPart, Rows, Shape
from mvsfs.kernel.tally import Tally

pytestmark = pytest.mark.skipif(mvsfs.kernel.active() is None, reason="the kernel is not compiled here")

REFUSED = -1


def test_whole_records_are_told_from_what_is_cut():
    kernel = mvsfs.kernel.active().sorting

    assert (9, 2, 1, 0) == kernel.whole_records(b"\0\x05\0\0A\0\x04\0\0\0\x09\0\0")
    assert (0, 0, 0, 0) == kernel.whole_records(b"\0\x05")
    assert kernel.whole_records(b"\0\x03\0\0") is None


@settings(max_examples=300, deadline=None)
@given(
    st.tuples(*[st.integers(0, 40)] * 2),
    st.lists(st.tuples(*[st.one_of(st.integers(0, 20), st.integers(0, 2**32 - 1))] * 6), min_size=1, max_size=3),
    st.integers(0, 80),
    st.binary(max_size=80),
    st.integers(0, 12),
)
def test_shapes_and_sizes_that_lie_are_refused_and_nothing_beyond_the_buffers_is_touched(sizes, parts, width, data, room):
    call = mvsfs.kernel.active().sorting._calls
    rows = (sorting._Part * len(parts))(*(sorting._Part(*part) for part in parts))
    shape = sorting._Shape(*sizes, ctypes.addressof(rows), len(parts), width, bytes(512), 2)
    held = ctypes.create_string_buffer(b"\xaa" * (16 * room + 128), 16 * room + 128)
    out = ctypes.addressof(held) + 64
    spare = ctypes.create_string_buffer(16 * room or 1)
    block = (sorting._Block * 1)(sorting._Block(data, len(data)))
    tally, by = Tally(), ctypes.byref

    call["mvsfs_sort"](by(shape), block, 1, out, spare, room, by(tally))
    start = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value
    source = (sorting._Source * 1)(sorting._Source(None, None, start, start + len(data), 0))
    live = (ctypes.c_uint32 * 1)()
    call["mvsfs_merge"](by(shape), source, 1, live, out, 16 * room, by(tally))

    assert held.raw[:64] == held.raw[64 + 16 * room :] == b"\xaa" * 64


@pytest.mark.parametrize(
    ("parts", "lrecl", "skip"),
    [
        ([KeyPart("PLAIN", 0, 1 << 16)], 80, 0),
        ([KeyPart("PLAIN", 1 << 16, 1)], 80, 0),
        ([KeyPart("PLAIN", 0, 1)], 80, 4),
        ([], 80, 0),
    ],
)
def test_a_shape_that_is_impossible_is_refused(parts, lrecl, skip):
    kernel = mvsfs.kernel.active().sorting
    with pytest.raises(sorting.Unordered):
        kernel.sort(Shape.of(parts, lrecl=lrecl, skip=skip), [b" " * 80], 1)


def test_more_records_than_there_is_room_for_are_refused():
    kernel = mvsfs.kernel.active().sorting
    shape = Shape.of([KeyPart("PLAIN", 0, 1)], lrecl=1)

    assert 2 == kernel.sort(shape, [b"BA"], 2).count
    with pytest.raises(sorting.Unordered):
        kernel.sort(shape, [b"CBA"], 2)


def test_a_source_that_ends_inside_a_record_is_refused():
    kernel = mvsfs.kernel.active().sorting
    shape = Shape.of([KeyPart("PLAIN", 0, 1)], lrecl=2)
    with pytest.raises(sorting.Unordered):
        list(kernel.merge(shape, [[b"AAB"]]))

    assert [(b"AABB", 2)] == list(kernel.merge(shape, [[b"A", b"AB", b"B"]]))
    assert isinstance(kernel.sort(shape, [b"BBAA"], 2), Rows)
