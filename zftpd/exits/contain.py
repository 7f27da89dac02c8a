"""Runs foreign code under a time limit, so that an exit that loops costs its session an answer and no more.

Rules: the code runs in a helper thread that is kept for the next call. When the limit passes, the thread is told to stop
(an exception is raised in it) and is given up: the caller goes on at once. Code that waits inside the interpreter's own
calls ends when it returns; until then it holds one idle thread and nothing else.
"""

from __future__ import annotations

import ctypes
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any


class LimitPassed(Exception):
    """The code took longer than it may. `seconds` is the limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:g} seconds")
        self.seconds = seconds


class _Stop(BaseException):
    """Raised in the thread of code that has run out of time; not an Exception, so that the code's own handlers let it pass."""


class _Task:
    """One call and its outcome."""

    __slots__ = ("argument", "done", "error", "function", "value")

    def __init__(self, function: Callable[[Any], Any], argument: Any) -> None:
        self.function, self.argument = function, argument
        self.value: Any = None
        self.error: BaseException | None = None
        self.done = threading.Lock()
        self.done.acquire()


class _Helper(threading.Thread):
    """A thread that runs tasks one after the other until it is given None."""

    def __init__(self) -> None:
        super().__init__(name="exit", daemon=True)
        self.tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self.given_up = False
        self.start()

    def run(self) -> None:
        """Run tasks until told to end; a task that ran out of time ends the thread."""
        try:
            self._work()
        except _Stop:
            pass  # it came when the task had just ended

    def _work(self) -> None:
        while (task := self.tasks.get()) is not None:
            try:
                task.value = task.function(task.argument)
            except BaseException as error:  # SystemExit and the like are an exit's doing as well
                task.error = error
            task.done.release()
            if self.given_up:
                return

    def stop(self) -> None:
        """Ask the running code to end."""
        self.given_up = True
        if self.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident), ctypes.py_object(_Stop))


class Container:
    """Calls functions under a limit, with a few helper threads that are kept."""

    def __init__(self, keep: int = 8) -> None:
        """Keep at most `keep` idle threads."""
        self._idle: deque[_Helper] = deque()
        self._keep = keep
        self._closed = False

    def call(self, function: Callable[[Any], Any], argument: Any, seconds: float) -> Any:
        """Return what the function returns. Raises LimitPassed, or what the function raises."""
        try:
            helper = self._idle.pop()
        except IndexError:
            helper = _Helper()
        task = _Task(function, argument)
        helper.tasks.put(task)
        if not task.done.acquire(timeout=seconds):
            helper.stop()
            raise LimitPassed(seconds)
        if self._closed or len(self._idle) >= self._keep:
            helper.tasks.put(None)
        else:
            self._idle.append(helper)
        if task.error is not None:
            raise task.error
        return task.value

    def close(self) -> None:
        """Let the idle threads end."""
        self._closed = True
        while self._idle:
            helper = self._idle.pop()
            helper.tasks.put(None)
            helper.join(1.0)
