"""How closely submissions follow each other, in memory that a process shares with those it forks.

Rules: made before the fork. Times are those of the monotonic clock, which is one for all processes of a machine. Each value is
written whole; who reads an old one is wrong by one submission.
"""

from __future__ import annotations

import mmap
import time

#: Submissions that follow each other more closely than this are one burst.
BURST_SECONDS = 0.05
QUIET_SECONDS = 0.03
_LAST, _BURST = 0, 1


class Pace:
    """When the last job came, and whether it was one of a burst."""

    def __init__(self) -> None:
        """Know of none."""
        self._shared = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("d")

    def step(self) -> None:
        """Note that jobs have come."""
        now = time.monotonic()
        self._shared[_BURST] = float(now - self._shared[_LAST] < BURST_SECONDS)
        self._shared[_LAST] = now

    def quiet_in(self, now: float) -> float:
        """Return the seconds after which a burst would be over; 0 or less when there is none."""
        return self._shared[_LAST] + QUIET_SECONDS - now if self._shared[_BURST] else 0.0
