"""Virtual time: a clock that moves only when a test, or a job that takes its time, moves it.

    zos = zos_start(now=VirtualClock())            zos.clock.advance(minutes=5)
    zos.jobs.outcome("PAYROLL", rc=4, seconds=90)  # the first step takes 90 seconds of this clock, and none of the test's

Rules: safe for many threads. Everything the system dates follows it: listings, job logs, statistics, SMF records.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

#: When the clock stands before anybody moves it.
EPOCH = datetime(2026, 3, 25, 11, 0, tzinfo=UTC)


class VirtualClock:
    """A clock for ServerOptions.now."""

    def __init__(self, start: datetime = EPOCH) -> None:
        """Stand at `start`, which must have a time zone."""
        self._start = start
        self._passed = 0.0
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """Return the time that it is."""
        return self._start + timedelta(seconds=self._passed)

    def advance(self, seconds: float = 0.0, *, minutes: float = 0.0, hours: float = 0.0, days: float = 0.0) -> datetime:
        """Move on and return the time that it is then."""
        with self._lock:
            self._passed += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds).total_seconds()
        return self()

    def meter(self) -> tuple[float, float]:
        """Return elapsed and CPU seconds for JesConfig.meter; computing takes no time."""
        return self._passed, 0.0

    def pause(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Let time pass for a job, as JesConfig.pause."""
        if not cancelled():
            self.advance(seconds)


class RealClock:
    """What `zos.clock` is of a system that was started without a virtual one."""

    def __call__(self) -> datetime:
        """Return the time that it is."""
        return datetime.now().astimezone()

    def advance(self, seconds: float = 0.0, **_more: float) -> datetime:
        """Refuse: raises TypeError."""
        raise TypeError(f"time does not move by {seconds} seconds at will; start a system with zos_start(now=VirtualClock())")
