"""Initiators let a session that submits one job after the other go first, but not for ever."""

from __future__ import annotations

import types

import pytest

from jes import initiator
from jes.initiator import QUIET_SECONDS, YIELD_SECONDS, Initiators


@pytest.fixture
def watch(monkeypatch):
    """A clock that stands still but for sleeping; `during` is called in each sleep."""
    clock = types.SimpleNamespace(now=100.0, during=lambda: None)

    def sleep(seconds):
        clock.now += seconds
        clock.during()

    monkeypatch.setattr(initiator, "time", types.SimpleNamespace(monotonic=lambda: clock.now, sleep=sleep))
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
