"""Writing transactions of a few statements that somebody waits for: SQLite without what SQLAlchemy adds to it.

Source: docs/decisions/0014-arrivals.md: taking a connection out of the pool and putting it back cost more than the statements.
Rules: one connection for each engine is kept for them, used by whoever has the writers' turn, and closed with the engine and
before a fork. It never copies the log into the database, which takes milliseconds and more: any other writer does.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from mvsfs.storage.database import turn

_kept: weakref.WeakKeyDictionary[Engine, Any] = weakref.WeakKeyDictionary()


def is_possible(engine: Engine) -> bool:
    """Tell whether this engine has brief transactions."""
    return engine.dialect.name == "sqlite"


def at_once(engine: Engine, statement: str, values: Sequence[Any]) -> list[Any]:
    """Carry out one statement as a transaction of its own, kept as by `briefly`, and return its rows."""
    with turn(engine):
        rows: list[Any] = _connection(engine).execute(statement, values).fetchall()  # committed when the last row is fetched
        return rows


@contextmanager
def briefly(engine: Engine) -> Iterator[Any]:
    """Give the driver's connection inside a transaction: at the end of the block committed, and on the medium where the store is
    durable; rolled back by any exception.

    Edge: nothing is registered before it (database.before_writing), so its statements must not depend on that.
    """
    with turn(engine):
        raw = _connection(engine)
        raw.execute("BEGIN IMMEDIATE")
        try:
            yield raw
            raw.execute("COMMIT")
        except BaseException:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            raise


def _connection(engine: Engine) -> Any:
    kept = _kept.get(engine)
    return kept if kept is not None else _open(engine)


def _open(engine: Engine) -> Any:
    pooled = engine.raw_connection()
    raw: Any = pooled.dbapi_connection
    pooled.detach()
    raw.execute("PRAGMA wal_autocheckpoint=0")
    _kept[engine] = raw
    event.listen(engine, "engine_disposed", _close, once=True)
    return raw


def _close(engine: Engine) -> None:
    raw = _kept.pop(engine, None)
    if raw is not None:
        raw.close()
