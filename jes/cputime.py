"""Processor time of a step: that of its thread, of the threads that help it, and of the host commands that it ran.

Rules: a helper charges the thread that started it, when its work is done. Seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Account:
    """What helpers have used for one thread."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.seconds = 0.0
        self._lock = threading.Lock()

    def charge(self, seconds: float) -> None:
        """Add to it; any thread may."""
        with self._lock:
            self.seconds += seconds

    @contextmanager
    def charging(self) -> Iterator[None]:
        """Charge what the current thread uses meanwhile."""
        begun = time.thread_time()
        try:
            yield
        finally:
            self.charge(time.thread_time() - begun)

    def charged(self, function: Callable[P, T]) -> Callable[P, T]:
        """Return the function as one that charges what it uses in a helper's thread."""

        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            with self.charging():
                return function(*args, **kwargs)

        return run


_own = threading.local()


def account() -> Account:
    """Return the account of the current thread."""
    found: Account | None = getattr(_own, "account", None)
    if found is None:
        found = _own.account = Account()
    return found


def seconds() -> float:
    """Return what the current thread and its helpers have used since it began."""
    return time.thread_time() + account().seconds
