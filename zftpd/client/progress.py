"""EZA1485I: how far a long transfer has got.

Source: [CR] PROGRESS (FTP client): a message every so many seconds, 10 unless it says otherwise, none for 0.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class Progress:
    """Counts bytes, and tells of them whenever an interval is over."""

    def __init__(self, say: Callable[..., None], seconds: float) -> None:
        """Begin now. say: shows a message by its key; seconds: the interval, 0 for no messages."""
        self._say = say
        self._seconds = seconds
        self._began = self._last = time.monotonic()
        self._total = self._before = 0

    def add(self, size: int) -> None:
        """Count bytes."""
        self._total += size
        now = time.monotonic()
        elapsed = now - self._last
        if not self._seconds or elapsed < self._seconds:
            return
        rate, overall = (self._total - self._before) / 1000 / elapsed, self._total / 1000 / (now - self._began)
        self._say("progress", bytes=self._total, seconds=round(elapsed), rate=rate, overall=overall)
        self._last, self._before = now, self._total
