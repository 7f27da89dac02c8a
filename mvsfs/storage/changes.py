"""Has anything changed? A token that stays equal while nobody, in any process, has written to the database.

Source: SQLite `PRAGMA data_version`: on one connection that never writes it changes exactly when another one commits. PostgreSQL
`pg_current_snapshot`: which transactions are visible; whatever only reads takes no number and leaves it alone.
Rules: a token is compared with a later token of the same object and means nothing else.
"""

from __future__ import annotations

import os
import threading
from typing import Any

from sqlalchemy import Engine, text

from mvsfs.storage.database import reading

_SNAPSHOT = text("SELECT CAST(pg_current_snapshot() AS text)")


class Changes:
    """Watches one database."""

    def __init__(self, engine: Engine) -> None:
        """Watch the database of `engine`; nothing is opened before the first question."""
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Any = None
        self._process = 0

    def token(self) -> tuple[int, int] | str:
        """Return the token of this moment."""
        if self._engine.dialect.name != "sqlite":
            with reading(self._engine) as connection:
                return str(connection.execute(_SNAPSHOT).scalar_one())
        with self._lock:
            if self._connection is None or self._process != os.getpid():
                # a connection must not cross a fork; the parent's is left alone
                self._connection, self._process = self._own(), os.getpid()
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return self._process, version

    def _own(self) -> Any:
        """Return a connection outside of the pool."""
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        return connection

    def close(self) -> None:
        """Close the connection of this process."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None
