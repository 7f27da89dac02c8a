"""Multi-byte transfers: ENCODING=MBCS, TYPE U 2 and TYPE B n through data sets and files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.codepages.mbcs import decoder, encoder
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, RecordTooLong, UnknownCodepage, Untranslatable
from mvsfs.records.forms import split
from zftpd.transfer.inbound import inbound, inbound_unix
from zftpd.transfer.options import TransferOptions, WireType
from zftpd.transfer.outbound import outbound, outbound_unix, size_unix

VB, FB = Dcb.of("VB", 256), Dcb.of("FB", 20)
TEXT = WireType("A")
PAIRS = [
    ("IBM-930", "UTF-8", "日本語カナ"),
    ("IBM-933", "IBM-949", "한국어"),
    ("IBM-935", "GB18030", "中国话"),
    ("IBM-937", "BIG5", "中國話"),
    ("IBM-939", "IBM-943", "日本語カナ"),
    ("IBM-1364", "UTF-8", "한국어"),
    ("IBM-1388", "GB18030", "中国话"),
    ("IBM-1390", "UTF-8", "日本語カナ"),
    ("IBM-1399", "UTF-16", "日本語カナ"),
    ("IBM-1047", "UTF-8", "\xe4\xf6\xfc"),
]


def mbcs(host: str = "IBM-939", net: str = "UTF-8", **more) -> TransferOptions:
    return TransferOptions(encoding="MBCS", mbdataconn=(host, net), **more)


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def store(data, dcb, options, wire=TEXT, size=3):
    received = inbound(pieces(data, size), dcb, options, wire)
    stored = list(received)
    return [record for chunk, form, _ in stored for record in split([chunk], form, dcb)], stored, received


@pytest.mark.parametrize(("host", "net", "word"), PAIRS)
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_lines_become_records_and_come_back(host, net, word, size):
    text = f"A{word}B\r\n\r\n{word}\r\n"
    options, sent = mbcs(host, net), encoder(net).encode(text)

    records, stored, _ = store(sent, VB, options, size=size)

    assert [decoder(host).decode(record, True) for record in records] == [f"A{word}B", "", word]
    assert b"".join(b"".join(outbound([chunk], form, VB, options, TEXT)) for chunk, form, _ in stored) == sent


def test_a_fixed_record_is_filled_with_blanks_behind_si_and_stripped_again():
    records, stored, _ = store("日\r\n".encode(), FB, mbcs())

    assert records == [b"\x0e\x45\x62\x0f" + b"\x40" * 16]
    assert b"".join(outbound([stored[0].chunk], stored[0].form, FB, mbcs(), TEXT)) == "日\r\n".encode()


def test_truncation_keeps_characters_whole():
    records, _, received = store(("日" * 20 + "\r\n").encode(), FB, mbcs())

    assert decoder("IBM-939").decode(records[0].rstrip(b"\x40"), True) == "日" * 9
    assert received.truncated == 1


def test_wraprecord_keeps_characters_whole():
    records, _, _ = store(("日" * 20 + "\r\n").encode(), FB, mbcs(wraprecord=True))

    assert "".join(decoder("IBM-939").decode(record.rstrip(b"\x40"), True) for record in records) == "日" * 20


def test_the_last_line_must_end_when_mbrequirelasteol_says_so():
    with pytest.raises(BadRecordData):
        store(b"A", VB, mbcs())

    assert store(b"A", VB, mbcs(mbrequirelasteol=False))[0] == [b"\xc1"]


@pytest.mark.parametrize("eol", [("LF", "日\n"), ("NONE", "日"), ("CR", "日\r")])
def test_mbsendeol_chooses_the_line_end(eol):
    options = mbcs(mbsendeol=eol[0])
    _, stored, _ = store("日\r\n".encode(), VB, options)

    assert b"".join(outbound([stored[0].chunk], stored[0].form, VB, options, TEXT)).decode() == eol[1]


def test_a_character_that_the_host_page_lacks_ends_the_transfer():
    with pytest.raises(Untranslatable):
        store("\U0001f600\r\n".encode(), VB, mbcs())

    assert store("\U0001f600\r\n".encode(), VB, mbcs(sbsub=True))[0] == [b"\x3f"]


def test_mbcs_needs_a_pair():
    with pytest.raises(UnknownCodepage):
        store(b"A\r\n", VB, TransferOptions(encoding="MBCS"))


def test_a_byte_order_mark_is_no_data():
    assert store(b"\xef\xbb\xbfA\r\n", VB, mbcs())[0] == [b"\xc1"]


def test_ucs_2_in_either_byte_order():
    wire = WireType("U", "2")
    line = "A\xe4\r\n"
    for data in (line.encode("utf-16-be"), f"\ufeff{line}".encode("utf-16-be"), f"\ufeff{line}".encode("utf-16-le")):
        records, stored, _ = store(data, VB, TransferOptions(), wire)

        assert records == [b"\xc1\x43"]
        assert b"".join(outbound([stored[0].chunk], stored[0].form, VB, TransferOptions(), wire)) == "A\xe4\r\n".encode(
            "utf-16-be"
        )


DBCS = [
    ("1", "cp932", "日本"),
    ("2", "euc_jp", "日本"),
    ("3", "iso2022_jp", "日本"),
    ("6", "euc_kr", "한국"),
    ("7", "big5", "中國"),
    ("8", "gb18030", "中国"),
]


@pytest.mark.parametrize(("number", "codec", "text"), DBCS)
def test_dbcs_types(number, codec, text):
    wire = WireType("B", number)
    sent = (text + "\r\n").encode(codec)

    records, stored, _ = store(sent, VB, TransferOptions(), wire)

    assert records[0][:1] == b"\x0e"
    assert b"".join(outbound([stored[0].chunk], stored[0].form, VB, TransferOptions(), wire)).decode(codec) == text + "\r\n"


def test_ibm_kanji_is_not_translated():
    assert store(b"\x0e\x45\x62\x0f\x15", VB, TransferOptions(), WireType("F", "1"))[0] == [b"\x0e\x45\x62\x0f"]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_unix_file_keeps_nl(size):
    sent = "日\r\n本\r\n".encode()
    kept = b"".join(inbound_unix(pieces(sent, size), mbcs(), TEXT))

    assert kept.count(b"\x15") == 2
    assert b"".join(outbound_unix(pieces(kept, size), mbcs(), TEXT)) == sent
    assert size_unix([kept], mbcs(), TEXT) == len(sent)


@pytest.mark.parametrize(
    ("bom", "sent", "kept"),
    [
        ("ASIS", b"\xef\xbb\xbfA\r\n", b"\xef\xbb\xbfA\n"),
        ("ASIS", b"A\r\n", b"A\n"),
        ("ALWAYS", b"A\r\n", b"\xef\xbb\xbfA\n"),
        ("NEVER", b"\xef\xbb\xbfA\r\n", b"A\n"),
    ],
)
def test_unicodefilesystembom(bom, sent, kept):
    options = mbcs("UTF-8", "UTF-8", unicodefilesystembom=bom)

    assert b"".join(inbound_unix(pieces(sent, 2), options, TEXT)) == kept


def test_text_without_line_ends_does_not_pile_up():
    chunks = [b"A" * 65536] * 40

    assert sum(stored.records for stored in inbound(chunks, FB, mbcs(mbrequirelasteol=False), TEXT)) == 1
    with pytest.raises(RecordTooLong):
        list(inbound(chunks, FB, mbcs(truncate=False), TEXT))


@given(st.binary(max_size=80), st.integers(1, 9), st.sampled_from([pair[:2] for pair in PAIRS]), st.sampled_from("SBC"))
def test_any_bytes_are_stored_or_refused(data, size, pair, mode):
    try:
        store(data, VB, mbcs(*pair), WireType("A", mode=mode), size)
    except (BadRecordData, Untranslatable):
        pass


def test_ucstrunc_decides_for_ucs_2():
    sent, wire = ("A" * 21 + "\r\n").encode("utf-16-be"), WireType("U", "2")

    with pytest.raises(RecordTooLong):
        store(sent, FB, TransferOptions(), wire)
    assert store(sent, FB, TransferOptions(ucstrunc=True), wire)[0] == [b"\xc1" * 20]
