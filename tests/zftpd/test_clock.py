"""The server's clock says what the host's does, on both sides of a change of the offset."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest

from zftpd import clock


@pytest.fixture
def zone(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("seconds", "hours"), [(1743296399.5, 1), (1743296400.0, 2), (1761440399.0, 2), (1761440400.0, 1)])
def test_the_offset_is_that_of_the_moment(zone, monkeypatch, seconds, hours):
    told = iter((seconds - 3600, seconds))
    monkeypatch.setattr(clock.time, "time", lambda: next(told))
    local = clock.LocalClock()
    local()

    now = local()

    assert now.utcoffset() == timedelta(hours=hours)
    assert now == datetime.fromtimestamp(seconds).astimezone()
    assert now.isoformat() == datetime.fromtimestamp(seconds).astimezone().isoformat()
