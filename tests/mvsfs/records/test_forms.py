"""Stored forms: records come back whatever the chunk borders, and damage is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import LRECL_X, Dcb
from mvsfs.errors import BadRecordData, MvsError, RecordTooLong
from mvsfs.records.forms import Form, convert, count, form_of, join, padded, rdw, split

FIXED, VARIABLE = Dcb.of("FB", 5), Dcb.of("VB", 30)


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def dcb_of(form: Form) -> Dcb:
    return FIXED if form is Form.FIXED else VARIABLE


def fit(records: list[bytes], form: Form) -> list[bytes]:
    if form is Form.FIXED:
        return [record[:5].ljust(5) for record in records]
    return [record.replace(b"\x15", b"") for record in records] if form is Form.LINES else records


RECORDS = st.lists(st.binary(max_size=26))
FORMS = st.sampled_from(Form)


@given(RECORDS, FORMS, st.integers(1, 40))
def test_records_come_back(records, form, size):
    records, dcb = fit(records, form), dcb_of(form)
    stored = b"".join(join(records, form, dcb))

    assert list(split(pieces(stored, size), form, dcb)) == records
    assert count(pieces(stored, size), form, dcb) == len(records)


@given(RECORDS, FORMS, FORMS, st.integers(1, 40))
def test_a_conversion_keeps_the_records(records, before, after, size):
    records = [record[:5].ljust(5).replace(b"\x15", b"x") for record in records]
    stored = b"".join(join(records, before, FIXED))

    assert b"".join(convert(pieces(stored, size), before, after, FIXED)) == b"".join(join(records, after, FIXED))


@given(st.binary(max_size=60), FORMS, st.integers(1, 40))
def test_any_bytes_are_records_or_damage(data, form, size):
    try:
        list(split(pieces(data, size), form, dcb_of(form)))
    except BadRecordData:
        pass


def test_the_length_word_counts_itself():
    assert rdw(0) == b"\0\4\0\0"
    assert rdw(32763) == b"\x7f\xff\0\0"
    assert rdw(32764) == b"\x80\0\x80\0"


def test_a_record_of_lrecl_x_has_a_fullword_length():
    dcb, record = Dcb.of("VBS", LRECL_X), b"A" * 100_000
    stored = b"".join(join([record, b"B"], Form.RDW, dcb))

    assert stored[:4] == (0x80000000 | 100_004).to_bytes(4, "big")
    assert list(split(pieces(stored, 65536), Form.RDW, dcb)) == [record, b"B"]


def test_a_record_beyond_lrecl_names_its_number():
    with pytest.raises(RecordTooLong) as caught:
        list(join([b"A"] * 2000 + [b"A" * 27], Form.RDW, VARIABLE))

    assert (caught.value.record, caught.value.length) == (2001, 27)


@pytest.mark.parametrize(
    ("form", "records"), [(Form.FIXED, [b"A"]), (Form.FIXED, [b"AAAA", b"AAAAA"]), (Form.LINES, [b"A\x15B"])]
)
def test_records_that_the_form_cannot_hold_are_refused(form, records):
    with pytest.raises(MvsError):
        list(join(records, form, dcb_of(form)))


@pytest.mark.parametrize(
    ("form", "data"),
    [(Form.FIXED, b"AAAA"), (Form.LINES, b"A"), (Form.RDW, b"\0\6\0\0A"), (Form.RDW, b"\0\3\0\0")],
)
def test_content_that_ends_inside_a_record_is_damage(form, data):
    with pytest.raises(BadRecordData):
        list(split([data], form, dcb_of(form)))


def test_a_fixed_data_set_without_lrecl_holds_nothing():
    assert list(split([], Form.FIXED, Dcb.of("FB", 0))) == []
    with pytest.raises(BadRecordData):
        list(split([b"A"], Form.FIXED, Dcb.of("FB", 0)))


def test_fixed_formats_are_kept_fixed_and_the_others_with_lengths():
    assert form_of(FIXED) is Form.FIXED
    assert form_of(VARIABLE) is form_of(Dcb.of("U", 0)) is Form.RDW


def test_padding_fills_fixed_records_only():
    assert list(padded([b"A"], FIXED)) == [b"A\x40\x40\x40\x40"]
    assert list(padded([b"A"], VARIABLE)) == [b"A"]
