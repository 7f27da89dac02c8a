"""The line of those who wait in turn for ENQ names, across threads, processes and systems.

Rules: a waiter has a row for each of its names, and its place is the number of its first row. Rows carry the number of the
process (holders.py); those of dead processes are swept by whoever stands behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Row, delete, func, insert, or_, select

from mvsfs.access import Requester
from mvsfs.storage import tables
from mvsfs.storage.holders import Holders

_row = tables.enqueue_wait.c


class Wanted(Protocol):
    """A name that is waited for."""

    @property
    def qname(self) -> str:
        """The major name."""
        ...

    @property
    def rname(self) -> str:
        """The minor name."""
        ...

    @property
    def exclusive(self) -> bool:
        """Whether it is wanted alone."""
        ...


def join(connection: Connection, holder: int, number: int, names: Sequence[Wanted], who: Requester) -> int:
    """Stand in line at the end, as waiter `number` of the process `holder`; return the place."""
    common = {"holder": holder, "waiter": number, "userid": who.userid, "jobname": who.jobname, "asid": who.asid}
    rows = [{"qname": name.qname, "rname": name.rname, "exclusive": name.exclusive, **common} for name in names]
    connection.execute(insert(tables.enqueue_wait), rows)
    mine = select(func.min(_row.id)).where(_row.holder == holder, _row.waiter == number)
    return int(connection.execute(mine).scalar_one())


def leave(connection: Connection, holder: int, number: int) -> None:
    """Stand in line no more."""
    connection.execute(delete(tables.enqueue_wait).where(_row.holder == holder, _row.waiter == number))


def before(connection: Connection, holders: Holders, names: Sequence[Wanted], place: int | None) -> Iterator[Row[Any]]:
    """Yield the rows of living waiters for any of the names, before a place in the line or in all of it."""
    query = select(tables.enqueue_wait).where(or_(*(_row.rname == name.rname for name in names))).order_by(_row.id)
    if place is not None:
        query = query.where(_row.id < place)
    dead: set[int] = set()
    for row in connection.execute(query).all():
        if row.holder in dead:
            continue
        if holders.is_alive(row.holder, connection):
            yield row
        else:
            dead.add(row.holder)
            connection.execute(delete(tables.enqueue_wait).where(_row.holder == row.holder))
