"""Pre-forked workers: processes that share one listening socket, and a keeper that replaces those that die.

Source: trials: only a listening socket that is inherited serves all workers cleanly; each worker accepts for itself.
Rules: fork before any thread exists; the keeper never has one, so it can fork for as long as the server runs. SIGTERM ends the
keeper and its workers in order; whoever loses its parent ends by itself, so that nobody serves for a server that is gone.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

TERM_SECONDS = 8.0
#: A keeper has to wait for its workers first.
KEEPER_SECONDS = TERM_SECONDS + 4.0
#: How often a process looks whether its parent or its children are still there.
LOOK_SECONDS = 0.5
ENDING = (signal.SIGINT, signal.SIGTERM)


def _nothing() -> None:
    """Prepare nothing."""


def keep(count: int, run: Callable[[], None], died: Callable[[int, int], None], prepare: Callable[[], None] = _nothing) -> int:
    """Start a keeper of `count` workers that call `run`, and return its process id.

    `died` is told, in the keeper, the process id and the status of each worker that died, before another one is started.
    `prepare` is called in the keeper first, to close what neither it nor a worker may keep open.
    """
    return fork(1, lambda: _keep(count, run, died, prepare))[0]


def _keep(count: int, run: Callable[[], None], died: Callable[[int, int], None], prepare: Callable[[], None]) -> None:
    parent = os.getppid()
    prepare()
    pids = fork(count, run)
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    while not signal.sigtimedwait(ENDING, LOOK_SECONDS) and os.getppid() == parent:
        for pid in list(pids):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                pids.remove(pid)
                died(pid, os.waitstatus_to_exitcode(status))
                pids += fork(1, run)
    end(pids)


def fork(count: int, run: Callable[[], None]) -> list[int]:
    """Start processes that call `run` and exit; return their ids."""
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


def end(pids: list[int], grace: float = TERM_SECONDS) -> None:
    """Ask processes of ours to end, and insist after a grace."""
    for pid in pids:
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    left = list(pids)
    while left and time.monotonic() < deadline:
        left = [pid for pid in left if not has_ended(pid)]
        if left:
            time.sleep(0.02)
    for pid in left:
        _signal(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def has_ended(pid: int) -> bool:
    """Tell whether a child of this process has ended, and let the host forget it."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def wait_for_end() -> bool:
    """Wait until SIGINT or SIGTERM comes (True) or the parent is gone; the whole process has the signals blocked from now on."""
    parent = os.getppid()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    while os.getppid() == parent:
        if signal.sigtimedwait(ENDING, LOOK_SECONDS):
            return True
    return False
