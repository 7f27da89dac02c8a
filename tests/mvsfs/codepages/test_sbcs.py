"""Single-byte tables: one to one, newlines by one rule, equal to the C library's."""

from __future__ import annotations

import ctypes

import pytest

from mvsfs.codepages import find, page, table
from mvsfs.codepages.find import PAGES
from mvsfs.codepages.sbcs import characters
from mvsfs.errors import UnknownCodepage, Untranslatable

SINGLE = [row for row in PAGES if row.codec]
HOSTS = [row for row in SINGLE if row.ebcdic]
#: Positions where the C library departs from the registered page (its Latin pages disagree with their own euro editions, see
#: the test of those) or chose another of two look-alike characters.
DEPARTURES = {
    "IBM-273": b"\xbc",
    "IBM-278": b"\x71\xe0",
    "IBM-285": b"\xa1",
    "IBM-424": b"\x78",
    "IBM-870": b"\xb0",
    "IBM-871": b"\x4a\xc0",
    "IBM-875": b"\x74\xdd",
    "IBM-1026": b"\x9d\xbc",
    "IBM-1122": b"\xbc",
}
#: The C library's IBM290 has full-width letters where the page has half-width ones.
NOT_COMPARED = {"IBM-290"}
#: Each page with its euro edition, and the only bytes in which they differ.
EDITIONS = [
    (37, 1140, b"\x9f"),
    (273, 1141, b"\x9f"),
    (277, 1142, b"\x5a"),
    (278, 1143, b"\x5a"),
    (280, 1144, b"\x9f"),
    (284, 1145, b"\x9f"),
    (285, 1146, b"\x9f"),
    (297, 1147, b"\x9f"),
    (500, 1148, b"\x9f"),
    (871, 1149, b"\x9f"),
]


@pytest.mark.parametrize("row", SINGLE, ids=lambda row: row.name)
def test_every_page_names_each_character_once(row):
    assert len(set(characters(row.name))) == 256


@pytest.mark.parametrize("row", HOSTS, ids=lambda row: row.name)
def test_host_newlines_follow_one_rule(row):
    pair = table(row.name, "ISO8859-1")

    assert (pair.to_net[0x15], pair.to_net[0x25]) == (0x0A, 0x85)
    assert (pair.to_host[0x0A], pair.to_host[0x85], pair.to_host[0x0D]) == (0x15, 0x25, 0x0D)


@pytest.mark.parametrize("row", HOSTS, ids=lambda row: row.name)
def test_what_is_not_lost_comes_back(row):
    pair = table(row.name, "ISO8859-1")
    kept = bytes(byte for byte in range(256) if byte not in pair.lost_host)

    assert kept.translate(pair.to_net).translate(pair.to_host) == kept


def test_the_default_pair_loses_nothing():
    pair = table("IBM-1047", "ISO8859-1")

    assert pair.is_lossless
    assert b"{[|]}^".translate(pair.to_host).hex() == "c0ad4fbdd05f"


def _iconv(name: str, byte: int) -> str | None:
    libc = ctypes.CDLL(None)
    libc.iconv_open.restype = ctypes.c_void_p
    libc.iconv.argtypes = [ctypes.c_void_p] + [ctypes.c_void_p] * 4
    handle = libc.iconv_open(b"UTF-32LE", name.encode())
    if handle == ctypes.c_void_p(-1).value:
        return None
    source = ctypes.create_string_buffer(bytes([byte]), 1)
    target = ctypes.create_string_buffer(64)
    inp, outp = ctypes.c_void_p(ctypes.addressof(source)), ctypes.c_void_p(ctypes.addressof(target))
    inn, out = ctypes.c_size_t(1), ctypes.c_size_t(64)
    refs = [ctypes.cast(ctypes.pointer(item), ctypes.c_void_p) for item in (inp, inn, outp, out)]
    failed = libc.iconv(handle, *refs) == -1 or inn.value
    libc.iconv_close(ctypes.c_void_p(handle))
    return "" if failed else target.raw[: 64 - out.value].decode("utf-32-le")


@pytest.mark.parametrize("row", SINGLE, ids=lambda row: row.name)
def test_tables_equal_those_of_the_c_library(row):
    name = row.name.replace("IBM-", "IBM") if row.ebcdic else row.codec.upper().replace("ISO8859_", "ISO-8859-")
    if row.name in NOT_COMPARED or _iconv(name, 0x40) is None:
        pytest.skip(f"this C library has no {name}")
    ours = characters(row.name)
    different = {}
    for byte in range(256):
        theirs = _iconv(name, byte)
        if (row.ebcdic and byte in (0x15, 0x25)) or byte in DEPARTURES.get(row.name, b""):
            continue
        if theirs and theirs != ours[byte]:
            different[hex(byte)] = (ours[byte], theirs)

    assert different == {}


@pytest.mark.parametrize(("old", "euro", "bytes_"), EDITIONS)
def test_a_euro_edition_differs_in_the_currency_sign_only(old, euro, bytes_):
    before, after = characters(str(old)), characters(str(euro))

    assert {byte for byte in range(256) if before[byte] != after[byte]} <= set(bytes_) | {0xBC, 0xA1}
    assert after[bytes_[0]] == "\u20ac"


@pytest.mark.parametrize("name", ["IBM-1047", "ibm1047", "CP1047", "1047", "ibm_1047", "Cp01047"])
def test_a_page_is_found_under_each_spelling(name):
    assert find(name) == "IBM-1047"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("ISO8859-1", "ISO8859-1"),
        ("iso-8859-15", "ISO8859-15"),
        ("IBM-850", "IBM-850"),
        ("windows-1252", "IBM-1252"),
        ("IBM-1252", "IBM-1252"),
        ("IBM-037", "IBM-037"),
        ("IBM-37", "IBM-037"),
        ("UTF-8", "UTF-8"),
        ("UTF8", "UTF-8"),
        ("IBM-1208", "UTF-8"),
        ("7BIT", "US-ASCII"),
        ("Shift-JIS", "IBM-943"),
        ("FTP_STANDARD_TABLE", "FTP_STANDARD_TABLE"),
        ("IBM-939", "IBM-939"),
        ("gb18030", "GB18030"),
    ],
)
def test_other_pages_are_found(name, canonical):
    assert find(name) == canonical


@pytest.mark.parametrize("name", ["", "IBM-9999", "KLINGON", "IBM-", "-"])
def test_an_unknown_page_is_refused(name):
    with pytest.raises(UnknownCodepage):
        find(name)


def test_a_multi_byte_page_makes_no_table():
    assert page("UTF-8").is_multibyte
    with pytest.raises(UnknownCodepage):
        table("IBM-1047", "UTF-8")


def test_a_lost_byte_is_found_at_its_offset():
    outward = table("IBM-1140", "ISO8859-1").outward

    assert outward.translate(b"\xc1") == b"A"
    with pytest.raises(Untranslatable) as caught:
        outward.translate(b"\xc1\xc2\x9f")
    assert caught.value.offset == 2


def test_a_substitute_takes_the_place_of_what_is_lost():
    outward = table("IBM-1140", "ISO8859-1").outward.substituting(0x3F)

    assert outward.translate(b"\xc1\x9f") == b"A?"
