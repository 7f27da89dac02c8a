"""A stop that every wait notices: a pipe whose closing makes its other end readable.

Rules: level triggered, so any number of threads and forked workers may wait for it.
"""

from __future__ import annotations

import os
import select
from types import TracebackType


class Stop:
    """Set once; `fileno` is readable from then on."""

    def __init__(self) -> None:
        """Make the pipe."""
        self._read, self._write = os.pipe()
        self._set = False

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self._read

    def set(self) -> None:
        """Wake everybody up. Safe to call twice, and in a signal handler."""
        if not self._set:
            self._set = True
            os.close(self._write)

    def is_set(self) -> bool:
        """Tell whether the stop has come, from whichever process."""
        return self._set or bool(wait([self._read], 0.0))

    def close(self) -> None:
        """Give the pipe up; nobody may wait any more."""
        self.set()
        if self._read >= 0:
            os.close(self._read)
            self._read = -1

    def __enter__(self) -> Stop:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class Ears:
    """Waits for the same descriptors time after time."""

    def __init__(self, *readers: int) -> None:
        """Listen to these."""
        self.readers = readers
        self._poll = select.poll()
        for fd in readers:
            self._poll.register(fd, select.POLLIN)

    def wait(self, seconds: float | None) -> list[int]:
        """Return the descriptors that are ready (or broken), none when the time is over. None waits for ever."""
        return [fd for fd, _ in self._poll.poll(None if seconds is None else max(0, int(seconds * 1000)))]


def wait(readers: list[int], seconds: float | None, writers: tuple[int, ...] = ()) -> set[int]:
    """Return the descriptors that are ready (or broken), none when the time is over. None waits for ever."""
    poll = select.poll()
    for fd in readers:
        poll.register(fd, select.POLLIN)
    for fd in writers:
        poll.register(fd, select.POLLOUT)
    return {fd for fd, _ in poll.poll(None if seconds is None else max(0, int(seconds * 1000)))}
