"""A generator that works ahead in a thread of its own, so that making the next thing and using this one go on side by side."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from queue import Queue
from threading import Event, Thread
from typing import Generic, TypeVar

from jes.cputime import account

T = TypeVar("T")
_DEPTH = 2


class _End(Generic[T]):
    """What comes behind the last thing: how it ended."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def ahead(source: Iterator[T]) -> Generator[T]:
    """Yield what `source` yields, made up to two things ahead. An error of the source is raised here, behind what came before."""
    queue: Queue[T | _End[T]] = Queue(_DEPTH)
    given_up = Event()
    mine = account()

    def work() -> None:
        error: BaseException | None = None
        try:
            while not given_up.is_set():
                with mine.charging():  # thing by thing, so that TIME= of the step sees it
                    thing = next(source, None)
                if thing is None:
                    break
                queue.put(thing)
        except BaseException as caught:  # it belongs to the thread that waits
            error = caught
        queue.put(_End(error))

    worker = Thread(target=work, name="SORT ahead", daemon=True)
    worker.start()
    try:
        while not isinstance(thing := queue.get(), _End):
            yield thing
        if thing.error is not None:
            raise thing.error
    finally:
        given_up.set()
        while worker.is_alive():  # it may wait for a place in the queue
            while not queue.empty():
                queue.get_nowait()
            worker.join(0.01)
