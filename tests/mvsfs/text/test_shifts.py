"""SO and SI on the network side: chunks may end anywhere, and what goes out comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import Dcb
from mvsfs.text.fit import Fit
from mvsfs.text.multibyte import Multibyte
from mvsfs.text.shifts import Shifts

VB = Dcb.of("VB", 256)
TEXT = st.text(st.sampled_from("ABC 123漢字日本語"), max_size=12)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def stored(pages: Multibyte, chunks: list[bytes]) -> list[bytes]:
    return [record for batch in pages.records(chunks, Fit(VB)) for record in batch]


@pytest.mark.parametrize(
    ("net", "shifts"),
    [
        ("IBM-943", Shifts("A")),
        ("IBM-943", Shifts("E")),
        ("ISO-2022-JP", Shifts(roman=True)),
        ("ISO-2022-JP", Shifts(roman=True, old=True)),
    ],
)
@given(st.lists(TEXT, min_size=1, max_size=5), st.integers(1, 9))
def test_lines_come_back_however_they_are_cut(net, shifts, lines, size):
    pages = Multibyte("IBM-939", net, shifts=shifts)
    host = stored(Multibyte("IBM-939", "UTF-8"), ["\r\n".join([*lines, ""]).encode()])
    sent = b"".join(pages.lines([host], b"\r\n"))

    assert stored(pages, cut(sent, size)) == host


def test_blanks_take_the_columns_of_so_and_si():
    pages = Multibyte("IBM-939", "IBM-943", shifts=Shifts("S"))
    record = b"\xc1\x40\x0e\x4f\x58\x0f\x40\xc2"

    assert b"".join(pages.lines([[record]], b"\r\n")) == b"A  \x8a\xbf  B\r\n"
    assert list(pages.records([b"A  \x8a\xbf  B\r\n"], Fit(VB))) == [[record]]
