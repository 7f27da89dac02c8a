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


def test_asatrans_translates_the_control_character():
    dcb, records = Dcb.of("FBA", 4), [e("1AB "), e(" C  "), e("0D  ")]

    assert send(records, dcb) == b"1AB\r\n C\r\n0D\r\n"
    assert send(records, dcb, options=TransferOptions(asatrans=True)) == b"\x0cAB\r\nC\r\n\r\nD\r\n"


def test_asatrans_comes_back():
    dcb, options = Dcb.of("VBA", 40), TransferOptions(asatrans=True)
    records = [e("1AB"), e(" C"), e("0D"), e("+E"), e("-F")]

    stored = list(inbound([send(records, dcb, options=options)], dcb, options, TEXT))

    assert [record for chunk, form, _ in stored for record in split([chunk], form, dcb)] == records


@pytest.mark.parametrize("mode", ["B", "C"])
def test_a_checkpoint_follows_each_interval_in_type_e(mode):
    options, wire = TransferOptions(chkptint=2), WireType("E", mode=mode)
    sent = send([e(str(number)) for number in range(5)], VB, wire, options)

    received = inbound(pieces(sent, 3), VB, DEFAULT, wire)
    records = sum(stored.records for stored in received)

    assert (records, received.take_marks()) == (5, [("2", 2), ("4", 4)])
    assert received.take_marks() == []


def test_type_a_sends_no_checkpoints():
    wire = WireType("A", mode="B")

    assert send([b"\xc1"], VB, wire, TransferOptions(chkptint=1)) == b"\x80\0\1A\x40\0\0"


@pytest.mark.parametrize("form", [Form.LINES, Form.RDW])
@pytest.mark.parametrize("mode", ["B", "C"])
def test_a_restart_sends_the_records_after_the_marker_and_counts_on(form, mode):
    options, wire = TransferOptions(chkptint=2), WireType("E", mode=mode)
    stored = b"".join(join([b"A", b"B", b"C", b"D"], form, VB))
    sent = b"".join(outbound([stored], form, VB, options, wire, start=2))

    received = inbound([sent], VB, DEFAULT, wire)
    records = [record for chunk, form_, _ in received for record in split([chunk], form_, VB)]

    assert (records, received.take_marks()) == ([b"C", b"D"], [("4", 2)])


def test_block_mode_bytes():
    assert send([b"A", b""], VB, WireType("I", mode="B")) == b"\x80\0\1A\x80\0\0\x40\0\0"


def test_a_record_longer_than_a_block_goes_in_several():
    dcb, record = Dcb.of("VBS", 0x8000), b"A" * 65536
    sent = send([record], dcb, WireType("I", mode="B"), size=50_000)

    assert sent[:3] == b"\0\xff\xff"
    assert sent[-7:] == b"\x80\0\1A\x40\0\0"


def test_compressed_bytes():
    sent = send([b"ABC" + b"\x40" * 5 + b"ZZZZ", b""], VB, WireType("E", mode="C"))

    assert sent == b"\3ABC\xc5\0\x80\x84Z\0\x80\xc0\0\x40"


@pytest.mark.parametrize(
    ("type_", "data"),
    [("A", b"AB\r\nC"), ("E", b"\xc1\xc2\x15\xc3"), ("I", b"\xc1\xc2\xc3" + b"X" * 249 + b"Y")],
    ids=["A", "E", "I"],
)
def test_block_mode_without_end_of_record_is_a_byte_stream(type_, data):
    framed = b"\0\0\2" + data[:2] + b"\x40" + (len(data) - 2).to_bytes(2, "big") + data[2:]
    stored = list(inbound(pieces(framed, 3), VB, DEFAULT, WireType(type_, mode="B")))

    records = [record for chunk, form, _ in stored for record in split([chunk], form, VB)]

    assert records == ([data[:252], b"Y"] if type_ == "I" else [b"\xc1\xc2", b"\xc3"])


@pytest.mark.parametrize("data", [b"\x80\0\1A", b"\x80\0\2A", b"\x40\0\0X", b"\x41\0\0", b"\x40\0\0\x40\0\0"])
def test_broken_block_mode_is_refused(data):
    with pytest.raises(BadRecordData):
        list(inbound([data], VB, DEFAULT, WireType("E", mode="B")))


@pytest.mark.parametrize("data", [b"\1A", b"\2A", b"\0\x40\1A", b"\0\1\1A", b"\0", b"\0\x80\1A"])
def test_broken_compressed_mode_is_refused(data):
    with pytest.raises(BadRecordData):
        list(inbound([data], VB, DEFAULT, WireType("E", mode="C")))


@pytest.mark.parametrize("wire", [TEXT, EBCDIC, IMAGE, WireType("A", stru="R"), WireType("E", mode="B")], ids=str)
@pytest.mark.parametrize("blanks", [False, True])
def test_fixed_records_look_the_same_in_either_stored_form(wire, blanks):
    options, records = TransferOptions(trailingblanks=blanks), fixed("AB", "", " C", "X" * 80)

    assert send(records, FB80, wire, options, form=Form.LINES) == send(records, FB80, wire, options)
