"""RETR: what the records of a data set become on the wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, Untranslatable
from mvsfs.records.forms import Form, form_of, join, split
from zftpd.transfer.inbound import inbound, inbound_unix
from zftpd.transfer.options import TransferOptions, WireType
from zftpd.transfer.outbound import is_plain, outbound, outbound_records, outbound_unix, size_unix

FB80 = Dcb.of("FB", 80)
VB = Dcb.of("VB", 256)
U = Dcb.of("U", 0, 100)
TEXT = WireType("A")
EBCDIC = WireType("E")
IMAGE = WireType("I")
DEFAULT = TransferOptions()
TYPES = st.sampled_from("AEI")


def e(text: str) -> bytes:
    return text.encode("cp037")


def fixed(*lines: str) -> list[bytes]:
    return [e(line).ljust(80, b"\x40") for line in lines]


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def send(records, dcb, wire=TEXT, options=DEFAULT, form=None, size=7):
    form = form or form_of(dcb)
    return b"".join(outbound(pieces(b"".join(join(records, form, dcb)), size), form, dcb, options, wire))


TEN = fixed(*["X" * 80] * 10)


@pytest.mark.parametrize(
    ("wire", "options", "size"),
    [
        (TEXT, DEFAULT, 820),
        (IMAGE, DEFAULT, 800),
        (EBCDIC, DEFAULT, 810),
        (WireType("A", stru="R"), DEFAULT, 822),
        (IMAGE, TransferOptions(rdw=True), 800),
    ],
    ids=["A", "I", "E", "A-STRU-R", "I-RDW"],
)
def test_ten_full_fb80_records_have_the_captured_sizes(wire, options, size):
    assert size == len(send(TEN, FB80, wire, options))


@pytest.mark.parametrize("size", [1, 7, 80, 81, 1000])
def test_trailing_blanks_of_fixed_records_are_removed(size):
    assert send(fixed("AB", "", " C"), FB80, size=size) == b"AB\r\n\r\n C\r\n"


def test_trailingblanks_keeps_them():
    assert b"AB".ljust(80) + b"\r\n" == send(fixed("AB"), FB80, options=TransferOptions(trailingblanks=True))


@pytest.mark.parametrize("form", [Form.LINES, Form.RDW])
def test_trailing_blanks_of_variable_records_are_data(form):
    assert send([e("AB  "), b""], VB, form=form) == b"AB  \r\n\r\n"


@pytest.mark.parametrize("form", [Form.LINES, Form.RDW])
@pytest.mark.parametrize(("eol", "end"), [("CRLF", b"\r\n"), ("CR", b"\r"), ("LF", b"\n"), ("NONE", b"")])
def test_sbsendeol_chooses_the_line_end(form, eol, end):
    assert b"A" + end + b"B" + end == send([b"\xc1", b"\xc2"], VB, options=TransferOptions(sbsendeol=eol), form=form)


def test_a_record_that_holds_nl_sends_a_lone_lf():
    assert send([b"\xc1\x15\xc2", b"\xc3"], VB) == b"A\nB\r\nC\r\n"


@pytest.mark.parametrize("form", [Form.LINES, Form.RDW])
def test_binary_of_variable_records_loses_their_borders(form):
    assert send([b"\xc1\xc2", b"\xc3"], VB, IMAGE, form=form) == b"\xc1\xc2\xc3"


@pytest.mark.parametrize("form", [Form.LINES, Form.RDW])
def test_rdw_is_sent_before_each_variable_record(form):
    assert send([b"\xc1\xc2", b"\xc3"], VB, IMAGE, TransferOptions(rdw=True), form=form) == b"\0\6\0\0\xc1\xc2\0\5\0\0\xc3"


@pytest.mark.parametrize("form", [Form.LINES, Form.RDW])
def test_type_e_ends_records_with_nl(form):
    assert send([b"\xc1", b"\xc2"], VB, EBCDIC, form=form) == b"\xc1\x15\xc2\x15"


def test_an_empty_data_set_sends_nothing():
    for dcb, form in ((FB80, Form.FIXED), (VB, Form.LINES), (VB, Form.RDW)):
        for wire in (TEXT, EBCDIC, IMAGE):
            assert b"".join(outbound([], form, dcb, DEFAULT, wire)) == b""


def test_a_character_without_counterpart_ends_the_transfer():
    options = TransferOptions(sbdataconn=("IBM-1140", "ISO8859-1"))
    with pytest.raises(Untranslatable):
        send([b"\xc1\x9f"], VB, options=options)


@pytest.mark.parametrize(("char", "expected"), [("SPACE", b"A \r\n"), ("3F", b"A?\r\n"), (0x2A, b"A*\r\n")])
@pytest.mark.parametrize("form", [Form.LINES, Form.RDW])
def test_sbsub_puts_the_substitute(char, expected, form):
    options = TransferOptions(sbdataconn=("IBM-1140", "ISO8859-1"), sbsub=True, sbsubchar=char)

    assert expected == send([b"\xc1\x9f"], VB, options=options, form=form)


def test_a_substitute_blank_at_the_end_of_a_fixed_record_is_not_stripped():
    options = TransferOptions(sbdataconn=("IBM-1140", "ISO8859-1"), sbsub=True)

    assert send([b"\xc1\x9f".ljust(80, b"\x40")], FB80, options=options) == b"A \r\n"


def test_record_structure_doubles_ff():
    assert send([b"A\xff", b"B"], VB, WireType("I", stru="R")) == b"A\xff\xff\xff\x01B\xff\x01\xff\x02"


def test_stored_content_that_ends_inside_a_record_is_damage():
    with pytest.raises(BadRecordData):
        b"".join(outbound([b"X" * 81], Form.FIXED, FB80, DEFAULT, TEXT))


def test_spool_records_of_fixed_length_lose_trailing_blanks():
    assert b"".join(outbound_records(iter([b"\xc1\x40", b"\xc2\x40"]), Dcb.of("F", 2), DEFAULT, TEXT)) == b"A\r\nB\r\n"


def test_unix_text_goes_out_line_by_line():
    assert b"".join(outbound_unix([b"\xc1\x15", b"\xc2"], DEFAULT, TEXT)) == b"A\r\nB"


@given(st.binary(max_size=200), st.sampled_from("AEI"), st.sampled_from(["CRLF", "LF", "NONE"]))
def test_size_of_a_unix_file_is_what_retr_sends(data, type_, eol):
    options, wire = TransferOptions(sbsendeol=eol), WireType(type_)

    assert size_unix([data], options, wire) == len(b"".join(outbound_unix([data], options, wire)))


def test_a_tagged_ascii_unix_file_goes_out_with_cr_lf():
    options = TransferOptions(sbdataconn=("ISO8859-1", "ISO8859-1"))

    assert b"".join(outbound_unix([b"A\nB\n"], options, TEXT)) == b"A\r\nB\r\n"


@pytest.mark.parametrize(
    ("form", "dcb", "wire", "plain"),
    [
        (Form.FIXED, FB80, IMAGE, True),
        (Form.FIXED, FB80, TEXT, False),
        (Form.FIXED, FB80, EBCDIC, False),
        (Form.LINES, VB, EBCDIC, True),
        (Form.LINES, VB, IMAGE, False),
        (Form.FIXED, FB80, WireType("I", mode="B"), False),
        (Form.FIXED, FB80, WireType("I", stru="R"), False),
    ],
)
def test_plain_means_wire_bytes_are_stored_bytes(form, dcb, wire, plain):
    records = [b"\xc1" * 80] * 3
    stored = b"".join(join(records, form, dcb))

    assert plain is is_plain(form, dcb, DEFAULT, wire)
    assert plain is (stored == b"".join(outbound([stored], form, dcb, DEFAULT, wire)))


DCBS = {"F": FB80, "V": VB, "U": U, "X": Dcb.of("VBS", 0x8000)}


@given(
    st.lists(st.binary(max_size=80)),
    st.sampled_from(sorted(DCBS)),
    st.sampled_from("AEI"),
    st.sampled_from("BCR"),
    st.integers(1, 60),
)
def test_marked_records_go_out_and_come_back(records, kind, type_, frame, size):
    dcb = DCBS[kind]
    wire = WireType(type_, stru="R") if frame == "R" else WireType(type_, mode=frame)
    if kind == "F":
        records = [record.ljust(80, b"\x40") for record in records]
    sent = send(records, dcb, wire)

    stored = [(chunk, form) for chunk, form, _ in inbound(pieces(sent, size), dcb, DEFAULT, wire)]

    assert records == [record for chunk, form in stored for record in split([chunk], form, dcb)]


@given(st.lists(st.text("ABC \x00\xe9", max_size=80)), st.sampled_from("FVU"), st.sampled_from("AE"), st.integers(1, 60))
def test_text_goes_out_and_comes_back(lines, kind, type_, size):
    dcb, wire = DCBS[kind], WireType(type_)
    records = [e(line).ljust(80, b"\x40") if kind == "F" else e(line) for line in lines]
    sent = send(records, dcb, wire)

    stored = [(chunk, form) for chunk, form, _ in inbound(pieces(sent, size), dcb, DEFAULT, wire)]

    assert records == [record for chunk, form in stored for record in split([chunk], form, dcb)]


@given(st.text("ab\u00e9 \n\x00", max_size=200), st.integers(1, 9))
def test_unix_text_comes_back(text, size):
    sent = text.encode("latin-1").replace(b"\n", b"\r\n")
    kept = b"".join(inbound_unix(pieces(sent, size), DEFAULT, TEXT))

    assert sent == b"".join(outbound_unix(pieces(kept, size), DEFAULT, TEXT))
