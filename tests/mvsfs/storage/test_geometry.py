"""The arithmetic of 3390 tracks."""

import pytest

from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form
from mvsfs.storage import geometry


@pytest.mark.parametrize(
    ("blksize", "blocks"),
    [(80, 78), (3120, 15), (6160, 8), (6233, 8), (27920, 2), (27998, 2), (27999, 1), (32760, 1), (56664, 1)],
)
def test_blocks_on_a_track_are_those_of_the_tables(blksize, blocks):
    assert blocks == geometry.blocks_per_track(blksize)


def test_forty_five_directory_blocks_fit_on_a_track():
    assert geometry.blocks_per_track(256, 8) == 45


@pytest.mark.parametrize(("records", "tracks"), [(0, 1), (1, 1), (698, 1), (699, 2), (698 * 15, 15), (698 * 15 + 1, 16)])
def test_fb80_with_half_track_blocks(records, tracks):
    assert tracks == geometry.tracks_used(Dcb.of("FB", 80), Form.FIXED, records * 80, records)


def test_lines_count_with_their_length_words():
    dcb = Dcb.of("VB", 255)

    assert geometry.tracks_used(dcb, Form.LINES, 11 * 10000, 10000) == geometry.tracks_used(dcb, Form.RDW, 14 * 10000, 10000)


def test_each_record_of_u_is_a_block():
    assert geometry.tracks_used(Dcb.of("U", 0, 6144), Form.RDW, 6148 * 9, 9) == 2


def test_cylinders_and_blocks_become_tracks():
    assert (
        geometry.allocation_tracks("CYLINDER", 2, 0),
        geometry.allocation_tracks("BLOCK", 25, 6233),
        geometry.allocation_tracks("TRACK", 5, 0),
    ) == (30, 4, 5)


def test_fixed_records_of_a_pdse_count_whole():
    assert geometry.member_pages(Dcb.of("FB", 80), 300, 100) == 2
    assert geometry.member_pages(Dcb.of("VB", 255), 300, 100) == 1
