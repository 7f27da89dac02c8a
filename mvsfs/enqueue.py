"""The ENQ queue: who holds which name, shared or exclusively, across threads, processes and systems.

Source: [MVS ENQ]; major names (qname) SYSDSN for data sets, SPFEDIT for members, SYSZUNIX for z/OS UNIX files.
A hold is a set of names obtained together or not at all. Requests of one address space do not conflict with each other:
a step may open what its job holds. An address space is (process, jobname, asid) with an asid above 0; asid 0 means unknown, and
every request with it stands alone.
Rules: rows carry the number of the process (storage/holders.py); holds of dead processes are swept by whoever meets them.
Waiting wakes at once for a release in this process, and looks every 50 ms for releases elsewhere. Jobs, which ask for all their
data sets together, are served in the order in which they came (storage/waitline.py); whoever else asks takes what is free.
"""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TypeVar

from sqlalchemy import Connection, Engine, Row, Select, bindparam, delete, insert, or_, select, text

from mvsfs.access import Requester
from mvsfs.errors import DatasetInUse
from mvsfs.storage import tables, waitline
from mvsfs.storage.database import after_commit, is_sqlite, reading, writing
from mvsfs.storage.holders import Holders

SYSDSN = "SYSDSN"
SPFEDIT = "SPFEDIT"
SYSZUNIX = "SYSZUNIX"
#: The longest minor name.
RNAME_MAX = 255

T = TypeVar("T")

_POLL_SECONDS = 0.05
_row = tables.enqueue.c
_ADD = insert(tables.enqueue)
_DROP = delete(tables.enqueue).where(_row.holder == bindparam("process"), _row.hold == bindparam("number"))


@dataclass(frozen=True, slots=True)
class Name:
    """One name wanted: exclusive or shared."""

    rname: str
    exclusive: bool = False
    qname: str = SYSDSN


@dataclass(frozen=True, slots=True)
class Holding:
    """One line of DISPLAY GRS: a name and who holds it."""

    qname: str
    rname: str
    exclusive: bool
    userid: str
    jobname: str
    asid: int


def dataset_name(dsname: str, *, exclusive: bool = False) -> Name:
    """Return the name that stands for a data set."""
    return Name(dsname, exclusive)


def member_name(dsname: str, member: str, *, exclusive: bool = True) -> Name:
    """Return the name that stands for a member: data set name in 44 columns, then the member."""
    return Name(f"{dsname:44}{member}", exclusive, SPFEDIT)


def written_name(path: str) -> Name:
    """Return the name that a writer of a z/OS UNIX file holds: of a long path its end, which at worst makes two writers wait."""
    return Name(path[-RNAME_MAX:], exclusive=True, qname=SYSZUNIX)


@dataclass(slots=True)
class Hold:
    """Names held until released. Usable as a context manager."""

    names: tuple[Name, ...]
    number: int
    _queue: Enqueue
    _pid: int = field(default_factory=os.getpid)
    released: bool = False

    def release(self, connection: Connection | None = None) -> None:
        """Give the names back, in the caller's transaction when one is given; once is enough."""
        if self.released or self._pid != os.getpid():  # a forked child holds nothing of its parent's
            return
        self.released = True
        self._queue.drop(self, connection)

    def __enter__(self) -> Hold:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class Enqueue:
    """The queue of one store."""

    def __init__(self, engine: Engine, holders: Holders) -> None:
        """Use the store's database."""
        self._engine = engine
        self._holders = holders
        self._numbers = itertools.count(1)
        self._released = threading.Condition()
        os.register_at_fork(after_in_child=self._renew_lock)

    def obtain(
        self,
        names: Sequence[Name],
        who: Requester,
        *,
        wait_seconds: float = 0,
        cancelled: Callable[[], bool] | None = None,
        in_turn: bool = False,
    ) -> Hold:
        """Obtain all names, waiting for holders if asked to; in_turn: behind those who wait so already, in whatever process.

        Only who holds nothing that others wait for may stand in line. Raises DatasetInUse with the first holder in the way when
        the time is over or `cancelled` says so.
        """
        if not in_turn:
            claim = partial(self.claim, names=names, who=who)
        elif wait_seconds <= 0:
            claim = partial(self._claim_in_turn, names=names, who=who, place=None, number=0)
        else:
            return self._in_line(names, who, wait_seconds, cancelled)
        return self.waiting(claim, wait_seconds, cancelled=cancelled, lasting=False)

    def _in_line(self, names: Sequence[Name], who: Requester, wait_seconds: float, cancelled: Callable[[], bool] | None) -> Hold:
        number = next(self._numbers)
        with writing(self._engine, lasting=False) as connection:
            place = waitline.join(connection, self._holders.number, number, names, who)
        claim = partial(self._claim_in_turn, names=names, who=who, place=place, number=number)
        try:
            return self.waiting(claim, wait_seconds, cancelled=cancelled, lasting=False)
        except DatasetInUse:
            with writing(self._engine, lasting=False) as connection:
                waitline.leave(connection, self._holders.number, number)
                after_commit(connection, self._wake)
            raise

    def _claim_in_turn(
        self, connection: Connection, names: Sequence[Name], who: Requester, place: int | None, number: int
    ) -> Hold:
        """Claim unless somebody who came earlier waits for one of the names. Raises DatasetInUse."""
        wanted = {(name.qname, name.rname): name for name in names}
        for row in waitline.before(connection, self._holders, names, place):
            name = wanted.get((row.qname, row.rname))
            if name is not None and (name.exclusive or row.exclusive):
                raise _in_use(name, row)
        hold = self.claim(connection, names, who)
        if place is not None:
            waitline.leave(connection, self._holders.number, number)
            after_commit(connection, self._wake)
        return hold

    def waiting(
        self,
        attempt: Callable[[Connection], T],
        wait_seconds: float,
        *,
        cancelled: Callable[[], bool] | None = None,
        lasting: bool = True,
    ) -> T:
        """Return what `attempt` returns in a writing transaction, trying again while it raises DatasetInUse and time is left.

        lasting: false when names held and space reserved are all that it writes.
        """
        limit = time.monotonic() + wait_seconds
        while True:
            try:
                with writing(self._engine, lasting=lasting) as connection:
                    return attempt(connection)
            except DatasetInUse:
                left = limit - time.monotonic()
                if left <= 0 or (cancelled is not None and cancelled()):
                    raise
            with self._released:
                self._released.wait(min(left, _POLL_SECONDS))

    def claim(self, connection: Connection, names: Sequence[Name], who: Requester) -> Hold:
        """Obtain all names in the caller's transaction, at once or not at all. Raises DatasetInUse."""
        if not is_sqlite(connection):
            # two claims of one name must not overlook each other's uncommitted rows
            for rname in sorted({name.rname for name in names}):
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:n, 0))"), {"n": rname})
        holder = self._holders.number
        wanted = {(name.qname, name.rname): name for name in names}
        values = {f"name{at}": name.rname for at, name in enumerate(wanted.values())}
        dead: set[int] = set()
        for row in connection.execute(_holders_query(len(wanted)), values).all():
            name = wanted.get((row.qname, row.rname))
            if name is None or not (name.exclusive or row.exclusive) or row.holder in dead:
                continue
            if who.asid and (row.holder, row.jobname, row.asid) == (holder, who.jobname, who.asid):
                continue
            if not self._holders.is_alive(row.holder, connection):
                dead.add(row.holder)
                continue
            raise _in_use(name, row)
        if dead:
            connection.execute(delete(tables.enqueue).where(_row.holder.in_(dead)))
        number = next(self._numbers)
        common = {"holder": holder, "hold": number, "userid": who.userid, "jobname": who.jobname, "asid": who.asid}
        rows = [{"qname": n.qname, "rname": n.rname, "exclusive": n.exclusive, **common} for n in wanted.values()]
        connection.execute(_ADD, rows if len(rows) > 1 else rows[0])
        return Hold(tuple(names), number, self)

    def drop(self, hold: Hold, connection: Connection | None) -> None:
        """Remove the rows of a hold; what Hold.release does."""
        if connection is None:
            with writing(self._engine, lasting=False) as own:
                self.drop(hold, own)
            return
        holder = self._holders.number
        connection.execute(_DROP, {"process": holder, "number": hold.number})
        after_commit(connection, self._wake)

    def _wake(self) -> None:
        with self._released:
            self._released.notify_all()

    def holders_of(self, rname: str, qname: str = SYSDSN) -> list[Holding]:
        """Return who holds a name, oldest first."""
        return self._holdings(select(tables.enqueue).where(_row.rname == rname, _row.qname == qname))

    def holdings(self) -> list[Holding]:
        """Return the whole queue, by name."""
        return self._holdings(select(tables.enqueue).order_by(_row.qname, _row.rname))

    def _holdings(self, query: Select[tuple[object, ...]]) -> list[Holding]:
        with reading(self._engine) as connection:
            return [
                Holding(row.qname, row.rname, row.exclusive, row.userid, row.jobname, row.asid)
                for row in connection.execute(query.order_by(_row.id))
            ]

    def line(self) -> list[Holding]:
        """Return the names that are waited for in turn, and by whom, the longest wait first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(tables.enqueue_wait).order_by(tables.enqueue_wait.c.id)).all()
        return [Holding(row.qname, row.rname, row.exclusive, row.userid, row.jobname, row.asid) for row in rows]

    def close(self) -> None:
        """Drop whatever this process still holds."""
        with writing(self._engine, lasting=False) as connection:
            for table in (tables.enqueue, tables.enqueue_wait):
                connection.execute(delete(table).where(table.c.holder == self._holders.number))

    def _renew_lock(self) -> None:
        # the thread that held it does not exist in the child
        self._released = threading.Condition()


@lru_cache(maxsize=64)
def _holders_query(names: int) -> Select[tuple[object, ...]]:
    """Return the query for the holders of so many names; major names are told apart in its result."""
    return select(tables.enqueue).where(or_(*(_row.rname == bindparam(f"name{at}") for at in range(names))))


def _in_use(name: Name, row: Row[tuple[object, ...]]) -> DatasetInUse:
    return _refusal(name, row.userid, row.jobname, row.asid, exclusive=row.exclusive)


def _refusal(name: Name, userid: str, jobname: str, asid: int, *, exclusive: bool) -> DatasetInUse:
    dsname, member = (name.rname[:44].rstrip(), name.rname[44:]) if name.qname == SPFEDIT else (name.rname, "")
    held = "EXCL" if exclusive else "SHR"
    wanted = "EXCL" if name.exclusive else "SHR"
    return DatasetInUse(dsname, member, wanted, userid, jobname, asid, held, name.qname)
