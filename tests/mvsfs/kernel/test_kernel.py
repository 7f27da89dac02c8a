"""The compiled kernel stores and sends the very bytes that the reference in Python does, and refuses lengths that lie."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import mvsfs.kernel
from mvsfs.codepages import OneWay, table
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, RecordTooLong, Untranslatable
from mvsfs.kernel import calls
from mvsfs.records.forms import Form, convert, pack
from mvsfs.text import images, sending, storing, unixtext
from mvsfs.text.fit import Fit
from zftpd.transfer import compressed
from zftpd.transfer.assembly import Assembly

pytestmark = pytest.mark.skipif(mvsfs.kernel.active() is None, reason="the kernel is not compiled here")

PAIRS = [
    table("IBM-1047"),
    table("IBM-037"),
    table("IBM-1141", "ISO8859-15"),
    table("IBM-1025", "ISO8859-5"),
    table("IBM-1047", "IBM-437"),
]
#: Bytes with many line ends, blanks and controls, so that borders are met.
RAW = st.lists(
    st.sampled_from([b"\r\n", b"\r", b"\n", b" ", b"A", b"\x15", b"\x40", b"\x00", b"\xff", b"abc def", b"  \r\n", b"x" * 30]),
    max_size=40,
).map(b"".join)
ANY = st.one_of(RAW, st.binary(max_size=300))
ROUNDS = settings(max_examples=400, deadline=None)


@contextmanager
def python_alone():
    """What runs inside has no kernel."""
    modules = [storing, sending, images, unixtext, compressed]
    kept = [module.active for module in modules]
    for module in modules:
        module.active = lambda: None
    try:
        yield
    finally:
        for module, active in zip(modules, kept, strict=True):
            module.active = active


def cut(data, sizes):
    """The data in chunks of these sizes, over and over."""
    at = 0
    while at < len(data):
        for size in sizes:
            if data[at : at + size]:
                yield data[at : at + size]
            at += size


def outcome(work):
    """What comes out, or which error."""
    try:
        return work()
    except (BadRecordData, RecordTooLong, Untranslatable) as error:
        return type(error)


def both(work):
    """The outcome with the kernel and without it."""
    compiled = outcome(work)
    with python_alone():
        return compiled, outcome(work)


CHUNKS = st.lists(st.integers(1, 60), min_size=1, max_size=4)
FORMATS = st.sampled_from([("F", 10), ("FB", 80), ("V", 14), ("VB", 255), ("U", 0), ("F", 1), ("V", 4)])


@ROUNDS
@given(ANY, CHUNKS, FORMATS, st.sampled_from(PAIRS), st.booleans(), st.booleans())
@example(b"A\n\rB\r\n", [2], ("VB", 255), PAIRS[0], True, False)
@example(b"A\r\nB", [2], ("FB", 80), PAIRS[0], True, False)
def test_text_is_stored_as_the_reference_stores_it(raw, sizes, form, pair, truncate, wrap):
    def work():
        fit = Fit(Dcb.of(form[0], form[1], 0), truncate, wrap)
        stored = list(storing.TextStore(pair.inward, fit).text(cut(raw, sizes), b"\r\n"))
        forms = {piece.form for piece in stored}
        return [piece.chunk for piece in stored], forms, fit.records, fit.truncated

    compiled, reference = both(work)

    assert reference == compiled


@ROUNDS
@given(ANY, CHUNKS, st.sampled_from(PAIRS), st.sampled_from([b"\r\n", b"\n", b"\r", b"", b"\x15"]), st.booleans(), FORMATS)
def test_lines_are_sent_as_the_reference_sends_them(raw, sizes, pair, eol, keep, form):
    dcb = Dcb.of(form[0], form[1], 0)

    compiled, reference = both(
        lambda: b"".join(sending.send_text(cut(raw, sizes), Form.LINES, dcb, pair.outward, eol, keep_blanks=keep))
    )

    assert reference == compiled


@ROUNDS
@given(
    ANY, CHUNKS, st.sampled_from(PAIRS), st.sampled_from([b"\r\n", b"\n", b""]), st.booleans(), st.sampled_from([1, 3, 10, 80])
)
def test_fixed_records_are_sent_as_the_reference_sends_them(raw, sizes, pair, eol, keep, lrecl):
    dcb = Dcb.of("FB", lrecl, 0)

    compiled, reference = both(
        lambda: b"".join(sending.send_text(cut(raw, sizes), Form.FIXED, dcb, pair.outward, eol, keep_blanks=keep))
    )

    assert reference == compiled


RECORDS = st.lists(
    st.one_of(st.binary(max_size=40), st.binary(min_size=1, max_size=1).map(lambda byte: byte * 33000)), max_size=8
)


@ROUNDS
@given(
    st.one_of(RECORDS.map(lambda records: pack(records, Form.RDW, Dcb(None, 0, 0))), ANY),
    CHUNKS,
    st.sampled_from(PAIRS),
    st.booleans(),
)
def test_records_behind_length_words_are_sent_as_the_reference_sends_them(stored, sizes, pair, image):
    dcb = Dcb.of("VB", 32756, 32760)
    sizes = [size * 50 for size in sizes]

    def work():
        if image:
            return b"".join(images.send_image(cut(stored, sizes), Form.RDW, Fit(dcb)))
        return b"".join(sending.send_text(cut(stored, sizes), Form.RDW, dcb, pair.outward, b"\r\n"))

    compiled, reference = both(work)

    assert reference == compiled


@ROUNDS
@given(ANY, CHUNKS, FORMATS)
def test_lines_are_sent_as_images_as_the_reference_sends_them(raw, sizes, form):
    dcb = Dcb.of(form[0], form[1], 0)

    compiled, reference = both(lambda: b"".join(images.send_image(cut(raw, sizes), Form.LINES, Fit(dcb))))

    assert reference == compiled


@ROUNDS
@given(st.binary(max_size=400), CHUNKS, st.sampled_from([("VB", 20), ("U", 0), ("V", 255)]))
def test_images_are_cut_into_records_as_the_reference_cuts_them(raw, sizes, form):
    dcb = Dcb.of(form[0], form[1], 6144)

    def work():
        stored = images.store_image(cut(raw, sizes), Fit(dcb))
        return b"".join(convert((piece.chunk for piece in stored), Form.RDW, Form.RDW, dcb))

    compiled, reference = both(work)

    assert reference == compiled


@ROUNDS
@given(ANY, CHUNKS, st.sampled_from(PAIRS), st.sampled_from([b"\r\n", b"\n", b"\r", b""]))
def test_unix_text_goes_there_and_back_as_the_reference_has_it(raw, sizes, pair, eol):
    stored = both(lambda: b"".join(unixtext.store_unix_text(cut(raw, sizes), pair.inward)))
    sent = both(lambda: b"".join(unixtext.send_unix_text(cut(raw, sizes), pair.outward, eol)))

    assert stored[0] == stored[1]
    assert sent[0] == sent[1]


@ROUNDS
@given(
    st.lists(st.lists(st.tuples(st.sampled_from(b"\x00\x20\x40ab"), st.integers(1, 200)), max_size=6), max_size=6),
    st.sampled_from([0, 0x20, 0x40]),
)
def test_mode_c_is_encoded_as_the_reference_encodes_it(runs, filler):
    records = [b"".join(bytes([byte]) * length for byte, length in record) for record in runs]

    assert compressed.reference_records(records, filler) == compressed.encode_records(records, filler)


def decoded(wire, sizes, filler):
    """Lists of records and of markers that a MODE C stream holds."""
    assembly, marks = Assembly(), []
    decoder = compressed.Decoder(filler, assembly, lambda text, records: marks.append((text, records)))
    records = [record for batch in decoder.decode(cut(wire, sizes)) for record in batch]
    return records if assembly.is_structured else b"".join(records), marks, assembly.records


STRINGS = st.lists(
    st.sampled_from(
        [
            b"\x03abc",
            b"\x85x",
            b"\xc5",
            b"\xc0",
            b"\x80x",
            b"\x00\x80",
            b"\x00\x10",
            b"\x00\x40",
            b"\x00\xc0",
            b"\x00\x20",
            b"\x01z",
        ]
    ),
    max_size=30,
).map(b"".join)


@ROUNDS
@given(st.one_of(STRINGS, st.binary(max_size=60)), st.booleans(), CHUNKS)
def test_mode_c_is_decoded_as_the_reference_decodes_it(wire, whole, sizes):
    wire += compressed.END if whole else b""

    compiled, reference = both(lambda: decoded(wire, sizes, 0x40))

    assert reference == compiled


def test_what_is_lost_is_refused_at_its_place():
    code = OneWay(bytes(range(256)), b"\x07", "X")
    with pytest.raises(Untranslatable):
        list(unixtext.send_unix_text([b"good"], code, b"\r\n")) and list(unixtext.store_unix_text([b"a\x07"], code))


@ROUNDS
@given(st.integers(-5, 400), st.integers(-5, 400), st.integers(-5, 400), st.integers(0, 60), st.binary(max_size=64))
def test_lengths_that_lie_are_refused_and_nothing_beyond_the_buffers_is_touched(size, start, stop, room, data):
    """Each function gets sizes of all kinds with buffers of `room` bytes between two guards."""
    kernel = mvsfs.kernel.active()
    held = ctypes.create_string_buffer(b"\xaa" * (64 + room + 64), 64 + room + 64)
    out = ctypes.addressof(held) + 64
    tally, column, waits = calls.Tally(), ctypes.c_size_t(0), ctypes.c_int(0)
    ends = (ctypes.c_uint32 * 4)()
    identity, real = bytes(range(256)), min(max(size, 0), len(data))
    lengths = (ctypes.c_uint32 * 2)(max(start, 0), max(stop, 0))
    by = ctypes.byref
    kernel._calls["mvsfs_store_lines"](data, real, start & 0xFFFF, stop & 0xFFFF, identity, None, 5, 3, out, room, by(tally))
    kernel._calls["mvsfs_store_unix"](data, real, identity, None, out, room, by(tally))
    kernel._calls["mvsfs_send_lines"](
        data, real, start & 0xFF, identity, None, b"\r\n", 2, stop & 0x3F, by(column), out, room, by(tally)
    )
    kernel._calls["mvsfs_send_fixed"](data, real, start & 0xFF, stop & 0x1F, 0, identity, None, b"\r\n", 2, out, room, by(tally))
    kernel._calls["mvsfs_send_rdw"](data, real, start & 0xFF, None, None, b"", 0, out, room, by(tally))
    kernel._calls["mvsfs_cut_image"](data, real, stop & 0xFFFF, out, room, by(tally))
    kernel._calls["mvsfs_compress"](data, real, ctypes.addressof(lengths), 2, 0x40, out, room, by(tally))
    kernel._calls["mvsfs_expand"](data, real, start & 0xFF, 0x40, by(waits), out, room, ctypes.addressof(ends), 4, by(tally))

    assert held.raw[:64] == held.raw[64 + room :] == b"\xaa" * 64
    assert kernel._calls["mvsfs_store_lines"](None, 0, 0, 0, identity, None, 5, 0, out, room, by(tally)) == -1
    assert kernel._calls["mvsfs_send_fixed"](data, real, 0, 0, 0, identity, None, b"", 0, out, room, by(tally)) == -1
    assert kernel._calls["mvsfs_send_lines"](data, real, 0, identity, None, b"", 3, 0, by(column), out, room, by(tally)) == -1


def test_the_environment_turns_the_kernel_off():
    said = subprocess.run(
        [sys.executable, "-c", "import mvsfs.kernel; print(mvsfs.kernel.active())"],
        env={**os.environ, "MVSFS_KERNEL": "off"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "None\n"


def test_a_library_of_another_kind_is_left_alone(tmp_path):
    broken = tmp_path / "kernel.so"
    broken.write_bytes(b"not a library")

    assert calls.load(broken) is None
    assert calls.load(tmp_path / "none.so") is None
