"""Initiators let a session that submits one job after the other go first, but not for ever."""

from __future__ import annotations

import subprocess
import sys
import types

import pytest

from jes import initiator, pace
from jes.initiator import FIRST_SECONDS, YIELD_SECONDS, Initiators
from jes.pace import QUIET_SECONDS


@pytest.fixture
def watch(monkeypatch):
    """A clock that stands still but for sleeping; `during` is called in each sleep."""
    clock = types.SimpleNamespace(now=100.0, during=lambda: None)

    def sleep(seconds):
        clock.now += seconds
        clock.during()

    for module in (initiator, pace):
        monkeypatch.setattr(module, "time", types.SimpleNamespace(monotonic=lambda: clock.now, sleep=sleep))
    return clock


@pytest.fixture
def initiators():
    control = types.SimpleNamespace(on_release=None)
    config = types.SimpleNamespace(initiators={"1": "A"}, drained=())
    return Initiators(types.SimpleNamespace(control=control, config=config))


def test_a_single_job_is_taken_at_once(watch, initiators):
    initiators.submitted()

    initiators._give_way()

    assert watch.now == 100.0


def test_after_a_burst_the_next_job_is_taken_when_no_more_come(watch, initiators):
    initiators.submitted()
    initiators.submitted()

    initiators._give_way()

    assert watch.now == pytest.approx(100.0 + QUIET_SECONDS)


def test_a_burst_without_end_holds_an_initiator_for_a_quarter_second_at_most(watch, initiators):
    initiators.submitted()
    initiators.submitted()
    watch.during = initiators.submitted

    initiators._give_way()

    assert YIELD_SECONDS <= watch.now - 100.0 <= YIELD_SECONDS + QUIET_SECONDS


def test_jobs_that_come_now_and_then_are_no_burst(watch, initiators):
    initiators.submitted()
    watch.now += 1.0
    initiators.submitted()

    initiators._give_way()

    assert watch.now == 101.0


def test_jobs_of_another_process_are_looked_for_when_its_burst_is_over(watch, initiators):
    initiators.submitted()
    followed = iter((True, False))
    watch.during = lambda: next(followed, False) and initiators.submitted()

    initiators.rung()

    assert watch.now == pytest.approx(100.0 + FIRST_SECONDS + QUIET_SECONDS)


FORKED = """
import os
from jes.pace import Pace
shared = Pace()
if not (child := os.fork()):
    shared.step()
    shared.step()
    os._exit(0)
os.waitpid(child, 0)
print(shared.quiet_in(0.0) > 0.0)
"""


def test_how_jobs_follow_each_other_is_seen_by_processes_that_were_forked_before():
    assert subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, check=True).stdout == "True\n"
