"""Record formats as they are spelled, and the block sizes that the system chooses."""

from __future__ import annotations

import pytest

from mvsfs.dcb import LRECL_X, Dcb, Recfm, system_blksize


@pytest.mark.parametrize("text", ["F", "FB", "FBS", "FA", "FBM", "V", "VB", "VS", "VBS", "VBA", "VBSA", "U", "UA", "D"])
def test_a_record_format_is_spelled_as_it_was_read(text):
    assert str(Recfm.parse(text.lower())) == text


@pytest.mark.parametrize("text", ["", "X", "B", "FF", "UB", "FAB", "VSB", "FBAM", "F "[::-1] + "Q"])
def test_other_letters_make_no_record_format(text):
    with pytest.raises(ValueError, match="no record format"):
        Recfm.parse(text)


@pytest.mark.parametrize(
    ("dcb", "length"),
    [
        (Dcb.of("FB", 80), 80),
        (Dcb.of("VB", 256), 252),
        (Dcb.of("U", 0, 6144), 6144),
        (Dcb.of("U", 0), 32760),
        (Dcb.of("VBS", LRECL_X), 1 << 31),
        (Dcb(None, 0, 0), 0),
    ],
)
def test_the_longest_record(dcb, length):
    assert dcb.data_length == length


@pytest.mark.parametrize(
    ("recfm", "lrecl", "blksize"),
    [
        ("FB", 80, 27920),
        ("FB", 133, 27930),
        ("F", 80, 80),
        ("VB", 256, 27998),
        ("VB", 32756, 32760),
        ("V", 256, 260),
        ("VBS", LRECL_X, 27998),
        ("FB", 0, 0),
    ],
)
def test_the_system_determines_half_a_track(recfm, lrecl, blksize):
    assert system_blksize(Dcb(Recfm.parse(recfm), lrecl, 0)) == blksize


def test_only_variable_formats_span():
    assert not Recfm.parse("FBS").may_span
    assert Recfm.parse("VBS").may_span
