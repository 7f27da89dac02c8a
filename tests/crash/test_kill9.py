"""A worker that is killed leaves every write whole or absent (the long run: python tests/crash/kill9.py --instants 300)."""

from __future__ import annotations

from tests.crash import kill9


def test_killed_workers_leave_nothing_half_done(tmp_path):
    faults, counts = kill9.run(instants=6, seed=2, place=tmp_path)

    assert faults == []
    assert counts["workers killed"] == 12
