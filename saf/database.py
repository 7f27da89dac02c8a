"""The security database at rest: rows to values and back, one transaction per change, a copy for fast decisions.

Not here: what may be changed by whom (commands), certificates (certstore.py).
Rules: a change begins by counting the version up, which takes the write lock at once (SQLite) or serialises the changes
(PostgreSQL), so no reader of a change ever works on an older state.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, Table, bindparam, delete, insert, inspect, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from saf.access import Access
from saf.profiles import Conditional, Connection, Group, Omvs, Profile, User
from saf.schema import CONNECTIONS, GROUPS, METADATA, OPTIONS, PROFILES, STATE, STATISTICS, USERS
from saf.versions import Versions

_READING = {"mvsfs_reading": True}
"""Tells an engine that takes the write lock at BEGIN that this transaction only reads; another engine ignores it."""
_PASSING = {"mvsfs_passing": True}
"""Tells an engine that forces each commit to the medium that this one need not wait; another engine ignores it."""


#: Built once, since every sign-on and every job asks.
_USER = select(USERS).where(USERS.c.userid == bindparam("who"))


class Tables:
    """Reads values inside one transaction."""

    def __init__(self, sql: SqlConnection) -> None:
        self.sql = sql

    def user(self, userid: str) -> User | None:
        """Return a user, or None."""
        row = self.user_row(userid)
        return _user(row) if row else None

    def user_row(self, userid: str) -> RowMapping | None:
        """Return a user's row with its secrets, or None."""
        return self.sql.execute(_USER, {"who": userid}).mappings().first()

    def users(self) -> list[User]:
        """Return all users in order."""
        return [_user(row) for row in self.sql.execute(select(USERS).order_by(USERS.c.userid)).mappings()]

    def group(self, name: str) -> Group | None:
        """Return a group, or None."""
        row = self.sql.execute(select(GROUPS).where(GROUPS.c.name == name)).mappings().first()
        return Group(**row) if row else None

    def groups(self) -> list[Group]:
        """Return all groups in order."""
        return [Group(**row) for row in self.sql.execute(select(GROUPS).order_by(GROUPS.c.name)).mappings()]

    def connections(self, *, userid: str = "", group: str = "") -> list[Connection]:
        """Return the connections of a user, of a group, or all."""
        query = select(CONNECTIONS).order_by(CONNECTIONS.c.userid, CONNECTIONS.c.group)
        if userid:
            query = query.where(CONNECTIONS.c.userid == userid)
        if group:
            query = query.where(CONNECTIONS.c.group == group)
        return [_connection(row) for row in self.sql.execute(query).mappings()]

    def connection(self, userid: str, group: str) -> Connection | None:
        """Return one connection, or None."""
        found = self.connections(userid=userid, group=group)
        return found[0] if found else None

    def profile(self, saf_class: str, name: str, *, generic: bool) -> Profile | None:
        """Return the profile of exactly that name, or None."""
        row = self.sql.execute(select(PROFILES).where(_is(PROFILES, (saf_class, name, generic)))).mappings().first()
        return _profile(row) if row else None

    def profiles(self, saf_class: str = "") -> list[Profile]:
        """Return the profiles of a class, or all."""
        query = select(PROFILES).order_by(PROFILES.c.saf_class, PROFILES.c.name)
        if saf_class:
            query = query.where(PROFILES.c.saf_class == saf_class)
        return [_profile(row) for row in self.sql.execute(query).mappings()]

    def options(self) -> dict[str, Any]:
        """Return the system-wide options."""
        return {row.name: row.value for row in self.sql.execute(select(OPTIONS))}

    def version(self) -> int:
        """Return the count of changes."""
        return int(self.sql.execute(select(STATE.c.version)).scalar() or 0)


class Change(Tables):
    """Reads and writes inside one transaction."""

    def put_user(self, user: User, **secrets: object) -> None:
        """Write a user; `secrets` are further columns (password, phrase, their histories, failures)."""
        values = asdict(user)
        for fact in ("has_password", "has_phrase"):
            del values[fact]
        values["last_access"] = user.last_access.isoformat() if user.last_access else None
        self._put(USERS, (user.userid,), values | secrets)

    def put_group(self, group: Group) -> None:
        """Write a group."""
        self._put(GROUPS, (group.name,), asdict(group))

    def put_connection(self, connection: Connection) -> None:
        """Write a connection."""
        last = connection.last_connect.isoformat() if connection.last_connect else None
        values = asdict(connection) | {"uacc": int(connection.uacc), "last_connect": last}
        self._put(CONNECTIONS, (connection.userid, connection.group), values)

    def put_profile(self, profile: Profile) -> None:
        """Write a resource profile."""
        values = {name: getattr(profile, name) for name in PROFILES.c.keys()}  # noqa: SIM118  (columns, not a dict)
        values["uacc"] = int(profile.uacc)
        values["access_list"] = {name: int(level) for name, level in profile.access_list.items()}
        values["segments"] = {name: dict(segment) for name, segment in profile.segments.items()}
        values |= {"volumes": list(profile.volumes), "members": list(profile.members)}
        values["conditional"] = [[row.who, row.saf_class, row.name, int(row.level)] for row in profile.conditional]
        self._put(PROFILES, (profile.saf_class, profile.name, profile.generic), values)

    def remove_profile(self, profile: Profile) -> None:
        """Delete a resource profile and what was counted of it."""
        self.remove(PROFILES, profile.saf_class, profile.name, profile.generic)
        if not profile.generic:
            counted = (STATISTICS.c.saf_class == profile.saf_class) & (STATISTICS.c.name == profile.name)
            self.sql.execute(delete(STATISTICS).where(counted))

    def put_option(self, name: str, value: object) -> None:
        """Write a system-wide option."""
        self._put(OPTIONS, (name,), {"name": name, "value": value})

    def remove(self, table: Table, *key: object) -> bool:
        """Delete the row of that primary key; tell whether there was one."""
        return bool(self.sql.execute(delete(table).where(_is(table, key))).rowcount)

    def _put(self, table: Table, key: tuple[object, ...], values: dict[str, Any]) -> None:
        if not self.sql.execute(update(table).where(_is(table, key)).values(**values)).rowcount:
            self.sql.execute(insert(table).values(**values))


class Database:
    """Opens transactions on an engine that others use as well."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._versions = Versions(engine)
        _create(engine)

    def version(self) -> int:
        """Return the count of changes."""
        return self._versions.now()

    @contextmanager
    def read(self) -> Iterator[Tables]:
        """Give a reader."""
        with self.engine.connect().execution_options(**_READING) as sql:
            yield Tables(sql)

    @contextmanager
    def change(self) -> Iterator[Change]:
        """Give a writer; what it wrote is kept when the block ends in peace."""
        with self.engine.begin() as sql:
            sql.execute(update(STATE).where(STATE.c.id == 1).values(version=STATE.c.version + 1))
            yield Change(sql)

    @contextmanager
    def look(self) -> Iterator[Change]:
        """Give what a command that only shows works in; nothing it wrote would be kept."""
        with self.engine.connect().execution_options(**_READING) as sql:
            yield Change(sql)

    @contextmanager
    def note(self, *, lasting: bool = True) -> Iterator[SqlConnection]:
        """Give a connection for what does not count as a change: last access, failed attempts.

        lasting: false for what may be forgotten by a power failure; it then does not wait for the medium.
        """
        with self.engine.connect().execution_options(**({} if lasting else _PASSING)) as sql, sql.begin():
            yield sql


def _create(engine: Engine) -> None:
    """Create what is missing. Several processes may start at once: who comes second finds the tables or tries again."""
    for attempt in range(_ATTEMPTS):
        try:
            known = set(inspect(engine).get_table_names())
            if not known.issuperset(METADATA.tables):
                with engine.begin() as sql:
                    METADATA.create_all(sql)
            _complete(engine, [table for table in METADATA.sorted_tables if table.name in known])
            with engine.begin() as sql:
                if sql.execute(select(STATE.c.id)).first() is None:
                    sql.execute(insert(STATE).values(id=1, version=1))
            return
        except (OperationalError, ProgrammingError, IntegrityError):
            if attempt == _ATTEMPTS - 1:
                raise


_ATTEMPTS = 5


def _complete(engine: Engine, old: list[Table]) -> None:
    """Add to tables of an earlier version the columns that they lack, which may all be empty."""
    inspector = inspect(engine)
    for table in old:
        have = {column["name"] for column in inspector.get_columns(table.name)}
        for column in (column for column in table.columns if column.name not in have):
            kind = column.type.compile(engine.dialect)
            with engine.begin() as sql:
                sql.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}")


def _is(table: Table, key: tuple[object, ...]) -> Any:
    condition = None
    for column, value in zip(table.primary_key.columns, key, strict=True):
        condition = column == value if condition is None else condition & (column == value)
    return condition


_USER_FIELDS = frozenset(field.name for field in fields(User))


def _user(row: RowMapping) -> User:
    values = {name: value for name, value in row.items() if name in _USER_FIELDS}
    values["last_access"] = datetime.fromisoformat(row["last_access"]) if row["last_access"] else None
    values["omvs"] = Omvs(**row["omvs"]) if row["omvs"] else None
    return User(**values, has_password=bool(row["password"]), has_phrase=bool(row["phrase"]))


def _connection(row: RowMapping) -> Connection:
    last = datetime.fromisoformat(row["last_connect"]) if row["last_connect"] else None
    return Connection(**{**row, "uacc": Access(row["uacc"]), "connects": row["connects"] or 0, "last_connect": last})


def _profile(row: RowMapping) -> Profile:
    values: dict[str, Any] = dict(row)
    values["uacc"] = Access(row["uacc"])
    values["access_list"] = {name: Access(level) for name, level in row["access_list"].items()}
    values |= {"volumes": tuple(row["volumes"]), "members": tuple(row["members"])}
    listed = row["conditional"] or ()
    values["conditional"] = tuple(Conditional(who, kind, name, Access(level)) for who, kind, name, level in listed)
    values["globalaudit"] = row["globalaudit"] or ""
    return Profile(**values)
