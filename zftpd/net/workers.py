"""Pre-forked workers: processes that share one listening socket.

Source: trials: only a listening socket that is inherited serves all workers cleanly; each worker accepts for itself.
Rules: fork before any thread exists. SIGTERM ends a worker in order; the parent sends it.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

TERM_SECONDS = 8.0


def fork(count: int, run: Callable[[], None]) -> list[int]:
    """Start workers that call `run` and exit; return their process ids."""
    pids = []
    for _ in range(count):
        pid = os.fork()
        if not pid:
            status = 1
            try:
                run()
                status = 0
            finally:
                os._exit(status)
        pids.append(pid)
    return pids


def end(pids: list[int]) -> None:
    """Ask the workers to end, and insist after a grace."""
    for pid in pids:
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + TERM_SECONDS
    left = list(pids)
    while left and time.monotonic() < deadline:
        left = [pid for pid in left if not _has_ended(pid)]
        if left:
            time.sleep(0.02)
    for pid in left:
        _signal(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def ended(pids: list[int]) -> list[int]:
    """Return which of the workers have ended by themselves."""
    return [pid for pid in pids if _has_ended(pid)]


def _has_ended(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def wait_for_signal(numbers: tuple[int, ...] = (signal.SIGINT, signal.SIGTERM)) -> int:
    """Wait until one of the signals comes and return it; they are blocked for the whole process from now on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    return int(signal.sigwait(numbers))
