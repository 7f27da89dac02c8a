"""The engine under the catalog: SQLite in WAL mode, or PostgreSQL when the address says so.

Source: docs/decisions/0002-sqlalchemy-sqlite.md.
Rules: `writing` takes the write lock at BEGIN (SQLite would otherwise fail a reader that turns writer while another writes);
`reading` never does. Neither nests inside another transaction of the same thread: with SQLite the inner writer would wait
for the outer one. What must happen only when a commit has succeeded is handed to `after_commit`.
Statements that run for every small file are built once, with bind parameters: building one costs four times its execution.
A child of fork never uses its parent's connections: they are closed before the fork and the pool is renewed after it.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Engine, Integer, MetaData, String, Table, create_engine, event, inspect
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

#: How long a writer waits for another writer's transaction.
BUSY_SECONDS = 60
#: Execution option of transactions that only read.
READ = "mvsfs_reading"
#: Execution option of transactions that need not survive a power failure: what they write means nothing after one.
PASSING = "mvsfs_passing"
#: Execution option of transactions that others wait for to begin.
PRELIMINARY = "mvsfs_preliminary"
#: How often creating tables is tried while others create them too.
_ATTEMPTS = 5
_AFTER = "mvsfs_after_commit"
#: Whether the last writing transaction of a connection was a passing one.
_PASSES = "mvsfs_passes"

#: What rows of an earlier version have in a column that must have something. Every number type is an Integer here.
_NEUTRAL = ((String, "''"), (Integer, "0"), (Boolean, "FALSE"))

metadata = MetaData()
_engines: weakref.WeakSet[Engine] = weakref.WeakSet()
_durable: weakref.WeakSet[Engine] = weakref.WeakSet()
_turns: weakref.WeakKeyDictionary[Engine, AbstractContextManager[object]] = weakref.WeakKeyDictionary()
_before_writing: weakref.WeakKeyDictionary[Engine, weakref.WeakMethod[Callable[[], None]]] = weakref.WeakKeyDictionary()


def open_engine(url: str, *, durable: bool = True, pool: int = 8) -> Engine:
    """Return the engine for an SQLAlchemy address (`sqlite:////dir/catalog.db`, `postgresql+psycopg://...`).

    durable: a commit survives a power failure (synchronous=FULL), not only the death of this process.
    """
    if url.startswith("sqlite"):
        engine = create_engine(
            url, pool_size=pool, max_overflow=56, connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS}
        )
        _prepare_sqlite(engine, "FULL" if durable else "NORMAL")
        _turns[engine] = threading.RLock()
        if durable:
            _durable.add(engine)
    else:
        engine = create_engine(url, pool_size=pool, max_overflow=56, pool_pre_ping=True)
        if not durable:
            event.listen(engine, "connect", _relax_postgresql)
    event.listen(engine, "begin", _begin)
    _engines.add(engine)
    return engine


def is_durable(engine: Engine) -> bool:
    """Tell whether it is an SQLite database whose commits wait for the medium."""
    return engine in _durable


def before_writing(engine: Engine, act: Callable[[], None]) -> None:
    """Have `act` called before each transaction that may write begins; its own transactions carry the option PRELIMINARY."""
    _before_writing[engine] = weakref.WeakMethod(act)  # its object may well hold the engine


def create_missing(engine: Engine, tables: MetaData) -> None:
    """Create the tables that are missing, and the columns that a store of an earlier version lacks.

    Several processes may start at once: who comes second finds them or tries again. Raises ValueError for a column that
    cannot be added.
    """
    for attempts_left in reversed(range(_ATTEMPTS)):
        try:
            there = set(inspect(engine).get_table_names())
            tables.create_all(engine)
            _complete(engine, [table for table in tables.sorted_tables if table.name in there])
            return
        except (OperationalError, ProgrammingError, IntegrityError):
            if not attempts_left:
                raise


def _complete(engine: Engine, old: list[Table]) -> None:
    """Add to tables that were there what they lack."""
    inspector = inspect(engine)
    for table in old:
        have = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in have:
                _add(engine, table, column)


def _add(engine: Engine, table: Table, column: Column[Any]) -> None:
    """Add a column; rows get NULL, or where that may not be an empty text, zero or false."""
    words = f"ALTER TABLE {table.name} ADD COLUMN {column.name} {column.type.compile(engine.dialect)}"
    if not column.nullable:
        neutral = next((value for kind, value in _NEUTRAL if isinstance(column.type, kind)), None)
        if column.primary_key or neutral is None:
            raise ValueError(f"the store is of another version: its table {table.name} has no column {column.name}")
        words += f" NOT NULL DEFAULT {neutral}"
    with engine.begin() as connection:
        connection.exec_driver_sql(words)


@contextmanager
def first_comes_first() -> Iterator[None]:
    """For rows that an empty database begins with: another process that started at the same moment may have put them."""
    try:
        yield
    except IntegrityError:
        pass


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: `begin` below does
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction: of the kind that was asked for, and after what must come before one that writes."""
    options = connection.get_execution_options()
    waiting = _before_writing.get(connection.engine)
    act = waiting() if waiting is not None else None
    if act is not None and READ not in options and PRELIMINARY not in options:
        act()
    if is_sqlite(connection):
        # past SQLAlchemy's own execution, which would take longer than the statement
        raw: Any = connection.connection.dbapi_connection
        if READ in options:
            raw.execute("BEGIN")
            return
        _sync(connection, raw, passing=PASSING in options)
        raw.execute("BEGIN IMMEDIATE")
    elif PASSING in options:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def _sync(connection: Connection, raw: Any, *, passing: bool) -> None:
    """Have the commit wait for the medium, or not; there is one log, so a later one that waits takes earlier ones with it."""
    if connection.engine in _durable and connection.info.get(_PASSES, False) is not passing:
        raw.execute(f"PRAGMA synchronous={'NORMAL' if passing else 'FULL'}")
        connection.info[_PASSES] = passing


def _relax_postgresql(connection: Any, _record: Any) -> None:
    connection.execute("SET synchronous_commit = off")
    connection.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database and writes nothing."""
    with engine.connect().execution_options(**{READ: True}) as connection:
        yield connection


@contextmanager
def writing(engine: Engine, *, lasting: bool = True) -> Iterator[Connection]:
    """A transaction that may write: committed at the end of the block, rolled back by any exception.

    lasting: false for what means nothing after a power failure (names held, space reserved): such a commit does not wait for
    the medium. The death of this process takes nothing away from it.
    """
    with turn(engine), engine.connect().execution_options(**({} if lasting else {PASSING: True})) as connection:
        # what another transaction of this pooled connection left behind was rolled back with it
        connection.info.pop(_AFTER, None)
        with connection.begin():
            yield connection
        acts = connection.info.pop(_AFTER, ())
    for act in acts:
        act()


def turn(engine: Engine) -> AbstractContextManager[object]:
    """Return what a writer of this process waits on for another.

    SQLite itself lets a writer that meets another sleep for a millisecond or many; a lock wakes it at once. Writers of other
    processes are still met by SQLite's own waiting.
    """
    return _turns[engine] if engine in _turns else nullcontext()


def after_commit(connection: Connection, act: Callable[[], None]) -> None:
    """Have `act` called when the `writing` block around this connection has been committed."""
    connection.info.setdefault(_AFTER, []).append(act)


def is_sqlite(connection: Connection) -> bool:
    """Tell whether one writer at a time is guaranteed by the engine itself."""
    return connection.dialect.name == "sqlite"


def _before_fork() -> None:
    for engine in list(_engines):
        engine.dispose()


def _after_fork_in_child() -> None:
    for engine in list(_engines):
        engine.dispose(close=False)
        if engine in _turns:
            _turns[engine] = threading.RLock()  # a thread that does not exist here may hold the parent's


os.register_at_fork(before=_before_fork, after_in_child=_after_fork_in_child)
