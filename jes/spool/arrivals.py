"""Jobs that have arrived and wait to be entered into the queue: on the medium, numbered, in one row each and nothing else.

    put          a job is known to JES from here on: one page is written, where its rows in the queue need ten
    enter        whoever looks at the queue first enters all of them, many in one transaction

Source: docs/decisions/0014-arrivals.md.
Rules: arrivals are entered in the order of their coming, before anybody sees the queue or adds to it otherwise; so nobody can
tell one from a job in the queue. Their numbers follow each other; the oldest is looked at so that a range that has come round
is noticed. Only SQLite has them: elsewhere the queue is written at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from jes.spool import tables
from jes.spool.jobid import NumberRange
from mvsfs.storage.brief import at_once, briefly, is_possible
from mvsfs.storage.database import reading, writing

#: So many are entered in one transaction. Sessions that submit wait for it: with 64 the slowest waited three times as long.
_MANY = 16
_WAITING = select(tables.arrival.c.key).limit(1)
_NEXT = select(tables.arrival).order_by(tables.arrival.c.key).limit(_MANY)
_NUMBERS = (
    "SELECT last, (SELECT number FROM jes_arrival ORDER BY key DESC LIMIT 1),"
    " (SELECT number FROM jes_arrival ORDER BY key LIMIT 1) FROM jes_number WHERE pool = ?"
)
_USED = "SELECT 1 FROM jes_job WHERE number = ?"
_INSERT = "INSERT INTO jes_arrival (number, facts, input) VALUES (?, ?, ?)"
#: The usual case in one statement: the number after the last. Where that cannot be, no number comes and nothing is inserted.
_FOLLOWING = (
    "INSERT OR IGNORE INTO jes_arrival (number, facts, input) VALUES ((SELECT next FROM (SELECT"
    " 1 + coalesce((SELECT number FROM jes_arrival ORDER BY key DESC LIMIT 1), last) AS next FROM jes_number WHERE pool = ?)"
    " WHERE next > ? AND next <= ? AND NOT EXISTS (SELECT 1 FROM jes_job WHERE number = next)"
    " AND next IS NOT (SELECT number FROM jes_arrival ORDER BY key LIMIT 1)), ?, ?) RETURNING number"
)

#: Enters one arrival: its number, its facts as columns of the queue, its card images in RDW form.
Enter = Callable[[Connection, int, dict[str, Any], bytes], None]


class _ComeRound(Exception):
    """The next number is that of an arrival."""


class Arrivals:
    """The arrivals of one spool."""

    def __init__(self, engine: Engine, numbers: NumberRange, enter: Enter) -> None:
        """Hand each arrival to `enter` when it is its time."""
        self._engine = engine
        self._numbers = numbers
        self._enter = enter
        self._is_possible = is_possible(engine)

    def put(self, pool: str, rows: Sequence[tuple[str, bytes]]) -> list[int] | None:
        """Put jobs, each with its facts as JSON and card images, and return their numbers; None when the queue has to take them
        itself.

        Raises JobNumbersExhausted.
        """
        if not self._is_possible:
            return None
        if len(rows) == 1:
            found = at_once(self._engine, _FOLLOWING, (pool, self._numbers.low, self._numbers.high, *rows[0]))
            if found:
                return [found[0][0]]
        try:
            with briefly(self._engine) as raw:
                return self._numbered(raw, pool, rows)
        except _ComeRound:
            return None

    def _numbered(self, raw: Any, pool: str, rows: Sequence[tuple[str, bytes]]) -> list[int] | None:
        found = raw.execute(_NUMBERS, (pool,)).fetchone()
        if found is None:
            return None
        last, oldest = found[0] if found[1] is None else found[1], found[2]

        def is_used(number: int) -> bool:
            if number == oldest:
                raise _ComeRound
            return raw.execute(_USED, (number,)).fetchone() is not None

        numbers = []
        for facts, records in rows:
            last = self._numbers.next_free(last, is_used)
            oldest = last if oldest is None else oldest
            raw.execute(_INSERT, (last, facts, records))
            numbers.append(last)
        return numbers

    def enter(self) -> None:
        """Enter into the queue what has arrived."""
        if not self._is_possible:
            return
        with reading(self._engine) as connection:
            is_waiting = connection.execute(_WAITING).first() is not None
        while is_waiting:
            with writing(self._engine) as connection:
                is_waiting = self._enter_some(connection)

    def enter_all(self, connection: Connection) -> None:
        """Enter, in the caller's writing transaction, all that has arrived."""
        while self._is_possible and self._enter_some(connection):
            pass

    def _enter_some(self, connection: Connection) -> bool:
        """Enter the oldest; tell whether there may be more."""
        rows = connection.execute(_NEXT).all()
        for row in rows:
            self._enter(connection, row.number, json.loads(row.facts), row.input)
        if rows:
            connection.execute(delete(tables.arrival).where(tables.arrival.c.key <= rows[-1].key))
        return len(rows) == _MANY
