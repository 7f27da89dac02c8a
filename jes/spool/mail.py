"""What waits on the spool for a user to RECEIVE it: SYSOUT data sets whose external writer has the user's name.

Source: [TSO TRANSMIT]: a transmission is SYSOUT for the writer `userid`. Rules: it belongs to the job that sent it and goes with
that job; the oldest comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, and_, select

from jes.spool import tables
from jes.spool.queue import forget_spool
from jes.spool.store import read_records
from mvsfs.storage.content import ContentStore
from mvsfs.storage.database import reading, writing


@dataclass(frozen=True, slots=True)
class Mail:
    """One transmission: the key of the sending job and of the spool data set, and its content object."""

    job: int
    key: int
    content: str


class Mailbox:
    """The transmissions on one spool."""

    def __init__(self, engine: Engine, content: ContentStore) -> None:
        """Look at this spool."""
        self._engine = engine
        self._content = content

    def of(self, userid: str) -> list[Mail]:
        """Return what waits for a user."""
        rows = tables.spool.c
        query = select(rows.job, rows.key, rows.content).where(rows.writer == userid).order_by(rows.job, rows.key)
        with reading(self._engine) as connection:
            return [Mail(*row) for row in connection.execute(query)]

    def read(self, mail: Mail) -> Iterator[bytes]:
        """Yield the records of a transmission."""
        return read_records(self._content, mail.content)

    def drop(self, mail: Mail) -> None:
        """Take a transmission off the spool."""
        with writing(self._engine) as connection:
            forget_spool(connection, self._content, and_(tables.spool.c.job == mail.job, tables.spool.c.key == mail.key))
