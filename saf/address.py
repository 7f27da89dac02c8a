"""The engine behind a store address, for the `saf` command, which has only an address to go by.

Rules: the addresses are those of the `mvsfs` and `zftpd` commands: `file:///dir` (or a plain folder) holds `catalog.db`,
`postgresql://...?content=...` keeps the contents elsewhere, any other is SQLAlchemy's. A server hands over its own engine
instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

_BUSY_SECONDS = 60


def engine_at(url: str) -> Engine:
    """Return the engine of the database in the store at `url`.

    Raises: ValueError for a store that ends with the process that made it, or an address that is none.
    """
    if url.startswith("memory:"):
        raise ValueError("a store in memory can only be reached by the process that holds it")
    parts = urlsplit(url)
    if parts.scheme in ("", "file"):
        if not parts.path:
            raise ValueError(f"no store address: {url!r}")
        folder = Path(unquote(parts.path)).expanduser().absolute()
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        catalog = folder / "catalog.db"
        catalog.touch(mode=0o600)  # SQLite gives its journals the mode of the database
        return _sqlite(f"sqlite:///{catalog}")
    if parts.scheme == "sqlite":
        return _sqlite(url)
    address = make_url(url).difference_update_query(["content"])
    if parts.scheme.startswith("postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    return create_engine(address, pool_pre_ping=True)


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")

    return engine
