"""STOR: what the client's bytes become in the data set."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, RecordTooLong
from mvsfs.records.forms import Form, convert, split
from zftpd.transfer.inbound import inbound, inbound_records, inbound_unix
from zftpd.transfer.options import TransferOptions, WireType

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


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def store(data: bytes, dcb: Dcb, wire: WireType = TEXT, options: TransferOptions = DEFAULT, size: int = 7):
    received = inbound(pieces(data, size), dcb, options, wire)
    stored = list(received)
    records: list[bytes] = []
    for piece in stored:
        found = list(split([piece.chunk], piece.form, dcb))
        assert piece.records == len(found)
        records += found
    assert received.records == len(records)
    assert received.bytes == len(data)
    return records, received


@pytest.mark.parametrize("size", [1, 2, 3, 5, 80, 10_000])
def test_short_lines_are_padded_with_ebcdic_blanks_whatever_the_chunk_borders(size):
    records, _ = store(b"AB\r\n\r\nLAST", FB80, size=size)

    assert [e("AB").ljust(80, b"\x40"), b"\x40" * 80, e("LAST").ljust(80, b"\x40")] == records


def test_a_nul_in_a_fixed_record_stays_a_nul():
    records, _ = store(b"A\0B\r\nC\r\n", FB80, size=100)

    assert [b"\xc1\0\xc2".ljust(80, b"\x40"), b"\xc3".ljust(80, b"\x40")] == records


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_a_lone_cr_or_lf_is_data_and_ends_no_record(size):
    records, _ = store(b"A\rB\r\nC\nD\r\nE\r", VB, size=size)

    assert records == [b"\xc1\x0d\xc2", b"\xc3\x15\xc4", b"\xc5\x0d"]


def test_text_with_a_lone_lf_changes_from_lines_to_rdw_once():
    forms = [stored.form for stored in inbound([b"A\r\n", b"B\nC\r\n", b"D\r\n"], VB, DEFAULT, TEXT)]

    assert forms == [Form.LINES, Form.RDW, Form.RDW]


def test_an_empty_line_is_a_record_without_data_in_variable_format():
    records, _ = store(b"\r\nA\r\n\r\n", VB)

    assert records == [b"", b"\xc1", b""]


def test_nothing_sent_stores_nothing():
    for dcb in (FB80, VB, U):
        for wire in (TEXT, EBCDIC, IMAGE):
            assert (store(b"", dcb, wire)[0], store(b"", dcb, wire)[1].truncated) == ([], 0)


@pytest.mark.parametrize("dcb", [FB80, Dcb.of("VB", 84), Dcb.of("U", 0, 80)], ids=["FB", "VB", "U"])
@pytest.mark.parametrize("size", [1, 33, 1000])
def test_a_long_line_is_truncated_and_counted(dcb, size):
    records, received = store(b"X" * 81 + b"\r\nOK\r\n", dcb, size=size)

    assert (records[0], received.truncated) == (b"\xe7" * 80, 1)


@pytest.mark.parametrize("dcb", [FB80, Dcb.of("VB", 84)], ids=["FB", "VB"])
def test_a_long_line_is_refused_when_it_may_not_be_truncated(dcb):
    with pytest.raises(RecordTooLong) as caught:
        store(b"OK\r\n" + b"X" * 81 + b"\r\n", dcb, options=TransferOptions(truncate=False))

    assert (2, 81, dcb.lrecl) == (caught.value.record, caught.value.length, caught.value.lrecl)


@pytest.mark.parametrize("size", [1, 17, 80, 1000])
def test_wraprecord_continues_a_long_line_in_the_next_record(size):
    records, received = store(b"X" * 160 + b"\r\nY\r\n", FB80, options=TransferOptions(wraprecord=True), size=size)

    assert ([b"\xe7" * 80, b"\xe7" * 80, b"\xe8".ljust(80, b"\x40")], 0) == (records, received.truncated)


def test_input_without_any_line_end_does_not_pile_up():
    line = [b"Z" * 65536] * 40

    received = inbound(line, FB80, DEFAULT, TEXT)

    assert (sum(stored.records for stored in received), received.truncated) == (1, 1)


def test_type_e_splits_at_nl_without_translation():
    records, _ = store(e("AB") + b"\x15" + e("C") + b"\x15", VB, EBCDIC)

    assert [e("AB"), e("C")] == records


def test_binary_is_cut_at_lrecl_and_the_last_fixed_record_filled_with_zeros():
    records, _ = store(b"\xff" * 81, FB80, IMAGE)

    assert [b"\xff" * 80, b"\xff" + bytes(79)] == records


def test_binary_into_variable_records_is_cut_at_lrecl_minus_4():
    records, _ = store(b"\x15" * 300, VB, IMAGE)

    assert records == [b"\x15" * 252, b"\x15" * 48]


def test_binary_with_rdw_keeps_the_sender_s_records_and_joins_segments():
    data = b"\0\x06\0\0AB" + b"\0\x06\1\0CD" + b"\0\x05\3\0E" + b"\0\x05\2\0F"

    records, _ = store(data, VB, IMAGE, TransferOptions(rdw=True), size=3)

    assert records == [b"AB", b"CDEF"]


@pytest.mark.parametrize("data", [b"\0\3\0\0", b"\0\x09\0\0A", b"\0\4\2\0", b"\0\4\1\0\0\4\0\0", b"\0\5\4\0A"])
def test_a_broken_rdw_is_refused(data):
    with pytest.raises(BadRecordData):
        store(data, VB, IMAGE, TransferOptions(rdw=True))


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_record_structure_marks_records_and_doubles_ff(size):
    records, _ = store(b"A\xff\xffB\xff\x01\xff\x01C\xff\x03", VB, WireType("I", stru="R"), size=size)

    assert records == [b"A\xffB", b"", b"C"]


@pytest.mark.parametrize("data", [b"A", b"A\xff\x01", b"A\xff\x04", b"A\xff", b"\xff\x02A", b"\xff\x02\xff\x01"])
def test_record_structure_without_a_proper_end_is_refused(data):
    with pytest.raises(BadRecordData):
        store(data, VB, WireType("I", stru="R"))


def test_the_internal_reader_gets_padded_host_records():
    assert [e("//A JOB").ljust(80, b"\x40")] == list(inbound_records([b"//A JOB\r\n"], Dcb.of("F", 80), DEFAULT, TEXT))


@pytest.mark.parametrize("size", [1, 2, 100])
def test_unix_text_keeps_nl_for_cr_lf_and_lone_lf(size):
    data = b"A\r\nB\nC\rD\r"

    assert b"".join(inbound_unix(pieces(data, size), DEFAULT, TEXT)) == b"\xc1\x15\xc2\x15\xc3\x0d\xc4\x0d"


def test_unix_binary_is_unchanged():
    assert b"".join(inbound_unix([b"A\r\n", b"B\n"], DEFAULT, IMAGE)) == b"A\r\nB\n"


@given(st.lists(st.text("AZ09 \r\n\x00", max_size=90)), st.integers(1, 50), st.sampled_from([FB80, VB, U]))
def test_lines_become_records_in_order(lines, size, dcb):
    lines = [line.replace("\r", "") if "\r\n" in line else line.rstrip("\r") for line in lines]
    data = b"".join(line.encode() + b"\r\n" for line in lines)

    records, _ = store(data, dcb, size=size)

    expected = [line.encode("cp037").replace(b"\x25", b"\x15")[: dcb.data_length] for line in lines]
    if dcb is FB80:
        expected = [line.ljust(80, b"\x40") for line in expected]
    assert expected == records


@given(
    st.binary(max_size=400),
    st.integers(1, 50),
    st.sampled_from("AEI"),
    st.sampled_from("FR"),
    st.sampled_from("SBC"),
    st.booleans(),
)
def test_any_bytes_are_stored_or_refused_with_facts(data, size, type_, stru, mode, rdw):
    try:
        store(data, Dcb.of("VB", 20), WireType(type_, stru=stru, mode=mode), TransferOptions(rdw=rdw), size=size)
    except BadRecordData:
        pass


def test_converting_forms_keeps_records():
    stored = b"".join(chunk for chunk, _, _ in inbound([b"A\r\nBC\r\n\r\n"], VB, DEFAULT, TEXT))

    converted = list(convert([stored], Form.LINES, Form.RDW, VB))

    assert list(split(converted, Form.RDW, VB)) == [b"\xc1", b"\xc2\xc3", b""]


@pytest.mark.parametrize(
    "data", [b"A\n\r\nB\r\n", b"A\r\r\nB\r\n", b"A\nB\r\n\r\n", b"\nA\r\n", b"A\r\n\r\r\n", b"A\rB\nC\r\n", b"\r\n\n\r\n"]
)
def test_mixed_line_ends_are_told_apart(data):
    records, _ = store(data, VB, size=1000)

    expected = [line.replace(b"A", b"\xc1").replace(b"B", b"\xc2").replace(b"C", b"\xc3") for line in data.split(b"\r\n")[:-1]]
    assert records == [line.replace(b"\n", b"\x15") for line in expected]


def test_fixed_text_is_kept_as_lines_without_trailing_blanks():
    (stored,) = inbound([b"AB  \r\n\r\nC\r\n"], FB80, DEFAULT, TEXT)

    assert (stored.chunk, stored.form, stored.records) == (b"\xc1\xc2\x15\x15\xc3\x15", Form.LINES, 3)


def test_fixed_text_with_nl_in_it_is_kept_fixed():
    forms = [stored.form for stored in inbound([b"A\r\n", b"B\nC\r\n", b"D\r\n"], FB80, DEFAULT, TEXT)]

    assert forms == [Form.LINES, Form.FIXED, Form.FIXED]


@pytest.mark.parametrize("size", [1, 2, 100])
def test_removeinbeof_drops_the_last_x_1a_only(size):
    options = TransferOptions(removeinbeof=True)

    assert store(b"A\x1a\r\nB\r\n\x1a", VB, options=options, size=size)[0] == [b"\xc1\x3f", b"\xc2"]
    assert b"".join(inbound_unix(pieces(b"A\x1a", size), options, TEXT)) == b"\xc1"


@given(st.lists(st.text(alphabet="/A é\x15\r\n", max_size=90)), st.booleans(), st.booleans())
def test_a_short_text_for_the_internal_reader_is_what_its_pieces_are(lines, ended, truncate):
    data = ("\r\n".join(lines) + "\r\n" * ended).encode("latin-1")
    options = replace(DEFAULT, truncate=truncate)

    def records(chunks):
        try:
            return list(inbound_records(chunks, FB80, options, TEXT))
        except RecordTooLong as error:
            return str(error)

    assert records([data]) == records(pieces(data, 3))
