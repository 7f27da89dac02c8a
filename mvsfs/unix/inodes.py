"""Rows of the inode table and of the directory entries, read and changed inside the caller's transaction.

Not here: who may do it (permissions.py), how a path leads to a row (walk.py).
Rules: every function takes the connection; none commits. Times are microseconds since 1970, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from mvsfs.info import UnixKind
from mvsfs.unix.tables import unix_entry, unix_inode

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SETTABLE = frozenset({"mode", "uid", "gid", "size", "mtime_us", "content", "tag_codepage", "tag_text"})


@dataclass(frozen=True, slots=True)
class Inode:
    """One row: everything about a file except its names."""

    number: int
    kind: UnixKind
    mode: int
    uid: int
    gid: int
    size: int
    mtime_us: int
    links: int
    content: str | None
    target: str
    tag_codepage: str
    tag_text: bool

    @property
    def is_directory(self) -> bool:
        """Tell whether it can hold entries."""
        return self.kind is UnixKind.DIRECTORY


def microseconds(moment: datetime) -> int:
    """Return a zone-aware moment as stored."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(microseconds_: int, zone: tzinfo) -> datetime:
    """Return a stored time in `zone`."""
    return (_EPOCH + timedelta(microseconds=microseconds_)).astimezone(zone)


def _inode(row: RowMapping) -> Inode:
    return Inode(
        number=row["id"],
        kind=UnixKind(row["kind"]),
        mode=row["mode"],
        uid=row["uid"],
        gid=row["gid"],
        size=row["size"],
        mtime_us=row["mtime_us"],
        links=row["links"],
        content=row["content"],
        target=row["target"],
        tag_codepage=row["tag_codepage"],
        tag_text=row["tag_text"],
    )


def load(connection: Connection, number: int) -> Inode | None:
    """Return an inode by number."""
    row = connection.execute(select(unix_inode).where(unix_inode.c.id == number)).mappings().first()
    return _inode(row) if row else None


def child(connection: Connection, parent: int, name: str) -> Inode | None:
    """Return what `name` in a directory stands for, or None."""
    query = select(unix_inode).join(unix_entry, unix_entry.c.inode == unix_inode.c.id)
    row = connection.execute(query.where(unix_entry.c.parent == parent, unix_entry.c.name == name)).mappings().first()
    return _inode(row) if row else None


def children(connection: Connection, parent: int) -> list[tuple[str, Inode]]:
    """Return all entries of a directory, ascending by name, in one query."""
    query = select(unix_entry.c.name, unix_inode).join(unix_entry, unix_entry.c.inode == unix_inode.c.id)
    rows = connection.execute(query.where(unix_entry.c.parent == parent)).mappings()
    return sorted(((row["name"], _inode(row)) for row in rows), key=lambda entry: entry[0])


def is_empty(connection: Connection, parent: int) -> bool:
    """Tell whether a directory has no entries."""
    return connection.execute(select(unix_entry.c.name).where(unix_entry.c.parent == parent).limit(1)).first() is None


def create(connection: Connection, parent: int, name: str, kind: UnixKind, **columns: Any) -> int:
    """Make an inode and its entry; return its number. A directory counts for its parent's links."""
    links = 2 if kind is UnixKind.DIRECTORY else 1
    values = {"kind": kind.value, "links": links, **columns}
    result = connection.execute(insert(unix_inode).values(**values))
    primary_key = result.inserted_primary_key
    assert primary_key is not None
    number = int(primary_key[0])
    connection.execute(insert(unix_entry).values(parent=parent, name=name, inode=number))
    touch(connection, parent, columns["mtime_us"], links=1 if kind is UnixKind.DIRECTORY else 0)
    return number


def change(connection: Connection, number: int, **columns: Any) -> None:
    """Change columns of an inode."""
    unknown = set(columns) - _SETTABLE
    assert not unknown, unknown
    connection.execute(update(unix_inode).where(unix_inode.c.id == number).values(**columns))


def touch(connection: Connection, directory: int, mtime_us: int, *, links: int = 0) -> None:
    """Record that a directory's entries changed, and by how much its link count moves."""
    values: dict[str, Any] = {"mtime_us": mtime_us}
    if links:
        values["links"] = unix_inode.c.links + links
    connection.execute(update(unix_inode).where(unix_inode.c.id == directory).values(**values))


def link(connection: Connection, parent: int, name: str, inode: Inode, mtime_us: int) -> None:
    """Give an existing file another name."""
    connection.execute(insert(unix_entry).values(parent=parent, name=name, inode=inode.number))
    connection.execute(update(unix_inode).where(unix_inode.c.id == inode.number).values(links=unix_inode.c.links + 1))
    touch(connection, parent, mtime_us)


def remove(connection: Connection, parent: int, name: str, inode: Inode, mtime_us: int) -> str | None:
    """Remove one entry; return the content object that nothing names any longer, if any."""
    connection.execute(delete(unix_entry).where(unix_entry.c.parent == parent, unix_entry.c.name == name))
    touch(connection, parent, mtime_us, links=-1 if inode.is_directory else 0)
    if not inode.is_directory and inode.links > 1:
        connection.execute(update(unix_inode).where(unix_inode.c.id == inode.number).values(links=unix_inode.c.links - 1))
        return None
    connection.execute(delete(unix_inode).where(unix_inode.c.id == inode.number))
    return inode.content


def move(connection: Connection, source: tuple[int, str], target: tuple[int, str], inode: Inode, mtime_us: int) -> None:
    """Move one entry to another directory or name; the target name must be free."""
    step = 1 if inode.is_directory else 0
    where = (unix_entry.c.parent == source[0], unix_entry.c.name == source[1])
    connection.execute(update(unix_entry).where(*where).values(parent=target[0], name=target[1]))
    touch(connection, source[0], mtime_us, links=-step)
    touch(connection, target[0], mtime_us, links=step)


def count(connection: Connection) -> int:
    """Return how many inodes there are."""
    return int(connection.execute(select(func.count()).select_from(unix_inode)).scalar_one())
