"""A line between processes that share a store: whoever brings a job rings, and the process with the initiators wakes at once.

Rules: made before the fork; a ring that nobody hears is lost, since initiators also look by themselves every `poll_seconds`.
Who listens may give the bell up, and hears the end of the last process that has it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

_MANY = 4096


class WakeLine:
    """A pipe whose bytes mean nothing but that there is work."""

    def __init__(self) -> None:
        """Open it. A full pipe holds a ring already, so neither end ever waits to write."""
        self._ear, bell = os.pipe()
        os.set_blocking(bell, False)
        self._bell: int | None = bell
        self._thread: threading.Thread | None = None
        self._closed = False

    def ring(self) -> None:
        """Tell the process that listens that there is work."""
        if self._bell is None:
            return
        try:
            os.write(self._bell, b"\0")
        except OSError:
            pass

    def give_up_bell(self) -> None:
        """Ring no more from this process and those that it forks."""
        if self._bell is not None:
            os.close(self._bell)
        self._bell = None  # the host gives its number to the next file

    def fileno(self) -> int:
        """Return the end that hears: the host tells there when nobody is left who could ring."""
        return self._ear

    def listen(self, wake: Callable[[], None], lost: Callable[[], None] = lambda: None) -> None:
        """Call `wake` for each ring, from a thread of its own, and `lost` when nobody is left who could ring.

        Rings that come while `wake` runs are one.
        """

        def serve() -> None:
            while os.read(self._ear, _MANY):
                if self._closed:
                    return
                wake()
            lost()

        self._thread = threading.Thread(target=serve, name="JES2 wake line", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._closed = True
        self.ring()
        if self._thread is not None:
            self._thread.join()
        os.close(self._ear)
        self.give_up_bell()
