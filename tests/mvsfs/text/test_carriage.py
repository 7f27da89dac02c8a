"""ASA control characters become C control sequences and come back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.text.carriage import from_asa, to_asa

A = b"\xc1"


@pytest.mark.parametrize(
    ("records", "lines"),
    [
        ([b"\x40A", b"\x40B"], [b"A", b"B"]),
        ([b"\x40A", b"\xf0B"], [b"A", b"", b"B"]),
        ([b"\x40A", b"\x60B"], [b"A", b"", b"", b"B"]),
        ([b"\xf1A", b"\xf1B"], [b"\x0cA\x0cB"]),
        ([b"\x40A", b"\x4eB", b"\x40C"], [b"A\x0dB", b"C"]),
        ([b"\xf0A"], [b"", b"A"]),
        ([], []),
    ],
)
def test_control_characters_become_sequences(records, lines):
    assert [line for batch in from_asa([records]) for line in batch] == lines
    assert [record for batch in to_asa([lines]) for record in batch] == records


def test_more_than_two_blank_lines_need_more_records():
    assert list(to_asa([[b"A", b"", b"", b"", b"", b"B"]])) == [[b"\x40A", b"\x60", b"\xf0B"]]


def test_an_unknown_control_character_spaces_one_line():
    assert list(from_asa([[b"XA", b"YB"]])) == [[b"A"], [b"B"]]


@given(
    st.lists(st.tuples(st.sampled_from([b"\x40", b"\xf0", b"\x60", b"\xf1", b"\x4e"]), st.sampled_from([b"A", b"BC"]))),
    st.integers(1, 5),
)
def test_records_with_text_come_back(pairs, size):
    records = [control + text for control, text in pairs]
    batches = [records[at : at + size] for at in range(0, len(records), size)]

    assert [record for batch in to_asa(from_asa(batches)) for record in batch] == records
