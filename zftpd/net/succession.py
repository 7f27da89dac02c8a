"""A process that is kept, a keeper that starts it anew when it dies, and an heir that does so when the keeper dies.

    server --forks--> keeper --forks--> process
                        |
                        +-----forks--> heir: becomes the keeper, with an heir of its own, when the keeper is gone

Source: docs/decisions/0013-jes-in-its-own-process.md.
Rules: none of keeper and heirs has threads, so each can fork for as long as the server runs. All of them have one end of a
pipe: whoever becomes the keeper writes its number there, and the server reads the end of it when nobody is left. A process that
loses its keeper ends by itself: what it had begun is then that of a dead process.
"""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from collections.abc import Callable

from zftpd.net import workers

_NUMBER = struct.Struct("=i")
_MANY = 64 * _NUMBER.size
_TICK = 0.02

Died = Callable[[int, int], None]


class Succession:
    """The keepers of one process, as the server that wants it sees them."""

    def __init__(self, run: Callable[[], None], died: Died, is_wanted: Callable[[], bool]) -> None:
        """Prepare for a process that calls `run`. `died` is told, in the keeper, number and status of each one that died.

        `is_wanted` tells a keeper whether the server is still there.
        """
        self._run, self._died, self._is_wanted = run, died, is_wanted
        self._ear, self._mouth = os.pipe()
        self._keeper = 0
        self._first = 0

    def start(self, prepare: Callable[[], None]) -> None:
        """Fork the first keeper, which calls `prepare` before anything else. Before any thread exists."""

        def first() -> None:
            os.close(self._ear)
            prepare()
            self._reign()

        (self._first,) = workers.fork(1, first)
        self._keeper = self._first
        os.close(self._mouth)
        os.set_blocking(self._ear, False)

    def keeper(self) -> int:
        """Return the number of the present keeper, 0 when neither it, nor an heir, nor the process is left."""
        if self._first and workers.has_ended(self._first):
            self._first = 0
        try:
            while data := os.read(self._ear, _MANY):
                self._keeper = _NUMBER.unpack(data[-_NUMBER.size :])[0]
        except BlockingIOError:
            return self._keeper
        return 0

    def end(self, seconds: float) -> None:
        """Ask the keeper to end with everything that it keeps, and wait for that."""
        deadline, asked = time.monotonic() + seconds, 0
        while (keeper := self.keeper()) and time.monotonic() < deadline:
            if keeper != asked:  # an heir may have come in between
                _signal(keeper, signal.SIGTERM)
                asked = keeper
            time.sleep(_TICK)
        os.close(self._ear)

    # in the keeper and its heir

    def _reign(self) -> None:
        os.write(self._mouth, _NUMBER.pack(os.getpid()))
        process, heir = self._process(), self._heir()
        signal.pthread_sigmask(signal.SIG_BLOCK, workers.ENDING)
        while not signal.sigtimedwait(workers.ENDING, workers.LOOK_SECONDS) and self._is_wanted():
            found, status = os.waitpid(-1, os.WNOHANG)
            if found == process:
                self._died(found, os.waitstatus_to_exitcode(status))
                process = self._process()
            elif found == heir:
                heir = self._heir()
        workers.end([heir, process])

    def _process(self) -> int:
        return workers.fork(1, _heeding_signals(self._run))[0]

    def _heir(self) -> int:
        parent = os.getpid()
        return workers.fork(1, lambda: self._wait(parent))[0]

    def _wait(self, parent: int) -> None:
        """Be the heir of a keeper."""
        signal.pthread_sigmask(signal.SIG_BLOCK, workers.ENDING)
        while not signal.sigtimedwait(workers.ENDING, workers.LOOK_SECONDS):
            if os.getppid() != parent:
                if self._is_wanted():
                    self._reign()
                return


def is_over(ear: int) -> bool:
    """Tell whether the other end of a pipe is closed everywhere; what waits to be read is left alone."""
    poll = select.poll()
    poll.register(ear, 0)
    return any(event & select.POLLHUP for _, event in poll.poll(0))


def _heeding_signals(run: Callable[[], None]) -> Callable[[], None]:
    """Return `run` for a process whose parent has blocked the signals that end it."""

    def begin() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, workers.ENDING)
        run()

    return begin


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
