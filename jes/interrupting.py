"""Ends a program in Python that neither reads, writes nor asks: a cancelled job, or one whose TIME= is over.

Rules: a program that works with its DDs learns of both there and is left alone; only one that has not ended some time after
it should have is interrupted, wherever it computes. A call that waits in the host (a sleep, a socket) goes on until it
returns. Processor time is that of the step's thread, real time also where a job runs on virtual time.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jes.errors import Abend

_POLL_SECONDS = 0.1
#: How long a program that should have ended may go on until it is interrupted.
_GRACE_SECONDS = 1.0
_set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc


class _Interrupted(BaseException):
    """Raised in a program's thread; no `except Exception` of the program stops it."""


@contextmanager
def interrupting(cancelled: Callable[[], bool], cpu_left: float) -> Iterator[None]:
    """End what runs inside with abend 222 once `cancelled`, with 322 after `cpu_left` seconds of processor time."""
    watch = _Watch(cancelled, cpu_left)
    try:
        with watch:
            yield
    except _Interrupted:
        raise Abend(watch.code) from None


class _Watch:
    """Looks at one thread from another."""

    def __init__(self, cancelled: Callable[[], bool], cpu_left: float) -> None:
        self.code = ""
        self._cancelled = cancelled
        self._thread = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._limit = time.clock_gettime(self._clock) + cpu_left
        self._over = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> _Watch:
        threading.Thread(target=self._look, name="step-watch", daemon=True).start()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        with self._lock:
            self._over.set()
            _set_exception(ctypes.c_ulong(self._thread), None)  # one that has not come yet must not hit the initiator

    def _due(self) -> str:
        if self._cancelled():
            return "222"
        return "322" if time.clock_gettime(self._clock) >= self._limit else ""

    def _look(self) -> None:
        while not self._over.wait(_POLL_SECONDS):
            if code := self._due():
                break
        else:
            return
        while not self._over.wait(_GRACE_SECONDS):
            with self._lock:
                if not self._over.is_set():
                    self.code = code
                    _set_exception(ctypes.c_ulong(self._thread), ctypes.py_object(_Interrupted))
