"""Which processes use this store, and which of them are dead.

A process takes a number before its first write. What it holds (ENQs, reserved space, objects not yet kept) carries that number,
so whoever comes later can tell the leftovers of a dead process from the work of a living one.
Rules: life is a lock that the operating system (flock) or PostgreSQL (advisory lock) drops when the process dies, however it
dies, and across boots; no clock and no lease is involved. A child of fork takes a number of its own.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select, text

from mvsfs.storage import tables
from mvsfs.storage.database import PRELIMINARY, before_writing, writing
from mvsfs.storage.objects import PRIVATE

#: First half of the two-number advisory lock key: "MV".
_LOCK_CLASS = 0x4D56

_opened: weakref.WeakSet[Holders] = weakref.WeakSet()


def any_alive(folder: Path) -> bool:
    """Tell whether a process behind these lock files runs; a folder without any belongs to a store that is just being made."""
    files = list(folder.iterdir())
    return not files or any(_is_locked(file) for file in files)


def _is_locked(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: two who ask at once must not see each other
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


class Holders:
    """This process among those that share the store."""

    def __init__(self, engine: Engine, folder: Path | None, system: str) -> None:
        """Take no number yet. folder: where the lock files lie; None: the database keeps the locks."""
        self._engine = engine
        self._folder = folder
        self._system = system
        self._pid = 0
        self._number = 0
        #: Numbers of this process and what keeps each alive; two only when two threads wrote first at the same time.
        self._locks: dict[int, int | Connection] = {}
        _opened.add(self)
        # taken inside a transaction, a rollback would let others have the same number
        before_writing(engine, self._register_once)

    @property
    def number(self) -> int:
        """The number of this process."""
        self._register_once()
        return self._number

    def _register_once(self) -> None:
        if self._pid != os.getpid():
            self._register()

    def _register(self) -> None:
        with self._engine.connect().execution_options(**{PRELIMINARY: True}) as connection, connection.begin():
            row = insert(tables.holder).values(system=self._system, pid=os.getpid())
            key = connection.execute(row).inserted_primary_key
            assert key is not None
            number = int(key[0])
            # before the commit: nobody may see the row while its lock is still free
            self._locks[number] = self._lock(number)
        self._number, self._pid = number, os.getpid()

    def _lock(self, number: int) -> int | Connection:
        if self._folder is not None:
            descriptor = os.open(self._path(number), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            return descriptor
        session = self._engine.connect().execution_options(**{PRELIMINARY: True})
        session.execute(text("SELECT pg_advisory_lock(:c, :n)"), {"c": _LOCK_CLASS, "n": number})
        session.commit()
        return session

    def is_alive(self, number: int, connection: Connection) -> bool:
        """Tell whether the process with this number still runs."""
        if number in self._locks and self._pid == os.getpid():
            return True
        if self._folder is None:
            return not self._was_free(connection, number)
        return _is_locked(self._path(number))

    @staticmethod
    def _was_free(connection: Connection, number: int) -> bool:
        # the transaction form of the lock: given back at the end of the caller's transaction
        statement = text("SELECT pg_try_advisory_xact_lock(:c, :n)")
        return bool(connection.execute(statement, {"c": _LOCK_CLASS, "n": number}).scalar_one())

    def dead(self, connection: Connection) -> list[int]:
        """Return the numbers of processes that died without saying goodbye."""
        numbers = connection.execute(select(tables.holder.c.id)).scalars().all()
        return [number for number in numbers if not self.is_alive(number, connection)]

    def bury(self, connection: Connection, number: int) -> None:
        """Strike a dead process, whose leftovers the caller has swept."""
        connection.execute(delete(tables.holder).where(tables.holder.c.id == number))
        if self._folder is not None:
            self._path(number).unlink(missing_ok=True)

    def close(self) -> None:
        """Give the number back; to be called when nothing carries it any longer."""
        if self._pid != os.getpid():
            return
        with writing(self._engine) as connection:
            for number in self._locks:
                self.bury(connection, number)
        for lock in self._locks.values():
            if isinstance(lock, int):
                os.close(lock)
            else:
                lock.invalidate()  # the lock is the session's: it must end, not return to the pool
                lock.close()
        self._locks.clear()
        self._pid = 0

    def _path(self, number: int) -> Path:
        assert self._folder is not None
        return self._folder / f"{number}.lock"

    def _forget_parent(self) -> None:
        # closing our copy leaves the parent's lock alone; keeping it would make a dead parent look alive
        for lock in self._locks.values():
            if isinstance(lock, int):
                os.close(lock)
        self._locks.clear()
        self._pid = 0


def _after_fork_in_child() -> None:
    for holders in list(_opened):
        holders._forget_parent()


os.register_at_fork(after_in_child=_after_fork_in_child)
