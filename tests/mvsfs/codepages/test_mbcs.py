"""Multi-byte pages: shifts are closed, chunk borders do not matter, what is lost is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.codepages.find import PAGES
from mvsfs.codepages.iconv import Decoder
from mvsfs.codepages.mbcs import closed, cut_mixed, decoder, encoder, is_mixed, is_unicode
from mvsfs.errors import UnknownCodepage, Untranslatable

MIXED = [row.name for row in PAGES if row.ebcdic and row.is_multibyte]
OTHERS = ["UTF-8", "UTF-16", "UTF-16LE", "GB18030", "IBM-943", "BIG5", "IBM-949", "IBM-eucJP", "IBM-1047"]
SAMPLES = {
    "IBM-930": "ABC日本語カナ12",
    "IBM-933": "ABC한국어12",
    "IBM-935": "ABC中国话12",
    "IBM-937": "ABC中國話12",
    "IBM-939": "abc日本語カナ12",
    "IBM-1364": "ABC한국어12",
    "IBM-1371": "ABC中國話12",
    "IBM-1388": "ABC中国话12",
    "IBM-1390": "ABC日本語カナ12",
    "IBM-1399": "abc日本語カナ12",
}


@pytest.mark.parametrize("name", MIXED)
def test_double_byte_characters_stand_between_so_and_si(name):
    data = encoder(name).encode(SAMPLES[name])

    assert (data.count(b"\x0e"), data.count(b"\x0f")) == (1, 1)
    assert data.startswith((b"\xc1\xc2\xc3\x0e", b"\x81\x82\x83\x0e"))
    assert decoder(name).decode(data, True) == SAMPLES[name]


def test_known_bytes_of_ibm_939():
    assert encoder("IBM-939").encode("日本").hex() == "0e456245660f"


@pytest.mark.parametrize("name", MIXED)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_chunk_borders_do_not_matter(name, size):
    data = encoder(name).encode(SAMPLES[name] * 3)
    decode = decoder(name)

    text = "".join(decode.decode(data[at : at + size]) for at in range(0, len(data), size)) + decode.decode(b"", True)

    assert text == SAMPLES[name] * 3


@pytest.mark.parametrize("name", [*MIXED, "IBM-1047", "IBM-037"])
def test_nl_is_the_line_end_of_every_host_page(name):
    assert encoder(name).encode("A\nB\x85") == encoder(name).encode("A") + b"\x15" + encoder(name).encode("B") + b"\x25"
    assert decoder(name).decode(b"\x15\x25", True) == "\n\x85"


@pytest.mark.parametrize("name", OTHERS)
def test_other_pages_come_back(name):
    text = {"GB18030": "中国\r\nA", "BIG5": "中國\r\nA", "IBM-949": "한국\r\nA", "IBM-1047": "\xe4\r\nA"}.get(name, "日本\r\nA")
    data = encoder(name).encode(text)
    decode = decoder(name)

    assert "".join(decode.decode(data[at : at + 1]) for at in range(len(data))) + decode.decode(b"", True) == text


def test_a_byte_order_mark_turns_utf_16_round():
    assert decoder("UTF-16").decode(b"\xff\xfeA\0", True) == "\ufeffA"
    assert decoder("UTF-16LE").decode(b"\xfe\xff\0A", True) == "\ufeffA"


@pytest.mark.parametrize("name", ["IBM-939", "IBM-1047", "IBM-943"])
def test_a_character_that_the_page_lacks_is_refused_or_replaced(name):
    with pytest.raises(Untranslatable):
        encoder(name).encode("A\U0001f600B")

    replaced = encoder(name, substitute=True).encode("A\U0001f600B")

    assert decoder(name).decode(replaced, True)[::2] == "AB"
    assert len(replaced) == 3


def test_a_substitute_inside_double_bytes_keeps_the_shifts_right():
    data = encoder("IBM-939", substitute=True).encode("日\U0001f600本")

    assert data == b"\x0e\x45\x62\x0f\x3f\x0e\x45\x66\x0f"


def test_wrong_bytes_are_refused_with_their_offset():
    with pytest.raises(Untranslatable) as caught:
        decoder("UTF-8").decode(b"AB\xff", True)
    assert caught.value.offset == 2

    with pytest.raises(Untranslatable):
        decoder("IBM-939").decode(b"\x0e\xfe\xfe", True)
    assert decoder("IBM-939", substitute=True).decode(b"\x0e\xfe\xfe\x45\x62", True) == "\ufffd日"


def test_a_page_that_the_c_library_lacks_is_refused():
    with pytest.raises(UnknownCodepage):
        Decoder("NO-SUCH-PAGE", "X", shifts=False)


def test_kinds_of_pages():
    assert is_mixed("IBM-939")
    assert not is_mixed("IBM-1047")
    assert is_unicode("utf8")
    assert not is_unicode("GB18030")


A, K = b"\xc1", b"\x45\x62"


@pytest.mark.parametrize(
    ("record", "limit", "head", "rest"),
    [
        (A * 5, 3, A * 3, A * 2),
        (A + b"\x0e" + K * 3 + b"\x0f", 6, A + b"\x0e" + K + b"\x0f", b"\x0e" + K * 2 + b"\x0f"),
        (A + b"\x0e" + K * 3 + b"\x0f", 7, A + b"\x0e" + K * 2 + b"\x0f", b"\x0e" + K + b"\x0f"),
        (A + b"\x0e" + K + b"\x0f" + A, 5, A + b"\x0e" + K + b"\x0f", A),
        (A * 2 + b"\x0e" + K + b"\x0f", 3, A * 2, b"\x0e" + K + b"\x0f"),
        (A * 2 + b"\x0e" + K + b"\x0f", 5, A * 2, b"\x0e" + K + b"\x0f"),
        (b"\x0e" + K * 2 + b"\x0f", 6, b"\x0e" + K * 2 + b"\x0f", b""),
    ],
)
def test_a_cut_keeps_double_byte_characters_whole(record, limit, head, rest):
    assert cut_mixed(record, limit) == (head, rest)


@given(st.text("A日本語B", max_size=30), st.integers(4, 20))
def test_pieces_of_a_cut_record_hold_the_same_characters(text, limit):
    record, pieces = encoder("IBM-939").encode(text), []
    while len(record) > limit:
        piece, record = cut_mixed(record, limit)
        pieces.append(piece)
    pieces.append(record)

    assert all(len(piece) <= limit for piece in pieces)
    assert "".join(decoder("IBM-939").decode(piece, True) for piece in pieces) == text


def test_a_truncated_record_is_closed():
    assert closed(b"\x0e" + K) == b"\x0e" + K + b"\x0f"
    assert closed(A) == A


@given(
    st.binary(max_size=60),
    st.sampled_from([*MIXED, *OTHERS, "ISO-2022-JP"]),
    st.booleans(),
)
def test_any_bytes_decode_or_are_refused(data, name, substitute):
    try:
        text = decoder(name, substitute=substitute).decode(data, True)
        encoder(name, substitute=True).encode(text)
    except Untranslatable:
        pass
