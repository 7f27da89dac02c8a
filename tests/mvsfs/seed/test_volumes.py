"""Volumes of a seed: small enough to be filled, beside those that the store has."""

from __future__ import annotations

import pytest

from mvsfs.errors import AllocationFailed
from mvsfs.info import Allocation
from mvsfs.seed import folder
from mvsfs.seed.apply import apply
from mvsfs.seed.model import SeedError


def seeded(tmp_path, text):
    (tmp_path / "_mvs.yaml").write_text(text)
    return folder.read(tmp_path)


def test_a_small_volume_is_full_when_its_cylinders_are_taken(mvs, who, tmp_path):
    seed = seeded(tmp_path, "volumes: {TINY01: {cylinders: 3, use: Private}}")
    apply(mvs, seed, who)
    apply(mvs, seed, who)  # what is there stays
    free = {volume.volser: volume.free_tracks for volume in mvs.volumes}
    assert free["TINY01"] == 30
    assert "USER01" in free

    on_it = {"recfm": "FB", "lrecl": 80, "space_unit": "CYLINDER", "volsers": ("TINY01",), "secondary": 0}
    mvs.allocate("A.TWO", Allocation(primary=2, **on_it), who)
    (full,) = [volume for volume in mvs.volumes if volume.volser == "TINY01"]
    assert (0, 0, 0) == (full.free_tracks, full.largest_free_tracks, full.free_extents)
    with pytest.raises(AllocationFailed):
        mvs.allocate("A.MORE", Allocation(primary=1, **on_it), who)


@pytest.mark.parametrize("text", ["TOOLONG1: {}", "T1: {cylinders: 1}", "T1: {cylinders: many}", "T1: {colour: red}", "t1: {}"])
def test_a_volume_that_cannot_be_is_refused(tmp_path, text):
    with pytest.raises(SeedError):
        seeded(tmp_path, f"volumes: {{{text}}}")
