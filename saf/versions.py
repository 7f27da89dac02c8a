"""The count of changes to the security database, asked for every decision and so past all that SQLAlchemy does for a question.

Rules: with SQLite one connection is kept for it, used by one thread at a time, and closed with the engine and before a fork.
Another database lends one of the pool's.
"""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import Engine, event, select

from saf.schema import STATE

_VERSION = str(select(STATE.c.version))


class Versions:
    """Asks for the count."""

    def __init__(self, engine: Engine) -> None:
        """Keep no connection yet."""
        self._engine = engine
        self._keeps = engine.dialect.name == "sqlite"
        self._lock = threading.Lock()
        self._kept: Any = None
        event.listen(engine, "engine_disposed", self._close)

    def now(self) -> int:
        """Return the count of changes that have been committed."""
        row = self._ask_kept() if self._keeps else self._ask_pool()
        return int(row[0]) if row else 0

    def _ask_kept(self) -> Any:
        with self._lock:
            if self._kept is None:
                pooled = self._engine.raw_connection()
                self._kept = pooled.dbapi_connection
                pooled.detach()
            return self._kept.execute(_VERSION).fetchone()

    def _ask_pool(self) -> Any:
        raw = self._engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(_VERSION)
            row = cursor.fetchone()
            cursor.close()
        finally:
            raw.close()
        return row

    def _close(self, _engine: Engine) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()
