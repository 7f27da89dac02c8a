"""Tersed files: codes that z/OS wrote, and both methods both ways."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import BadRecordData
from mvsfs.exchange.model import UnloadedDataset, UnloadedMember
from mvsfs.exchange.terse import file as terse
from mvsfs.exchange.terse import pack, spack
from mvsfs.layouts.terse import CODES, FIRST_STRING, PACK, SPACK, carried

METHODS = [pack, spack]
# 100,000 letters a, FB 1 and VB 1 (a record mark behind each), as AMATERSE of z/OS packs them: the first and last codes.
FB_PACK = [0x082, *range(0xFFF, 0xFF8, -1)]
FB_SPACK = [0x082, 0x082, *range(0x102, 0x111), 0x110]
VB_SPACK = [0x082, 0x101, 0x102, 0x102, *range(0x104, 0x112), 0x111]


def starts(method, symbols, codes) -> None:
    assert list(method.packed(symbols))[: len(codes)] == codes


def test_long_runs_become_the_codes_that_zos_writes():
    letter = ord("a".encode("cp037")) + 1

    starts(pack, [letter] * 100_000, FB_PACK)
    starts(spack, [letter] * 100_000, FB_SPACK)
    starts(spack, [letter, 257] * 100_000, VB_SPACK)
    assert len(list(pack.packed([letter] * 100_000))) == 447
    assert len(list(spack.packed([letter] * 100_000))) == 77


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 0x41, 200, 257]), max_size=3000))
def test_symbols_come_back(symbols):
    for method in METHODS:
        assert list(method.unpacked(method.packed(symbols))) == symbols


@pytest.mark.parametrize("method", METHODS)
def test_symbols_come_back_when_strings_have_made_room_many_times(method):
    state, symbols = 1, []
    for _ in range(120_000):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        symbols.append(1 + (state >> 16) % 40)

    assert list(method.unpacked(method.packed(symbols))) == symbols


WORDS = st.lists(st.lists(st.integers(1, 257), min_size=1, max_size=40), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.lists(st.integers(0, 5), max_size=600), st.integers(0, 40))
def test_the_compiled_writer_makes_the_codes_of_the_reference(words, order, noise):
    state, symbols = noise, []
    for number in order:
        symbols += words[number % len(words)]
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        symbols.append(1 + (state >> 16) % (noise + 1))

    assert list(spack.reference_packed(symbols)) == list(spack.packed(symbols))


@pytest.mark.parametrize("alphabet", [1, 2, 17, 257])
def test_the_compiled_writer_makes_room_as_the_reference_does(alphabet):
    """More strings than there are numbers for, of the most symbols that a string may have and of two."""
    state, symbols = 1, []
    for _ in range(60_000):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        symbols.append(1 + (state >> 16) % alphabet)
    symbols += symbols[:5000] * 3

    assert list(spack.reference_packed(symbols)) == list(spack.packed(symbols))


def test_what_is_no_symbol_goes_to_the_reference():
    assert list(spack.reference_packed([1, 300])) == list(spack.packed([1, 300]))


@pytest.mark.parametrize("version", [PACK, SPACK])
@pytest.mark.parametrize("shape", [("FB", 80, 27920), ("F", 80, 80), ("VB", 255, 27998), ("VBA", 137, 1410)])
def test_a_data_set_comes_back_with_its_attributes(version, shape):
    dcb = Dcb.of(*shape)
    size = dcb.lrecl if dcb.recfm.is_fixed else dcb.data_length
    lengths = [size] * 5 if dcb.recfm.is_fixed else [1, size, 7, 0, 3]
    records = [bytes([number]) * length for number, length in enumerate(lengths)]
    blocks = list(terse.write(UnloadedDataset("", dcb, records), version))

    found = terse.read(b"".join(blocks))

    assert {len(block) for block in blocks} == {1024}
    assert (found.dcb, list(found.records)) == (dcb, records)


def test_the_header_is_that_of_zos():
    block = next(terse.write(UnloadedDataset("", Dcb.of("FB", 80, 27920), [b"\x40" * 80]), PACK))

    assert block[:12].hex() == "020000500c006d1000000000"


@pytest.mark.parametrize("version", [PACK, SPACK])
def test_a_library_comes_back(version):
    members = [UnloadedMember("A", [b"\xc1" * 80] * 40), UnloadedMember("B", [b"\xc2" * 80])]
    library = UnloadedDataset("", Dcb.of("FB", 80, 3200, Dsorg.PO), members=members, directory_blocks=1)

    assert terse.read(b"".join(terse.write(library, version))).members == members


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["", "020000500c006d1000000000", "050100500c006d1000000000"]),
)
def test_anything_else_is_refused_or_read(data, head):
    try:
        terse.read(bytes.fromhex(head) + data)
    except BadRecordData:
        pass


@pytest.mark.timeout(20)
def test_a_string_of_itself_is_refused():
    """Damage may name the very string that is about to be made; followed, it would never end."""
    full = [1 + number % 200 for number in range(CODES - FIRST_STRING + 1)]
    with pytest.raises(BadRecordData):
        list(pack.unpacked([CODES - 1]))
    with pytest.raises(BadRecordData):
        list(islice(spack.unpacked([*full, FIRST_STRING, FIRST_STRING]), 100_000))


@pytest.mark.timeout(20)
def test_a_small_file_that_would_become_a_mountain_is_refused(monkeypatch):
    """Each string is made of the two before it: sixty codes stand for more than 10**12 bytes."""
    monkeypatch.setattr(terse, "MAX_SYMBOLS", 1 << 16)

    with pytest.raises(BadRecordData, match="more than a file may hold"):
        terse.read(bytes.fromhex("050100500c006d1000000000") + carried([0x82, 0x82, *range(FIRST_STRING, FIRST_STRING + 60)]))
